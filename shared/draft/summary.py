"""Holds the sentence that Hugging Face's model writes about a paper against the paper's own words.

The sentence is one of many that could stand there: in doubt the paper's own sentence does. So numbers and names are
compared as they are written, more strictly than in an analysis, and without a language's grammar.
"""

import re

from shared.text.lazy_regex import lazy_regex

MIN_CHARS, MAX_CHARS = 40, 500
"""Hugging Face's sentences have 210 characters in the mean."""
MIN_ACRONYM_CHARS = 2

_NUMBER = lazy_regex(
    r"(?<![\w.])(?P<value>\d[\d,]*(?:\.\d+)?)"
    r"(?:\s?-?(?P<unit>\\?%|percentage points?|percent\b|pp\b|points?\b|×|x\b|\\?times\b|fold\b|billion\b|million\b"
    r"|thousand\b|[KMBTkmbt]\b)|(?![A-Za-z\d]))"
)
_UNITS = {
    "%": "percent",
    "×": "time",
    "x": "time",
    "fold": "time",
    "billion": "b",
    "million": "m",
    "thousand": "k",
    "percentage point": "point",
    "pp": "point",
}
"""Spellings of a unit, in the singular."""
_SPELLED = "two three four five six seven eight nine ten eleven twelve"
_COUNT_WORDS = {word: str(number) for number, word in enumerate(_SPELLED.split(), start=2)}
_WORD = lazy_regex(r"[^\W_]+")
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
        _numbers(line) | _counts(line) <= _numbers(text) | _counts(text)
        and not _unknown_names(line, text)
        and all(expansions.get(acronym, words) == words for acronym, words in _expansions(line).items())
    )


def _numbers(text: str) -> frozenset[tuple[str, str]]:
    """Values with their units; a value that has a unit supports none without it."""
    return frozenset(
        (match["value"].replace(",", "").rstrip("."), _unit(match["unit"])) for match in _NUMBER.finditer(text)
    )


def _unit(unit: str | None) -> str:
    plain = (unit or "").lower().strip("\\-").removesuffix("s")
    return _UNITS.get(plain, plain)


def _counts(text: str) -> frozenset[tuple[str, str]]:
    """The numbers that are spelled out."""
    words = {word.lower() for word in _WORD.findall(text)}
    return frozenset((_COUNT_WORDS[word], "") for word in words & _COUNT_WORDS.keys())


def _unknown_names(line: str, text: str) -> set[str]:
    """Capitalised words and codes of the sentence that the text neither holds nor abbreviates so."""
    words = _WORD.findall(text)
    known = {_singular(word) for word in words} | _WORDS_OF_ANY_PAPER
    initials = "".join(word[0] for word in words).lower()
    found = _WORD.findall(_NUMBER.sub(" ", line))
    names = {word for place, word in enumerate(found) if _is_name(word, is_first=place == 0)}
    return {
        name
        for name in names
        if _singular(name) not in known
        and not (name.rstrip("s").isupper() and len(name) > MIN_ACRONYM_CHARS and _singular(name) in initials)
    }


def _is_name(word: str, *, is_first: bool) -> bool:
    inner = word[1:] if is_first else word
    return not word.isdigit() and any(character.isupper() or character.isdigit() for character in inner)


def _singular(word: str) -> str:
    lowered = word.lower()
    return lowered if len(lowered) < 4 else lowered.removesuffix("s")


def _expansions(text: str) -> dict[str, str]:
    """What the text's acronyms stand for: the words before the bracket, as many as the acronym has letters."""
    found: dict[str, str] = {}
    for match in _EXPLAINED.finditer(text):
        words = _WORD.findall(match["words"].lower())
        letters = len([letter for letter in match["acronym"] if letter.isalpha()])
        found.setdefault(match["acronym"].lower(), " ".join(_singular(word) for word in words[-letters:]))
    return found
