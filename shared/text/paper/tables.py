"""Paragraphs of a section, captions and the rows of tables among them.

A third of all tables come without their rows. Those that have some have no separators: whether a number is there can
be seen, its column cannot.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from shared.text.lazy_regex import lazy_regex

NO_TABLE = "[the table is not in the text]"
MAX_ROWS_CHARS = 1_500
MIN_ROW_NUMBERS = 4

CAPTION = lazy_regex(r"(?:Table|Tab\.)\s?(?:[A-Z]\.?)?\d{0,3}\s?[:.|]", re.IGNORECASE)
FIGURE = lazy_regex(r"(?:Figure|Fig\.?|Algorithm|Listing)\s?(?:[A-Z]\.?)?\d{0,3}\s?[:.|]", re.IGNORECASE)
_NUMBER = lazy_regex(r"\d+(?:\.\d+)?")
_WORD = lazy_regex(r"[A-Za-z]{2,}")
_PROSE = lazy_regex(r"\b(?:the|that|which|we|our|is|are|of|to|with|for|and|in|from|by)\b")
_TEX = lazy_regex(r"\\[a-z]+|[_^{}]")


def paragraphs(blocks: Iterable[Sequence[str]]) -> Iterator[str]:
    """The paragraphs as one line each. A caption is followed by its rows, or by the note that they are missing."""
    found = [(" ".join(block), _is_rows(block)) for block in blocks]
    taken: set[int] = set()
    for place, (text, is_rows) in enumerate(found):
        if CAPTION.match(text) and not is_rows:
            rows = next((near for near in (place + 1, place - 1) if _has_rows(found, near, taken)), None)
            taken |= {rows} if rows is not None else set()
            yield f"{text} {found[rows][0][:MAX_ROWS_CHARS] if rows is not None else NO_TABLE}"
        elif CAPTION.match(text):
            yield text[: 2 * MAX_ROWS_CHARS]
        elif not is_rows and not _is_formula(text):
            yield text


def _has_rows(found: Sequence[tuple[str, bool]], place: int, taken: set[int]) -> bool:
    return 0 <= place < len(found) and place not in taken and found[place][1] and not CAPTION.match(found[place][0])


def _is_rows(block: Sequence[str]) -> bool:
    """Whether lines are the cells of a table: marked as such, or mostly numbers and hardly prose."""
    text = " ".join(block)
    if FIGURE.match(text) or text.startswith("- "):
        return False
    if text.startswith("|") or "\t" in text:
        return True
    body = text.partition(". ")[2] if CAPTION.match(text) else text
    numbers, words = len(_NUMBER.findall(body)), len(_WORD.findall(body))
    return numbers >= MIN_ROW_NUMBERS and numbers >= 0.3 * words and len(_PROSE.findall(body)) < 0.12 * max(words, 8)


def _is_formula(text: str) -> bool:
    """Whether a paragraph is a formula of its own, or a crumb."""
    return len(text) < 15 or len(_TEX.findall(text)) > len(text) / 12
