"""What a text makes of its names: what is proposed, what acts, what something is measured on, what is outdone."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from functions.summarize.grounding.findings import Finding
from functions.summarize.grounding.glossary import singular
from functions.summarize.grounding.items import Item
from functions.summarize.grounding.language_data import read
from functions.summarize.grounding.names import begins_a_sentence, located_names

Languages = tuple[str, ...]
PAIR = 2
"""So many names with a comma between them are no list: On A, B is best."""


def wrong_roles(
    item: Item, said: str, sources: Sequence[str], whole: tuple[str, ...], languages: Languages
) -> Iterator[Finding]:
    """Names that the item gives another part than its sentences, or than the whole text."""
    yield from _losers(item, said, sources, languages)
    yield from _misplaced(item, said, whole, languages)


def _losers(item: Item, said: str, sources: Sequence[str], languages: Languages) -> Iterator[Finding]:
    """A name that the item says was outdone, where the text says it of another name that the item has, too."""
    given = frozenset(name for source in sources for name in names_in("lesser", source, languages))
    mine = names_in("lesser", said, languages)
    if mine and given and not mine & given and given & all_names(said):
        why = "the text has the comparison the other way round"
        yield Finding(item=item.path, kind="subject", said=", ".join(sorted(mine)), why=why)


def _misplaced(item: Item, said: str, whole: tuple[str, ...], languages: Languages) -> Iterator[Finding]:
    """What the text proposes in the place of what it measures on, or the reverse, where the item has both."""
    acting = _anywhere("proposed", whole, languages) | _anywhere("acting", whole, languages)
    placed, near_placed = _anywhere("placed", whole, languages), _anywhere("near_placed", whole, languages)
    actors, places = acting - near_placed - placed, placed - acting
    mine = {role: names_in(role, said, languages) for role in ("placed", "proposed", "acting")}
    here = all_names(said)
    moved = (mine["placed"] & actors and here & places - mine["placed"]) or (
        (mine["proposed"] | mine["acting"]) & places and here & actors - mine["proposed"] - mine["acting"]
    )
    if moved:
        wrong = (mine["placed"] & actors) | ((mine["proposed"] | mine["acting"]) & places)
        why = "the text gives these names other parts"
        yield Finding(item=item.path, kind="subject", said=", ".join(sorted(wrong)), why=why)


@lru_cache(maxsize=256)
def _anywhere(role: str, whole: tuple[str, ...], languages: Languages) -> frozenset[str]:
    return frozenset(name for sentence in whole for name in names_in(role, sentence, languages))


@lru_cache(maxsize=1024)
def _marked(text: str) -> tuple[str, frozenset[str]]:
    """The text with its names as ⟦name⟧, and all of them."""
    found = [
        (singular(said.lower()), start, end)
        for said, start, end in located_names(text)
        if not begins_a_sentence(said, text, start)
    ]
    for name, start, end in reversed(found):
        text = f"{text[:start]}⟦{name}⟧{text[end:]}"
    return text, frozenset(name for name, _, _ in found)


def all_names(text: str) -> frozenset[str]:
    """Every name of a text."""
    return _marked(text)[1]


@lru_cache(maxsize=1024)
def names_in(role: str, text: str, languages: Languages) -> frozenset[str]:
    """The names that a text gives a part, with those of the same list."""
    marked, _ = _marked(text)
    spans = [each.group() for each in _part(role, languages).finditer(marked)]
    names = frozenset(name for span in spans for name in _NAME.findall(span))
    runs = [run.group() for run in _listed(languages).finditer(marked)] if names else []
    lists = [_NAME.findall(run) for run in runs if run.count("⟦") != PAIR or "," not in run]
    return names | frozenset(name for listed in lists if names & set(listed) for name in listed)


_NAME = re.compile("⟦(.+?)⟧")


@cache
def _part(role: str, languages: Languages) -> re.Pattern[str]:
    forms = [read(language, "numbers").get(role, "(?!)") for language in languages]
    return re.compile(re.sub(r"(?<!\[)N(?![a-z])", "⟦(?:[^⟦⟧]+)⟧", "|".join(forms)))


@cache
def _listed(languages: Languages) -> re.Pattern[str]:
    """Names in one list, with the numbers of their versions."""
    joins = "|".join(read(language, "numbers")["lists"] for language in languages)
    return re.compile(rf"⟦[^⟦⟧]+⟧(?:(?:\s|[\d.,/&]|{joins})*⟦[^⟦⟧]+⟧)+")
