"""Cuts the beginning of a sentence that hangs on the sentence before it: `To this end, we` becomes `… We`."""

import re

from shared.text.lazy_regex import lazy_regex

MARK = "…"
"""Stands where words of the paper are left out."""

_ADVERBS = (
    "however then thus therefore hence consequently accordingly furthermore moreover additionally besides finally"
    " lastly importantly notably specifically concretely particularly instead first firstly second secondly third"
    " thirdly next here herein now meanwhile overall together subsequently yet but so and also"
)
_CONNECTIVES = (
    rf"(?:{_ADVERBS.replace(' ', '|')}|to (?:this|that) end|for (?:this|that) (?:purpose|reason)|in other words"
    r"|in (?:this|our|the present) (?:\w+ )?(?:paper|work|study|report|survey|article|review|project|letter)"
    r"|in (?:response|addition|contrast|turn|particular|summary|short|light of th(?:is|ese|ose) [\w ]{1,40})"
    r"|as a (?:result|first step|remedy|solution)|for (?:example|instance)|on the other hand)"
)
_CONNECTIVE = lazy_regex(rf"(?:{_CONNECTIVES},?|\(?(?:\d|[ivx]{{1,3}}|[a-e])\)) (?=\S)", re.IGNORECASE)
_SUBJECT = (
    r"(?:we|i|this (?:\w+ )?(?:paper|work|study|report|survey|article|review)|our (?:paper|work|study|approach|method))"
)
_BEGINS = lazy_regex(rf"{_SUBJECT} ", re.IGNORECASE)
"""A connective without a comma may stand before a new subject: `Here we show`."""
_LEAD = lazy_regex(rf"(?P<lead>[^;:?!]{{1,240}}?), (?:and )?(?={_SUBJECT} )", re.IGNORECASE)
_POINTS_BACK = lazy_regex(
    r"\b(?:this|these|those|that|such|both|above|aforementioned|it|them|its|their|which)\b"
    r"|\bthe (?:[\w-]+ ){0,3}(?:issues?|problems?|challenges?|limitations?|gaps?|bottlenecks?|shortcomings?|drawbacks?"
    r"|insights?|observations?|findings?|analys[ie]s|needs?|questions?|trade-?offs?|difficult(?:y|ies)|dilemma)$",
    re.IGNORECASE,
)
_ITEMS = lazy_regex(r"[^.]{0,160}?[:;,] \(?(?:1|i|a)\) ?(?=we |an? |the )", re.IGNORECASE)
_NEXT_ITEM = lazy_regex(r"[,;.]? (?:and )?\(?(?:2|ii|b)\) ")


def cut_opening(sentence: str) -> str:
    """The sentence, on one line, without what only makes sense behind the sentence before it.

    A mark stands for each cut. A purpose that names its subject (`To speed up attention, we`) stays.
    """
    line = " ".join(sentence.split())
    rest = _first_item(line)
    while (connective := _CONNECTIVE.match(rest)) and (
        rest[connective.end() - 2] in ",)" or _BEGINS.match(rest, connective.end())
    ):
        rest = rest[connective.end() :]
    lead = _LEAD.match(rest)
    if lead and (_POINTS_BACK.search(lead["lead"]) or (rest != line and line.lower().startswith("however"))):
        rest = rest[lead.end() :]
    if line.startswith(rest):
        return rest
    start = f"{MARK} " if not line.startswith(rest[:20]) else ""
    return f"{start}{rest[0].upper()}{rest[1:]}"


def _first_item(line: str) -> str:
    """The first item of `This work makes three contributions: (1) We propose …; (2) …`."""
    opening = _ITEMS.match(line)
    if not opening or not line[opening.end() :].lower().startswith("we "):
        return line
    rest = line[opening.end() :]
    following = _NEXT_ITEM.search(rest)
    return f"{rest[: following.start()]} {MARK}" if following else rest
