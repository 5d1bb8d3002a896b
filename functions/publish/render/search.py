"""The search: its page, and the scripts by which the browser gets days and parts of the index.

A page that was opened from disk may load scripts and nothing else.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from functions.publish.index.search import Search, SearchParts
from functions.publish.index.search_glossary import glossary, words_of_any_text
from functions.publish.index.search_parts import DIGITS
from functions.publish.index.search_terms import LEVELS, SearchRecord
from functions.publish.render import templating
from functions.publish.settings import SiteConfig
from shared.model.frozen import Frozen
from shared.store import keys

SPELLINGS = "spellings"
FEW_PAPERS = 10
"""Papers in a file: of a day, only those that are found are read."""
SETTINGS = {
    "levels": LEVELS,
    "digits": DIGITS,
    "fields": tuple(SearchRecord.model_fields),
    "few": FEW_PAPERS,
    "stop": sorted(words_of_any_text()),
}
"""What the scripts must know to read the index."""
_NOT_IN_SCRIPTS = (("<", "\\u003c"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))
"""What ends a script element or a line of a script, as JSON may spell it too: it can only be within a text."""


def page(months: Iterable[str], parts: SearchParts, language: str, config: SiteConfig) -> str:
    """search/index.html. Months of the archive that cannot be searched yet are named."""
    missing = sorted(set(months) - parts.months)
    return templating.render("search.html", keys.SEARCH, language, config, missing=missing, settings=SETTINGS)


def scripts(found: Search) -> Iterator[tuple[str, str]]:
    """The day, the segments that it changes, and last the list of all parts."""
    if found.day:
        papers = [list(paper.model_dump(mode="json").values()) for paper in found.day.papers]
        for few, start in enumerate(range(0, len(papers), FEW_PAPERS)):
            some = papers[start : start + FEW_PAPERS]
            yield keys.search_papers(found.day.day, few), script("papers", str(found.day.day), start, some)
    for name, (parts, spellings) in found.built.items():
        for number, part in enumerate(parts):
            yield keys.search_part(name, number), script("part", name, number, part)
        yield keys.search_part(name, SPELLINGS), script("spellings", name, spellings)
    yield keys.SEARCH_GLOSSARY, _glossary_script()
    yield keys.SEARCH_PARTS_SCRIPT, script("parts", found.parts)


def script(*arguments: Frozen | Mapping[str, Any] | Sequence[Any] | str | int) -> str:
    """A script that hands its arguments to the search."""
    plain = (
        each.model_dump(mode="json", exclude_defaults=True) if isinstance(each, Frozen) else each for each in arguments
    )
    written = (json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in plain)
    text = ",".join(written)
    for character, spelling in _NOT_IN_SCRIPTS:
        text = text.replace(character, spelling)
    return f"addToSearch({text});\n"


@cache
def _glossary_script() -> str:
    return script("glossary", glossary())
