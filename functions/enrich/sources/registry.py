"""Every source: what is asked about a paper beside the list. A new one is a module here and a line in this file."""

from typing import Any

from functions.enrich.sources import github, hub
from functions.enrich.sources.asking import ApiSource

ARXIV = "arxiv"
"""Asked by fetch: arXiv takes one request in three seconds over all machines, so there is one for a whole day."""
ARXIV_VARIABLE = "ARXIV_URL"
TEXT = "text"
"""Asked about the papers that are planned so: Hugging Face's Markdown of the whole paper."""
PICTURES = "pictures"
"""Asked at the addresses that the list names."""
API_SOURCES: tuple[ApiSource[Any], ...] = (github.SOURCE, hub.SOURCE)


def names() -> tuple[str, ...]:
    """What the parameter Sources can name, in the order in which missing facts are named."""
    return (ARXIV, *(source.name for source in API_SOURCES), TEXT, PICTURES)


def variables() -> frozenset[str]:
    """The environment variables of all addresses."""
    return frozenset({ARXIV_VARIABLE, *(source.variable for source in API_SOURCES)})
