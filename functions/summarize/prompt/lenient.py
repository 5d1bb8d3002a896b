"""Reads what models put where the form asks for a text, a statement, a list or the numbers of sentences."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from functions.summarize.prompt.filled_form import unpack

MAX_CITED = 40
"""Sentences of the longest abstract: `1-3` names three of them, `1-300` none."""

_RANGE = re.compile(r"(\d+)\s*[-–~]\s*(\d+)")
_NUMBERS_ONLY = re.compile(r"(?:[\s\[\](){},.;:\-–~#\d]|and|sentences?|source|s(?=\d))*", re.IGNORECASE)
NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Control characters, and halves of a character of which a cut-off escape sequence left one."""


def read_text(value: Any) -> Any:
    """A text on one line, from a text, a number, an object with one, or a list of them."""
    match value:
        case str():
            return " ".join(NOT_TEXT.sub(" ", value).split())
        case bool() | None:
            return ""
        case int() | float():
            return str(value)
        case list() | tuple():
            return " ".join(filter(None, map(read_text, value)))
        case Mapping():
            return read_text(value.get("text") or value.get("name") or value.get("value"))
    return value


def read_statement(value: Any) -> Any:
    """One statement, from a text, an object, or a list of them."""
    value = unpack(value) if isinstance(value, str) else value
    if isinstance(value, list):
        parts = [part for part in map(read_statement, value) if isinstance(part, Mapping)]
        cited = [part.get("sources") or part.get("source") for part in parts]
        return {"text": [part.get("text") for part in parts], "sources": cited}
    return value if isinstance(value, Mapping) else {"text": value}


def read_items(value: Any) -> list[Any]:
    """A list, from JSON text, from one item, from an object with an item a key, or from lines."""
    value = unpack(value) if isinstance(value, str) else value
    match value:
        case str():
            return [line for line in map(_bare, value.splitlines()) if line]
        case Mapping() if not any(name in value for name in ("text", "value", "measures")):
            return list(value.values())
        case Mapping():
            return [value]
        case list() | tuple():
            return [item for item in value if item not in (None, "", {}, [])]
    return []


def _bare(line: str) -> str:
    """A line without the mark of a list."""
    return re.sub(r"^\s*(?:[-*•]|\d+[.)])\s+", "", line).strip()


def read_tags(value: Any) -> Any:
    """A list of topics, from one or from a text with commas."""
    value = unpack(value) if isinstance(value, str) else value
    return list(re.split(r"[,;\n]", value)) if isinstance(value, str) else read_items(value)


def read_cited(value: Any) -> Any:
    """The numbers of sentences in `1`, `"1, 2"`, `[1.0]`, `"[1]"`, `"1-3"`, `[{"sentence": 1}]`; else the words."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return tuple(name for part in value for name in read_cited(part))
    if value is None or isinstance(value, bool):
        return ()
    text = " ".join(str(value).split())
    return tuple(_numbers(text)) if _NUMBERS_ONLY.fullmatch(text) else (text,)


def _numbers(text: str) -> Iterable[str]:
    for first, last in _RANGE.findall(text):
        yield from (str(number) for number in range(int(first), min(int(last), int(first) + MAX_CITED) + 1))
    yield from (number.partition(".")[0] for number in re.findall(r"\d+(?:\.0\b)?", _RANGE.sub(" ", text)))
