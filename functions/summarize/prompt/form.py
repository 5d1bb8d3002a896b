"""The form that a model fills in, as a JSON schema, from the declared fields of an answer.

Sentences are cited by their number in the prompt: that costs a token where a copy costs forty, and cannot be misquoted.
"""

from collections.abc import Mapping
from functools import cache
from types import UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

from functions.summarize.answer import Answer
from shared.model.analysis import TextRead
from shared.model.frozen import Frozen
from shared.model.manifest import Plan
from shared.model.texts import declarations

SHORT = ("one_line", "key_points", "tags")
"""The fields of the short plan."""
_OPTIONAL = (Union, UnionType)
_TEXT, _NUMBER = {"type": "string"}, {"type": "integer"}


class Shape(NamedTuple):
    """What a field of the form holds."""

    item: type[Frozen] | None
    """None: a text."""
    is_list: bool


@cache
def shapes() -> Mapping[str, Shape]:
    """The fields of the form."""
    return {name: _shape(info.annotation) for name, info in Answer.model_fields.items()}


def options(annotation: Any) -> tuple[str, ...]:
    """The words that a field may hold; empty where it may hold any."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return options(get_args(annotation)[0]) if get_origin(annotation) in _OPTIONAL else ()


def fields(plan: Plan) -> tuple[str, ...]:
    """The names of the fields that are asked for."""
    if plan == "short":
        return SHORT
    text: TextRead = "text" if plan == "text" else "abstract"
    return tuple(name for name, each in declarations(Answer).items() if each.asked_of in {None, text})


def form(plan: Plan) -> Mapping[str, Any]:
    """The JSON schema: every field is required, an empty list where nothing fits."""
    asked = {name: shapes()[name] for name in fields(plan)}
    parts = {name: _schema_of(shape.item) for name, shape in asked.items()}
    return _object({name: _list(part) if asked[name].is_list else part for name, part in parts.items()})


def _shape(annotation: Any) -> Shape:
    if get_origin(annotation) is tuple:
        return _shape(get_args(annotation)[0])._replace(is_list=True)
    if get_origin(annotation) in _OPTIONAL:
        return _shape(get_args(annotation)[0])
    return Shape(annotation if issubclass(annotation, Frozen) else None, is_list=False)


def _schema_of(item: type[Frozen] | None) -> Mapping[str, Any]:
    """The schema of an item. What is chosen from a list comes first: a model writes the text to it."""
    if item is None:
        return _TEXT
    chosen = {name: options(info.annotation) for name, info in item.model_fields.items()}
    parts = {name: {**_TEXT, "enum": list(words)} if words else _TEXT for name, words in chosen.items()}
    parts |= {name: cited for name, cited in {"sources": _list(_NUMBER), "source": _NUMBER}.items() if name in parts}
    return _object(dict(sorted(parts.items(), key=lambda part: not chosen[part[0]])))


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": dict(properties), "required": list(properties)}


def _list(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": dict(items)}
