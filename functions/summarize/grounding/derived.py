"""Numbers that follow from those of the text: in another unit, rounded, a difference, a ratio, a sum, the rest."""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from functions.summarize.grounding.agreement import close, fits, same_value
from functions.summarize.grounding.between import is_one_of, is_other_side, lies_between
from functions.summarize.grounding.comparisons import changes, shares
from functions.summarize.grounding.language_data import says
from functions.summarize.grounding.measures import factor
from functions.summarize.grounding.numbers import Quantity, quantities
from functions.summarize.grounding.roundings import is_ratio, is_relative_change, is_share, rounded

Languages = tuple[str, ...]
Pair = tuple[Quantity, Quantity]

DIFFERENCES = {"percent": {"point"}, "": {"", "point"}}
"""The units of a difference where it may have another one than its two numbers: 62 is 4 points below 66 %."""
DIGITS = 6
"""Behind the point: what floating point adds to 78.0 - 71.3 is no digit."""
SUMMED = 3
"""Numbers that a writer adds up, at most."""
AROUND = 24
"""Characters in front of a number in which a word may say what it is."""


def follows(
    text: str,
    quantity: Quantity,
    support: Sequence[str],
    known: Sequence[Quantity],
    stated: Sequence[Quantity],
    languages: Languages,
) -> bool:
    """Whether the item's number follows from those of its sentences (known) or from others that it has too (stated)."""
    in_its_unit = [each for given in known if (each := _converted(given, quantity)) and each.unit != given.unit]
    if any(same_value(quantity, given) and fits(quantity, given) for given in in_its_unit):
        return True
    if any(
        rounded(text, quantity, given, languages)
        for given in [*known, *in_its_unit]
        if quantity.unit == "part" or fits(quantity, given)
    ):
        return True
    changed = [pair for part in support for pair in changes(part, languages)]
    pairs = [*((one, other) for one, other in combinations(stated, 2) if one.unit == other.unit), *changed]
    if any(_lies_between(text, quantity, *pair, languages) for pair in pairs if not is_one_of(quantity, pair)):
        return True
    if any(is_share(quantity, one, other) for part in support for one, other in shares(part, languages)):
        return True
    if _is_points(quantity, known, stated) or _is_of_two(text, quantity, support, known, stated, languages):
        return True
    return _is_rest(text, quantity, known, languages) or _is_sum(text, quantity, known, languages)


def _is_points(own: Quantity, known: Sequence[Quantity], stated: Sequence[Quantity]) -> bool:
    return own.unit == "point" and any(
        close(round(abs(one.values[0] - other.values[0]), DIGITS), own.values[0])
        for one in stated
        for other in known
        if one.unit == other.unit == "percent"
    )


def _is_of_two(
    text: str,
    own: Quantity,
    support: Sequence[str],
    known: Sequence[Quantity],
    stated: Sequence[Quantity],
    languages: Languages,
) -> bool:
    """Whether it follows from two numbers of the sentences, of which the item tells one, or one rounded, or none."""
    others = [each for each in quantities(text, languages) if each != own]
    told = [
        given
        for given in known
        if any(same_value(each, given) for each in stated if each != own)
        or any(fits(each, given) and rounded(text, each, given, languages) for each in others)
    ]
    if lies_between(text, own, support, known, told, languages):
        return True
    return is_other_side(own, [(part, quantities(part, languages)) for part in support], stated, languages)


def _converted(given: Quantity, own: Quantity) -> Quantity | None:
    """The given number in the own one's unit; None where there is no way from the one to the other."""
    if {given.unit, own.unit} == {"percent", ""}:  # 0.83 is 83 %
        share = given if given.unit == "" else own
        times = 100 if given.unit == "" else 0.01
        return _times(given, times, own.unit) if 0 < share.values[0] < 1 else None
    by = factor(given.unit, own.unit)
    return _times(given, by, own.unit) if by else None


def _times(given: Quantity, times: float, unit: str) -> Quantity:
    return given._replace(values=tuple(value * times for value in given.values), unit=unit)


def _lies_between(text: str, own: Quantity, one: Quantity, other: Quantity, languages: Languages) -> bool:
    difference = round(abs(one.values[0] - other.values[0]), DIGITS)
    if own.unit in DIFFERENCES.get(one.unit, {one.unit}) and close(difference, own.values[0]):
        return True
    return is_ratio(text, own, one, other, languages) or is_relative_change(own, one, other)


def _is_rest(text: str, own: Quantity, known: Sequence[Quantity], languages: Languages) -> bool:
    """The other 38 %, where 62 % are told."""
    if own.unit != "percent" or not says("rest", languages).search(text, max(own.start - AROUND, 0), own.start):
        return False
    return any(given.unit == "percent" and close(100 - given.values[0], own.values[0]) for given in known)


def _is_sum(text: str, own: Quantity, known: Sequence[Quantity], languages: Languages) -> bool:
    """3,000 in all, where 2,000 and 1,000 are told one after the other."""
    if own.unit or not says("sum", languages).search(text):
        return False
    return any(close(sum(each.values[0] for each in run), own.values[0]) for run in _addends(known))


def _addends(known: Sequence[Quantity]) -> Iterator[Sequence[Quantity]]:
    for length in range(2, SUMMED + 1):
        for start in range(len(known) - length + 1):
            run = known[start : start + length]
            if not any(each.unit for each in run) and all(one.start < other.start for one, other in pairwise(run)):
                yield run
