"""What a sentence of a whole paper states: hardware, time, data, a comparison, an ablation, a limit."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal

from shared.model.place import PlacedSentence
from shared.text.lazy_regex import lazy_regex

Fact = Literal["compute", "time", "parameters", "data", "compared", "ablation", "limits", "variance", "code"]

_DEVICE = (
    r"(?:[AHV]100|H200|H20|[AH]800|B200|GB[23]00|L40S?|A6000|A40|A10G?|L4|T4|TPU|MI\d{3}X?"
    r"|RTX[ -]?(?:PRO )?\d{4}|[345]090"
    r"|Ascend|Jetson|Orin|Cerebras|GPU|CPU cores?)"
)
_UNITS = (
    r"hours|episodes|trajectories|samples|images|videos|clips|tasks|demonstrations|demos|frames|tokens"
    r"|examples|questions"
    r"|problems|instances|pairs|rollouts|scenes|objects|sentences|documents|papers|flights|subjects|participants|steps"
    r"|sequences|conversations|repositories|prompts|annotations|datasets|environments|records|hands|users|articles"
)
_COMPARING = (
    r"outperform|surpass|compared (?:to|with)|versus|vs\.?|than|baseline|over (?:the )?(?:prior|strong"
    r"|best|previous)|improv"
    r"|exceed|from \d|reduc|increas|gain|drop|fall|higher|lower|better|worse|degrad|respectively|while"
)
_OWN_LIMIT = (
    r"\blimitations?\b|\bour (?:method|work|approach|study|system|model|evaluation)\b.{0,60}\b(?:limited"
    r"|cannot|fails?|lacks?)"
    r"|\bfuture (?:work|research|directions?)\b|\bdoes not (?:yet )?(?:support|handle|cover|address|generali[sz]e)"
    r"|\b(?:remains?|is) (?:an? )?(?:open|challenging|limited|future)\b|\bfailure (?:cases?|modes?)\b"
    r"|\bfails? (?:to|when|on)\b"
    r"|\bstruggles?\b|\brestricted to\b|\bwe (?:only|do not|did not)\b"
    r"|\bnot (?:yet )?(?:been )?(?:evaluated|tested|explored)\b"
)
_PATTERNS: Mapping[Fact, re.Pattern[str]] = {
    "compute": lazy_regex(rf"\b\d+\s?(?:×|x)?\s?(?:[\w-]+ ){{0,3}}{_DEVICE}s?\b|\b{_DEVICE}(?:s|-\w+| \d+ ?GB)*\b"),
    "time": lazy_regex(
        r"\b(?:GPU|TPU)[- ](?:hours|days)\b|\b(?:train|tun|tak|run|pretrain|optimi[sz])\w*\b.{0,80}?\b\d[\d.,]*\s?-?"
        r"(?:hours?|days?|weeks|minutes)\b|\b\d[\d.,]*\s(?:hours?|days?) (?:of training|to train|on \d)",
        re.IGNORECASE,
    ),
    "parameters": lazy_regex(
        r"\b\d+(?:\.\d+)?\s?[BM](?:[- ]?param\w*|\b)|\b\d[\d.,]* ?(?:billion|million)[- ]param|parameter count"
    ),
    "data": lazy_regex(
        rf"\b\d[\d,.]*\s?(?:K|M|k|million|billion|thousand|hundred)?\+?[ -](?:[\w-]+[ -]){{0,3}}(?:{_UNITS})\b"
    ),
    "compared": lazy_regex(r"\d\s?(?:%|points?|pp\b|×|x\b)|\b\d+\.\d+\b.*\b\d+\.\d+\b"),
    "ablation": lazy_regex(
        r"\bablat|\b(?:without|removing|w/o|replac\w+|disabling|omitting) (?:the|our|this|any)\b", re.IGNORECASE
    ),
    "limits": lazy_regex(_OWN_LIMIT, re.IGNORECASE),
    "variance": lazy_regex(
        r"\b(?:random )?seeds\b|\d random seed|standard (?:deviations?|errors?)|confidence interval|±"
        r"|\bp\s?[<=]\s?0?\.\d"
        r"|statistical(?:ly)? signific|\bvariance across\b",
        re.IGNORECASE,
    ),
    "code": lazy_regex(
        r"github\.com|huggingface\.co/|open[- ]?sourc(?:e|ed|ing) (?:our|the|all)|\b(?:code|models?"
        r"|weights|data(?:set)?)"
        r" (?:is|are|will be|and \w+ (?:is|are|will be)) (?:publicly |made )?(?:available|released|open)"
        r"|releas\w+ (?:our|the|all) (?:code|data|model|weights)",
        re.IGNORECASE,
    ),
}
_COMPARES = lazy_regex(rf"\b(?:{_COMPARING})", re.IGNORECASE)


GRADED: Mapping[Fact, str] = {"compute": "compute", "code": "code"}
"""Facts of the grades that a sentence states wherever it stands, but in related work."""
_ABLATION = lazy_regex(r"\bablat", re.IGNORECASE)
_LIMITATION = lazy_regex(r"\blimitations?\b", re.IGNORECASE)


def graded_facts(body: Iterable[PlacedSentence]) -> frozenset[str]:
    """The facts that difficulty and reliability follow from, as a whole text states them."""
    own = [each for each in body if each.place.kind != "related"]
    found = {GRADED[fact] for each in own for fact in facts_of(each.text) if fact in GRADED}
    if any(each.place.kind == "ablation" or _ABLATION.search(each.text) for each in own):
        found.add("ablation")
    if any(_LIMITATION.search(each.text) for each in own if each.place.kind in {"conclusion", "limits"}):
        found.add("limits")
    return frozenset(found | {"limits" for each in own if each.place.kind == "limits"})


@lru_cache(maxsize=8192)
def facts_of(sentence: str) -> frozenset[Fact]:
    """What the sentence states, by its words."""
    found = {fact for fact, pattern in _PATTERNS.items() if pattern.search(sentence)}
    return frozenset(found if _COMPARES.search(sentence) else found - {"compared"})
