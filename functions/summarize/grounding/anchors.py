"""What a sentence says each of its numbers of: the names and concepts around a number, and how near they stand."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import combinations
from typing import NamedTuple

from functions.summarize.grounding.glossary import concepts, folded, known_words, singular, terms
from functions.summarize.grounding.language_data import read, says
from functions.summarize.grounding.lists import ANOTHER_SENTENCE, Anchor, lists_side_by_side, runs_of
from functions.summarize.grounding.names import located_names
from functions.summarize.grounding.numbers import Quantity, quantities

SEPARATED = 3
"""What a comma or an `and` between a number and a name counts, in words."""
COMPARED = 2
"""So many commas keep a name that something is compared with from the number before it."""
AROUND = 8
"""Words within which something says what a number is of."""
FARTHEST = 100
"""Characters beyond which nothing tells what a number is of."""
NAME_WEIGHT = 2.0
"""A name tells twice as surely as a concept what a number is of."""
NUMBER_WEIGHT = 1.0

_WORD = re.compile(r"[a-z]{4,}")
_FOLLOWER = re.compile(r"[ -]([a-z]{4,6})")
_END = re.compile(r"[.!?]\s")


class Bound(NamedTuple):
    """The numbers and anchors of a text, and how far each number is from each anchor (by place, key)."""

    numbers: Sequence[Quantity]
    names: frozenset[str]
    costs: Mapping[tuple[int, str], int]
    around: Sequence[Mapping[str, float]]
    """For each number what stands near it, the nearer the weightier."""
    lists: Sequence[Sequence[int]]
    """The places of numbers that stand in one bare list."""
    unclear: frozenset[int] = frozenset()
    """The places of numbers that a text tells `respectively` of a list that is not found."""
    followers: Sequence[str] = ()
    """The beginning of the word right behind each number."""

    def keys(self) -> frozenset[str]:
        """Every anchor."""
        return frozenset(key for around in self.around for key in around)

    def listed(self, one: int, other: int) -> bool:
        """Whether two numbers stand in one bare list."""
        return any(one in run and other in run for run in self.lists)

    def nearest(self, key: str) -> tuple[int, int, int]:
        """The number nearest to an anchor, its distance, and by how much it is nearer than one of another value."""
        ranked = sorted((cost, place) for (place, name), cost in self.costs.items() if name == key)
        cost, place = ranked[0]
        others = [c for c, p in ranked[1:] if self.numbers[p].values[0] != self.numbers[place].values[0]]
        return place, cost, (others[0] - cost if others else ANOTHER_SENTENCE)


@lru_cache(maxsize=1024)
def bound(text: str, language: str, languages: tuple[str, ...]) -> Bound:
    """The text's numbers with what stands around them. `language` is the one whose terms are concepts."""
    numbers = quantities(text, languages)
    if not numbers:
        return Bound((), frozenset(), {}, (), ())
    anchors = tuple(_anchors(text, language, numbers))
    costs: dict[tuple[int, str], int] = {}
    for place, number in enumerate(numbers):
        for anchor in anchors:
            cost = _distance(text, number, anchor, languages)
            costs[place, anchor.key] = min(cost, costs.get((place, anchor.key), cost))
    aligned = [
        each
        for kind in (True, False)
        for each in lists_side_by_side(
            text, numbers, [anchor for anchor in anchors if anchor.is_name == kind], languages
        )
    ]
    costs |= {(place, key): cost for place, key, cost in aligned}
    names = frozenset(each.key for each in anchors if each.is_name)
    around = _around(text, numbers, names, costs, languages)
    lists = [[numbers.index(number) for number in run] for run in runs_of(text, numbers, languages, ranges=True)]
    told = {place for place, _, _ in aligned} if says("respectively", languages).search(text) else range(len(numbers))
    unclear = frozenset(place for run in lists if len(run) > 1 for place in run if place not in told)
    return Bound(numbers, names, costs, around, lists, unclear, _followers(text, numbers))


def _followers(text: str, numbers: Sequence[Quantity]) -> Sequence[str]:
    """The beginning of the Latin word right behind each number: conver of 26,400 conversations."""
    found = (_FOLLOWER.match(text, number.end) for number in numbers)
    return tuple(match[1] if match else "" for match in found)


def _anchors(text: str, language: str, numbers: Sequence[Quantity]) -> Iterator[Anchor]:
    taken = [(number.start, number.end) for number in numbers]

    def free(start: int, end: int) -> bool:
        return all(end <= first or start >= last for first, last in taken)

    for said, start, end in located_names(text):
        if free(start, end):
            general = {said.lower(), folded(said)} & known_words(language)
            yield Anchor(singular(said.lower()), not general, start, end)
    if terms(language):
        for mention in concepts(text, language):
            if free(mention.start, mention.end):
                yield Anchor(f"={terms(language)[mention.concept][0]}", False, mention.start, mention.end)
    else:
        for match in _WORD.finditer(text):
            yield Anchor(f"={match.group()[:6]}", False, match.start(), match.end())


def _around(
    text: str,
    numbers: Sequence[Quantity],
    names: frozenset[str],
    costs: Mapping[tuple[int, str], int],
    languages: tuple[str, ...],
) -> Sequence[Mapping[str, float]]:
    """For each number the anchors and the other numbers that stand near it, the nearer the weightier."""
    around: list[dict[str, float]] = [{} for _ in numbers]
    for (place, key), cost in costs.items():
        if cost <= AROUND:
            around[place][key] = (NAME_WEIGHT if key in names else 1) / (1 + cost)
    for before, place in combinations(range(len(numbers)), 2):
        if text.count(" ", numbers[before].end, numbers[place].start) > AROUND + 1:
            continue
        cost = _distance(text, numbers[place], numbers[before], languages)
        for one, other in ((place, before), (before, place)) if cost <= AROUND else ():
            key = key_of(numbers[other])
            around[one][key] = max(around[one].get(key, 0), NUMBER_WEIGHT / (1 + cost))
    return around


def key_of(number: Quantity) -> str:
    """A number as what another one is of: 71 at 4K, 65 at 8K."""
    return f"#{number.values[-1]:.4g}"


def _distance(text: str, number: Quantity, anchor: Anchor | Quantity, languages: tuple[str, ...]) -> int:
    first = anchor.end <= number.start
    gap = (
        owned(languages).sub("", text[anchor.end : number.start]).lstrip(" (")
        if first
        else text[number.end : anchor.start]
    )
    if len(gap) > FARTHEST or _END.search(gap):
        return ANOTHER_SENTENCE
    compared = (
        not first
        and isinstance(anchor, Anchor)
        and anchor.is_name
        and says("baseline", languages).match(text, anchor.end)
    )
    apart = len(separators(languages).findall(gap)) + (COMPARED if compared else 0)
    return min(len(gap.split()) + SEPARATED * apart, ANOTHER_SENTENCE)


@cache
def owned(languages: tuple[str, ...]) -> re.Pattern[str]:
    """What says right behind a name that the number is its own."""
    forms = [form for language in languages if (form := read(language, "numbers").get("owned"))]
    return re.compile(rf"^(?:{'|'.join(forms) or '(?!)'})")


@cache
def separators(languages: tuple[str, ...]) -> re.Pattern[str]:
    """What keeps a number and a name apart."""
    return re.compile("|".join(read(language, "numbers")["separators"] for language in languages))
