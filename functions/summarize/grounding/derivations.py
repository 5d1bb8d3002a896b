"""What may follow from the numbers of a text: one table, each row a reason for which a number needs no objection."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import combinations
from math import inf
from typing import NamedTuple

from functions.summarize.grounding.language_data import PAPERS, read, words
from functions.summarize.grounding.measures import factor
from functions.summarize.grounding.numbers import Number
from functions.summarize.grounding.passage import Evidence, Passage
from functions.summarize.grounding.vocabulary import chunks

CLOSE = 1e-6
"""Relative difference of two spellings of one value."""
FACTOR_CHARS = 40
"""Characters around a bare number in which a word may say that it is a multiple."""
HEDGE_CHARS = 24
"""Characters in front of a number in which a hedge may stand."""
OFF_BY = 0.1
"""Share of the text's number by which one with `about` may differ, however few digits it has."""
PART_OFF_BY = 0.017
"""Seven in ten are said of 71 %, half of 51.7 %, and nobody writes about."""
RATIO_OFF_BY = 0.12
"""Latency is halved where it falls from 51 to 23 s."""
BEYOND = 1.5
"""`More than 100` is said of 140 and not of 160."""
MAX_PAIRED = 40
"""Numbers of a sentence whose pairs are looked at: a table in a line would take minutes."""
MAX_ADDENDS = 4
MAX_LISTED_WORDS = 6
"""Of one thing in a list."""
LIST_CHARS = 80
"""Characters in front of a count in which the item may list what it counts."""
LEAST_AMBIGUOUS = 0.5
"""Below, a part may stand for a multiple: four times cheaper is a quarter of the cost."""
YEARS = range(1500, 2101)
DIGITS = 6
"""Behind the point: what floating point adds to 78.0 - 71.3 is no digit."""
LEFT_OUT = frozenset({"point", "hertz", "frame_rate", "date", "month_of_year", "degree", "dimension", "token", "parameter"})
"""Units that a writer adds to a bare number or leaves out: 71.5 points, 20 times a second, a 7B model."""

_FACTOR = re.compile(r"\bfactors?\b|\bspeed-?ups?\b|\bratio|\btimes\b|\bfold\b|\bimprovement|\bfaster\b|\bacceleration", re.I)
_LIST = re.compile(r",(?: and| or)? |;(?: and| or)? | and | or |/| plus | as well as |\((?:\d|[ivx]{1,4}|[a-h])\)")
_OWN_LIST = re.compile(r"\(?(?:\d|[ivx]{1,3}|[a-h])\)|[,·/;]|\band\b|\bor\b| 및 |[가-힣)][와과] |[가-힣)]이?[나랑] |또는|→|\+")
_NOUN = re.compile(r"[-\s]*((?:[a-z]+[-\s]+){0,3}[a-z]+)")


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


def fits(own: Number, given: Number) -> bool:
    """Whether the unit of the text's number allows the item's unit."""
    units = {own.unit, given.unit}
    if len(units) == 1 or not own.unit:
        return True
    if own.borrowed or given.borrowed:
        return "" in units or own.borrowed
    if "part" in units:
        return bool(units & {"percent", "times", ""})
    return not given.unit and (own.unit in LEFT_OUT or (own.unit == "year" and own.value in YEARS))


def _is_stated(claim: Claim) -> bool:
    own = claim.number
    return any(same(own, given) and fits(own, given) for given in claim.evidence.numbers)


def _is_part_of_two(claim: Claim) -> bool:
    """7/8 where the text has both numbers, and 0.1 or 10 % for a tenth."""
    own = claim.number
    if own.unit == "part" and own.others:
        values = {value for given in claim.evidence.numbers for value in given.values}
        return all(any(close(each, value) for value in values) for each in own.others)
    return False


def _is_converted(claim: Claim) -> bool:
    """300 ms are 0.3 s; a share is a part, a percentage, a ratio."""
    return any(_agrees(claim, value) for given in claim.evidence.numbers for value in _converted(given, claim.number))


def _converted(given: Number, own: Number) -> Iterator[float]:
    if by := factor(given.unit, own.unit):
        yield from (value * by for value in given.values)
    match given.unit, own.unit:
        case ("", "percent") | ("part", "percent") if 0 < given.value < 1:
            yield given.value * 100
        case "percent", "" | "part":
            yield given.value / 100
        case ("part", "times") | ("times", "part") if given.value and (given.value <= LEAST_AMBIGUOUS or own.value < 1):
            yield 1 / given.value


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
    hedges = _hedges(claim)
    return any(
        _agrees(claim, value) or any(_allows(hedge, own, value) for hedge in hedges)
        for given in claim.evidence.numbers
        for value in (*(given.values if _is_plainly(own, given) else ()), *_converted(given, own))
    )


def _is_plainly(own: Number, given: Number) -> bool:
    """Whether the unit is the text's own, so that values can be compared as they are."""
    return fits(own, given) and (own.unit == given.unit or "part" not in {own.unit, given.unit})


def _agrees(claim: Claim, value: float) -> bool:
    """Whether a value is the item's number to the digits that it has; one digit alone is too few."""
    own = claim.number
    if close(own.value, value):
        return True
    if own.unit == "part":
        return abs(own.value - value) <= PART_OFF_BY
    exponent, digits = _places(own.value)
    return digits > 1 and abs(own.value - value) <= 0.5 * 10.0**exponent * (1 + CLOSE)


def _places(value: float) -> tuple[int, int]:
    """The exponent of the last digit that is no zero, and how many digits there are."""
    parts = Decimal(f"{value:.9g}").normalize().as_tuple()
    return int(parts.exponent), len(parts.digits)


def _allows(hedge: str, own: Number, given: float) -> bool:
    if own.value <= 0 or given <= 0:
        return False
    off = abs(own.value - given)
    step = own.value if own.unit == "part" else 10.0 ** _places(own.value)[0]
    if hedge == "about":
        return off <= min(step / 2, OFF_BY * given)
    if hedge == "nearly":
        return own.value >= given and off <= OFF_BY * own.value
    least, most = sorted((own.value, given))
    return off < step and most <= BEYOND * least and (own.value <= given) == (hedge == "over")


def _hedges(claim: Claim) -> list[str]:
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


def _pairs(claim: Claim) -> Iterator[tuple[Number, Number]]:
    """Numbers of one sentence, of the text or the item, that may be compared: those with one unit."""
    own = [each for each in claim.item.numbers[:MAX_PAIRED] if each != claim.number]
    for found in (*(passage.numbers[:MAX_PAIRED] for passage in claim.evidence.passages), own):
        for one, other in combinations(found, 2):
            if one.unit == other.unit or one.borrowed or other.borrowed:
                yield one, other


def _is_difference(claim: Claim) -> bool:
    """4 points, where the text has 62 % and 66 %, or the item one of both."""
    own = claim.number
    if own.counts:
        return False
    allowed = {"point": {"point", "percent", ""}, "": {""}}.get(own.unit, {own.unit} - {"percent"})
    crossed = ((one, other) for one in claim.item.numbers if one != own for other in claim.evidence.numbers)
    return any(
        one.unit in allowed and other.unit in allowed and close(round(abs(one.value - other.value), DIGITS), own.value)
        for one, other in (*_pairs(claim), *(crossed if own.unit not in {"", "times"} else ()))
    )


def _is_ratio(claim: Claim) -> bool:
    """2.6 times or a half, where the text has both numbers."""
    own = claim.number
    if own.unit not in {"times", "part"}:
        return False
    for one, other in _pairs(claim):
        least, most = sorted((one.value, other.value))
        if least > 0:
            ratio = most / least if own.unit == "times" else least / most
            is_part = own.unit == "part" and abs(own.value - ratio) <= RATIO_OFF_BY * own.value
            if is_part or _agrees(claim, ratio) or any(_allows(hedge, own, ratio) for hedge in _hedges(claim)):
                return True
    return False


def _is_relative(claim: Claim) -> bool:
    """18 %, where one number is 18 % above or below another, or is 18 % of it."""
    own = claim.number
    if own.unit != "percent":
        return False
    for one, other in _pairs(claim):
        for before, after in ((one, other), (other, one)):
            if before.value > 0 and before.unit != "percent" and (
                _agrees(claim, abs(after.value - before.value) / before.value * 100)
                or _agrees(claim, after.value / before.value * 100)
            ):
                return True
    return False


def _is_rest(claim: Claim) -> bool:
    """The other 38 %, where the text has 62 %."""
    own = claim.number
    before = claim.item.text[max(own.start - HEDGE_CHARS, 0) : own.start]
    return own.unit == "percent" and bool(words("rest", claim.item.languages).search(before)) and any(
        given.unit == "percent" and close(100 - given.value, own.value) for given in claim.evidence.numbers
    )


def _is_sum(claim: Claim) -> bool:
    """3,000 in all, where a sentence has 2,000 and 1,000 one after the other."""
    own = claim.number
    return bool(words("sum", claim.item.languages).search(claim.item.text)) and any(
        close(sum(each.value for each in run), own.value)
        for passage in claim.evidence.passages
        for length in range(2, MAX_ADDENDS + 1)
        for start in range(min(len(passage.numbers), MAX_PAIRED) - length + 1)
        for run in [passage.numbers[start : start + length]]
        if all(each.unit in {own.unit, ""} for each in run)
    )


def _is_single(claim: Claim) -> bool:
    """1분, where the text has a minute, and 1.0, where it has one."""
    own = claim.number
    form = "single" if own.unit else "one"
    return own.value == 1 and bool(words(form, (PAPERS,)).search(claim.evidence.text))


def _is_named(claim: Claim) -> bool:
    """Pre-AF 9, where the text has the number behind the same word."""
    own, text = claim.number, claim.item.text
    before = chunks(text[max(own.start - HEDGE_CHARS, 0) : own.start])
    return bool(before) and "".join((*before[-1:], *chunks(text[own.start : own.end]))) in claim.evidence.vocabulary.runs


def _is_implied(claim: Claim) -> bool:
    """5 for pentatonic, 2 for bilingual: words that another language puts as a number."""
    own = claim.number
    return any(
        close(value, own.value)
        for form, value in _implied(claim.item.languages)
        if form.search(claim.evidence.text)
    )


@cache
def _implied(languages: tuple[str, ...]) -> Sequence[tuple[re.Pattern[str], float]]:
    return [
        (re.compile(form, re.IGNORECASE), float(value))
        for language in languages
        for form, value in read(language, "numbers").get("implied", {}).items()
    ]


def _is_in_name(claim: Claim) -> bool:
    """7B, where the text has Foo-7B, and 2024 for AIME24."""
    own = claim.number
    return not own.counts and any(same(own, given) and fits(own, given) for given in claim.evidence.numbers_in_names)


def _is_count(claim: Claim) -> bool:
    """A count of what the item or the text lists, unless the text counts the same things otherwise."""
    own = claim.number
    if not own.counts or own.borrowed or _is_counted_otherwise(claim):
        return False
    text = claim.item.text
    behind = text[own.end :].partition(". ")[0]
    before = text[max(own.start - LIST_CHARS, 0) : own.start]
    if any(len(_OWN_LIST.findall(part)) in {own.value - 1, own.value} for part in (behind, before)):
        return True
    if text[own.start].isdigit():
        return False
    if claim.is_advice:
        return True
    is_comparable = claim.item.languages[0] == PAPERS
    return (is_comparable or not _unused_counts(claim)) and any(
        abs(listed - own.value) <= 1 for passage in claim.evidence.passages for listed in _listed(passage.text)
    )


def _listed(text: str) -> Iterator[int]:
    """How many things the lists of a sentence have: short pieces in a row."""
    length = 0
    for piece in _LIST.split(text):
        if len(piece.split()) <= MAX_LISTED_WORDS:
            length += 1
        else:
            yield length + 1
            length = 0 if length else 1
    yield length


def _unused_counts(claim: Claim) -> list[Number]:
    """Counts of the text that the item does not repeat: it may have meant one of them."""
    return [
        given
        for given in claim.evidence.numbers
        if given.counts and not any(same(given, each) for each in claim.item.numbers)
    ]


def _is_counted_otherwise(claim: Claim) -> bool:
    """Whether the text counts what the item counts, and comes to another number: five model families, not six."""
    noun = _head(claim.item.text, claim.number)
    return bool(noun) and any(
        given.counts and not same(given, claim.number) and _head(passage.text, given) == noun
        for passage in claim.evidence.passages
        for given in passage.numbers
    )


def _head(text: str, number: Number) -> str:
    """The noun that an English number counts, as its last word before something that is no noun."""
    match = _NOUN.match(text.lower(), number.end)
    found: list[str] = []
    for word in re.split(r"[-\s]+", match[1]) if match else ():
        if words("no_noun", ("en",)).fullmatch(word):
            break
        found.append(word)
        if word.endswith("s") and not word.endswith("ss"):
            break
    return found[-1] if found and found[-1].endswith("s") else ""


class Derivation(NamedTuple):
    """A reason for which a number needs no objection."""

    id: str
    holds: Callable[[Claim], bool]


DERIVATIONS = (
    Derivation("stated", _is_stated),
    Derivation("converted", _is_converted),
    Derivation("multiple", _is_multiple),
    Derivation("rounded", _is_rounded),
    Derivation("part_of_two", _is_part_of_two),
    Derivation("in_name", _is_in_name),
    Derivation("implied", _is_implied),
    Derivation("count", _is_count),
    Derivation("difference", _is_difference),
    Derivation("ratio", _is_ratio),
    Derivation("relative", _is_relative),
    Derivation("rest", _is_rest),
    Derivation("sum", _is_sum),
    Derivation("single", _is_single),
    Derivation("named", _is_named),
)


def follows(claim: Claim, table: Sequence[Derivation] = DERIVATIONS) -> bool:
    """Whether the number is in the evidence or follows from it."""
    return any(row.holds(claim) for row in table)
