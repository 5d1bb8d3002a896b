"""Finds the filled form in what a model wrote, and reads what stands where it asks for a text, a list or numbers.

Thoughts, fences, notes and broken JSON around the form do no harm.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from shared.text.lazy_regex import lazy_regex

MAX_CITED = 40
"""Sentences of the longest abstract: `1-3` names three of them, `1-300` none."""

_RANGE = lazy_regex(r"(\d+)\s*[-–~]\s*(\d+)")
_NUMBERS_ONLY = lazy_regex(r"(?:[\s\[\](){},.;:\-–~#\d]|and|sentences?|source|s(?=\d))*", re.IGNORECASE)
_LIST_MARK = lazy_regex(r"^\s*(?:[-*•]|\d+[.)])\s+")
NOT_TEXT = lazy_regex(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Control characters, and halves of a character of which a cut-off escape sequence left one."""
_UNESCAPED = lazy_regex(
    r"\t(?=ext\w{0,4}\{|(?:imes|heta|au|ilde)(?![a-z]))|\f(?=rac\{|orall(?![a-z]))"
    r"|\x08(?=(?:eta|ar|f|ullet|ig|oldsymbol)(?![a-z]))|\r(?=(?:ho|ightarrow|angle)(?![a-z]))"
)
"""What JSON makes of a single backslash before `text`, `frac`, `beta` or `rho`."""
ALWAYS = ("one_line", "key_points")
"""Fields that make a JSON object a filled form."""
MAX_WRAPPINGS = 4
"""`{"name": …, "arguments": "{\\"analysis\\": {…}}"}` has three."""
MAX_STARTS = 100
"""Braces of a text that are tried as the beginning of an object: thoughts hold braces too."""
MAX_REPAIRED_CHARS = 30_000
MAX_REPAIRED_BRACKETS = 300
"""A whole analysis has 100. Repairing a text of nothing but brackets takes minutes."""

_THOUGHT = lazy_regex(
    r"</(?:think|thinking|thought|thoughts|reasoning|seed:think|reflection)>|\[/THINK\]|◁/think▷|<\|end_of_thought\|>"
    r"|<\|channel\|>\s*final\b[^{\[]*?<\|message\|>|assistantfinal"
)
"""What ends the thoughts of a model whose server does not part them from its answer."""
_WORD = lazy_regex(r"[-\s]+|(?<=[a-z])(?=[A-Z])")


def read_text(value: Any) -> Any:
    """A text on one line, from a text, a number, an object with one, or a list of them."""
    match value:
        case str():
            whole = _UNESCAPED.sub(lambda found: json.dumps(found.group())[1:-1], value)
            return " ".join(NOT_TEXT.sub(" ", whole).split())
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
            return [bare for line in value.splitlines() if (bare := _LIST_MARK.sub("", line).strip())]
        case Mapping() if not any(name in value for name in ("text", "value", "measures")):
            return list(value.values())
        case Mapping():
            return [value]
        case list() | tuple():
            return [item for item in value if item not in (None, "", {}, [])]
    return []


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


def find_form(content: Mapping[str, Any] | str, *, repaired: bool) -> Mapping[str, Any] | None:
    """The filled form with its fields' names in snake case; None where there is none that can be read.

    Of several the one with the most of what every form has, then the last one: thoughts hold drafts.
    `repaired` also takes JSON that is broken.
    """
    if isinstance(content, Mapping):
        return _best(_forms(content))
    answer = content[max((found.end() for found in _THOUGHT.finditer(content)), default=0) :]
    texts = dict.fromkeys((answer, content))
    whole = (_best(form for value in _values(text) for form in _forms(value)) for text in texts)
    mended = (_best(form for value in _repaired(text) for form in _forms(value)) for text in texts if repaired)
    return next((form for form in (*whole, *mended) if form), None)


def find_any(content: Mapping[str, Any] | str) -> bool:
    """Whether there is a JSON object at all."""
    return isinstance(content, Mapping) or any(isinstance(value, Mapping) for value in _values(content))


def unpack(text: str) -> Any:
    """The JSON value that a text is; the text itself where it is none."""
    bare = text.strip()
    if not bare.startswith(("{", "[")):
        return text
    try:
        return json.loads(bare, strict=False)
    except (ValueError, RecursionError):
        return next(_repaired(bare), text)


def _best(forms: Iterator[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    found = list(forms)
    return max(reversed(found), key=lambda form: sum(name in form for name in ALWAYS), default=None)


def _forms(value: Any, wrappings: int = 0) -> Iterator[Mapping[str, Any]]:
    """The filled forms in a JSON value, in whatever it is wrapped."""
    if isinstance(value, str):
        value = unpack(value)
    if wrappings > MAX_WRAPPINGS or not isinstance(value, Mapping | list):
        return
    if isinstance(value, Mapping):
        named = {_WORD.sub("_", str(name).strip()).lower(): part for name, part in value.items()}
        if any(name in named for name in ALWAYS):
            yield named
            return
        value = list(value.values())
    for part in value:
        yield from _forms(part, wrappings + 1)


def _values(text: str) -> Iterator[Any]:
    """The JSON values of a text: the whole of it, else each object in it. Line breaks in strings are let pass."""
    try:
        yield json.loads(text, strict=False)
    except (ValueError, RecursionError):
        yield from _objects(text)


def _objects(text: str) -> Iterator[Any]:
    decoder = json.JSONDecoder(strict=False)
    end = 0
    for start in [found.start() for found in re.finditer(r"\{\s*\"", text)][:MAX_STARTS]:
        if start >= end:
            try:
                value, end = decoder.raw_decode(text, start)
            except (ValueError, RecursionError):
                continue
            yield value


def _repaired(text: str) -> Iterator[Any]:
    """What a broken JSON object was meant to be: up to its last bracket, so that no sentence is shown in half."""
    from json_repair import repair_json  # noqa: PLC0415 - rarely needed, and a tenth of a cold start

    first = text.find("{")
    named = min((place for name in ALWAYS if (place := text.rfind(name)) >= 0), default=-1)
    end = max(text.rfind("}"), text.rfind("]")) + 1
    for start in dict.fromkeys((text.rfind("{", 0, max(named, 0)), first)):
        part = text[start:end] if start >= 0 else "{" + text[max(named - 1, 0) : end]
        if len(part) <= MAX_REPAIRED_CHARS and part.count("[") + part.count("{") <= MAX_REPAIRED_BRACKETS:
            yield repair_json(part, return_objects=True)
