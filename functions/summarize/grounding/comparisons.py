"""Which of two numbers of a sentence is the paper's own, where the sentence says so."""

import re
from collections.abc import Iterator

from functions.summarize.grounding.claims import same
from functions.summarize.grounding.passage import Passage
from shared.model.analysis import Result
from shared.text.lazy_regex import lazy_regex
from shared.text.numbers.number import Number
from shared.text.numbers.parsing import numbers
from shared.text.paper.tables import CAPTION

MAX_BETWEEN_CHARS = 160
"""From one number to the other that it is compared with."""
MAX_BEFORE_CHARS = 120
"""From a verb such as outperform to the number of what is outdone."""
NEAR_CHARS = 18
"""From a name to the number beside it: `LineNet (61.0%)`, `61.0% for LineNet`."""

_FROM = lazy_regex(r"\b(?:from|of)\s+\S{0,12}$", re.IGNORECASE)
_TO = lazy_regex(r"\s\bto\b\s|→|->", re.IGNORECASE)
_ARROW = lazy_regex(r"\s?(?:→|->)\s?")
_THAN = lazy_regex(
    r"\b(?:compared (?:to|with)|in comparison|versus|vs\.?|over|than|against|relative to|up from|down from|instead of"
    r"|rather than|outperform\w*|surpass\w*|exceed\w*|beat\w*|ahead of)\b",
    re.IGNORECASE,
)
_WHILE = lazy_regex(r"\b(?:while|whereas|but)\b", re.IGNORECASE)
_BEATS = lazy_regex(r"\b(?:outperform\w*|surpass\w*|exceed\w*|beat\w*|over|than|against)\b[^.;]{0,80}$", re.IGNORECASE)
_REACHING = lazy_regex(r"\b(?:with|reach\w*|achiev\w*|scor\w*|attain\w*|at)\b", re.IGNORECASE)
_NO_PAIR = lazy_regex(
    r"\bby\s+(?:(?:up to|about|around|over|nearly|an? average of)\s+)?\S{0,2}$|\brang\w+ (?:\w+ )?from\s+\S{0,2}$",
    re.IGNORECASE,
)
"""Before a number that is a difference, or begins a range."""
_LISTED = lazy_regex(r"\band\s+\S{0,3}$", re.IGNORECASE)
"""Before the second number of a list."""
_OWN = lazy_regex(r"\b(?:ours?|we|the proposed|this (?:work|paper))\b", re.IGNORECASE)


def is_shown(row: Result, passage: Passage) -> bool:
    """Whether a sentence holds both numbers of a row and says which is which. Rows of a table never do."""
    if CAPTION.match(passage.text):
        return False
    values = _places(row.value, passage)
    if not row.baseline:
        return bool(values)
    baselines = _places(row.baseline, passage)
    pairs = ((value, baseline) for value in values for baseline in baselines if value.start != baseline.start)
    return any(_says_which(passage.text, value, baseline, row.compared_with) for value, baseline in pairs)


def _places(said: str, passage: Passage) -> list[Number]:
    own = numbers(said, passage.languages)
    return [number for number in passage.numbers if own and same(own[0], number)]


def _says_which(text: str, value: Number, baseline: Number, name: str) -> bool:
    """Whether the words between and around the numbers make the first one the paper's."""
    first, second = sorted((value, baseline), key=lambda each: each.start)
    is_pair = not any(_NO_PAIR.search(text[: each.start]) for each in (first, second))
    return is_pair and second.start - first.end <= MAX_BETWEEN_CHARS and _own(text, first, second, name) is value


def _own(text: str, first: Number, second: Number, name: str) -> Number | None:
    """The number that is the paper's own, by the first rule that tells; None where none does."""
    between, before = text[first.end : second.start], text[: first.start]
    other = _owner(text, first, second, name)
    rules = (
        (_ARROW.fullmatch(between) or (_FROM.search(before) and _TO.search(between)), second),
        (_LISTED.search(between), None),
        (other is not None, second if other is first else first),
        (_THAN.search(between), first),
        (_BEATS.search(before[-MAX_BEFORE_CHARS:]) and _REACHING.search(between), second),
        (_WHILE.search(between) and _OWN.search(before), first),
    )
    return next((own for is_so, own in rules if is_so), None)


def _owner(text: str, first: Number, second: Number, name: str) -> Number | None:
    """The number that stands right beside a name; None where both or neither do."""
    named = list(_occurrences(name, text))
    beside = {number for number in (first, second) if any(_is_beside(number, *each) for each in named)}
    return beside.pop() if len(beside) == 1 else None


def _occurrences(name: str, text: str) -> Iterator[tuple[int, int]]:
    if name.strip():
        yield from (match.span() for match in re.finditer(re.escape(name.strip()), text, re.IGNORECASE))


def _is_beside(number: Number, start: int, end: int) -> bool:
    return 0 <= number.start - end <= NEAR_CHARS or 0 <= start - number.end <= NEAR_CHARS
