"""The sections of a whole paper, each with its number, its kind and its paragraphs."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from shared.model.place import SectionKind
from shared.text.lazy_regex import lazy_regex
from shared.text.paper.blocks import Heading, blocks
from shared.text.paper.tables import paragraphs

MAX_CHARS = 400_000
"""Of a text that is read: twice the longest that was seen."""
TOP_LEVEL = 2
"""Of a section that is part of no other: the title has the first."""

_NAMES: tuple[tuple[SectionKind, str], ...] = (
    ("abstract", r"^abstract"),
    ("introduction", r"introduction"),
    ("related", r"related works?|background|preliminar|prior work"),
    ("limits", r"limitation|future work|failure|broader impact|threats to"),
    ("conclusion", r"conclu"),
    ("ablation", r"ablat|sensitivity"),
    ("results", r"experiment|result|evaluation|benchmark|comparison|performance|finding"),
    ("conclusion", r"discussion"),
    ("ablation", r"analys[ie]s"),
    ("method", r"\bmethod|approach"),
    ("setup", r"implementation|training|setup|settings?|details|dataset|data\b|hyper"),
    ("method", r"model|architecture|framework|overview|pipeline|formulation"),
)
_KINDS = tuple((kind, lazy_regex(pattern, re.IGNORECASE)) for kind, pattern in _NAMES)
_NUMBERED = lazy_regex(
    r"(?:(?P<appendix>Appendix|Supplement\w*)\s+)?"
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4}|[IVX]{2,5}(?=[.:)\s])|[IVX]{1,5}-[A-Z]\d{0,2}(?=[.:)\s])|[A-Z](?:\.\d{1,2}){0,4})"
    r"(?:[.:)]\s{0,3}|\s{1,3}|(?=[A-Z]))(?P<heading>\S.*)"
)
_ROMAN = lazy_regex(r"[IVX]{2,5}|[IVX]{1,5}-[A-Z]\d{0,2}")
"""A section's number, and never an appendix's: IV, V-B."""
_ENDING = lazy_regex(r"conclu|^discussions?$", re.IGNORECASE)
"""What is not followed by numbered sections, but by appendices."""
_APPENDIX = lazy_regex(r"append|supplement", re.IGNORECASE)
_DROPPED = lazy_regex(
    r"references?|bibliography|acknowledge?ments?|keywords:?|ccs concepts|(?:author )?contributions?"
    r"(?: and acknowledge?ments?)?|.{0,40}checklist|contents|table of contents|funding|impact statement"
    r"|ethics statement|organization.{0,40}team"
    r"|advisory committee|data contributors|contributors",
    re.IGNORECASE,
)
_PART = lazy_regex(r"[.-]")
"""In the number of a section that is part of another."""
_OWN_KINDS = frozenset({"limits", "ablation", "setup", "results", "conclusion"})
"""Kinds that a part has whatever the section is that it belongs to."""


class Section(NamedTuple):
    """A section. `number`: 5.2, B.1; empty where it has none."""

    number: str
    heading: str
    level: int
    kind: SectionKind
    in_appendix: bool
    paragraphs: tuple[str, ...]


def read_sections(markdown: str) -> tuple[Section, ...]:
    """The sections of a text without references, thanks and navigation. What precedes the first heading is left out."""
    return tuple(_with_kinds(_kept(_sections(markdown[:MAX_CHARS]))))


def _sections(markdown: str) -> Iterator[Section]:
    heading: Heading | None = None
    lines: list[Sequence[str]] = []
    in_appendix = has_ended = False
    for block in blocks(markdown):
        if not isinstance(block, Heading):
            lines.append(block)
            continue
        if heading:
            yield _section(heading, lines, in_appendix=in_appendix)
        heading, lines = block, []
        number, name = split_heading(block.text)
        in_appendix = in_appendix or bool(_APPENDIX.match(block.text)) or (has_ended and _has_letter(number))
        has_ended = has_ended or _is_dropped(heading.level, number, name) or bool(_ENDING.search(name))
    if heading:
        yield _section(heading, lines, in_appendix=in_appendix)


def _section(heading: Heading, lines: Iterable[Sequence[str]], *, in_appendix: bool) -> Section:
    number, name = split_heading(heading.text)
    if _has_letter(number) and not in_appendix:  # a title that begins with a letter of its own: S ieve
        number, name = "", heading.text
    return Section(number, name, heading.level, _kind(name), in_appendix, tuple(paragraphs(lines)))


def _has_letter(number: str) -> bool:
    """Whether the number is that of an appendix."""
    return number[:1].isalpha() and not _ROMAN.fullmatch(number)


def _is_dropped(level: int, number: str, name: str) -> bool:
    """Whether a section says nothing of the paper. Contributions are the authors' in a section of their own."""
    if name.lower() in {"contribution", "contributions"}:
        return _has_letter(number) or (not number and level <= TOP_LEVEL)
    return bool(_DROPPED.fullmatch(name))


def split_heading(text: str) -> tuple[str, str]:
    """A heading's number and its words."""
    found = _NUMBERED.fullmatch(text)
    if not found or (found["number"] in {"A", "I"} and not found["appendix"] and found["heading"][:1].islower()):
        return "", text
    return found["number"], found["heading"].strip(" *")


def _kind(name: str) -> SectionKind:
    return next((kind for kind, pattern in _KINDS if pattern.search(name)), "other")


def _kept(sections: Iterable[Section]) -> Iterator[Section]:
    """Without the sections that say nothing of the paper, and without their parts."""
    dropped_level = 0
    for section in sections:
        if dropped_level and section.level > dropped_level and not _has_letter(section.number):
            continue
        dropped_level = section.level if _is_dropped(section.level, section.number, section.heading) else 0
        if not dropped_level:
            yield section


def _with_kinds(sections: Iterable[Section]) -> Iterator[Section]:
    """A part without a kind of its own has that of its section."""
    top: SectionKind = "other"
    for section in sections:
        if section.level <= TOP_LEVEL or (section.number and not _PART.search(section.number)):
            top = section.kind
            yield section
        elif top == "related" or (top != "other" and section.kind not in _OWN_KINDS):
            yield section._replace(kind=top)
        else:
            yield section
