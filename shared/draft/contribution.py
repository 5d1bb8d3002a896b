"""Finds the sentence that states what a paper contributes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from shared.draft.acts import ANNOUNCED, BUILT, FOUND, OTHER, THIS_PAPER, find_act, is_finding
from shared.draft.availability import is_release
from shared.draft.opening import cut_opening
from shared.text.lazy_regex import lazy_regex

MAX_NAME_WORDS = 5
"""A title begins with a name of up to this many words: `Foo: Bars in Time`."""
MIN_CHARS = 60
"""What is shorter after its opening is cut says too little: `We propose a two-stage framework.`"""
MAX_CHARS = 400
"""What is longer is a paragraph rather than a line."""
MIN_STEM_CHARS = 4
"""Characters by which two words are taken for forms of one: chart, charting."""
POINTS_A_PLACE, MAX_POINTS_FOR_PLACE = 0.5, 4.0
"""Of two sentences that do much the same, the earlier says what the later details."""
POINTS_FOR_TITLE_WORDS = 5
POINTS_FOR_NAME = 8
NEVER = -20

_OWN = lazy_regex(r"\b(?:we|our|this (?:paper|work|study|report|survey))\b")
_BACKGROUND = lazy_regex(
    r"\b(?:recent(?:ly)?|exist(?:s|ing)?|current(?:ly)?|previous(?:ly)?|prior|traditional(?:ly)?|conventional(?:ly)?"
    r"|however|despite|although|remains?|challeng(?:e|es|ing)|suffers?|struggles?|limited|lacks?|widely|rapid(?:ly)?"
    r"|advances|crucial|essential|(?:has|have) (?:become|emerged|been|shown|achieved|demonstrated|made)|often"
    r"|typically|fails?)\b"
)
_OUTLOOK = lazy_regex(
    r"\b(?:hope|future (?:work|research|directions?|stud\w+)|potential (?:to|for)|pav\w+ the way"
    r"|highlights? the|shed\w* light)\b"
)
_ADDED = (
    (-6, lazy_regex(r"to (?:evaluate|train|support|facilitate|assess|validate|measure|verify|quantify)\b")),
    (-5, lazy_regex(r"(?:further(?:more)?|additionally|moreover|besides|importantly|in addition)\b")),
    (-4, lazy_regex(r"(?:however|finally|lastly|second(?:ly)?|third(?:ly)?|subsequently)\b")),
    (-4, lazy_regex(r"based on (?:this|these|our)\b")),
    (-3, lazy_regex(r"(?:then|.{0,40}\bwe (?:first|then))\b")),
    (-2, lazy_regex(r".{0,100}\bwe (?:also|further)\b")),
    (-1, lazy_regex(r"(?:first(?:ly)?|for (?:example|instance)|in particular)\b")),
)
"""Openings of what is added to a contribution, and the points that they cost."""
_DATA = lazy_regex(r"\b(?:datasets?|corpus|corpora|data)\b")
_DATA_IN_TITLE = lazy_regex(r"\b(?:datasets?|corpus|corpora|data|benchmark\w*|arena)\b|bench\b")
_NAMING = r"(?:dubbed|called|coined|named|termed|denoted|namely|we call|we name|we term|we refer to as)"
_NAMES_SOMETHING = lazy_regex(rf"\b{_NAMING} \W{{0,3}}\w")
_NAMED_SO = lazy_regex(rf"{_NAMING} \W{{0,3}}$")
_EXPLAINED_ACRONYM = lazy_regex(r"\w ?\(\\?\w[\w-]+\)")
_IS = lazy_regex(r"(?:\s\([^)]*\))?,?\s(?:[^.\s]+\s){0,3}?(?:is|are|introduces|presents|proposes)\b")
_DOES = lazy_regex(r"(?:\s\([^)]*\))?\s(?:\w+ly )?[a-z]+(?:s|ed)\b")
_PROPOSED = lazy_regex(r"\b(?:is|are) (?:proposed|introduced|presented|developed)\b")
_BEFORE_SUBJECT = lazy_regex(r"(?:the |our |in summary, |overall, |together, )?")
_WHOLE_NAME = lazy_regex(r"[,:(—]| \(| -|\.$| (?:is|that|which|to|for)\b")
_WORD = lazy_regex(r"[^\W_]+")
_COMMON_WORDS = (
    "an and are as at be beyond by can do does for from how in into is it its not of on or over that the their this"
    " through to toward towards via what when where why with without your you we new novel approach method framework"
    " model models learning large language efficient study using based"
)
_COMMON = frozenset(_COMMON_WORDS.split())


class Title(NamedTuple):
    """What a title says about the sentence to look for, in lower case."""

    names: re.Pattern[str] | None
    stems: frozenset[str]
    asks: bool
    is_of_data: bool


def read_title(title: str) -> Title:
    """Reads the name that a title gives to its work, and its other words."""
    line = " ".join(title.split())
    names = "|".join(re.escape(name) for name in sorted(_names(line), key=len, reverse=True))
    return Title(
        names=re.compile(rf"(?<!\w)(?:{names})s?(?!\w)") if names else None,
        stems=frozenset(_stems(line.lower())),
        asks=line.endswith("?"),
        is_of_data=bool(_DATA_IN_TITLE.search(line.lower())),
    )


def find_contribution(sentences: Sequence[str], title: Title) -> int:
    """The place of the sentence with the most points; where it says too little, of the next best that does not."""
    lowered = [" ".join(sentence.lower().split()) for sentence in sentences]
    acts = [_act(sentence, title) for sentence in lowered]
    first = next((place for place, points in enumerate(acts) if points >= OTHER), 0)
    scores = [
        _score(sentence, points, title) - min(max(place - first, 0) * POINTS_A_PLACE, MAX_POINTS_FOR_PLACE)
        for place, (sentence, points) in enumerate(zip(lowered, acts, strict=True))
    ]
    best = _best(scores, range(len(scores)))
    if lowered and _says_too_little(lowered[best]):
        telling = [
            place
            for place, points in enumerate(acts)
            if points >= OTHER and points != FOUND and not _says_too_little(lowered[place])
        ]
        return _best(scores, telling) if telling else best
    return best


def _best(scores: Sequence[float], places: Iterable[int]) -> int:
    return max(places, key=lambda place: (scores[place], -place), default=0)


def _says_too_little(sentence: str) -> bool:
    return len(cut_opening(sentence)) < MIN_CHARS and not _EXPLAINED_ACRONYM.search(sentence)


def _names(title: str) -> Iterator[str]:
    """The name before a colon or bracket, and its parts that are spelled as names: Alaya-EVOKE, evoke."""
    before = re.split(r"\s?[:：—]|\s[-–(]", title, maxsplit=1)[0].strip("\"'“”*` ")
    name = before.removeprefix("The ")
    if before == title or not name or len(name.split()) > MAX_NAME_WORDS:
        return
    yield name.lower()
    for part in re.split(r"[\s-]", name):
        if re.search(r".[A-Z]|\d", part) and len(part) >= MIN_STEM_CHARS:
            yield part.lower()


def _stems(text: str) -> Iterator[str]:
    for word in _WORD.findall(text):
        if word not in _COMMON and len(word) > 1:
            yield word[: max(MIN_STEM_CHARS, len(word) - 3)]


def _score(sentence: str, act: int, title: Title) -> float:
    if sentence.endswith("?") or "https:" in sentence or (act and act < ANNOUNCED and is_release(sentence)):
        return NEVER
    if not act:
        return 2 * bool(_OWN.search(sentence)) - 2 * bool(_BACKGROUND.search(sentence))
    shared = len(title.stems & set(_stems(sentence))) / max(len(title.stems), MIN_STEM_CHARS)
    named = title.names and title.names.search(sentence)
    return (
        act
        + POINTS_FOR_TITLE_WORDS * shared
        + min((points for points, opening in _ADDED if opening.match(sentence)), default=0)
        + 3 * bool(THIS_PAPER.match(sentence))
        - 5 * bool(_OUTLOOK.search(sentence))
        - 9 * bool(not named and not title.is_of_data and _DATA.search(sentence[:160]))
        - 3 * (len(sentence) > MAX_CHARS)
    )


def _act(sentence: str, title: Title) -> int:
    """The points of what a sentence does, and of the title's name where it does it with that."""
    points, start = find_act(sentence)
    if title.asks and points == FOUND:
        points = ANNOUNCED + 1
    of_name = _points_of_name(sentence, points, start, title.names) if title.names else None
    if of_name is not None:
        return of_name
    names_something = _NAMES_SOMETHING.search(sentence) or _EXPLAINED_ACRONYM.search(sentence, start)
    return points + 2 * bool(points and names_something)


def _points_of_name(sentence: str, points: int, start: int, names: re.Pattern[str]) -> int | None:
    """The points of a sentence that holds the title's name in its place; None for others."""
    opening = _BEFORE_SUBJECT.match(sentence)
    subject = names.match(sentence, opening.end() if opening else 0)
    if (subject and _IS.match(sentence, subject.end())) or (_PROPOSED.search(sentence) and names.search(sentence)):
        return max(points, ANNOUNCED) + 6
    if subject and _DOES.match(sentence, subject.end()) and not is_finding(sentence):
        return max(points, BUILT) + 3
    named = names.search(sentence, start)
    if named and _NAMED_SO.search(sentence[: named.start()]):
        return max(points, BUILT) + POINTS_FOR_NAME
    if not named or not points:
        return None
    whole = 2 * bool(_WHOLE_NAME.match(sentence, named.end()))
    return points + (POINTS_FOR_NAME + whole if points >= BUILT else 2)
