"""Whether the numbers of an item belong to what the item says them of."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from functions.summarize.grounding.agreement import same_value
from functions.summarize.grounding.anchors import ANOTHER_SENTENCE, Bound, bound, key_of
from functions.summarize.grounding.comparisons import ordered, turned_around
from functions.summarize.grounding.findings import Finding
from functions.summarize.grounding.items import Item
from functions.summarize.grounding.notation import notation
from functions.summarize.grounding.numbers import MOST_COUNTED, Quantity, quantities
from functions.summarize.grounding.roles import wrong_roles
from functions.summarize.grounding.texts import plain
from functions.summarize.grounding.versions import wrong_versions

NEAR = 5
"""Words within which a name and a number belong together."""
SURELY = 2
"""Words by which one number has to be nearer than another."""
COMMON_UNITS = frozenset({"", "percent", "point", "times", "part"})
"""Units of measures of every kind."""
SEVERAL, HARDLY = 3, 0.05
MUCH_CLOSER, MUCH_CLOSER_ACROSS_UNITS = (1.3, 0.1), (3.0, 0.3)
"""By what factor, and by how much at least, the exchanged places have to fit better."""

Languages = tuple[str, ...]
_GLOSS = re.compile(r"(?<=[^\x00-\x7f]) ?\([a-z][a-z -]*\)")
"""The English term behind its translation: 토큰(token)."""


def wrong_subjects(
    item: Item, sources: Sequence[str], whole: Sequence[str], language: str, languages: Languages
) -> Iterator[Finding]:
    """Numbers and parts that the sentences give something else, and comparisons or changes that are turned around."""
    said = _GLOSS.sub("", plain(item.whole))
    own = bound(said, language, languages)
    sources = [plain(source) for source in sources]
    given = [bound(source, language, languages) for source in sources]
    yield from _foreign(item, said, own, given)
    if not item.advice:
        yield from _exchanged(item, said, own, given, languages)
    yield from _reordered(item, said, sources, languages)
    if item.field != "practice_ideas":  # what is to be tried is no claim
        yield from turned_around(item, said, sources, languages)
        yield from wrong_roles(item, said, sources, whole, languages)
    yield from wrong_versions(item, said, sources, languages)


def _foreign(item: Item, said: str, own: Bound, given: Sequence[Bound]) -> Iterator[Finding]:
    """A number at a name of which its very sentence says another one."""
    for key in sorted(own.names):
        if not any(name == key for _, name in own.costs) or not _belongs(own, key):
            continue
        place = own.nearest(key)[0]
        if item.value and place:
            continue
        number = own.numbers[place]
        if _is_count(number) or _is_of_a_nearer(own, place, key, given):
            continue
        owner = _owner(key, number, given)
        if owner and _same_sentence(number, owner, given) and _alike(number, owner):
            why = f"its sentence does not say this number of {key}"
            yield Finding(item=item.path, kind="subject", said=said[number.start : number.end], why=why)


def _is_count(number: Quantity) -> bool:
    """Whether it may count anything: such numbers stand around a name without being its own."""
    return not number.unit and number.scale == 1 and number.values[0] <= MOST_COUNTED and not number.values[0] % 1


def _is_of_a_nearer(own: Bound, place: int, key: str, given: Sequence[Bound]) -> bool:
    """Whether another name stands nearer to the number, and the sentences say the number of that one."""
    number = own.numbers[place]
    nearer = {
        name for name in own.names - {key} if own.costs.get((place, name), ANOTHER_SENTENCE) < own.costs[place, key]
    }
    return any(
        name in text.names and _belongs(text, name) and same_value(number, text.numbers[text.nearest(name)[0]])
        for text in given
        for name in nearer
    )


def _exchanged(
    item: Item, said: str, own: Bound, given: Sequence[Bound], languages: Languages
) -> Iterator[Finding]:
    """Two numbers, each of which would stand better in the other's place by the words around them."""
    told_apart = ordered(said, languages)
    for one, number in enumerate(own.numbers):
        for other in range(one + 1, len(own.numbers)):
            if same_value(number, own.numbers[other]) or own.listed(one, other):
                continue
            if not all(_is_given(each, given) for each in (number, own.numbers[other])):
                continue
            if _measure_apart(number, own.numbers[other], given) or {one, other} in told_apart:
                continue
            keys = own.keys() - {key_of(number), key_of(own.numbers[other])}
            straight, crossed = _both_ways(own, one, other, given, keys)
            if not crossed or _is_said_of_all(own, one, other, given, keys):
                continue
            factor, least = MUCH_CLOSER if number.unit == own.numbers[other].unit else MUCH_CLOSER_ACROSS_UNITS
            if crossed > factor * straight + least and not _named_so(own, one, other, given):
                words = f"{said[number.start : number.end]}, {said[own.numbers[other].start : own.numbers[other].end]}"
                why = "these two numbers seem to be exchanged"
                yield Finding(item=item.path, kind="subject", said=words, why=why)
                return


def _measure_apart(one: Quantity, other: Quantity, given: Sequence[Bound]) -> bool:
    """Whether two numbers measure or count different things, as the sentences have it: 100 years and 89,000 pages."""
    return any(
        (mine.unit, mine.thing) != (its.unit, its.thing) and _is_so_given(mine, given)
        for mine, its in ((one, other), (other, one))
    )


def _is_so_given(number: Quantity, given: Sequence[Bound]) -> bool:
    """Whether the sentences have the number with its telling unit or counted thing."""
    telling = bool(number.thing) or number.unit not in COMMON_UNITS
    return telling and any(
        same_value(number, each) and (number.unit, number.thing) == (each.unit, each.thing)
        for text in given
        for each in text.numbers
    )


def _is_said_of_all(own: Bound, one: int, other: int, given: Sequence[Bound], keys: frozenset[str]) -> bool:
    """Whether only one of two numbers of a list of several of one unit would fit better elsewhere.

    What all of them measure is written once, at the first in one language and at the last in another.
    """
    alike = [number for number in own.numbers if number.unit == own.numbers[one].unit]
    crossed = (_closeness(own, one, other, given, keys), _closeness(own, other, one, given, keys))
    return len(alike) >= SEVERAL and min(crossed) < HARDLY and own.numbers[one].unit == own.numbers[other].unit


def _is_given(number: Quantity, given: Sequence[Bound]) -> bool:
    return any(same_value(number, each) for text in given for each in text.numbers)


def _named_so(own: Bound, one: int, other: int, given: Sequence[Bound]) -> bool:
    """Whether the names beside two numbers, by themselves, tell that each is where it belongs.

    What both count is written once, at the first or the last, as a language has it, and tells nothing of the two.
    """
    keys = own.names | {key_of(each) for place, each in enumerate(own.numbers) if place not in (one, other)}
    straight, crossed = _both_ways(own, one, other, given, keys)
    return straight > crossed


def _both_ways(own: Bound, one: int, other: int, given: Sequence[Bound], keys: frozenset[str]) -> tuple[float, float]:
    """How well two numbers fit by these anchors where they stand, and how well in each other's place."""
    return (
        _closeness(own, one, one, given, keys) + _closeness(own, other, other, given, keys),
        _closeness(own, one, other, given, keys) + _closeness(own, other, one, given, keys),
    )


def _closeness(own: Bound, place: int, value: int, given: Sequence[Bound], keys: frozenset[str]) -> float:
    """How well the words around one number of the item fit those around a number of this value in the sentences."""
    around = own.around[place]
    return max(
        (
            sum(weight * its[key] for key, weight in around.items() if key in its and key in keys)
            for text in given
            for its_place, number in enumerate(text.numbers)
            if same_value(own.numbers[value], number)
            for its in (text.around[its_place],)
        ),
        default=0.0,
    )


def _reordered(item: Item, said: str, sources: Sequence[str], languages: Languages) -> Iterator[Finding]:
    """A bare list of numbers in the reverse of the text's order."""
    mine = quantities(said, languages)
    for one, other in pairwise(mine):
        if (
            one.unit != (other.unit or one.unit)
            or not (one.unit or one.scale > 1 or one.values[0] % 1)
            or not notation(languages).joins.fullmatch(said, one.end, other.start)
        ):
            continue
        orders = {order for source in sources for order in _orders(one, other, source, languages)}
        if "reverse" in orders and "same" not in orders:
            why = "the text has these two numbers in the other order"
            yield Finding(item=item.path, kind="subject", said=said[one.start : other.end], why=why)


def _orders(one: Quantity, other: Quantity, source: str, languages: Languages) -> Iterator[str]:
    """How a sentence lists two numbers."""
    given = quantities(source, languages)
    for a, b in pairwise(given):
        if notation(languages).joins.fullmatch(source, a.end, b.start):
            if same_value(one, a) and same_value(other, b):
                yield "same"
            if same_value(one, b) and same_value(other, a):
                yield "reverse"


def _alike(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers may measure the same: neither or both count things, and the same ones."""
    return (one.unit, one.scale, one.thing, one.counted) == (other.unit, other.scale, other.thing, other.counted)


def _belongs(text: Bound, key: str) -> bool:
    _, cost, margin = text.nearest(key)
    return cost <= NEAR and margin >= SURELY


def _owner(key: str, number: Quantity, given: Sequence[Bound]) -> Quantity | None:
    """The number that the sentences say of an anchor, where that is surely another one than the given."""
    owner: Quantity | None = None
    for text in given:
        near = [
            (cost, text.numbers[place]) for (place, name), cost in text.costs.items() if name == key and cost <= NEAR
        ]
        if not near:
            continue
        least = min(cost for cost, _ in near)
        if any(same_value(number, each) and cost <= least + SURELY for cost, each in near):
            return None
        if any(same_value(number, each) and _is_nearest(text, place, key) for place, each in enumerate(text.numbers)):
            return None
        if _belongs(text, key):
            owner = text.numbers[text.nearest(key)[0]]
    return owner


def _is_nearest(text: Bound, place: int, key: str) -> bool:
    """Whether no other name is nearer to a number."""
    least = min(
        (cost for (number, name), cost in text.costs.items() if number == place and name in text.names), default=0
    )
    return text.costs[place, key] <= least


def _same_sentence(one: Quantity, other: Quantity, given: Sequence[Bound]) -> bool:
    return any(
        any(same_value(one, each) for each in text.numbers) and any(same_value(other, each) for each in text.numbers)
        for text in given
    )
