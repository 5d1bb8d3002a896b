"""What the search knows of words: the terms of a text, and phrases that mean one thing, in any language or spelling."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from shared.languages import FOLDER
from shared.text.lazy_regex import lazy_regex

MIN_PLURAL_CHARS = 4
"""Letters: `SAMs` is no plural, `bias` none either."""
MIN_HANGUL_PHRASE = 2
"""Syllables: one alone stands in other words, too."""
MIN_ACRONYM_CAPITALS = 2
MAX_KEPT_TOKENS = 16_384
"""Words whose terms are kept in memory: a month of papers has fewer."""
MAX_KEPT_TEXTS = 64
"""Texts whose words are kept in memory: each text of a paper is asked for terms, then for phrases."""
TOKEN = lazy_regex(r"[가-힣]+|[^\W_가-힣]+")

Meanings = tuple[str, ...]
"""What a phrase may mean, each as terms with blanks between them that a paper must all have."""


def singular(word: str) -> str:
    """The word without the s of a plural: `policies`, `LLMs`, but not `bias` or `loss`."""
    if len(word) < MIN_PLURAL_CHARS or not word.endswith("s") or word.endswith(("ss", "us", "is", "as")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]


@lru_cache(maxsize=MAX_KEPT_TEXTS)
def tokens(text: str) -> tuple[str, ...]:
    """The words of a text; Korean ones apart from others."""
    return tuple(TOKEN.findall(unicodedata.normalize("NFKC", text)))


def is_hangul(token: str) -> bool:
    """Whether the token is Korean."""
    return "가" <= token[0] <= "힣"


def phrase_key(text: str) -> str:
    """A phrase as the glossary names it: words in lower case and in the singular, Korean without blanks."""
    words = tokens(text)
    return "".join(words) if all(map(is_hangul, words)) else " ".join(singular(word.lower()) for word in words)


def split_terms(text: str) -> Iterator[str]:
    """The terms of a text: words in the singular, acronyms also as they are spelled, and Korean by pairs of syllables.

    Pairs find a word inside a compound, and with any particle. `render/files/search-terms.js` splits texts in the same
    way: a test compares.
    """
    for token in tokens(text):
        yield from _terms_of(token)


@lru_cache(maxsize=MAX_KEPT_TOKENS)
def _terms_of(token: str) -> tuple[str, ...]:
    if is_hangul(token):
        return tuple(token[place : place + 2] for place in range(max(len(token) - 1, 1)))
    if is_acronym(token):
        return (singular(token.lower()), singular(token))
    return (singular(token.lower()),) if token.lower() not in words_of_any_text() else ()


def is_acronym(token: str) -> bool:
    """Whether the token has more than one capital letter."""
    return sum(map(str.isupper, token)) >= MIN_ACRONYM_CAPITALS


def _read() -> list[dict[str, Any]]:
    files = sorted((*FOLDER.glob("*/glossary.toml"), *FOLDER.glob("*/search.toml")))
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in files]


@cache
def words_of_any_text() -> frozenset[str]:
    """The words by which nothing is found."""
    return frozenset(word for file in _read() for word in file.get("of_any_text", "").split())


@cache
def words_of_any_abstract() -> frozenset[str]:
    """The words by which no paper is found where its abstract has them."""
    return frozenset(word for file in _read() for word in file.get("of_any_abstract", "").split())


@cache
def glossary() -> Mapping[str, Meanings]:
    """What phrases mean: acronyms for what they stand for, one spelling for all, English for Korean."""
    read = _read()
    words = {word for file in read for word in file.get("words", ())}
    found: dict[str, Meanings] = {}
    for file in read:
        for acronym, phrases in file.get("acronyms", {}).items():
            plain = acronym.lower() if acronym.isupper() and acronym.lower() not in words else acronym
            found[plain] = (acronym,)
            found |= {phrase_key(phrase): (acronym,) for phrase in phrases if len(tokens(phrase)) > 1}
    for file in read:
        for term, others in file.get("terms", {}).items():
            key = phrase_key(term)
            meaning = found.get(key, (" ".join(word for word in key.split() if word not in words_of_any_text()),))
            for key in map(phrase_key, others):
                if len(key) >= MIN_HANGUL_PHRASE:
                    found[key] = tuple(dict.fromkeys((*found.get(key, ()), *meaning)))
    return found


@cache
def _longest_from() -> Mapping[str, int]:
    """How many words the longest English phrase has, by its first word."""
    found: dict[str, int] = {}
    for key in glossary():
        if not is_hangul(key):
            first, *others = key.split(" ")
            found[first] = max(found.get(first, 0), 1 + len(others))
    return found


@cache
def _korean() -> re.Pattern[str]:
    """Every Korean phrase, with or without blanks, of two that begin alike the longer one."""
    phrases = sorted(filter(is_hangul, glossary()), key=len, reverse=True)
    return re.compile("|".join(r"\s?".join(phrase) for phrase in phrases))


def find_meanings(text: str) -> Iterator[str]:
    """The terms by which the phrases of a text are found, beside its own words."""
    for found in _korean().findall(text):
        yield from _terms_meant("".join(found.split()))
    words = [singular(word.lower()) for word in tokens(text)]
    for phrase in filter(glossary().__contains__, _phrases(words)):
        yield from _terms_meant(phrase)


def _phrases(words: Sequence[str]) -> Iterator[str]:
    longest = _longest_from()
    for start, first in enumerate(words):
        for end in range(start + 1, min(start + longest.get(first, 0), len(words)) + 1):
            yield " ".join(words[start:end])


def _terms_meant(phrase: str) -> Iterator[str]:
    meanings = glossary().get(phrase, ())
    if not (phrase.isascii() and phrase.isalpha() and phrase.upper() in meanings):
        for meaning in meanings:
            yield from meaning.split()
