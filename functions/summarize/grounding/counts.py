"""Small counts of what a text lists: `two key metrics: a and b`."""

import re
from collections.abc import Iterator

from functions.summarize.grounding.claims import Claim, same
from functions.summarize.grounding.language_data import PAPERS, words
from functions.summarize.grounding.number import Number
from functions.summarize.grounding.vocabulary import singular

MAX_LISTED_WORDS = 6
"""Of one thing in a list."""
LIST_CHARS = 80
"""Characters in front of a count in which the item may list what it counts."""

_LIST = re.compile(r",(?: and| or)? |;(?: and| or)? | and | or |/| plus | as well as |\((?:\d|[ivx]{1,4}|[a-h])\)")
_MARK = re.compile(r"\((?:\d|[ivx]{1,4}|[a-h])\)|(?<!\w)\d\)|[①-⑩]")
_NOUN = re.compile(r"[-\s]*((?:[a-z]{1,30}[-\s]){0,3}[a-z]{1,30})")


def is_count(claim: Claim) -> bool:
    """A count of what the item or the text lists, unless the text counts the same things otherwise."""
    own = claim.number
    if not own.counts or own.borrowed or _is_counted_otherwise(claim):
        return False
    text = claim.item.text
    behind = text[own.end :].partition(". ")[0]
    before = text[max(own.start - LIST_CHARS, 0) : own.start]
    if len(_MARK.findall(behind)) == own.value:
        return True
    if text[own.start].isdigit():
        return False
    if any(_lists(part, own.value, claim.item.languages) for part in (behind, before)):
        return True
    if claim.is_advice:
        return True
    is_comparable = claim.item.languages[0] == PAPERS
    return (is_comparable or not _unused_counts(claim)) and any(
        listed == own.value for passage in claim.evidence.passages for listed in _listed(passage.text)
    )


def _lists(text: str, count: float, languages: tuple[str, ...]) -> bool:
    """Whether a text lists so many things."""
    return len(words("listing", languages).findall(text)) == count - 1


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
    """The noun that an English number counts, without the plural: `family` of five model families."""
    match = _NOUN.match(text.lower(), number.end)
    for word in re.split(r"[-\s]", match[1]) if match else ():
        if words("no_noun", (PAPERS,)).fullmatch(word):
            break
        if text[number.end] == "-" or singular(word) != word:
            return singular(word)
    return ""
