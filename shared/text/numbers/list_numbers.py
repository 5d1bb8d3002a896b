"""Digits that number the items of a list, or that are part of a label, and measure nothing."""

import re

from shared.text.lazy_regex import lazy_regex

MAX_LABEL = 20
"""List numbers and labels go up to here: (1), 2), Step 3."""

_LIST_NUMBER_BEFORE = lazy_regex(r"(?:^|[\s(\[,:;])[(\[]?$")
_LIST_NUMBER_AFTER = lazy_regex(r"[)\]](?!\))|\.(?=\s+\S)|:\s")
_START = lazy_regex(r"(?:^|[:;,.(] ?)$")


def is_label(text: str, start: int, end: int, value: float, label: re.Pattern[str]) -> bool:
    """Whether it numbers an item of a list, or stands behind what it names: (1), 2), 3. And, Step 4, 연구5."""
    if value > MAX_LABEL or value % 1:
        return False
    before = text[max(start - 12, 0) : start]
    if after := _LIST_NUMBER_AFTER.match(text, end):
        is_bracketed = after.group().startswith((")", "]"))
        is_inside = before[-1:] not in ("(", "[") and text.rfind("(", 0, start) > text.rfind(")", 0, start)
        if (_LIST_NUMBER_BEFORE if is_bracketed else _START).search(before) and not (is_bracketed and is_inside):
            return True
    return bool(label.search(before)) and not text[end : end + 1].isalpha()
