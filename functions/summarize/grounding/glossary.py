"""The general terms of the field: concepts in either language, acronyms with their expansions, common tools."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from functions.summarize.grounding.language_data import PAPERS, read

_BRITISH = re.compile(r"(?<=[a-z]{3})is(?=e[ds]?$|ing$|ations?$|ers?$)")
_VOWELS = frozenset("aeiou")
_SPLIT = re.compile(r"[^a-z0-9]+")


def folded(text: str) -> str:
    """Latin words in lower case without hyphens and the plural."""
    return " ".join(singular(word) for word in _SPLIT.split(text.lower().replace("é", "e")) if word)


def american(word: str) -> str:
    """The word in lower case as it is spelled in America: tokenised as tokenized."""
    return _BRITISH.sub("iz", word)


def singular(word: str) -> str:
    """The word without the s of the plural."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@cache
def expansions() -> Mapping[str, Sequence[str]]:
    """What an acronym stands for, folded, by the acronym as it is spelled."""
    return {name: tuple(map(folded, forms)) for name, forms in read(PAPERS, "glossary")["acronyms"].items()}


@cache
def terms(language: str) -> Mapping[str, Sequence[str]]:
    """A language's words for a term or an ordinary word, by the English one folded."""
    glossary = read(language, "glossary")
    both = {**glossary.get("terms", {}), **glossary.get("words", {})}
    return {folded(name): tuple(forms) for name, forms in both.items()}


@cache
def known_words(language: str) -> frozenset[str]:
    """Latin words, in lower case, that any field may hold: acronyms, their expansions, terms, names of nothing."""
    general = read(PAPERS, "glossary")
    spelled = [
        *general["acronyms"],
        *(form for forms in general["acronyms"].values() for form in forms),
        *terms(language),
        *general["general"]["words"],
    ]
    return frozenset(word for each in spelled for word in (each.lower(), folded(each), *folded(each).split()))


@cache
def tools() -> frozenset[str]:
    """Latin words, in lower case, that advice may hold besides."""
    return frozenset(word.lower() for word in read(PAPERS, "glossary")["general"]["tools"])


def names_of_addresses(text: str) -> frozenset[str]:
    """Names, in lower case, that the addresses in a text stand for."""
    hosts: Mapping[str, Sequence[str]] = read(PAPERS, "glossary")["general"]["hosts"]
    return frozenset(name.lower() for host, all_names in hosts.items() if host in text for name in all_names)


class Mention(NamedTuple):
    """A concept that a text names, and where."""

    concept: str
    start: int
    end: int


def concepts(text: str, language: str) -> Iterator[Mention]:
    """The glossary's concepts that a text names, the longest at each place, by their English name."""
    finder, names = _finder(language)
    for match in finder.finditer(text):
        yield Mention(names[match.group().lower().replace("-", " ").removesuffix("s")], match.start(), match.end())


def _plural(english: str) -> Iterator[str]:
    """The plural of a word in y, but for its s."""
    if english.endswith("y") and english[-2:-1] not in _VOWELS:
        yield f"{english[:-1]}ie"


@cache
def _finder(language: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """One pattern for all forms, that branches on their first two characters."""
    names: dict[str, str] = {}
    for english, forms in terms(language).items():
        for form in (english, *_plural(english), *forms):
            names.setdefault(form.lower().replace("-", " ").removesuffix("s"), english)
    branches: defaultdict[str, list[str]] = defaultdict(list)
    for form in sorted(names, key=len, reverse=True):
        branches[form[:2]].append(re.escape(form[2:]).replace(r"\ ", "[ -]"))
    alternatives = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in branches.items())
    return re.compile(rf"(?<![A-Za-z가-힣])(?:{alternatives})s?(?![A-Za-z])", re.IGNORECASE), names
