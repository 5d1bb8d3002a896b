"""Every word and name of a text in the spellings that a writer may give it."""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate

from shared.text.lazy_regex import lazy_regex

MAX_INITIALS = 7
MIN_STEM, MAX_STEM = 5, 9

_CHUNK = lazy_regex(r"[a-z]+|\d+")
_CLAUSE = lazy_regex(r"[,.;:()\n]")
_WORD, _JOINED = lazy_regex(r"[A-Za-z]+|\d+"), lazy_regex(r"[A-Za-z][A-Za-z-]*|\d+")
"""Sea-level is two words of an acronym, or one."""
_SMALL = frozenset(["a", "an", "the", "of", "and", "for", "in", "on", "to", "with", "by", "at", "from", "via"])
_BRITISH = lazy_regex(r"(?<=[a-z]{3})is(?=e[ds]?$|ing$|ations?$|ers?$)")
_GREEK = str.maketrans(
    {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "λ": "lambda", "μ": "mu", "π": "pi"}
    | {"ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "phi", "ω": "omega", "ℓ": "l"}
)
_SHORT_YEAR = lazy_regex(r"(?<=[a-z])(2\d)(?!\d)")
"""AIME24 is AIME 2024."""
_VERSION = lazy_regex(r"(?<=[a-z])v?(?=\d)")
"""YOLOv11 is YOLO11."""
_PREFIX = lazy_regex(r"\b((?i:auto|semi|multi|hyper|infra|look|bi)(?=[a-z]{2})|[A-Z][a-z]+(?=[A-Z]))")
"""An acronym has a letter for it: PSD is positive semidefinite, CVAE a conditional variational autoencoder."""


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


class Words:
    """The words and names of a text in parts. No name crosses from one part to the next."""

    def __init__(self, passages: Sequence[str]) -> None:
        self.spelled = strip_accents("\n".join(passages))
        parts = [chunk for passage in passages for chunk in (*chunks(passage), "\n")]
        self._joined = "".join(parts)
        self._edges = frozenset(accumulate(map(len, parts), initial=0))

    def holds(self, name: str) -> bool:
        """Whether neighbouring words make the name, whatever joins them: `gpt4o` of GPT-4o."""
        forms = {name, f"{name}s", f"{name[:-1]}ies", name.replace("2", "to"), _SHORT_YEAR.sub(r"20\1", name)}
        forms |= {_VERSION.sub("", name), _VERSION.sub("v", name)}
        return any(end in self._edges for form in forms for end in self._ends(form))

    def begins(self, beginning: str) -> bool:
        """Whether a word begins so: `distill` of distills."""
        return any(True for _ in self._ends(beginning))

    def _ends(self, form: str) -> Iterator[int]:
        """Where the letters end, wherever they begin as a word does."""
        place = self._joined.find(form)
        while place >= 0:
            if place in self._edges:
                yield place + len(form)
            place = self._joined.find(form, place + 1)

    @cached_property
    def initials(self) -> frozenset[str]:
        """First letters of neighbouring words of one clause: `fpr` of false positive rate."""
        return frozenset(run for clause in _CLAUSE.split(self.spelled) for run in _clause_initials(clause))


def _clause_initials(clause: str) -> Iterator[str]:
    for pattern, text in ((_WORD, clause), (_JOINED, clause), (_WORD, split_prefixes(clause))):
        words = pattern.findall(text)
        short = [word for word in words if word not in _SMALL]
        to = ["2" if word == "to" else word for word in words]  # text-to-image is T2I
        yield from (run for each in (words, short, to) for run in _initials(each))


def split_prefixes(text: str) -> str:
    """The text with prefixes as words of their own: positive semi definite."""
    return _PREFIX.sub(r"\1 ", text)


def _initials(words: Sequence[str]) -> Iterator[str]:
    """An acronym or number among the words stands for itself: conditional VAE is CVAE."""
    first = [word.lower() if word.isupper() or word.isdigit() else word[0].lower() for word in words]
    for start in range(len(first)):
        for count in range(2, MAX_INITIALS + 1):
            yield "".join(first[start : start + count])
