"""What a sentence of an abstract says that its authors do, in points: announce, build, study, find or claim."""

from collections.abc import Iterator, Mapping

from shared.text.lazy_regex import lazy_regex

ANNOUNCED = 12
BUILT = 9
STUDIED = 8
FOUND = 6
OTHER = 5
"""A verb that none of the lists holds."""
CLAIMED = 3

_VERBS: Mapping[int, str] = {
    ANNOUNCED: "propose introduce present unveil describe announce detail report",
    BUILT: "develop design devise build construct create release train formulate curate collect establish derive",
    STUDIED: "study extend investigate explore examine analyze analyse revisit rethink survey review ask evaluate"
    " compare reframe recast enhance advance address tackle bridge benchmark characterize formalize improve",
    FOUND: "show demonstrate find prove discover reveal provide offer achieve conduct measure test",
    CLAIMED: "argue identify manipulate observe hypothesize posit note define assume aim seek notice start begin"
    " leverage adopt use apply employ focus take consider highlight claim conjecture suggest motivate validate",
    0: "have had are were can could may might must need should want will would do live know see often hope call term"
    " dub name refer believe",
}
_PAPER = r"(?:paper|work|study|report|survey|article|review|thesis|tutorial|letter|project|dissertation|manuscript)"
_ADVERB = r"(?:(?:\w+ly|hereby|hence|then|thus|first|instead|next|now|also|further|here|therefore|not only) ){0,2}"
_BEFORE_NO_ACT = "can do should could would must when as how what that which"
_NO_ACT = "".join(rf"(?<!{word} )" for word in _BEFORE_NO_ACT.split())
_WE = rf"{_NO_ACT}\b(?:we|i) "
_AND_ANNOUNCES = r"(?:,| and| to) (?:then |thus |thereby )?(?P<second>propose|introduce|present)s?\b"
_ACT = lazy_regex(
    rf"(?:{_WE}|\b(?:this|our|the)\b(?: [\w-]+){{0,6}}? {_PAPER} ){_ADVERB}(?P<verb>[a-z-]+)"
    rf"(?:[^.;:]{{0,150}}?{_AND_ANNOUNCES})?"
)
_OF_OTHERS = lazy_regex(r"\b(?:previous|prior|recent|existing|earlier|original|other|concurrent)\b")
_OTHER_WORDINGS = lazy_regex(
    r"\bwe (?:conduct|perform|report|run) (?:an?|the) (?:[\w-]+ ){0,4}"
    r"(?:study|analysis|survey|investigation|review|audit)\b"
    r"|\bhere (?:is|are)\b|^our (?:[\w-]+ )?(?:novel|new|proposed)\b|\bin this \w+,.{0,80}\b(?:is|are)\b"
)
_FINDING = lazy_regex(
    r"\b(?:experiments?|experimental|results?|evaluations?|findings?|analys[ie]s|ablations?|interviews?|studies)\b"
    r".{0,120}?\b(?:shows?|demonstrates?|reveal(?:s|ed)?|indicates?|suggests?|confirms?|highlights?|validates?|verify)\b"
)
THIS_PAPER = lazy_regex(rf"(?:in )?this (?:\w+ ){{0,2}}{_PAPER}\b")


def _forms(verb: str) -> tuple[str, ...]:
    stem = verb.removesuffix("y") + "ie" if verb.endswith("y") else verb
    return verb, f"{stem}s", f"{verb}es", f"{verb}d", f"{verb}ed", f"{stem}d"


_POINTS = {form: points for points, verbs in _VERBS.items() for verb in verbs.split() for form in _forms(verb)}


def find_act(sentence: str) -> tuple[int, int]:
    """The points of what a sentence, in lower case, says that its authors do, or 0, and where it begins."""
    points, start = max(_acts(sentence), default=(0, 0))
    if is_finding(sentence):
        points, start = max(points if points >= ANNOUNCED else 0, FOUND), 0
    if _OTHER_WORDINGS.search(sentence) and not _OF_OTHERS.search(sentence):
        points = max(points, BUILT)
    return points, start


def is_finding(sentence: str) -> bool:
    """Whether it is experiments or results that say something."""
    return bool(_FINDING.search(sentence))


def _acts(sentence: str) -> Iterator[tuple[int, int]]:
    for match in _ACT.finditer(sentence):
        if not _OF_OTHERS.search(match.group()):
            also_announces = match["second"] and match["verb"] != "find"
            yield max(_POINTS.get(match["verb"], OTHER), ANNOUNCED if also_announces else 0), match.start()
