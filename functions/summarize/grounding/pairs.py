"""Numbers that follow from two others of the same item: a reader can compute them again."""

from collections.abc import Iterator

from functions.summarize.grounding.claims import LEFT_OUT, Claim, is_near
from functions.summarize.grounding.number import Number

MAX_PAIRED = 40
"""Numbers of an item whose pairs are looked at: a table in a line would take minutes."""
MAX_APART = 3
"""Numbers from one to the other that it is compared with."""
DIGITS = 6
"""Behind the point: what floating point adds to 78.0 - 71.3 is no digit."""


def is_computed(claim: Claim) -> bool:
    """Whether it is the sum, the difference, the ratio or the share of two other numbers that the item has."""
    own = claim.number
    is_quantity = not own.counts and own.unit != "dimension"
    return is_quantity and any(
        (unit == own.unit or (not unit and own.unit in LEFT_OUT)) and is_near(claim, value)
        for one, other in _pairs(claim)
        for unit, value in _results(one, other)
    )


def _pairs(claim: Claim) -> Iterator[tuple[Number, Number]]:
    """Numbers near each other, with one unit."""
    found = [each for each in claim.item.numbers if each != claim.number]
    for apart in range(1, MAX_APART + 1):
        for one, other in zip(found[:MAX_PAIRED], found[apart:], strict=False):
            if one.unit == other.unit or one.borrowed or other.borrowed:
                yield one, other


def _results(one: Number, other: Number) -> Iterator[tuple[str, float]]:
    """What two numbers come to, with its unit."""
    least, most = sorted((one.value, other.value))
    yield other.unit, round(most + least, DIGITS)
    yield "point" if other.unit == "percent" else other.unit, round(most - least, DIGITS)
    if least > 0:
        yield "times", most / least
        yield "percent", 100 * least / most
        yield "percent", 100 * (most - least) / most
