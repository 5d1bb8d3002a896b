"""Numbers that an item tells only about, and says so: 약 3만, more than 20, nearly half."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Literal

from functions.summarize.grounding.agreement import close
from functions.summarize.grounding.language_data import read, says
from functions.summarize.grounding.numbers import Quantity

Hedge = Literal["about", "over", "under", "nearly"]
HEDGES: tuple[Hedge, ...] = ("about", "over", "under", "nearly")
BEFORE = 24
"""Characters in front of a number in which a hedge may stand."""
OFF_BY = 0.1
"""Share of the text's number by which one told with `about` may differ, however few digits it has."""
DIGITS = 6
"""Behind the point: what floating point adds to 1 - 0.55 is no digit."""
HALF = 0.5
TENTHS_OFF_BY = 0.015
"""Seven in ten are said of 71 %, and nobody writes about."""
FEW, NEARLY = range(1, 6), 0.15
"""Nearly a minute is said of 52 seconds."""
BEHIND = 36
"""Characters behind a part in which a word may say that it is missing."""
BEYOND = 1.5
"""`More than 100` is said of 140 and not of 160."""


def rounded(text: str, own: Quantity, given: Quantity, languages: tuple[str, ...]) -> bool:
    """Whether the item's words around its own number allow the given one, of which it has fewer digits."""
    hedges = [hedge for hedge in HEDGES if _is_hedged(text, own, hedge, languages)]
    if own.unit == "part":
        shares = [*_shares(given, own), *_left_out(text, own, given, languages)]
        return any(_is_about(hedges, own.values[0], share) for share in shares)
    return any(_allows(hedge, own.values[0], value) for hedge in hedges for value in given.values)


def is_ratio(text: str, own: Quantity, one: Quantity, other: Quantity, languages: tuple[str, ...]) -> bool:
    """Whether `2.6 times` or `half` is what lies between two other numbers, to the digits that it has."""
    least, most = sorted((one.values[0], other.values[0]))
    if own.unit not in {"times", "part"} or least <= 0:
        return False
    ratio = most / least if own.unit == "times" else least / most
    return _allows("about", own.values[0], ratio) or rounded(
        text, own, one._replace(values=(ratio,), unit=own.unit), languages
    )


def is_relative_change(own: Quantity, one: Quantity, other: Quantity) -> bool:
    """Whether `18 %` is how far one number is from another, as a share of the first, to the digits that it has."""
    before, after = one.values[0], other.values[0]
    if own.unit != "percent" or before <= 0:
        return False
    points = one.unit == "percent" and round(abs(after - before), DIGITS)
    return _told(own, abs(after - before) / before) and own.values[0] != points


def is_share(own: Quantity, part: Quantity, whole: Quantity) -> bool:
    """Whether `80 %` is four of five."""
    return own.unit == "percent" and whole.values[0] > 0 and _told(own, part.values[0] / whole.values[0])


def _told(own: Quantity, share: float) -> bool:
    """Whether a percentage is this share, to the digits that it has."""
    places = max(-int(Decimal(f"{own.values[0]:.9g}").normalize().as_tuple().exponent), 0)
    return round(share * 100, places) == own.values[0]


def _is_about(hedges: Sequence[Hedge], own: float, share: float) -> bool:
    """Whether a part in words is near a share: a half, on the side that it says; tenths, at once."""
    off = round(share - own, DIGITS)
    if own == HALF and hedges in (["over"], ["under"]):
        return abs(off) <= OFF_BY and (off > 0) == (hedges == ["over"])
    tenths = own != HALF and close(round(own * 10), own * 10)
    return (bool(hedges) and abs(off) <= OFF_BY * own) or (tenths and abs(off) <= TENTHS_OFF_BY)


def _left_out(text: str, own: Quantity, given: Quantity, languages: tuple[str, ...]) -> tuple[float, ...]:
    """The rest of a share, where the words behind the part say that it is missing: a third stay hidden."""
    lacking = given.unit == "percent" and says("lacking", languages).search(text, own.end, own.end + BEHIND)
    return (1 - given.values[0] / 100,) if lacking else ()


def _shares(given: Quantity, own: Quantity) -> tuple[float, ...]:
    """What a number is as a share. Of a half, the rest is one, too: where 55 % are cut, less than half is left."""
    if given.unit not in {"percent", "part", ""}:
        return ()
    share = given.values[0] if given.unit == "part" else given.values[0] / 100
    return (share, 1 - share) if own.values[0] == HALF and given.unit != "part" else (share,)


def _allows(hedge: Hedge, own: float, given: float) -> bool:
    step = _step(own)
    if own <= 0 or given <= 0:
        return False
    if hedge == "about":
        return abs(own - given) <= min(step / 2, OFF_BY * given)
    if hedge == "nearly":
        return own in FEW and 0 < own - given <= NEARLY * own
    least, most = sorted((own, given))
    return abs(own - given) < step and most <= BEYOND * least and (own <= given) == (hedge == "over")


def _step(value: float) -> float:
    """The place of a number's last digit that is no zero: 10,000 of 30,000."""
    exponent = Decimal(f"{value:.9g}").normalize().as_tuple().exponent
    return 10.0 ** int(exponent)


def _is_hedged(text: str, own: Quantity, hedge: Hedge, languages: tuple[str, ...]) -> bool:
    before, after = _hedges(languages)[hedge]
    start = max(own.start - BEFORE, 0)
    return bool(before.search(text, start, own.start) or after.match(text, own.end))


@cache
def _hedges(languages: tuple[str, ...]) -> Mapping[Hedge, tuple[re.Pattern[str], re.Pattern[str]]]:
    """What stands right before a number, and what right behind it."""
    files = [read(language, "numbers")["hedges"] for language in languages]

    def forms(name: str) -> str:
        return "|".join(file[name] for file in files if name in file) or "(?!)"

    return {
        hedge: (re.compile(rf"(?:{forms(f'{hedge}_before')})\s?$", re.IGNORECASE), re.compile(forms(f"{hedge}_after")))
        for hedge in HEDGES
    }
