"""A number of an item beside the evidence, and when two numbers are one: by value, unit, digits and hedges."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from math import inf
from typing import NamedTuple

from functions.summarize.grounding.passage import Evidence, Passage
from shared.languages.files import read
from shared.text.numbers.measures import factor
from shared.text.numbers.number import Number

CLOSE = 1e-6
"""Relative difference of two spellings of one value."""
HEDGE_CHARS = 24
"""Characters in front of a number in which a hedge may stand."""
OFF_BY = 0.1
"""Share of the text's number by which one with `about` may differ, however few digits it has."""
PART_OFF_BY = 0.017
"""Writers call 71 % seven in ten and 51.7 % half, without `about`."""
BEYOND = 1.5
"""Writers call 140 `more than 100`, but not 160."""
MIN_AMBIGUOUS = 0.5
"""Below, a part may stand for a multiple: four times cheaper is a quarter of the cost."""
MAX_EXPONENT = 30
"""Of orders of magnitude: no paper tells of more."""
YEARS = range(1500, 2101)
LEFT_OUT = frozenset(
    {"point", "hertz", "frame_rate", "date", "month_of_year", "degree", "dimension", "token", "parameter", "ordinal"}
)
"""Units that a writer adds to a bare number or leaves out: 71.5 points, 20 times a second, a 7B model."""


class Claim(NamedTuple):
    """A number of an item with all that it may follow from."""

    number: Number
    item: Passage
    evidence: Evidence
    is_advice: bool
    """Whether the model thinks for itself: what it counts is its own."""


def same(one: Number, other: Number) -> bool:
    """Whether two numbers may be worth the same."""
    return any(close(mine, its) for mine in one.values for its in other.values)


def close(one: float, other: float) -> bool:
    """Whether two values are one but for what floating point adds."""
    return one == other or abs(one - other) <= CLOSE * max(abs(one), abs(other)) < inf


def alike(one: str, other: str) -> bool:
    """Whether two units are one, or a writer may leave one of them out."""
    return one == other or ("" in {one, other} and {one, other} <= LEFT_OUT | {""})


def fits(own: Number, given: Number) -> bool:
    """Whether the unit of the text's number allows the item's unit."""
    units = {own.unit, given.unit}
    if len(units) == 1 or not own.unit:
        return True
    if own.borrowed or given.borrowed:
        return "" in units or own.borrowed
    if own.unit == "percentage":
        return given.unit in {"percent", "point"}
    if units == {"date", "ordinal"}:  # 20th June
        return True
    if "part" in units:
        return bool(units & {"percent", "times", ""})
    return not given.unit and (own.unit in LEFT_OUT or (own.unit == "year" and own.value in YEARS))


def convert(given: Number, own: Number) -> Iterator[float]:
    """What the text's number is worth in the item's unit, where there is a way from one to the other."""
    if by := factor(given.unit, own.unit):
        yield from (value * by for value in given.values)
    match given.unit, own.unit:
        case ("", "percent") | ("part", "percent") if 0 < given.value < 1:
            yield given.value * 100
        case "percent", "" | "part":
            yield given.value / 100
            if own.value == 0.5:  # more than half fail where 45 % pass
                yield 1 - given.value / 100
        case "percent", "times" if given.value > 100:
            yield 1 + given.value / 100
        case "magnitude", "times":
            yield 10.0 ** min(given.value, MAX_EXPONENT)
        case ("part", "times") | ("times", "part") if given.value and (given.value <= MIN_AMBIGUOUS or own.value < 1):
            yield 1 / given.value


def is_near(claim: Claim, value: float) -> bool:
    """Whether a value is the item's number to the digits that it has, or as near as the item's words allow."""
    return _agrees(claim.number, value) or any(_allows(hedge, claim.number, value) for hedge in _hedges(claim))


def _agrees(own: Number, value: float) -> bool:
    """One digit alone is too few."""
    if close(own.value, value):
        return True
    if own.unit == "part":
        return abs(own.value - value) <= min(PART_OFF_BY, OFF_BY * own.value)
    exponent, digits = _places(own.value)
    off, step = value - own.value, 10.0**exponent * (1 + CLOSE)
    return digits > 1 and (abs(off) <= 0.5 * step or (digits > 2 and 0 < off < step))  # 39.9k is cut off from 39,994


def _places(value: float) -> tuple[int, int]:
    """The exponent of the last digit that is no zero, and how many digits there are."""
    parts = Decimal(f"{value:.9g}").normalize().as_tuple()
    return int(parts.exponent), len(parts.digits)


def _allows(hedge: str, own: Number, given: float) -> bool:
    """Whether a hedge makes the item's number one for the text's."""
    if own.value <= 0 or given <= 0:
        return False
    off = abs(own.value - given)
    step = own.value if own.unit == "part" else 10.0 ** _places(own.value)[0]
    if hedge == "about":
        return off <= min(step / 2, OFF_BY * given)
    if hedge == "nearly":
        return own.value >= given and off <= OFF_BY * own.value and (own.unit == "part" or _places(own.value)[1] == 1)
    least, most = sorted((own.value, given))
    return off < step and most <= BEYOND * least and (own.value <= given) == (hedge == "over")


def _hedges(claim: Claim) -> list[str]:
    """How the item's words around a number make it less exact."""
    text, own = claim.item.text, claim.number
    start = max(own.start - HEDGE_CHARS, 0)
    return [
        hedge
        for hedge, (before, after) in _hedge_forms(claim.item.languages).items()
        if before.search(text[start : own.start]) or after.match(text, own.end)
    ]


@cache
def _hedge_forms(languages: tuple[str, ...]) -> Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """What stands right before a number, and what right behind it."""
    files = [read(language, "numbers")["hedges"] for language in languages]

    def forms(name: str) -> str:
        return "|".join(file[name] for file in files if name in file) or "(?!)"

    return {
        hedge: (re.compile(rf"(?:{forms(f'{hedge}_before')})\s?$", re.IGNORECASE), re.compile(forms(f"{hedge}_after")))
        for hedge in ("about", "over", "under", "nearly")
    }
