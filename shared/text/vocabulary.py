"""The controlled vocabulary of tags, and the tags that a paper's own words call for."""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from shared.model.frozen import Frozen

MOST_TAGS = 7
TITLE_WEIGHT = 3
"""A mention in the title counts as much as three in the abstract."""

_WORD = re.compile(r"[^\W_]+")


class Tag(Frozen):
    """A tag, what calls for it (`vocabulary.toml` says how that is matched), and the weight that it needs."""

    name: str
    words: tuple[str, ...]
    least: int


@cache
def vocabulary() -> tuple[Tag, ...]:
    """Every tag there is."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return tuple(
        Tag(name=name, words=words, least=int(least))
        for least, named in tomllib.loads(text).items()
        for name, words in named.items()
    )


@cache
def names() -> frozenset[str]:
    """The names of all tags."""
    return frozenset(tag.name for tag in vocabulary())


def tags(title: str, abstract: str) -> tuple[str, ...]:
    """The tags of a paper, the weightiest first; of two that weigh the same, the one that is mentioned first."""
    weights: Counter[Tag] = Counter()
    for text, weight in ((title, TITLE_WEIGHT), (abstract, 1)):
        for tag in _mentions(text):
            weights[tag] += weight
    return tuple(tag.name for tag, weight in weights.most_common() if weight >= tag.least)[:MOST_TAGS]


def _mentions(text: str) -> Iterator[Tag]:
    """Every mention of a tag. The longest wins: a vision-language-action model is no mention of a language model."""
    spelled = _WORD.findall(text)
    lowered = [word.lower() for word in spelled]
    place = 0
    while place < len(spelled):
        for phrase in _phrases().get(lowered[place], ()):
            end = place + len(phrase.words)
            if phrase.words == (spelled if phrase.as_spelled else lowered)[place:end]:
                yield phrase.tag
                place = end
                break
        else:
            place += 1


class _Phrase(NamedTuple):
    words: Sequence[str]
    as_spelled: bool
    tag: Tag


@cache
def _phrases() -> Mapping[str, Sequence[_Phrase]]:
    """All that calls for a tag and the plurals, by the first word in lower case, the longest first."""
    phrases: defaultdict[str, list[_Phrase]] = defaultdict(list)
    for tag in vocabulary():
        for text in (form for once in tag.words for form in (once, f"{once}s")):
            words = _WORD.findall(text)
            phrases[words[0].lower()].append(_Phrase(words, text != text.lower(), tag))
    return {first: sorted(same, key=lambda phrase: -len(phrase.words)) for first, same in phrases.items()}
