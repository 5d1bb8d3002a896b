"""Holds the numbers of an item against those of its sentences."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from functions.summarize.grounding.findings import Finding
from functions.summarize.grounding.items import Item
from functions.summarize.grounding.measures import converted
from functions.summarize.grounding.numbers import Quantity, quantities
from functions.summarize.grounding.roundings import is_ratio, rounded
from functions.summarize.grounding.texts import plain

CLOSE = 1e-6
"""Relative difference of two spellings of one value."""
SMALL_OF_ONES_OWN = 5
"""How many things a writer counts in passing: `the two rules`, `in three parts`."""
SIZED_LIKE = frozenset({"model", "person", "robot", "gpu"})
"""What is called by its size in parameters: a 3B student."""
UNITS_LEFT_OUT = frozenset({"point", "hertz", "frame_rate"})
"""Units that a writer leaves out or puts otherwise: 71.5 points, 20 times a second."""
LEAST_AMBIGUOUS = 0.5
"""Below, a part may stand for a multiple: four times cheaper is a quarter of the cost."""
DIFFERENCES = {"percent": {"point"}, "": {"", "point"}}
"""The units of a difference where it may have another one than its two numbers: 62 is 4 points below 66 %."""
DIGITS = 6
"""Behind the point: what floating point adds to 78.0 - 71.3 is no digit."""
YEARS = range(1500, 2101)

_SIZE_IN_NAME = re.compile(r"(?<=[A-Za-z\d][-_])\d+(?:\.\d+)?(?:[BMK]|x\d+B)?(?![\w.])")
_LISTED = re.compile(r"\(\s?(?:\d|[ivx]+|[a-h])\)|,| and | or |;| with | plus | both | another | than ")


def unsupported_amounts(item: Item, support: Sequence[str], languages: tuple[str, ...]) -> Iterator[Finding]:
    """Numbers that the support does not hold, or holds with another unit."""
    text = plain(item.whole)
    own = quantities(text, languages)
    known = (
        [each for part in support for each in quantities(part, languages) + _in_names(part, languages)] if own else []
    )
    stated_counts = [given for given in known if given.counted]
    stated = [quantity for quantity in own if _is_stated(quantity, known)]
    for quantity in own:
        if quantity in stated or _follows(text, quantity, known, stated, languages):
            continue
        if quantity.counted and _counted_in_passing(item, quantity, support, stated_counts, own):
            continue
        said = text[quantity.start : quantity.end]
        same = [given for given in known if same_value(quantity, given)]
        yield _finding(item, quantity, said, same, known)


def _is_stated(quantity: Quantity, known: Sequence[Quantity]) -> bool:
    same = [given for given in known if same_value(quantity, given)]
    telling = [given for given in same if given.thing] if quantity.thing else []
    return any(fits(quantity, given) for given in telling or same)


def _follows(
    text: str, quantity: Quantity, known: Sequence[Quantity], stated: Sequence[Quantity], languages: tuple[str, ...]
) -> bool:
    """Whether it is a stated number in another unit or rounded, or what lies between two that the item has, too."""
    in_its_unit = [each for given in known if (each := converted(given, quantity.unit)) and each.unit != given.unit]
    if any(same_value(quantity, given) and fits(quantity, given) for given in in_its_unit):
        return True
    if any(
        rounded(text, quantity, given, languages)
        for given in [*known, *in_its_unit]
        if quantity.unit == "part" or fits(quantity, given)
    ):
        return True
    pairs = [(one, other) for one, other in combinations(stated, 2) if one.unit == other.unit]
    return any(
        _close(round(abs(one.values[0] - other.values[0]), DIGITS), quantity.values[0])
        for one, other in pairs
        if quantity.unit in DIFFERENCES.get(one.unit, {one.unit})
    ) or any(is_ratio(text, quantity, one, other, languages) for one, other in pairs)


def same_value(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers may be worth the same; a part of one may be told in per cent."""
    if one.unit != "part" != other.unit and len(one.values) == 1 == len(other.values):
        return _close(one.values[0], other.values[0])
    return any(_close(mine, its) for mine in _worth(one) for its in _worth(other))


def _close(one: float, other: float) -> bool:
    return one == other or abs(one - other) <= CLOSE * max(abs(one), abs(other))


def _worth(quantity: Quantity) -> Sequence[float]:
    if quantity.unit == "part":
        inverse = (1 / quantity.values[0],) if quantity.values[0] < LEAST_AMBIGUOUS else ()
        return (quantity.values[0], quantity.values[0] * 100, *inverse)
    return quantity.values


def fits(own: Quantity, given: Quantity) -> bool:
    """Whether the unit and the counted thing of the given number allow the own one's."""
    units = {own.unit, given.unit}
    if len(units) == 1:
        sized = own.scale > 1 and bool(SIZED_LIKE & {own.thing, given.thing})
        return not (own.thing and given.thing) or own.thing == given.thing or sized
    if "part" in units:
        return (bool(units & {"percent", ""}) and (own.unit != "" or given.unit == "part")) or units == {
            "part",
            "times",
        }
    if "" in units:
        loose = units & UNITS_LEFT_OUT or own.borrowed or given.borrowed
        dated = units == {"", "year"} and own.values[0] in YEARS
        return bool(loose or dated)
    return (own.borrowed and given.unit == "") or (given.borrowed and own.unit == "")


def _counted_in_passing(
    item: Item, quantity: Quantity, support: Sequence[str], stated: Sequence[Quantity], own: Sequence[Quantity]
) -> bool:
    """A writer may count what the text lists, unless the text counts something and the item miscounts it."""
    if quantity.values[0] > SMALL_OF_ONES_OWN:
        return False
    if item.advice:
        return True
    unused = [given for given in stated if not any(same_value(given, each) for each in own)]
    clashing = [given for given in unused if not (given.thing and quantity.thing) or given.thing == quantity.thing]
    return not clashing and sum(len(_LISTED.findall(part)) for part in support) >= quantity.values[0] - 1


@lru_cache(maxsize=1024)
def _in_names(part: str, languages: tuple[str, ...]) -> tuple[Quantity, ...]:
    """Sizes that stand in names: the 7B of Foo-7B."""
    return tuple(quantity for size in _SIZE_IN_NAME.findall(part) for quantity in quantities(size, languages))


def _finding(item: Item, quantity: Quantity, said: str, same: Sequence[Quantity], known: Sequence[Quantity]) -> Finding:
    if same:
        return Finding(item=item.path, kind="unit", said=said, why="the text gives this number with another unit")
    scaled = [
        given
        for given in known
        for power in (1e-9, 1e-6, 1e-4, 1e-3, 1e-2, 1e-1, 1e1, 1e2, 1e3, 1e4, 1e6, 1e9)
        if same_value(quantity, given._replace(values=tuple(value * power for value in given.values)))
    ]
    why = "the scale differs from the text's" if scaled else "no such number is in the sentences that the item names"
    return Finding(item=item.path, kind="number", said=said, why=why)
