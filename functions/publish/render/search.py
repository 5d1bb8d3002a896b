"""The search: its page, and the scripts by which the browser gets days and parts of the index.

A page that was opened from disk may load scripts and nothing else.
"""

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from functions.publish.index.search import Search, SearchParts
from functions.publish.index.search_terms import LEVELS, WEIGHTS, SearchRecord
from functions.publish.render import templating
from functions.publish.settings import SiteConfig
from shared.languages import FOLDER
from shared.model.frozen import Frozen
from shared.store import keys

SPELLINGS = "spellings"
FEW_PAPERS = 10
"""Papers in a file: of an indexed day, only those that are found are read."""
SETTINGS = {
    "levels": LEVELS,
    "weights": WEIGHTS,
    "fields": tuple(SearchRecord.model_fields),
    "few": FEW_PAPERS,
}
"""What the scripts must know to read the index."""
_NOT_IN_SCRIPTS = str.maketrans({"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029"})
"""What ends a script element or a line of a script, as JSON may spell it too: it can only be within a text."""


def page(months: Iterable[str], parts: SearchParts, language: str, config: SiteConfig) -> str:
    """search/index.html. Months of the archive that cannot be searched yet are named."""
    missing = sorted(set(months) - parts.months)
    return templating.render("search.html", keys.SEARCH, language, config, missing=missing, settings=SETTINGS)


def scripts(found: Search) -> Iterator[tuple[str, str]]:
    """The day, the years that are indexed with it, and last the list of all parts."""
    if found.day:
        papers = [list(paper.model_dump(mode="json").values()) for paper in found.day.papers]
        yield keys.search_day(found.day.day, "js"), script("papers", str(found.day.day), 0, papers)
        for few, start in enumerate(range(0, len(papers), FEW_PAPERS)):
            some = papers[start : start + FEW_PAPERS]
            yield keys.search_day(found.day.day, "js", few), script("papers", str(found.day.day), start, some)
    for year, (parts, spellings) in found.folded.items():
        for number, part in enumerate(parts):
            yield keys.search_part(year, number), script("part", year, number, part.text)
        yield keys.search_part(year, SPELLINGS), script("spellings", year, spellings)
    yield keys.SEARCH_GLOSSARY, script("glossary", glossary())
    yield keys.SEARCH_PARTS_SCRIPT, script("parts", found.parts)


def script(*arguments: Frozen | Mapping[str, Any] | Sequence[Any] | str | int) -> str:
    """A script that hands its arguments to the search."""
    plain = (
        each.model_dump(mode="json", exclude_defaults=True) if isinstance(each, Frozen) else each for each in arguments
    )
    written = (json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in plain)
    return f"addToSearch({','.join(written).translate(_NOT_IN_SCRIPTS)});\n"


def _plain(value: object) -> object:
    return value.model_dump(mode="json", exclude_defaults=True) if isinstance(value, Frozen) else value


@cache
def glossary() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """English terms with what they are called in other languages, without blanks there, and acronyms spelled out."""
    terms: dict[str, tuple[str, ...]] = {}
    acronyms: dict[str, tuple[str, ...]] = {}
    for path in sorted((*FOLDER.glob("*/glossary.toml"), *FOLDER.glob("*/search.toml"))):
        read = tomllib.loads(path.read_text(encoding="utf-8"))
        for term, others in read.get("terms", {}).items():
            known = terms.get(term.lower(), ())
            terms[term.lower()] = tuple(dict.fromkeys((*known, *(each.replace(" ", "") for each in others))))
        acronyms |= {acronym.lower(): tuple(others) for acronym, others in read.get("acronyms", {}).items()}
    return {"terms": terms, "acronyms": acronyms}
