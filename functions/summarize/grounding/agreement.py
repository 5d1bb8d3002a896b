"""Whether two numbers may be one: their values, units and what they count."""

from collections.abc import Sequence
from math import inf

from functions.summarize.grounding.numbers import Quantity

CLOSE = 1e-6
"""Relative difference of two spellings of one value."""
SIZED_LIKE = frozenset({"model", "person", "robot", "gpu"})
"""What is called by its size in parameters: a 3B student."""
UNITS_LEFT_OUT = frozenset({"point", "hertz", "frame_rate", "date", "month_of_year", "degree"})
"""Units that a writer leaves out or puts otherwise: 71.5 points, 20 times a second; 도 also means `too`."""
LEAST_AMBIGUOUS = 0.5
"""Below, a part may stand for a multiple: four times cheaper is a quarter of the cost."""
YEARS = range(1500, 2101)


def same_value(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers may be worth the same; a part of one may be told in per cent."""
    if one.unit != "part" != other.unit and len(one.values) == 1 == len(other.values):
        return close(one.values[0], other.values[0])
    return any(close(mine, its) for mine in _worth(one) for its in _worth(other))


def close(one: float, other: float) -> bool:
    """Whether two values are one but for what floating point adds."""
    return one == other or abs(one - other) <= CLOSE * max(abs(one), abs(other)) < inf


def _worth(quantity: Quantity) -> Sequence[float]:
    if quantity.unit == "part":
        inverse = (1 / quantity.values[0],) if 0 < quantity.values[0] < LEAST_AMBIGUOUS else ()
        return (quantity.values[0], quantity.values[0] * 100, *inverse)
    return quantity.values


def fits(own: Quantity, given: Quantity) -> bool:
    """Whether the unit and the counted thing of the given number allow the own one's."""
    units = {own.unit, given.unit}
    if len(units) == 1:
        sized = own.scale > 1 and bool(SIZED_LIKE & {own.thing, given.thing})
        counted = "run" in {own.thing, given.thing}  # 10번 중 7번, 7 of 10 cases
        return not (own.thing and given.thing) or own.thing == given.thing or sized or counted
    if "part" in units:
        return (bool(units & {"percent", ""}) and (own.unit != "" or given.unit == "part")) or units == {
            "part",
            "times",
        }
    if units == {"", "times"} and "run" in {own.thing, given.thing}:  # eight times, 8번
        return True
    if "" in units:
        loose = (units & UNITS_LEFT_OUT and own.scale == given.scale == 1) or own.borrowed or given.borrowed
        dated = units == {"", "year"} and own.values[0] in YEARS
        return bool(loose or dated)
    return (own.borrowed and given.unit == "") or (given.borrowed and own.unit == "")
