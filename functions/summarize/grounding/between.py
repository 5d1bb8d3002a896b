"""Ratios and differences of two numbers of the sentences, of which the item names one or none."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from functions.summarize.grounding.agreement import UNITS_LEFT_OUT, YEARS, close, same_value
from functions.summarize.grounding.anchors import bound
from functions.summarize.grounding.glossary import singular
from functions.summarize.grounding.language_data import says
from functions.summarize.grounding.names import located_names
from functions.summarize.grounding.numbers import Quantity
from functions.summarize.grounding.roundings import is_ratio, rounded

Languages = tuple[str, ...]
BEFORE, BEHIND = 20, 24
"""Characters around a number in which a word may say what it is the difference or the ratio of."""
MOST_TIMES = 5
"""Beyond, nobody leaves untold what it is a multiple of."""
DIGITS = 6
"""Behind the point: what floating point adds to 24.6 - 19.8 is no digit."""


def lies_between(
    text: str,
    own: Quantity,
    support: Sequence[str],
    known: Sequence[Quantity],
    told: Sequence[Quantity],
    languages: Languages,
) -> bool:
    """Whether a number is the ratio or the difference of two known ones, of which the item tells some."""
    if own.unit == "times" and any(same_value(own, given) for given in known):  # with another unit
        return False
    pairs = [(one, other) for one in told for other in known if _alike(one, other) and not is_one_of(own, (one, other))]
    if own.unit == "year":
        return any(_are_years(pair) and _differ_by(own, *pair) for pair in pairs)
    if own.unit in {"times", "part"}:
        return any(is_ratio(text, own, *pair, languages) for pair in [*pairs, *_untold(text, own, known, languages)])
    return any(
        _is_difference(text, own, *pair, languages) and not _is_of_another(text, own, pair[1], support, languages)
        for pair in pairs
    )


def is_one_of(own: Quantity, pair: tuple[Quantity, Quantity]) -> bool:
    """Whether it is one of the two itself: 900 billion is no difference, whatever small number is taken from it."""
    return any(close(own.values[0], each.values[0]) for each in pair)


def _alike(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers measure the same, as far as their units tell."""
    units = {one.unit, other.unit}
    same = len(units) == 1 or ("" in units and bool(units & UNITS_LEFT_OUT))
    return same and not (one.thing and other.thing and one.thing != other.thing) and one.values[0] != other.values[0]


def _untold(
    text: str, own: Quantity, known: Sequence[Quantity], languages: Languages
) -> Iterator[tuple[Quantity, Quantity]]:
    """Pairs that the item need not name, as it says that it compares: a third of that in the simulator."""
    if own.values[0] > MOST_TIMES:
        return
    before = says("compared_before", languages, at_end=True).search(text, max(own.start - BEFORE, 0), own.start)
    if before or says("compared_after", languages).match(text, own.end):
        measured = [each for each in known if not each.counted and not _is_year(each)]
        yield from (pair for pair in combinations(measured, 2) if _alike(*pair))


def _is_year(each: Quantity) -> bool:
    return each.unit in {"", "year"} and each.scale == 1 and each.values[0] in YEARS


def _are_years(pair: tuple[Quantity, Quantity]) -> bool:
    return all(map(_is_year, pair))


def _differ_by(own: Quantity, one: Quantity, other: Quantity) -> bool:
    return close(round(abs(one.values[0] - other.values[0]), DIGITS), own.values[0])


def _is_difference(text: str, own: Quantity, told: Quantity, other: Quantity, languages: Languages) -> bool:
    """Whether what the item tells lies that far above or below another number, and the item says which."""
    units = {told.unit, other.unit} | ({"point"} if {told.unit, other.unit} & {"", "percent"} else set())
    if own.unit not in units - {"percent"}:
        return False
    difference = told._replace(values=(round(abs(told.values[0] - other.values[0]), DIGITS),), unit=own.unit)
    if not same_value(own, difference) and not rounded(text, own, difference, languages):
        return False
    return _direction(text, own, languages) == ("above" if told.values[0] > other.values[0] else "below")


def _is_of_another(text: str, own: Quantity, other: Quantity, support: Sequence[str], languages: Languages) -> bool:
    """Whether the number that it differs from is not the one of the name that the item compares with."""
    for key in _compared(text, own, languages):
        for each in (bound(part, languages[0], languages) for part in support):
            places = [place for place, number in enumerate(each.numbers) if number.values == other.values]
            if key in each.names and places and any(name == key for _, name in each.costs):
                return each.nearest(key)[0] not in places
    return False


def _compared(text: str, own: Quantity, languages: Languages) -> Sequence[str]:
    """The name right before the number, as what it is compared with, or else the one behind `above` or `than`."""
    names = located_names(text)
    baseline, against = says("baseline", languages), says("against", languages, at_end=True)
    before = [said for said, _, end in names if own.start - BEFORE < end <= own.start and baseline.match(text, end)]
    behind = [
        said
        for said, start, _ in names
        if own.end <= start <= own.end + BEHIND and against.search(text, own.end, start)
    ]
    return [singular(said.lower()) for said in before[-1:] or behind[:1]]


def _direction(text: str, own: Quantity, languages: Languages) -> str:
    """The word nearest behind the number that says which way it differs, or else the nearest one before it."""
    ways = ("above", "below")
    behind = [
        (match.start(), way) for way in ways if (match := says(way, languages).search(text, own.end, own.end + BEHIND))
    ]
    if behind:
        return min(behind)[1]
    start = max(own.start - BEFORE, 0)
    before = [(match.start(), way) for way in ways for match in says(way, languages).finditer(text, start, own.start)]
    return max(before, default=(0, ""))[1]


def is_other_side(
    own: Quantity, support: Sequence[tuple[str, Sequence[Quantity]]], stated: Sequence[Quantity], languages: Languages
) -> bool:
    """Whether a share is what a sentence puts another one, which the item tells, so many points above or below."""
    if own.unit != "percent":
        return False
    for part, given in support:
        points = [each for each in given if each.unit == "point"]
        shares = [each for each in given if each.unit == "percent" and any(same_value(each, its) for its in stated)]
        for share, point in ((share, point) for share in shares for point in points):
            sign = {"above": -1, "below": 1}.get(_direction(part, point, languages), 0)
            if sign and close(round(share.values[0] + sign * point.values[0], DIGITS), own.values[0]):
                return True
    return False
