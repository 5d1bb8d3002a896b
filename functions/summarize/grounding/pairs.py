"""Numbers that follow from two others of the same item: a reader can compute them again."""

from collections.abc import Iterator
from itertools import pairwise

from functions.summarize.grounding.claims import Claim, alike, is_near
from functions.summarize.grounding.passage import Passage
from shared.text.lazy_regex import lazy_regex
from shared.text.numbers.number import Number

MAX_PAIRED = 40
"""Numbers of an item whose pairs are looked at: a table in a line would take minutes."""
MAX_APART = 3
"""Numbers from one to the other that it is compared with."""
DIGITS = 6
"""Behind the point: what floating point adds to 78.0 - 71.3 is no digit."""

DOUBLE = 2
ROUGH = 0.125
"""Share of the double by which it may be off: writers call 51.2 s to 22.8 s half."""

_TO = lazy_regex(r" to |에서 | ?(?:→|->) ?")


def is_computed(claim: Claim) -> bool:
    """Whether it is the sum, difference, ratio or share of two other numbers of the item, or how a number changes."""
    own = claim.number
    is_quantity = not own.counts and own.unit not in {"dimension", "part"}
    if is_quantity and any(_is_result(claim, unit, value) for pair in _pairs(claim) for unit, value in _results(*pair)):
        return True
    factor = 1 / own.value if own.unit == "part" and own.value else own.value
    return (own.unit in {"part", "times"} and factor == DOUBLE) and any(
        abs(ratio - DOUBLE) <= ROUGH * DOUBLE
        for passage in (claim.item, *claim.evidence.passages)
        for ratio in _changes(passage)
    )


def _is_result(claim: Claim, unit: str, value: float) -> bool:
    return alike(unit, claim.number.unit) and is_near(claim, value)


def _changes(passage: Passage) -> Iterator[float]:
    """By which factor numbers change: from 51.2 s to 22.8 s."""
    for one, other in pairwise(passage.numbers):
        least, most = sorted((one.value, other.value))
        if least > 0 and alike(one.unit, other.unit) and _TO.fullmatch(passage.text, one.end, other.start):
            yield most / least


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
