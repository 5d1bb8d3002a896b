"""Finds what an item says an acronym stands for, where the text or the glossary says otherwise or nothing."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from functions.summarize.grounding.glossary import acronyms
from shared.languages.files import read
from shared.text.lazy_regex import lazy_regex
from shared.text.words import Words, chunks, singular, split_prefixes

MAX_WORDS = 8
MAX_CHARS = 90
HEAD = 4
"""Letters that two forms of a word share: pruner, pruning."""
SHORT_HEAD = 3
"""Where three words or more agree: second order cone programming, conic."""
_ACRONYM = r"[A-Za-z]{0,2}[A-Z][A-Za-z0-9]{0,10}[A-Z0-9][A-Za-z0-9]{0,4}(?:-[A-Z0-9]{1,6})?"
_BRACKETED = lazy_regex(rf"\(({_ACRONYM})\)")
_BEHIND = lazy_regex(rf"(?<![A-Za-z0-9_-])({_ACRONYM}) ?\(([A-Za-zé][A-Za-zé &-]{{3,{MAX_CHARS}}})\)")
_BEHIND_TERM = lazy_regex(rf"((?:[^\W\dA-Za-z_]|[ -]){{2,30}})\(({_ACRONYM})\)")
_NAME = lazy_regex(r"[a-z]{3}")
"""What has a word in it is a name, and its bracket explains it: MaskWorld (scales weights)."""
_WORDS_BEFORE = lazy_regex(r"[A-Za-zé&-]+")
_SMALL = frozenset(
    ["a", "an", "the", "of", "and", "for", "in", "on", "to", "with", "by", "at", "from", "via", "that", "is"]
)


class Expansion(NamedTuple):
    """An acronym and the words that it is expanded to."""

    acronym: str
    words: tuple[str, ...]
    quote: str
    initials: frozenset[str]


def expansions(text: str) -> Iterator[Expansion]:
    """Every acronym beside a bracket that its words, or it, stand in. What only explains it is none."""
    for match in _BEHIND.finditer(text):
        words, acronym = match[2].split(), _bare(match[1])
        is_aside = len(_first(words)) < 2 or len(words) > MAX_WORDS or _NAME.search(acronym)
        if not is_aside and _may_spell(acronym, words):
            yield _expansion(match[1], match[2])
    for match in _BRACKETED.finditer(text):
        before = text[max(match.start() - MAX_CHARS, 0) : match.start()].rstrip()
        if words := _last_words(before, _bare(match[1])):
            yield _expansion(match[1], " ".join(words))


def _expansion(acronym: str, words: str) -> Expansion:
    every = words.split()
    initials = frozenset("".join(_first(each)) for each in (every, [word for word in every if word not in _SMALL]))
    return Expansion(_bare(acronym), _significant(words), f"{acronym}: {words}", initials)


def misplaced(text: str, language: str) -> Iterator[str]:
    """Acronyms behind the language's term for something else: 지도학습(RL)."""
    terms = read(language, "glossary").get("terms", {})
    for match in _BEHIND_TERM.finditer(text):
        meant, behind = acronyms().get(_bare(match[2]), ()), _joined(match[1])
        own = [_joined(term) for form in meant for term in terms.get(form, ())]
        others = (_joined(term) for form in terms if not any(form in each for each in meant) for term in terms[form])
        is_other = any(map(behind.endswith, others)) and not any(term in behind for term in own)
        if own and len(meant) == 1 and is_other:
            yield match.group().strip()


def _joined(term: str) -> str:
    return "".join(term.split())


def _bare(acronym: str) -> str:
    return acronym[:-1] if acronym.endswith("s") and acronym[-2:-1].isupper() else acronym


def _letters(acronym: str) -> str:
    return "".join(re.findall(r"[A-Z]", acronym)).lower()


def _first(words: Sequence[str]) -> list[str]:
    parts = split_prefixes(" ".join(words).replace("-", " ")).split()
    return [letter.lower() for part in parts for letter in (part if part.isupper() else part[0])]


def _in_order(letters: Sequence[str], first: Sequence[str]) -> int:
    """How many of the letters, or words, stand in the other row in their order."""
    row = [0] * (len(first) + 1)
    for letter in letters:
        previous = row[:]
        for place, other in enumerate(first, start=1):
            row[place] = previous[place - 1] + 1 if letter == other else max(previous[place], row[place - 1])
    return row[-1]


def _last_words(before: str, acronym: str) -> list[str]:
    """The words right before a bracket that may stand for the acronym: about as many as it has letters."""
    words: list[str] = []
    for word in reversed(before.split()):
        if not _WORDS_BEFORE.fullmatch(word):
            break
        words.insert(0, word)
    letters = _letters(acronym)
    last = [words[-count:] for count in range(1, min(len(words), len(letters) + 3) + 1)]
    last = [chosen for chosen in last if chosen[0].lower() not in _SMALL and len(_first(chosen)) > 1]
    spelled = {letters, acronym.lower()}
    last.sort(key=lambda chosen: ("".join(_first(chosen)) not in spelled, abs(len(chosen) - len(letters))))
    return next((chosen for chosen in last if _may_spell(acronym, chosen) and _is_meant(letters, chosen)), [])


def _is_meant(letters: str, words: Sequence[str]) -> bool:
    """Whether words are more than prose that goes on in a bracket: `applies symbolic rules (ASP)`."""
    return any(word[0].isupper() for word in words[1:]) or 4 * _in_order(letters, _first(words)) >= 3 * len(letters)


def _may_spell(acronym: str, words: Sequence[str]) -> bool:
    """Whether words begin with most letters of an acronym, in its order, and with its first or as about as many."""
    letters, first = _letters(acronym), _first(words)
    found = _in_order(letters, first)
    titled = all(word[0].isupper() for word in words if word.lower() not in _SMALL)
    if titled and len(words) == len(letters) > 1 and found >= len(letters) - 1:
        return True
    is_near = abs(len(_significant(" ".join(words))) - len(letters)) <= 2
    return 2 * found > len(letters) > 0 and (first[0] == letters[0] or (titled and is_near))


def _significant(words: str) -> tuple[str, ...]:
    return tuple(singular(chunk) for chunk in chunks(words) if chunk not in _SMALL)


@lru_cache(maxsize=64)
def _defined(text: str) -> dict[str, set[tuple[str, ...]]]:
    found: dict[str, set[tuple[str, ...]]] = {}
    for expansion in expansions(text):
        found.setdefault(expansion.acronym.lower(), set()).add(expansion.words)
    return found


@lru_cache(maxsize=64)
def _words(text: str) -> str:
    return f" {' '.join(_significant(text))} "


def is_supported(claimed: Expansion, text: str, vocabulary: Words) -> bool:
    """Whether the text says so, or the glossary where the text is silent, or the acronym is of the text's own words."""
    if f" {' '.join(claimed.words)} " in _words(text):
        return True
    is_known = all(vocabulary.holds(word) or word.upper() in acronyms() for word in claimed.words)
    acronym = claimed.acronym.lower().replace("-", "")
    if is_known and acronym in {*claimed.initials, *(each[:-1] for each in claimed.initials)}:  # with `framework`
        return True
    forms = _defined(text).get(claimed.acronym.lower())
    known = forms or {_significant(form) for form in acronyms().get(claimed.acronym, ())}
    return any(_same(claimed.words, form) for form in known)


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """The same words but for their ends, or one with some more in front or behind, or with one more within."""
    short, long = sorted(([word[:HEAD] for word in words] for words in (one, other)), key=len)
    if f" {' '.join(short)} " in f" {' '.join(long)} " or "".join(one) == "".join(other):
        return True
    if len(one) == len(other) > 2:
        return all(mine[:SHORT_HEAD] == its[:SHORT_HEAD] for mine, its in zip(one, other, strict=True))
    return len(long) - len(short) == 1 and _in_order(short, long) == len(short) > 1
