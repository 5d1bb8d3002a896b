"""Chooses the sentences that tell most beside the contribution, and says what part each plays."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shared.draft.availability import is_release
from shared.model.analysis import Role
from shared.text.lazy_regex import lazy_regex

MAX_KEY_POINTS = 3
MIN_CHARS = 50
"""A shorter sentence without a number says little: `Our approach makes two contributions.`"""
MIN_CHARS_WITHOUT_CUE = 60
MAX_CHARS_BEFORE_GAIN = 100
"""A gain that comes later is one of something else: `It works through X, which reduces Y`."""
ALWAYS_CHOSEN: tuple[Role, ...] = ("result", "method")

_WE = r"(?<!can )(?<!do )(?<!should )(?<!could )(?<!would )(?<!when )\b(?:we|i) "
_ADVERB = r"(?:(?:\w+ly|also|further|then|thus|first|next|additionally) ){0,2}"
_OWN = lazy_regex(r"\b(?:we|our|ours|this (?:paper|work|study|framework|approach|method|design|strategy))\b")

# Sentences that say nothing.
_ADDRESS = lazy_regex(r"https?://|\bwww\.|\bgithub\.(?:com|io)|\bhuggingface\.co\b")
_PROMISE = lazy_regex(r"\b(?:will be|will release|upon (?:acceptance|publication)|plan to|is released|are released)\b")
_PROBLEM = lazy_regex(
    r"(?:however|yet|but|despite|although|unfortunately|nevertheless|while (?:existing|current|prior|recent))\b"
    r"|.{0,80}\b(?:remains?|existing|current|prior|previous|traditional|conventional) .{0,80}"
    r"\b(?:challeng\w+|limited|lack|fails?|struggles?|suffers?|underexplored|unexplored|unclear|difficult|overlook\w*)\b"
)
_OUTLOOK = lazy_regex(
    r"\b(?:hope|future (?:work|research|directions?|stud\w+)|pav(?:es?|ing) the way|inform"
    r"|shed(?:s|ding)? (?:\w+ )?light"
    r"|insights? (?:for|into)|significance|guide|steps? towards?|new (?:perspective|avenue|direction|paradigm)s?"
    r"|underscor(?:es?|ing)|opens? (?:up )?|contribut(?:es?|ing) to|potential (?:to|of|for)|promising"
    r"|highlight(?:s|ing)? the (?:importance|potential|need|value)|advanc(?:es?|ing) the)\b"
)
_CONCLUDES = lazy_regex(
    r"(?:our|these|the|this) (?:\w+ )?(?:findings?|results?|insights?|analys[ie]s|work|study|contributions?)\b"
)
_SAYS_NOTHING = lazy_regex(
    r"(?:demonstrat|show|valid|verif|confirm|prov|highlight|reveal)\w* the (?:\w+ ){0,2}"
    r"(?:effective|superior|advantage|efficacy|benefit|potential|value|strength|robust|general)\w*"
    r"(?:[^,;:]*|(?:, (?:and )?\w+)+ of [^,;:]*)\.$"
    r"|\bwe (?:propose|introduce|present|develop|design) (?:an?|two|three|four|several) (?:[a-z-]+ ){0,2}"
    r"(?:framework|method|approach|solution|pipeline|optimization|technique|strateg|mechanism|component|module)\w*"
    r"(?: to (?:address|tackle|solve|bridge|overcome|mitigate|resolve) (?:this|these|the) [^,;:]{0,40})?\.$"
)
_BACKGROUND = lazy_regex(
    r"\b(?:it is \w+ (?:to|that)|(?:has|have) (?:become|emerged|been)|remains?|faces?|challeng(?:e|es|ing)|crucial"
    r"|essential|increasingly|typically|often|requir(?:es?|ing))\b"
)

# What a result says.
_FINDS = lazy_regex(
    r"\b(?:experiments?|experimental|results?|evaluations?|findings?|analys[ie]s|ablations?|interviews?|stud(?:y|ies)) "
    r".{0,120}?\b(?:shows?|demonstrates?|reveal(?:s|ed)?|indicates?|suggests?|confirms?|highlights?|validates?|verify)\b"
    rf"|{_WE}{_ADVERB}(?:find|found|show|observe|demonstrate|prove|discover|reveal|uncover|set a new)\b"
)
_BEATS = lazy_regex(
    r"\b(?:out-?performs?|outperforming|(?<!to )surpass(?:es|ing)?|(?<!to )exceed(?:s|ing)?|superior|on par"
    r"|competitive (?:performance|results?|with|accuracy|quality)|comparable (?:to|with|performance)"
    r"|(?:sets?|establish(?:es)?|achiev(?:es?|ing)|reach(?:es)?|attains?) "
    r"(?:[\w-]+ ){0,3}(?:new|state-of-the-art|sota|the best)|leading performance"
    r"|(?:state-of-the-art|sota) (?:performance|results?|accuracy)"
    r"|consistently better|(?<!to )(?:improve\w*|gains?) .{0,60} over (?!time)|first to"
    r"|(?:significant|substantial|consistent|notable|clear) (?:\w+ )?(?:improvements?|gains?)"
    r"|(?<!to )(?:significantly|substantially|consistently) (?:improve|reduce|enhance|boost|exceed)\w*)\b"
)
_GAINS = lazy_regex(
    r"\b(?:achiev(?:es?|ed|ing)|attains?|reach(?:es|ing)|improv(?:es?|ed|ing|ements?)|reduc(?:es?|ed|ing|tion)|yields?"
    r"|enhanc(?:es?|ing)|gains?|speed-?ups?|faster|accelerat(?:es?|ing)|drops?|boost(?:s|ing)?|beats?|match(?:es)?"
    r"|scores?|accuracy|rate)\b"
)
_GAINS_SURELY = lazy_regex(r"\b(?:achieves|attains|improves|reduces|accelerates|boosts|enhances|lowers|cuts)\b")
_OUR_GAINS = lazy_regex(rf"our [\w -]{{1,60}} {_GAINS_SURELY.pattern}")
_MEASURED = lazy_regex(
    r"\d\s?(?:×|x\b|\\?times\b|pp\b|points?\b|fps\b|ms\b)|(?<![\w.-])\d+\.\d|\b(?:of|to|by|from|only) \d"
)
_MEASURED_FOR_SURE = lazy_regex(r"\d\s?(?:\\?%|fps\b)")
_COUNTED = lazy_regex(r"(?<![\w.-])\d[\d,.]*(?:k|m|b)?\+? (?!(?:and|or)\b)[a-z]")
_NAMED_COMPARISON = lazy_regex(r"\b(?:on|over|than|across|in) (?:the )?[A-Z\d][\w-]*[A-Z\d]")

# What a method says.
_BUILDS = lazy_regex(
    rf"{_WE}{_ADVERB}(?:propose|introduce|present|develop|design|devise|construct|build|create|release|formulate|curate)\b"
)
_ONLY_TESTS = lazy_regex(rf"{_WE}{_ADVERB}(?:evaluate|validate|test|benchmark|assess|conduct|perform)\b")
_WORKS = lazy_regex(
    r"\b(?:consists? of|comprises?|includes?|incorporat(?:es?|ing)|adopts?|employs?|leverag(?:es?|ing)|specifically"
    r"|combin(?:es?|ing)|integrat(?:es?|ing)|by \w+ing|at its core|(?:key|core) (?:idea|insight|innovation)s?|uses?"
    r"|introduces)\b"
)
_NAME = lazy_regex(r"\w[\w.-]*(?:[A-Z]|\d)[\w-]*")
_SUBJECT = lazy_regex(r"(?:The |This |Its |Our )?(?P<word>[\w.-]*\w)")
_UNNAMED = "It Its framework method model approach agent system pipeline architecture algorithm"
_UNNAMED_SUBJECTS = frozenset(_UNNAMED.split())


class Part(NamedTuple):
    """The role of a sentence, and how much it says."""

    role: Role | None
    """None where no cue says so."""
    weight: int


def choose_key_points(sentences: Sequence[str], contribution: int) -> Iterator[tuple[int, Role | None]]:
    """The places and roles of the sentences that tell most, a result and a method among them, in the text's order."""
    names = frozenset(_NAME.findall(sentences[contribution]))
    parts: dict[int, Part] = {}
    for place, sentence in enumerate(sentences):
        line = " ".join(sentence.split())
        if place != contribution and _tells(line, before_contribution=place < contribution):
            parts[place] = part_of(line, names)
    ranked = sorted((place for place in parts if parts[place].weight), key=lambda place: -parts[place].weight)
    best = {parts[place].role: place for place in reversed(ranked)}
    chosen = dict.fromkeys([*(best[role] for role in ALWAYS_CHOSEN if role in best), *ranked])
    for place in sorted(list(chosen)[:MAX_KEY_POINTS]):
        yield place, parts[place].role


def _tells(sentence: str, *, before_contribution: bool) -> bool:
    """False for a question, an address, a release, motivation, an outlook and what says too little."""
    lowered = sentence.lower()
    finds, own, measured = _FINDS.search(lowered), _OWN.search(lowered), _is_measured(lowered)
    if sentence.endswith("?") or _ADDRESS.search(lowered) or is_release(lowered) or _PROMISE.search(lowered):
        return False
    if before_contribution and not (own and (finds or measured or _BUILDS.search(lowered))):
        return False
    return measured or not (
        len(sentence) < MIN_CHARS
        or _OUTLOOK.search(lowered)
        or _SAYS_NOTHING.search(lowered)
        or (_CONCLUDES.match(lowered) and not finds)
        or (_PROBLEM.match(lowered) and not own)
    )


def part_of(sentence: str, names: frozenset[str]) -> Part:
    """The part of a sentence on one line, where the work has these names. It weighs nothing if no cue explains it."""
    lowered = sentence.lower()
    counted = int(bool(_COUNTED.search(lowered)))
    if _is_measured(lowered):
        return Part("result", 8)
    if _BUILDS.search(lowered):
        return Part("method", 5 + counted)
    if _ONLY_TESTS.search(lowered) and not _FINDS.search(lowered):
        return Part(None, 1 + counted)
    if _is_result(lowered):
        return Part("result", 6 + counted if counted or _NAMED_COMPARISON.search(sentence) else 5)
    if _OWN.search(lowered) or _WORKS.search(lowered) or _is_about(sentence, names):
        return Part("method", 4 + counted)
    explained = len(sentence) >= MIN_CHARS_WITHOUT_CUE and not _BACKGROUND.search(lowered)
    return Part(None, 2 + counted if explained else 0)


def _is_measured(lowered: str) -> bool:
    gains = _BEATS.search(lowered) or _GAINS.search(lowered)
    return bool(_MEASURED_FOR_SURE.search(lowered) or (gains and _MEASURED.search(lowered)))


def _is_result(lowered: str) -> bool:
    if _FINDS.search(lowered) or _BEATS.search(lowered) or _OUR_GAINS.match(lowered):
        return True
    gains = _GAINS_SURELY.search(lowered[:MAX_CHARS_BEFORE_GAIN])
    return bool(gains) and not _OWN.search(lowered) and not _WORKS.search(lowered)


def _is_about(sentence: str, names: frozenset[str]) -> bool:
    """Whether a sentence begins with the work itself, by its name or as `it`, `the framework`."""
    subject = _SUBJECT.match(sentence)
    return subject is not None and subject["word"] in names | _UNNAMED_SUBJECTS
