"""Every source: what is asked about a paper beside the list. A new one is a module here and a line in this file."""

from typing import Any

from functions.enrich.sources import github, hub
from functions.enrich.sources.asking import ApiSource
from shared.model.sources import ARXIV, TEXT

ARXIV_VARIABLE = "ARXIV_URL"
PICTURES = "pictures"
"""Asked at the addresses that the list names."""
API_SOURCES: tuple[ApiSource[Any], ...] = (github.SOURCE, hub.SOURCE)


def names() -> tuple[str, ...]:
    """What the parameter Sources can name, in the order in which missing facts are named."""
    return (ARXIV, *(source.name for source in API_SOURCES), TEXT, PICTURES)


def variables() -> frozenset[str]:
    """The environment variables of all addresses."""
    return frozenset({ARXIV_VARIABLE, *(source.variable for source in API_SOURCES)})
