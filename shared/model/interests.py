"""What the reader is interested in: matching papers are read in full and come first, however few votes they have."""

import re
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from shared.model.frozen import Frozen
from shared.model.paper import Paper

Kind = Literal["word", "tag", "organisation", "author"]


class Interest(Frozen):
    """A word of title or abstract, a tag, an organisation, or an author."""

    kind: Kind
    value: str


def parse(text: str) -> tuple[Interest, ...]:
    """`agent, tag:RAG, organisation:Google, author:Kim Ha-neul`: without a kind it is a word."""
    found = []
    for part in (part.strip() for part in text.split(",")):
        kind, _, value = part.rpartition(":")
        if part and value.strip():
            found.append(Interest.model_validate({"kind": kind.strip() or "word", "value": value.strip()}))
    return tuple(found)


Interests = Annotated[
    tuple[Interest, ...],
    BeforeValidator(parse),
    Field(description="a list of words, tag:…, organisation:… or author:…, separated by commas"),
]
"""`agent, tag:RAG, organisation:Google, author:Kim Ha-neul` in the environment."""


def matching(interests: Sequence[Interest], paper: Paper, tags: Sequence[str]) -> tuple[str, ...]:
    """The values of the interests that a paper with these tags meets: whole words, whole names, whatever their case."""
    return tuple(interest.value for interest in interests if _meets(interest, paper, tags))


def _meets(interest: Interest, paper: Paper, tags: Sequence[str]) -> bool:
    wanted = interest.value.casefold()
    match interest.kind:
        case "tag":
            return wanted in {tag.casefold() for tag in tags}
        case "author":
            return wanted in {author.casefold() for author in paper.authors}
        case "organisation":
            return _has_word(paper.organisation or "", wanted)
        case "word":
            return _has_word(f"{paper.title}\n{paper.abstract}", wanted)


def _has_word(text: str, wanted: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", text.casefold()) is not None
