"""The form that a model fills in, as a JSON schema.

Sentences are cited by their number in the prompt: that costs a token where a copy costs forty, and cannot be misquoted.
"""

from collections.abc import Mapping
from typing import Any, get_args

from functions.summarize.answer import StatedFact
from shared.model.analysis import Role

ROLES: tuple[str, ...] = get_args(Role)
KINDS: tuple[str, ...] = get_args(StatedFact.model_fields["kind"].annotation)


def form(*, full: bool) -> Mapping[str, Any]:
    """The JSON schema: every field is required, an empty list where nothing fits."""
    text, number = {"type": "string"}, {"type": "integer"}
    cited = {"text": text, "sources": _list(number)}
    fields: dict[str, Any] = {
        "one_line": _object(cited),
        "key_points": _list(_object({"role": {"type": "string", "enum": list(ROLES)}, **cited})),
        "tags": _list(text),
    }
    if full:
        fields |= {
            "developer_view": _object(cited),
            "practice_ideas": _list(_object(cited)),
            "risks": _list(_object(cited)),
            "detail": _object(cited),
            "numbers": _list(_object({"value": text, "measures": text, "source": number})),
            "stated": _list(_object({"kind": {"type": "string", "enum": list(KINDS)}, "text": text, "source": number})),
        }
    return _object(fields)


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": dict(properties), "required": list(properties)}


def _list(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": dict(items)}
