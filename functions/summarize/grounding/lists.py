"""Numbers or names that stand in one list."""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from functions.summarize.grounding.notation import notation
from functions.summarize.grounding.numbers import Quantity


class Anchor(NamedTuple):
    """Something that a number may be of."""

    key: str
    is_name: bool
    start: int
    end: int


_Part = TypeVar("_Part", Quantity, Anchor)


def runs_of(
    text: str, parts: Sequence[_Part], languages: tuple[str, ...], *, ranges: bool = False
) -> Sequence[Sequence[_Part]]:
    """Parts that stand in one list, or with `ranges` in one range."""
    rules = notation(languages)
    joins = rules.joins if ranges else rules.lists
    runs: list[list[_Part]] = []
    for part in parts:
        end = runs[-1][-1].end if runs else 0
        counter = rules.counter.match(text, end) if isinstance(part, Quantity) else None
        if runs and any(joins.fullmatch(text, each, part.start) for each in {end, counter.end() if counter else end}):
            runs[-1].append(part)
        else:
            runs.append([part])
    return runs
