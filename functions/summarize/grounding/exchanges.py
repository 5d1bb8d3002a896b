"""Whether two numbers of an item stand in each other's place."""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from functions.summarize.grounding.agreement import same_value
from functions.summarize.grounding.anchors import Bound, key_of
from functions.summarize.grounding.comparisons import ordered
from functions.summarize.grounding.findings import Finding
from functions.summarize.grounding.items import Item
from functions.summarize.grounding.notation import notation
from functions.summarize.grounding.numbers import Quantity, quantities

Languages = tuple[str, ...]
COMMON_UNITS = frozenset({"", "percent", "point", "times", "part"})
"""Units of measures of every kind."""
SEVERAL, HARDLY = 3, 0.05
MUCH_CLOSER, MUCH_CLOSER_ACROSS_UNITS = (1.3, 0.1), (3.0, 0.3)
"""By what factor, and by how much at least, the exchanged places have to fit better."""


def exchanged_numbers(
    item: Item, said: str, own: Bound, given: Sequence[Bound], languages: Languages
) -> Iterator[Finding]:
    """Two numbers, each of which would stand better in the other's place by the words around them."""
    for one, other in _comparable(said, own, given, languages):
        number, its = own.numbers[one], own.numbers[other]
        keys = own.keys() - {key_of(number), key_of(its)}
        straight, crossed = _both_ways(own, one, other, given, keys)
        factor, least = MUCH_CLOSER if number.unit == its.unit else MUCH_CLOSER_ACROSS_UNITS
        if not _followed_crosswise(own, one, other, given) and (
            crossed <= factor * straight + least or _is_said_of_all(own, one, other, given, keys)
        ):
            continue
        if not _named_so(own, one, other, given):
            words = f"{said[number.start : number.end]}, {said[its.start : its.end]}"
            yield Finding(item=item.path, kind="subject", said=words, why="these two numbers seem to be exchanged")
            return


def _comparable(said: str, own: Bound, given: Sequence[Bound], languages: Languages) -> Iterator[tuple[int, int]]:
    """The places of numbers that the sentences have, too, and that may have been exchanged unnoticed."""
    told_apart = ordered(said, languages)
    places = [
        place
        for place, number in enumerate(own.numbers)
        if _is_given(number, given) and _stands_alone(said, number) and not _is_unclear(number, given)
    ]
    for one, other in combinations(places, 2):
        number, its = own.numbers[one], own.numbers[other]
        alike = same_value(number, its) or own.listed(one, other) or {one, other} in told_apart
        alike = alike or _followed_alike(own, one, other, given)
        if not alike and _is_change(said, number) == _is_change(said, its) and not _measure_apart(number, its, given):
            yield one, other


def _stands_alone(said: str, number: Quantity) -> bool:
    """Whether it is in digits, and no part of a name: Qwen3-32B."""
    return said[number.start].isdigit() and said[number.start - 1 : number.start] not in {"-", "_"}


def _is_unclear(number: Quantity, given: Sequence[Bound]) -> bool:
    return any(same_value(number, text.numbers[place]) for text in given for place in text.unclear)


def _followed_alike(own: Bound, one: int, other: int, given: Sequence[Bound]) -> bool:
    """Whether a word right behind one of two numbers, and not behind the other, is the one of the sentences."""
    return own.followers[one] != own.followers[other] and any(
        bool(own.followers[place]) and own.followers[place] == text.followers[its_place]
        for place in (one, other)
        for text in given
        for its_place, number in enumerate(text.numbers)
        if same_value(own.numbers[place], number)
    )


def _followed_crosswise(own: Bound, one: int, other: int, given: Sequence[Bound]) -> bool:
    """Whether the word right behind one number stands right behind the other one in the sentences."""
    mine = {place: own.followers[place] for place in (one, other)}
    its = {
        place: {
            text.followers[its_place]
            for text in given
            for its_place, number in enumerate(text.numbers)
            if same_value(own.numbers[place], number)
        }
        for place in (one, other)
    }
    return any(
        bool(mine[a]) and mine[a] in its[b] and mine[a] not in its[a] and mine[b] not in its[b]
        for a, b in ((one, other), (other, one))
    )


def _is_change(said: str, number: Quantity) -> bool:
    """Whether its sign tells that it is how much another number has changed by: 82.1 (+3.4)."""
    return said[: number.start].endswith("+")


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


def reordered_numbers(item: Item, said: str, sources: Sequence[str], languages: Languages) -> Iterator[Finding]:
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
