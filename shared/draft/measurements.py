"""The numbers of a sentence that says, beyond doubt, what they measure."""

from collections.abc import Iterator

from shared.model.analysis import Number
from shared.text.lazy_regex import lazy_regex

LOOKBACK = 20
"""Characters before a number in which another one shows that it stands in a list."""

_DIGITS = r"(?<![\w.%-])[+-]?\d+(?:,\d{3})*(?:\.\d+)?"
_UNIT = r"(?:\s?\\?%|\s?\\times\b|\s?×|x\b|\s?times\b)"
_WORD = (
    r"(?!(?:a|across|after|against|an|and|are|as|at|before|but|by|compared|for|from|in|is|of|on|or|over|relative|than|that"
    r"|the|through|throughout|to|under|using|versus|via|vs|when|where|which|while|with|within|without)\b)[A-Za-z][\w@-]*"
)
_WORDS = rf"{_WORD}(?: {_WORD}){{0,3}}"
_NAME = r"[A-Z](?:[\w.+-]{0,40}\w)?"
_NAMES = rf"{_NAME}(?: {_NAME}){{0,2}}"
# 16.2x attention speedup; 90% reduction in unsafe answers
_AMOUNT = lazy_regex(rf"(?P<value>{_DIGITS}{_UNIT}) (?P<measures>{_WORDS}(?: in {_WORDS})?)")
# FID of 1.4; an accuracy of 92.3%
_SCORE = lazy_regex(
    r"\b(?P<measures>[a-z]?[A-Z][A-Z\d@][\w@-]*|accuracy|precision|recall|perplexity|latency) of "
    rf"(?P<value>{_DIGITS}{_UNIT}?)"
)
# 56.5 on OSWorld, 71% on MATH; but in `by 86% on A and 75% on B` both are changes
_PLACE = lazy_regex(
    rf"(?P<value>{_DIGITS}(?:{_UNIT}|(?<=\.\d)|(?<=\.\d\d))) on (?P<measures>{_NAMES})(?![.+-]*\w| and [A-Z])"
)
_CHANGE = lazy_regex(r"\bby (?:[a-z]+ ){0,2}[+-]?\d")
# 3% and 4% on A and B
_LISTED = lazy_regex(r"(?:^|\s)[+-]?\d\S*(?:,| and|, and|/| /) $")
# 12% improvement: of what?
_VAGUE = lazy_regex(
    r"(?:(?:absolute|relative|average|overall|significant|performance|up|higher|lower|larger|better|faster|fewer|less|more"
    r"|score|gains?|increase|decrease|improve?ments?|reduction|boost|relatively|achieved|average)\b ?)+"
)
_DISTRIBUTED = lazy_regex(r"\brespectively\b")


def measurements(sentence: str) -> Iterator[Number]:
    """The numbers whose meaning is beyond doubt, as the sentence writes them; what is listed or distributed is not."""
    line = " ".join(sentence.split())
    if _DISTRIBUTED.search(line):
        return
    for pattern in (_AMOUNT, _SCORE) if _CHANGE.search(line) else (_AMOUNT, _SCORE, _PLACE):
        for match in pattern.finditer(line):
            start = match.start("value")
            listed = _LISTED.search(line[max(start - LOOKBACK, 0) : start])
            if not listed and not _VAGUE.fullmatch(match["measures"]):
                yield Number(value=match["value"], measures=match["measures"], source=sentence)
