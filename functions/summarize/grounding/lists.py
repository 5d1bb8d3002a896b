"""Numbers or names that stand in one list, and lists that belong together one by one."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple, TypeVar

from functions.summarize.grounding.language_data import read, says
from functions.summarize.grounding.notation import notation
from functions.summarize.grounding.numbers import Quantity

Languages = tuple[str, ...]
ANOTHER_SENTENCE = 20
"""What counts as the distance, in words, to what stands in another sentence."""
ALIGNED, NOT_ALIGNED = 0, 9
"""The distance of a number from its name, and from the others, in lists that belong together: 71 and 65 on A and B."""
LISTS_APART, LISTS_FAR_APART = 40, 120
"""Characters between two such lists; where the text says `respectively`, more."""

_END = re.compile(r"[.!?]\s")
_VERSION = re.compile(r" \d[\d.]*(?=[\s,]|$)")


class Anchor(NamedTuple):
    """Something that a number may be of."""

    key: str
    is_name: bool
    start: int
    end: int


_Part = TypeVar("_Part", Quantity, Anchor)


def runs_of(
    text: str, parts: Sequence[_Part], languages: Languages, *, ranges: bool = False
) -> Sequence[Sequence[_Part]]:
    """Parts that stand in one list, or with `ranges` in one range. What an `and` stands before is a list's last."""
    joins = notation(languages).joins if ranges else notation(languages).lists
    runs: list[list[_Part]] = []
    ended = True
    for part in parts:
        gaps = [text[end : part.start] for end in _ends(text, runs[-1][-1], languages)] if runs else []
        gap = next((gap for gap in gaps if joins.fullmatch(gap)), None)
        if gap is None or ended:
            runs.append([part])
            ended = False
        else:
            runs[-1].append(part)
            ended = not ranges and bool(_last(languages).search(gap))
    return runs


def _ends(text: str, part: Quantity | Anchor, languages: Languages) -> set[int]:
    """Where a part may end: with its counter, a name with its version."""
    more = _VERSION if isinstance(part, Anchor) else notation(languages).counter
    match = more.match(text, part.end)
    return {part.end, match.end()} if match else {part.end}


@cache
def _last(languages: Languages) -> re.Pattern[str]:
    """What stands before the last item of a list."""
    return re.compile("|".join(read(language, "numbers")["last"] for language in languages))


def lists_side_by_side(
    text: str, numbers: Sequence[Quantity], anchors: Sequence[Anchor], languages: Languages
) -> Iterator[tuple[int, str, int]]:
    """The distances (place, key, words) in lists of as many numbers as names or concepts, one number for each."""
    number_runs = [run for run in runs_of(text, numbers, languages) if len(run) > 1]
    apart = LISTS_FAR_APART if says("respectively", languages).search(text) else LISTS_APART
    for anchor_run in runs_of(text, anchors, languages) if number_runs else ():
        listed = _places(text, anchor_run)
        for run in number_runs:
            first, second = sorted(((anchor_run[0].start, anchor_run[-1].end), (run[0].start, run[-1].end)))
            if len(run) != len(set(listed)) or not 0 <= second[0] - first[1] <= apart:
                continue
            if _END.search(text[first[1] : second[0]]):
                continue
            for place, number in enumerate(run):
                for its_place, anchor in zip(listed, anchor_run, strict=True):
                    yield numbers.index(number), anchor.key, ALIGNED if place == its_place else NOT_ALIGNED


def _places(text: str, run: Sequence[Anchor]) -> Sequence[int]:
    """Which item of its list each anchor is in: `static environments` is one."""
    places = [0]
    for one, other in pairwise(run):
        places.append(places[-1] + (0 if text[one.end : other.start].isspace() else 1))
    return places
