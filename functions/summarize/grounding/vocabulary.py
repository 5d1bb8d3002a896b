"""Every word and name of a text in the spellings that a writer may give it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from functions.summarize.grounding.language_data import PAPERS, read

MAX_RUN = 8
"""Letters and digits in a row that make one name: Qwen3-30B-A3B has seven."""
MAX_INITIALS = 7
MIN_STEM, MAX_STEM = 5, 9

_CHUNK = re.compile(r"[a-z]+|\d+")
_CLAUSE = re.compile(r"[,.;:()\n]")
_WORD, _JOINED = re.compile(r"[A-Za-z]+|\d+"), re.compile(r"[A-Za-z][A-Za-z-]*|\d+")
"""Sea-level is two words of an acronym, or one."""
_SMALL = frozenset(["a", "an", "the", "of", "and", "for", "in", "on", "to", "with", "by", "at", "from", "via"])
_BRITISH = re.compile(r"(?<=[a-z]{3})is(?=e[ds]?$|ing$|ations?$|ers?$)")
_GREEK = str.maketrans(
    {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "λ": "lambda", "μ": "mu", "π": "pi"}
    | {"ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "phi", "ω": "omega", "ℓ": "l"}
)
YEAR_DIGITS = 4


class Vocabulary(NamedTuple):
    """What a text holds."""

    runs: frozenset[str]
    """Up to MAX_RUN neighbouring chunks of letters or digits, joined: `gpt4o` of GPT-4o."""
    stems: frozenset[str]
    """Beginnings of words: `distill` of distills."""
    spelled: str
    """The text as it is, without accents."""


def fold(text: str) -> str:
    """The text in lower case, without accents, with Greek letters by their names and raised digits as digits."""
    return strip_accents(text).lower()


def strip_accents(text: str) -> str:
    """Latin letters without accents, Greek ones by their names, raised digits as digits; Hangul as it is."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text.translate(_GREEK))
    return unicodedata.normalize("NFC", "".join(each for each in parts if not unicodedata.combining(each)))


def stem(word: str) -> str:
    """The beginning that a word shares with its derived forms."""
    return word[: min(max(MIN_STEM, len(word) - 5), MAX_STEM)]


def chunks(text: str) -> list[str]:
    """Runs of letters and of digits, in American spelling."""
    return [_BRITISH.sub("iz", chunk) for chunk in _CHUNK.findall(fold(text))]


def singular(word: str) -> str:
    """The word without the ending of the plural."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 2 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=64)
def vocabulary(passages: Sequence[str]) -> Vocabulary:
    """The vocabulary of a text in parts, which no run crosses."""
    runs = {run for passage in passages for run in _runs(chunks(passage))}
    stems = {run[:length] for run in runs if run.isalpha() for length in range(MIN_STEM, min(len(run), MAX_STEM) + 1)}
    return Vocabulary(frozenset(runs), frozenset(stems), strip_accents("\n".join(passages)))


@lru_cache(maxsize=64)
def initials(spelled: str) -> frozenset[str]:
    """First letters of neighbouring words of one clause of a text: `fpr` of false positive rate."""
    found: set[str] = set()
    for clause in _CLAUSE.split(spelled):
        for pattern in (_WORD, _JOINED):
            words = pattern.findall(clause)
            short = [word for word in words if word not in _SMALL]
            to = ["2" if word == "to" else word for word in words]  # text-to-image is T2I
            found |= {run for each in (words, short, to) for run in _initials(each)}
    return frozenset(found)


def _runs(found: Sequence[str]) -> Iterator[str]:
    for start in range(len(found)):
        run = ""
        for chunk in found[start : start + MAX_RUN]:
            if run and len(chunk) == YEAR_DIGITS and chunk.startswith("20"):  # AIME 2024 is AIME24
                yield run + chunk[2:]
            if chunk == "to" and run:
                yield f"{run}2"
            run += chunk
            yield run
            yield singular(run)


def _initials(words: Sequence[str]) -> Iterator[str]:
    """An acronym or number among the words stands for itself: conditional VAE is CVAE."""
    first = [word.lower() if word.isupper() or word.isdigit() else word[0].lower() for word in words]
    for start in range(len(first)):
        for count in range(2, MAX_INITIALS + 1):
            yield "".join(first[start : start + count])


@cache
def acronyms() -> Mapping[str, Sequence[str]]:
    """What an acronym of the field stands for, by the acronym as it is spelled."""
    known: Mapping[str, Sequence[str]] = read(PAPERS, "glossary")["acronyms"]
    return known


@cache
def general_words(*, advice: bool) -> frozenset[str]:
    """Names, as runs, that any text of the field may hold; in advice the tools of the trade, too."""
    general = read(PAPERS, "glossary")["general"]
    spelled = [*acronyms(), *(word for forms in acronyms().values() for word in _split(forms)), *general["words"]]
    return frozenset(run for name in [*spelled, *(general["tools"] if advice else ())] for run in _both(name))


def _split(forms: Iterable[str]) -> Iterator[str]:
    return (word for form in forms for word in form.split())


def _both(name: str) -> Iterator[str]:
    joined = "".join(chunks(name))
    yield from (joined, singular(joined))
