"""The rhetorical cues of an abstract: how surely a sentence states the contribution, and what part it plays.

Sentences are asked in lower case and on one line.
"""

import re
from enum import IntEnum
from typing import NamedTuple

from shared.model.analysis import Role

_PAPER = r"(?:paper|work|study|report|survey|article|review|thesis|tutorial|letter|project)"
_HOW = r"(?:\w+ly |hereby |then |therefore |thus |first |instead |next |now )?"
_WE = rf"(?<!can )(?<!do )(?<!should )(?<!could )(?<!would )(?<!when )\b(?:we|i) {_HOW}"

_ANNOUNCES = re.compile(
    rf"{_WE}(?:propose|introduce|present|unveil|describe|announce|put forward)\b"
    r"|\bwe (?!find|show|observe)[^.;]{0,150} and (?:propose|introduce|present)\b"
    rf"|\b(?:this|our|the)\b[\w\s-]{{0,60}}\b{_PAPER} {_HOW}(?:introduces|presents|proposes|describes|details)\b"
)
_STUDIES = re.compile(
    rf"{_WE}(?!(?:have|had|are|were|can|could|may|might|must|need|should|want|will|would|do|live|know|see|often|hope"
    r"|believe|call|term|dub|name|refer|note|also|further|additionally)\b)\w+"
    rf"|\b(?:this|our|the) (?:\w+ )?{_PAPER} {_HOW}\w+s\b|\bin this {_PAPER}\b|\bhere,? we\b"
)
_PROPOSED = re.compile(r"\b(?:is|are) (?:proposed|introduced|presented)\b")
_FURTHER = re.compile(
    r"(?:further(?:more)?|additionally|moreover|besides|finally|lastly|importantly|in addition|to (?:support|train))\b"
)
_IS = re.compile(
    r"(?:\s\([^)]*\))?,?\s(?:[^.\s]+\s){0,3}?(?:is|are|introduces|presents|proposes|provides|offers|enables)\b"
)
_NOTHING = re.compile(r"(?!)")
_OTHERS = re.compile(r"\b(?:previous|prior|recent|existing|earlier|original|other)\b")
_OWN = re.compile(r"\b(?:we|our|this paper|this work)\b")
_BACKGROUND = re.compile(
    r"\b(?:recent(?:ly)?|exist(?:s|ing)?|current(?:ly)?|previous(?:ly)?|prior|traditional(?:ly)?|conventional(?:ly)?"
    r"|however|despite|although|remains?|challeng(?:e|es|ing)|suffers?|struggles?|limited|lacks?|widely|rapid(?:ly)?"
    r"|advances|crucial|essential|(?:has|have) (?:become|emerged|been|shown|achieved|demonstrated|made)|often"
    r"|typically|fails?)\b"
)

_EXPERIMENTS = re.compile(
    r"\b(?:experiments?|experimental|results?|evaluations?|findings?|analys[ie]s|ablations?|interviews?|stud(?:y|ies)) "
    r".{0,120}?\b(?:shows?|demonstrates?|reveal(?:s|ed)?|indicates?|suggests?|confirms?|highlights?|validates?|verify)\b"
    rf"|{_WE}(?:find|found|show|observe|demonstrate|prove|discover|set a new)\b"
)
_GAINS = re.compile(
    r"\b(?:out-?performs?|outperforming|achiev(?:es?|ing)|attains?|reach(?:es|ing)|surpass(?:es|ing)?|exceed(?:s|ing)?"
    r"|state-of-the-art|sota|improv(?:es?|ing|ements?)|reduc(?:es?|ing|tion)|yields?|obtains?|gains?|speed-?ups?|faster"
    r"|accelerat(?:es?|ing)|competitive|superior)\b"
)
_MEASURED = re.compile(
    r"\d\s?(?:\\?%|×|x\b|\\?times\b|pp\b|points?\b|fps\b|ms\b)|(?<![\w.-])\d+\.\d|\b(?:of|to|by|from) \d"
)
_BUILDS = re.compile(
    rf"{_WE}(?:also |further |additionally )?"
    r"(?:propose|introduce|present|develop|design|devise|construct|build|create|release)\b"
)
_WORKS = re.compile(
    r"\b(?:consists? of|comprises?|includes?|incorporat(?:es?|ing)|adopts?|employs?|leverag(?:es?|ing)|specifically"
    r"|combin(?:es?|ing)|integrat(?:es?|ing)|by \w+ing|at its core|(?:key|core) (?:idea|insight|innovation)s?)\b"
)
_OUTLOOK = re.compile(
    r"\b(?:hope|future|pav(?:es?|ing) the way|inform|shed(?:s|ding)? light|insights? (?:for|into)|step towards?)\b"
)
_THINGS = (
    r"(?:code|codebase|implementation|models?|weights|checkpoints?|datasets?|data|benchmark|corpus|demo|toolkit|library"
    r"|page|project|website|homepage|resources?|artifacts|materials|suite|framework|github|videos)"
)
_RELEASES = re.compile(
    rf"\b{_THINGS}\b.{{0,90}}?\b(?:is|are|be|been|at) (?:\w+ ){{0,3}}(?:available|released|open-?sourced|open-source"
    r"|accessible|found|https?:)"
    rf"|{_WE}(?:will )?(?:also )?(?:\w+ly )?(?:release|open-?source|publish|make)\b.{{0,120}}?\b{_THINGS}\b"
    rf"|\b{_THINGS}:? \(?https?://|\breleasing\b.{{0,80}}?\b{_THINGS}\b"
)
_MORE_THAN_CODE = re.compile(r"\b(?:models?|weights|checkpoints?|datasets?|data|benchmark|corpus|demo)\b")
_OF_OTHERS = re.compile(r"\b(?:few|no|not|lack|limited|scarce)\b")

SHORTEST_TELLING = 50
"""Characters. What is shorter and holds no number hardly tells: `Our approach makes two contributions.`"""


class Surety(IntEnum):
    """How surely a sentence states the contribution, the surest first."""

    NAMED = 0
    ANNOUNCED = 1
    STUDIED = 2
    ADDED = 3
    OWN = 4
    UNMARKED = 5
    BACKGROUND = 6


def surety(sentence: str, name: str) -> Surety:
    """How surely a sentence states the contribution of a paper whose title gives its work this name (empty: none)."""
    named = re.compile(rf"(?<!\w){re.escape(name)}s?(?!\w)") if name else _NOTHING
    announced = _ANNOUNCES.search(sentence)
    cue = announced or _STUDIES.search(sentence)
    if not cue or _OTHERS.search(cue.group()):
        return _surety_without_cue(sentence, named)
    surest = Surety.ANNOUNCED if announced else Surety.STUDIED
    if named.search(sentence, cue.start()):
        return Surety(surest - 1)
    return Surety.ADDED if _FURTHER.match(sentence) else surest


def _surety_without_cue(sentence: str, named: re.Pattern[str]) -> Surety:
    opening = named.match(sentence)
    if (opening and _IS.match(sentence, opening.end())) or (named.search(sentence) and _PROPOSED.search(sentence)):
        return Surety.ANNOUNCED
    if _OWN.search(sentence):
        return Surety.OWN
    return Surety.BACKGROUND if _BACKGROUND.search(sentence) else Surety.UNMARKED


class Part(NamedTuple):
    """The part that a sentence plays, and how much it tells (0: nothing that a key point is for)."""

    role: Role
    weight: int


def part(sentence: str, *, before_contribution: bool) -> Part:
    """The part that a sentence plays and how much it tells. Before the contribution, others' work is told."""
    own = _OWN.search(sentence)
    if before_contribution and not own:
        return Part("problem", 1) if _BACKGROUND.search(sentence) else Part("context", 0)
    if releases(sentence):
        return Part("resource", 4 if _MORE_THAN_CODE.search(sentence) else 2)
    gains = _GAINS.search(sentence)
    measured = gains and _MEASURED.search(sentence)
    if not measured and (_OUTLOOK.search(sentence) or len(sentence) < SHORTEST_TELLING):
        return Part("context", 1)
    if measured or _EXPERIMENTS.search(sentence) or (gains and not own):
        return Part("result", 6 if measured else 5)
    if _BUILDS.search(sentence):
        return Part("method", 4)
    return Part("method", 3 if own or _WORKS.search(sentence) else 2)


def releases(sentence: str) -> bool:
    """Whether a sentence says that something of the paper's is there to take."""
    return bool(_RELEASES.search(sentence)) and not _OF_OTHERS.search(sentence)
