"""Numbers that follow from two others: a difference, a ratio, a share."""

from collections.abc import Iterator

from functions.summarize.grounding.claims import Claim, agrees, allows, close, hedges
from functions.summarize.grounding.number import Number
from functions.summarize.grounding.numbers import HALF

MAX_PAIRED = 40
"""Numbers of a sentence whose pairs are looked at: a table in a line would take minutes."""
MAX_APART = 3
"""Numbers from one to the other that it is compared with."""
RATIO_OFF_BY = 0.12
"""Latency is halved where it falls from 51 to 23 s."""
MIN_WHOLE = 10
"""Of what share is told in per cent."""
DIGITS = 6
"""Behind the point: what floating point adds to 78.0 - 71.3 is no digit."""


def _pairs(claim: Claim) -> Iterator[tuple[Number, Number]]:
    """Numbers of one sentence, of the text or the item, that may be compared: near each other, with one unit."""
    own = [each for each in claim.item.numbers if each != claim.number]
    for found in (*(passage.numbers for passage in claim.evidence.passages), own):
        for apart in range(1, MAX_APART + 1):
            for one, other in zip(found[:MAX_PAIRED], found[apart:], strict=False):
                is_one_kind = one.unit == other.unit or one.borrowed or other.borrowed
                if is_one_kind and not (one.counts and other.counts):
                    yield one, other


def is_difference(claim: Claim) -> bool:
    """4 points, where the text has 62 % and 66 %."""
    own = claim.number
    if own.counts or (not own.unit and not own.value % 1):
        return False
    allowed = {"point": {"point", "percent", ""}, "": {""}}.get(own.unit, {own.unit} - {"percent"})
    return any(
        {one.unit, other.unit} <= allowed and close(round(abs(one.value - other.value), DIGITS), own.value)
        for one, other in _pairs(claim)
    )


def is_ratio(claim: Claim) -> bool:
    """2.6 times or a half, where the text has both numbers; 88 %, where it has 15 of 17."""
    own = claim.number
    if own.unit == "percent":
        return any(_is_share(claim, one, other) for one, other in _pairs(claim))
    if own.unit not in {"times", "part"}:
        return False
    for one, other in _pairs(claim):
        least, most = sorted((one.value, other.value))
        if least > 0 and (one.unit or own.value == HALF or own.unit == "times"):
            ratio = most / least if own.unit == "times" else least / most
            is_half = own.value == HALF and abs(own.value - ratio) <= RATIO_OFF_BY * own.value
            if is_half or agrees(claim, ratio) or any(allows(hedge, own, ratio) for hedge in hedges(claim)):
                return True
    return False


def _is_share(claim: Claim, one: Number, other: Number) -> bool:
    """Whether both are bare whole numbers that the item has, too, and one is so much of the other."""
    part, whole = sorted((one.value, other.value))
    is_bare = not one.unit and not other.unit and whole >= MIN_WHOLE and not part % 1 and not whole % 1
    told = [each.value for each in claim.item.numbers]
    return is_bare and part in told and whole in told and agrees(claim, 100 * part / whole)
