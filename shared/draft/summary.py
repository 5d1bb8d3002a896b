"""Holds the sentence that Hugging Face's model writes about a paper against the paper's own words.

The sentence is one of many that could stand there: in doubt the paper's own sentence does. So numbers and names are
compared as they are written, without what may follow from them, more strictly than in an analysis.
"""

import re

from shared.languages.files import PAPERS
from shared.text.lazy_regex import lazy_regex
from shared.text.numbers.parsing import numbers
from shared.text.words import Words, chunks, singular

MIN_CHARS, MAX_CHARS = 40, 500
"""Hugging Face's sentences have 210 characters in the mean."""
MIN_ACRONYM_CHARS = 2

_WORD = lazy_regex(r"[^\W_]+")
_NAME = lazy_regex(r"[^\W_]+(?:[-.]\d[^\W_]*)*")
"""A word with its version: GPT-5, Venus-1.5."""
_WORDS_OF_ANY_PAPER = frozenset({"ai"})
_EXPLAINED = lazy_regex(r"\b(?P<words>(?:[\w'’-]{1,40}\s){1,8})\((?P<acronym>[A-Za-z][\w-]*[A-Z][\w-]*?)s?\)")
_NO_SUMMARY = lazy_regex(
    r"https?://|www\.|\b(?:as an ai|i (?:cannot|can't|am)|sorry|unable to)\b|[<>{}]", re.IGNORECASE
)


def is_supported(summary: str, title: str, abstract: str) -> bool:
    """Whether each number, each name and each expansion of the sentence stands in the paper's title or abstract."""
    line, text = " ".join(summary.split()), " ".join(f"{title}. {abstract}".split())
    if not MIN_CHARS <= len(line) <= MAX_CHARS or _NO_SUMMARY.search(line):
        return False
    expansions = _expansions(text)
    return (
        _amounts(line) <= _amounts(text)
        and _holds_names(text, line)
        and all(expansions.get(acronym, words) == words for acronym, words in _expansions(line).items())
    )


def _amounts(text: str) -> frozenset[tuple[float, str]]:
    """Values with their units; a value that has a unit supports none without it."""
    return frozenset((value, each.unit) for each in numbers(text, (PAPERS,), with_labels=True) for value in each.values)


def _holds_names(text: str, line: str) -> bool:
    """Whether the text holds or abbreviates so the capitalised words and codes of the sentence."""
    words = Words((text,))
    return all(
        words.holds("".join(chunks(name)))
        or words.holds(singular(name.lower()))
        or name.lower() in _WORDS_OF_ANY_PAPER
        or (name.rstrip("s").isupper() and len(name) > MIN_ACRONYM_CHARS and singular(name.lower()) in words.initials)
        for place, name in enumerate(_NAME.findall(_without_numbers(line)))
        if _is_name(name, is_first=place == 0)
    )


def _without_numbers(line: str) -> str:
    for number in reversed(numbers(line, (PAPERS,))):
        line = f"{line[: number.start]} {line[number.end :]}"
    return line


def _is_name(word: str, *, is_first: bool) -> bool:
    inner = word[1:] if is_first else word
    return not word.isdigit() and any(character.isupper() or character.isdigit() for character in inner)


def _expansions(text: str) -> dict[str, str]:
    """What the text's acronyms stand for: the words before the bracket, as many as the acronym has letters."""
    found: dict[str, str] = {}
    for match in _EXPLAINED.finditer(text):
        words = _WORD.findall(match["words"].lower())
        letters = len([letter for letter in match["acronym"] if letter.isalpha()])
        found.setdefault(match["acronym"].lower(), " ".join(singular(word) for word in words[-letters:]))
    return found
