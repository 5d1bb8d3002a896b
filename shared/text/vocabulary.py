"""The controlled vocabulary of tags, and the tags that a paper's own words call for."""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from shared.model.frozen import Frozen
from shared.text.lazy_regex import lazy_regex

MAX_TAGS = 7
TITLE_WEIGHT = 3
"""A mention in the title counts as much as three in the abstract."""

OTHER_THINGS = "other things"
"""The section of phrases that hold a word of a tag and mean something else."""

_WORD = lazy_regex(r"[^\W_]+")
_PAUSE = lazy_regex(r"[,;:()!?]|\.(?=\s|$)")
_EXAMPLES = lazy_regex(r"\b(?:such as|including|e\.g\.,?|for example|for instance)\s[^.;()]{0,300}")
"""Examples say little about a paper: `on tasks such as visual reasoning and GUI agents`."""


class Tag(Frozen):
    """A tag, and what calls for it with the weight that it needs (`vocabulary.toml` says how that is matched)."""

    name: str
    least: Mapping[str, int]

    @property
    def words(self) -> tuple[str, ...]:
        """All that calls for it."""
        return tuple(self.least)


@cache
def vocabulary() -> tuple[Tag, ...]:
    """Every tag there is."""
    least: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for section, named in _sections().items():
        if section != OTHER_THINGS:
            for name, words in named.items():
                least[name] |= dict.fromkeys(words, int(section))
    return tuple(Tag(name=name, least=words) for name, words in least.items())


@cache
def names() -> frozenset[str]:
    """The names of all tags."""
    return frozenset(tag.name for tag in vocabulary())


def tags(title: str, abstract: str) -> tuple[str, ...]:
    """The tags of a paper, the weightiest first; of two that weigh the same, the one that is mentioned first.

    A paper that mentions tags in passing only has the one that comes nearest.
    """
    weights: Counter[str] = Counter()
    reached: defaultdict[str, float] = defaultdict(float)
    for text, weight in ((title, TITLE_WEIGHT), (_EXAMPLES.sub(";", abstract), 1)):
        for tag, least in _mentions(text):
            weights[tag] += weight
            reached[tag] += weight / least
    found = tuple(tag for tag, _ in weights.most_common() if reached[tag] >= 1)
    return found[:MAX_TAGS] or ((max(reached, key=lambda tag: reached[tag]),) if reached else ())


def _mentions(text: str) -> Iterator[tuple[str, int]]:
    """Every mention of a tag and the weight that it needs.

    The longest wins: a vision-language-action model is no mention of a language model.
    """
    for part in _PAUSE.split(text):
        spelled = _WORD.findall(part)
        lowered = [word.lower() for word in spelled]
        place = 0
        while place < len(spelled):
            phrase = _phrase_at(place, spelled, lowered)
            if phrase and phrase.tag:
                yield phrase.tag, phrase.least
            place += len(phrase.words) if phrase else 1


class _Phrase(NamedTuple):
    words: Sequence[str]
    as_spelled: bool
    tag: str
    """Empty for another thing."""
    least: int


def _phrase_at(place: int, spelled: Sequence[str], lowered: Sequence[str]) -> _Phrase | None:
    for phrase in _phrases().get(lowered[place], ()):
        if phrase.words == (spelled if phrase.as_spelled else lowered)[place : place + len(phrase.words)]:
            return phrase
    for ending, phrase in _endings().items():
        if lowered[place].endswith(ending):
            return phrase
    return None


@cache
def _sections() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@cache
def _phrases() -> Mapping[str, Sequence[_Phrase]]:
    """All that calls for a tag and the plurals, by the first word in lower case, the longest first."""
    phrases: defaultdict[str, list[_Phrase]] = defaultdict(list)
    calls = [(text, tag.name, least) for tag in vocabulary() for text, least in tag.least.items()]
    others = [(text, "", 0) for texts in _sections()[OTHER_THINGS].values() for text in texts]
    for text, tag, least in (*calls, *others):
        for form in (text, f"{text}s"):
            words = _WORD.findall(form)
            phrases[words[0].lower()].append(_Phrase(words, text != text.lower(), tag, least))
    return {first: sorted(same, key=lambda phrase: -len(phrase.words)) for first, same in phrases.items()}


@cache
def _endings() -> Mapping[str, _Phrase]:
    """What calls for a tag at the end of a word: `*bench` in SciBench."""
    return {
        text.removeprefix("*"): _Phrase([text], as_spelled=False, tag=tag.name, least=least)
        for tag in vocabulary()
        for text, least in tag.least.items()
        if text.startswith("*")
    }
