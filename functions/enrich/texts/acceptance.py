"""Whether what Hugging Face answered is the whole text of the paper that was asked for.

A paper without HTML at arXiv gives the page of Hugging Face instead, a missing one a page as long as a paper: length
alone says nothing.
"""

import re

from shared.text.paper.blocks import HEAD, body_of
from shared.text.paper.sections import Section, read_sections

MIN_CHARS = 5_000
"""Of the text without its head."""
MIN_SECTIONS = 3
FIRST_SECTIONS = re.compile(r"introduction|background|overview", re.IGNORECASE)

_SOURCE = re.compile(r"^URL Source: *https?://arxiv\.org/html/(\S+?)(v\d+)?/? *$", re.MULTILINE)
_VERSION = re.compile(
    r"arxiv\.org/html/(?P<linked>[\w./-]{5,30}?)v(?P<version>\d{1,2})\b"
    r"|^\s?arXiv:(?P<stamped>[\w./-]{5,30}?)v(?P<of>\d{1,2}) +\[",
    re.MULTILINE,
)
_REFERENCES = re.compile(r"^\W{0,9}(?:References|Bibliography)\b", re.MULTILINE | re.IGNORECASE)
_ENDED = re.compile(r"[.!?)\]}\"'”’:;|>*`\d]\W{0,5}\Z")


def is_whole_text(markdown: str, paper_id: str) -> bool:
    """Whether it is made from this paper's HTML at arXiv, with an introduction and further sections, to its end."""
    head = markdown.partition(HEAD)[0]
    source = _SOURCE.search(head) if HEAD in markdown else None
    body = body_of(markdown)
    if not source or source[1] != paper_id or len(body) < MIN_CHARS:
        return False
    sections = read_sections(markdown)
    has_first = any(FIRST_SECTIONS.search(section.heading) for section in sections)
    return has_first and len(_main(sections)) >= MIN_SECTIONS and not _is_cut(body, sections)


def version_of(markdown: str, paper_id: str) -> int | None:
    """The arXiv version that the text was made from, by the addresses of its pictures or by arXiv's stamp."""
    for found in _VERSION.finditer(markdown):
        if paper_id in (found["linked"], found["stamped"]):
            return int(found["version"] or found["of"])
    return None


def _main(sections: tuple[Section, ...]) -> list[Section]:
    """The sections that are part of no other."""
    level = min((section.level for section in sections if section.kind == "introduction"), default=2)
    return [section for section in sections if section.level <= level and section.kind != "abstract"]


def _is_cut(body: str, sections: tuple[Section, ...]) -> bool:
    """Whether a text without conclusion and references breaks off within a sentence."""
    has_end = bool(_REFERENCES.search(body)) or any(section.kind == "conclusion" for section in sections)
    return not has_end and not _ENDED.search(body.rstrip())
