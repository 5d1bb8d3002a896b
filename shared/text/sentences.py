"""The sentences of an abstract, verbatim."""

import re
from collections.abc import Sequence
from functools import lru_cache

from shared.text.lazy_regex import lazy_regex

OPENERS = "\"'“‘`([{*"
CLOSERS = "\"'”’`)]}*"

# A full stop may have lost its blank: `a new dataset.Our framework`.
_WORD = lazy_regex(r"\S+?(?<=[a-z]{3}\.)(?=(?:Compared|Extensive|First,|From|However,|In|On|Our|The|This|To|We)\s)|\S+")
_NEVER_LAST = lazy_regex(
    r"e\.g\.|i\.e\.|a\.k\.a\.|w\.r\.t\.|(?:cf|vs|viz|figs?|eqs?|secs?|tab|refs?|dr|mrs?|ms|prof|approx|resp)\.",
    re.IGNORECASE,
)
_SELDOM_LAST = lazy_regex(r"(?:al|etc|inc|no|(?:[a-z]\.)*[a-z]|\d\d?)\.", re.IGNORECASE)
_SURELY_FIRST = lazy_regex(
    r"An?|As|By|Code|Experiments|Extensive|For|However|In|It|Moreover|On|Our|The|These|They|This|Thus|To|We|With"
)
_ITEM = lazy_regex(r"\(?(?:\d\d?|[a-h]|[ivx]{1,4})\)")
_LOWER_CASE_WORD = lazy_regex(r"[a-z][^A-Z0-9]*")


@lru_cache(maxsize=256)
def sentences(text: str) -> tuple[str, ...]:
    """Splits where sentences end. Each is a piece of the text as it stands, without the white space around it."""
    words = list(_WORD.finditer(text))
    spelled = [word.group() for word in words]
    last = [place for place in range(len(words)) if _ends(spelled, place)]
    first = [0, *(place + 1 for place in last)]
    return tuple(text[words[a].start() : words[b].end()] for a, b in zip(first, last, strict=False))


def _ends(words: Sequence[str], place: int) -> bool:
    if place == len(words) - 1:
        return True
    word = words[place].rstrip(CLOSERS).lstrip(OPENERS)
    following = words[place + 1]
    if _ITEM.fullmatch(following) and place + 2 < len(words):
        following = words[place + 2]
    following = following.lstrip(OPENERS).rstrip(",:")
    if not word.endswith((".", "!", "?")) or _NEVER_LAST.fullmatch(word) or _LOWER_CASE_WORD.fullmatch(following):
        return False
    if _SELDOM_LAST.fullmatch(word):
        return bool(_SURELY_FIRST.fullmatch(following)) and not (place and words[place - 1].endswith(":"))
    return True
