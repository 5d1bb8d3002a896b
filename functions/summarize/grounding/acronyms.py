"""Holds what an item says an acronym stands for against the text's own words and the glossary."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from functions.summarize.grounding.findings import Finding
from functions.summarize.grounding.glossary import american, expansions, folded, terms
from functions.summarize.grounding.items import Item
from functions.summarize.grounding.texts import PaperText, plain

_ACRONYM = r"[A-Za-z]?[A-Z][A-Za-z0-9]*[A-Z0-9][A-Za-z0-9]*(?:-[A-Z0-9]+)?"
_WORDS = r"[A-Za-zé][A-Za-zé-]+(?:[ -][A-Za-zé&-]+){0,7}"
_BRACKETED = re.compile(rf"\(({_ACRONYM})s?\)")
_LAST_WORDS = re.compile(rf"{_WORDS} ?\Z")
LONGEST_EXPANSION = 90
"""Characters."""
_BEHIND = re.compile(rf"(?<![A-Za-z0-9_-])({_ACRONYM})s? ?\(({_WORDS})\)")
_OTHER_LETTERS = re.compile(rf"([^\x00-\x7f](?:[^\x00-\x7f]|-)*(?: (?:[^\x00-\x7f]|-)+){{0,5}}) ?\(({_ACRONYM})\)")
LEAST_SHARED = 2
"""Characters at an end that make two phrases variants of one: 지도학습 and 강화학습."""


def wrong_expansions(item: Item, text: PaperText, language: str) -> Iterator[Finding]:
    """Expansions other than the text's, or where it gives none, the glossary's."""
    said = plain(item.text)
    if "(" in said:
        yield from _in_latin(item, said, text)
        yield from _in_other_letters(item, said, text, language)


def _in_latin(item: Item, said: str, text: PaperText) -> Iterator[Finding]:
    defined = _defined(text.whole)
    for acronym, words in dict.fromkeys([*_expanded(said), *_titled(said, defined)]):
        right = defined.get(acronym) or expansions().get(acronym)
        if right is None:
            if not _is_spelled_in(_spelled(words), _spelled(text.whole)):
                yield _finding(item, acronym, words, "the text does not say what it stands for")
        elif not any(_is_the_end(_spelled(words), _spelled(each)) for each in right):
            yield _finding(item, acronym, words, f"it stands for: {right[0]}")


def _in_other_letters(item: Item, said: str, text: PaperText, language: str) -> Iterator[Finding]:
    for match in _OTHER_LETTERS.finditer(said):
        acronym = _bare(match[2])
        right = _defined(text.whole).get(acronym) or expansions().get(acronym, ())
        wanted = [form for each in right for form in _terms(language).get(_spelled(each), ())]
        if wanted and _is_variant(match[1], wanted):
            yield _finding(item, match[2], match[1], f"it stands for: {wanted[0]}")


def _finding(item: Item, acronym: str, words: str, why: str) -> Finding:
    return Finding(item=item.path, kind="acronym", said=f"{acronym}: {words}", why=why)


def _expanded(said: str) -> Iterator[tuple[str, str]]:
    """Acronyms with the Latin words that may stand for them: one begins with the first letter."""
    for match in _BEHIND.finditer(said):
        if _tells(match[1], match[2]):
            yield _bare(match[1]), match[2]
    for match in _BRACKETED.finditer(said):
        before = _LAST_WORDS.search(said, max(match.start() - LONGEST_EXPANSION, 0), match.start())
        if before and (words := _last_words(before.group(), _bare(match[1]))):
            yield _bare(match[1]), words


def _titled(said: str, defined: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Acronyms in brackets with as many capitalised words before them as they have letters."""
    for match in _BRACKETED.finditer(said):
        acronym = _bare(match[1])
        words = said[: match.start()].split()[-len(_capitals(acronym)) :]
        if acronym in defined and len(words) > 1 and all(re.fullmatch(r"[A-Z][a-z-]+", word) for word in words):
            yield acronym, " ".join(words)


def _bare(acronym: str) -> str:
    """The acronym without the s of the plural."""
    return acronym[:-1] if acronym.endswith("s") and acronym[-2:-1].isupper() else acronym


@cache
def _terms(language: str) -> Mapping[str, Sequence[str]]:
    """The language's words for terms, by the English one in one spelling."""
    return {_spelled(name): forms for name, forms in terms(language).items()}


def _tells(acronym: str, words: str) -> bool:
    """Whether words in brackets are an expansion and no aside: there are about as many as it has letters."""
    return len(re.split(r"[ -]", words)) >= max(2, len(_capitals(acronym)) - 1)


def _capitals(acronym: str) -> str:
    return re.sub(r"[^A-Z]", "", acronym.upper() if acronym.islower() else acronym)


def _last_words(words: str, acronym: str) -> str:
    """The words right before the bracket that may stand for the acronym: one for each letter, or about as many."""
    split = [word for word in re.split(r"[ ]", words) if word]
    letters = _capitals(acronym)
    if "".join(word[0] for word in split[-len(letters) :]).upper() == letters:
        return " ".join(split[-len(letters) :])
    for count in range(min(len(split), len(letters) + 2), 0, -1):
        candidate = split[-count:]
        parts = [part for word in candidate for part in word.split("-") if part]
        if parts[0][0].upper() == letters[0] and abs(len(parts) - len(letters)) <= 2 and len(parts) > 1:
            return " ".join(candidate)
    return ""


@lru_cache(maxsize=64)
def _defined(whole: str) -> Mapping[str, tuple[str, ...]]:
    """What the text itself says that its acronyms stand for."""
    found: dict[str, tuple[str, ...]] = {}
    for acronym, words in _expanded(whole):
        found[acronym] = (*found.get(acronym, ()), _spelled(words))
    return found


def _spelled(words: str) -> str:
    """Words folded, in one spelling."""
    return " ".join(map(american, folded(words).split()))


def _is_the_end(said: str, right: str) -> bool:
    """The same words, or either with some more in front that are no part of the expansion."""
    return said == right or said.endswith(f" {right}") or right.endswith(f" {said}")


def _is_spelled_in(said: str, text: str) -> bool:
    return f" {said} " in f" {text} "


def _is_variant(said: str, wanted: list[str]) -> bool:
    """Whether a phrase is nearly one of the wanted ones, and none of them: it shares a beginning or an end."""
    packed = said.replace(" ", "")
    forms = [form.replace(" ", "").replace("-", "") for form in wanted]
    if any(packed.replace("-", "").endswith(form) for form in forms):
        return False
    return any(
        len(tail := packed[-len(form) :]) > LEAST_SHARED
        and (tail.endswith(form[-LEAST_SHARED:]) or tail.startswith(form[:LEAST_SHARED]))
        for form in forms
    )
