"""What may follow from the numbers of a text: one table, each row a reason for which a number needs no objection."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from functions.summarize.grounding.claims import Claim, close, convert, fits, is_near, same
from functions.summarize.grounding.counts import is_count
from functions.summarize.grounding.pairs import is_computed
from shared.languages.files import read
from shared.text.lazy_regex import lazy_regex
from shared.text.numbers.number import Number

DIMENSIONS = (1, 2, 3)
"""2D and 3D are words of the field."""
NEAR_CHARS = 40
"""Characters around a bare number in which a word may tell its unit."""

_MEANT: Mapping[str, re.Pattern[str]] = {
    "times": lazy_regex(
        r"\bfactors?\b|\bspeed-?ups?\b|\bratio|\btimes\b|\bfold\b|\bimprovement|\bfaster\b|\bfewer\b|\bacceleration|\bruns?\b",
        re.IGNORECASE,
    ),
    "part": lazy_regex(r"\bfactors?\b", re.IGNORECASE),
    "percent": lazy_regex(r"\baccurac|\brates?\b|\bprecision|\brecall\b|\bpass@|\bscores?\b|\bF1\b", re.IGNORECASE),
}
"""The words that make a bare number one with this unit."""


class Derivation(NamedTuple):
    """A reason for which a number needs no objection."""

    id: str
    holds: Callable[[Claim], bool]


def _is_stated(claim: Claim) -> bool:
    """A number of the text, with fewer digits, or made less exact by the item's words: 약 3만, more than 20."""
    own, given = claim.number, claim.evidence.numbers
    return any(same(own, each) and fits(own, each) for each in given) or any(
        is_near(claim, value) for each in given for value in _values(own, each)
    )


def _values(own: Number, given: Number) -> Iterator[float]:
    """What the text's number is worth in the item's unit: as it is where the unit is the text's own, and converted."""
    if fits(own, given) and (own.unit == given.unit or "part" not in {own.unit, given.unit}):
        yield from given.values
    yield from convert(given, own)


def _is_meant(claim: Claim) -> bool:
    """Three times or a third, where the text speaks of a factor of 3; 94 %, where it has an accuracy of 94."""
    own = claim.number
    value = 1 / own.value if own.unit == "part" and own.value else own.value
    return own.unit in _MEANT and any(
        any(close(value, each) for each in given.values)
        and not given.unit
        and _MEANT[own.unit].search(passage.text, max(given.start - NEAR_CHARS, 0), given.end + NEAR_CHARS)
        for passage in claim.evidence.passages
        for given in passage.numbers
    )


def _is_in_name(claim: Claim) -> bool:
    """7B, where the text has Foo-7B, 2024 for AIME24, 360 degrees for full-360°, top 3 for Recall@3."""
    own = claim.number
    is_top = claim.item.text[: own.start].lower().endswith("top ")
    is_size = own.unit in {"", "parameter", "degree"} and (is_top or not own.counts)
    sizes = claim.evidence.numbers_in_names if is_size else ()
    return any(same(own, given) for given in sizes)


def _is_implied(claim: Claim) -> bool:
    """5 for pentatonic, 2 for bilingual, 8도 for octaves: words that another language puts as a number."""
    own = claim.number
    forms = _implied(claim.item.languages) if own.unit in {"", "degree"} else ()
    return any(close(value, own.value) and form.search(claim.evidence.text) for form, value in forms)


@cache
def _implied(languages: tuple[str, ...]) -> Sequence[tuple[re.Pattern[str], float]]:
    return [
        (re.compile(form, re.IGNORECASE), float(value))
        for language in languages
        for form, value in read(language, "numbers").get("implied", {}).items()
    ]


def _is_plain(claim: Claim) -> bool:
    """None, one, 2D and 3D need no source; 1분 has a minute of the text as its source."""
    own = claim.number
    if own.unit == "dimension":
        return own.value in DIMENSIONS and not any(given.unit == own.unit for given in claim.evidence.numbers)
    if not own.unit:
        return own.value in (0, 1)
    return own.value == 1 and (own.unit == "bit" or bool(_single(own.unit).search(claim.evidence.text)))


@cache
def _single(unit: str) -> re.Pattern[str]:
    """One of a unit in words. Units have English names."""
    return re.compile(
        rf"\b(?:an?|one|per|each|every|single|first|last|full|whole)[ -](?:(?:to|or)[ -]\w+[ -])?{unit}"
        rf"|\b{unit}-(?:long|scale|level)"
    )


def _is_out_of(claim: Claim) -> bool:
    """15/17, where the text has 15 of 17."""
    asked = claim.number.others if claim.number.unit == "part" else ()
    return bool(asked) and any(
        close(one.value, asked[0])
        and any(close(other.value, asked[-1]) for other in passage.numbers[place : place + 2])
        for passage in claim.evidence.passages
        for place, one in enumerate(passage.numbers, start=1)
    )


DERIVATIONS = (
    Derivation("stated", _is_stated),
    Derivation("meant", _is_meant),
    Derivation("in_name", _is_in_name),
    Derivation("implied", _is_implied),
    Derivation("count", is_count),
    Derivation("computed", is_computed),
    Derivation("plain", _is_plain),
    Derivation("out_of", _is_out_of),
)


def follows(claim: Claim, table: Sequence[Derivation] = DERIVATIONS) -> bool:
    """Whether the number is in the evidence or follows from it."""
    return any(row.holds(claim) for row in table)
