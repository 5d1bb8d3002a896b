"""What may follow from the numbers of a text: one table, each row a reason for which a number needs no objection."""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from functions.summarize.grounding.claims import Claim, agrees, allows, close, convert, fits, hedges, same
from functions.summarize.grounding.counts import is_count
from functions.summarize.grounding.language_data import PAPERS, read, words
from functions.summarize.grounding.number import Number
from functions.summarize.grounding.pairs import is_difference, is_ratio

FACTOR_CHARS = 40
"""Characters around a bare number in which a word may say that it is a multiple."""

_FACTOR = re.compile(
    r"\bfactors?\b|\bspeed-?ups?\b|\bratio|\btimes\b|\bfold\b|\bimprovement|\bfaster\b|\bacceleration", re.IGNORECASE
)


class Derivation(NamedTuple):
    """A reason for which a number needs no objection."""

    id: str
    holds: Callable[[Claim], bool]


def _is_stated(claim: Claim) -> bool:
    own = claim.number
    return any(same(own, given) and fits(own, given) for given in claim.evidence.numbers)


def _is_multiple(claim: Claim) -> bool:
    """Three times, where the text speaks of a factor of 3."""
    own = claim.number
    return own.unit == "times" and any(
        same(own, given)
        and not given.unit
        and _FACTOR.search(passage.text, max(given.start - FACTOR_CHARS, 0), given.end + FACTOR_CHARS)
        for passage in claim.evidence.passages
        for given in passage.numbers
    )


def _is_rounded(claim: Claim) -> bool:
    """A number of the text with fewer digits, or one that the item's words make less exact: 약 3만, more than 20."""
    own = claim.number
    around = hedges(claim)
    return any(
        agrees(claim, value) or any(allows(hedge, own, value) for hedge in around)
        for given in claim.evidence.numbers
        for value in (*(given.values if _is_plainly(own, given) else ()), *convert(given, own))
    )


def _is_plainly(own: Number, given: Number) -> bool:
    """Whether the unit is the text's own, so that values can be compared as they are."""
    return fits(own, given) and (own.unit == given.unit or "part" not in {own.unit, given.unit})


def _is_in_name(claim: Claim) -> bool:
    """7B, where the text has Foo-7B, and 2024 for AIME24."""
    own = claim.number
    sizes = claim.evidence.numbers_in_names if own.unit in {"", "parameter"} and not own.counts else ()
    return any(same(own, given) for given in sizes)


def _is_implied(claim: Claim) -> bool:
    """5 for pentatonic, 2 for bilingual: words that another language puts as a number."""
    own = claim.number
    forms = () if own.unit else _implied(claim.item.languages)
    return any(close(value, own.value) and form.search(claim.evidence.text) for form, value in forms)


@cache
def _implied(languages: tuple[str, ...]) -> Sequence[tuple[re.Pattern[str], float]]:
    return [
        (re.compile(form, re.IGNORECASE), float(value))
        for language in languages
        for form, value in read(language, "numbers").get("implied", {}).items()
    ]


def _is_single(claim: Claim) -> bool:
    """1분, where the text has a minute, and 1.0, where it has one."""
    own = claim.number
    form = "single" if own.unit else "one"
    return own.value == 1 and bool(words(form, (PAPERS,)).search(claim.evidence.text))


DERIVATIONS = (
    Derivation("stated", _is_stated),
    Derivation("multiple", _is_multiple),
    Derivation("rounded", _is_rounded),
    Derivation("in_name", _is_in_name),
    Derivation("implied", _is_implied),
    Derivation("count", is_count),
    Derivation("difference", is_difference),
    Derivation("ratio", is_ratio),
    Derivation("single", _is_single),
)


def follows(claim: Claim, table: Sequence[Derivation] = DERIVATIONS) -> bool:
    """Whether the number is in the evidence or follows from it."""
    return any(row.holds(claim) for row in table)
