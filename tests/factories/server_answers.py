"""The odd ways in which servers give a good answer, by kind. Each function takes the filled form and gives a body."""

import json
from collections.abc import Callable, Mapping
from typing import Any

Form = Mapping[str, Any]
COUNTED = {"prompt_tokens": 1200, "completion_tokens": 300, "total_tokens": 1500}
CONVERSE_COUNTED = {"inputTokens": 1200, "outputTokens": 300, "totalTokens": 1500}
DRAFT = 'Let me see. {"role": "result"} could be {x}. Then {"one_line": {"text": "no'
"""Thoughts with braces, and with a form that was begun."""


def dump(form: Any) -> str:
    return json.dumps(form, ensure_ascii=False)


def chat(content: Any, usage: Any = COUNTED, finish_reason: Any = "stop", **message: Any) -> dict[str, Any]:
    """A body of chat completions."""
    said = {"role": "assistant", "content": content, **message}
    return {"object": "chat.completion", "choices": [{"message": said, "finish_reason": finish_reason}], "usage": usage}


def converse(*blocks: Any, usage: Any = CONVERSE_COUNTED, stop: str = "end_turn") -> dict[str, Any]:
    """A body of Converse."""
    return {"output": {"message": {"content": list(blocks)}}, "stopReason": stop, "usage": usage}


def tool(content: Any) -> dict[str, Any]:
    """A block of Converse that calls the tool."""
    return {"toolUse": {"toolUseId": "t1", "name": "record_analysis", "input": content}}


def thought(text: str) -> dict[str, Any]:
    """A block of Converse that holds thoughts."""
    return {"reasoningContent": {"reasoningText": {"text": text}}}


def stream(form: Form) -> str:
    """The events of a server that streams unasked."""
    text = dump(form)
    parts = [{"choices": [{"delta": {"content": text[start : start + 50]}}]} for start in range(0, len(text), 50)]
    events = [*parts, {"choices": [{"delta": {}, "finish_reason": "stop"}]}, {"choices": [], "usage": COUNTED}]
    return ": PROCESSING\n\n" + "".join(f"data: {json.dumps(event)}\n\n" for event in events) + "data: [DONE]\n\n"


def with_raw_breaks(form: Form) -> str:
    one_line = {**form["one_line"], "text": form["one_line"]["text"].replace(" ", "\n\t", 1)}
    return dump({**form, "one_line": one_line}).replace("\\n", "\n").replace("\\t", "\t")


def changed(form: Form, **fields: Callable[[Any], Any]) -> dict[str, Any]:
    return {**form, **{name: change(form[name]) for name, change in fields.items()}}


def in_statements(form: Form, change: Callable[[Any], Any]) -> dict[str, Any]:
    """The form with the sources of each statement changed."""
    return changed(
        form,
        one_line=lambda said: {**said, "sources": change(said["sources"])},
        key_points=lambda points: [{**point, "sources": change(point["sources"])} for point in points],
    )


TEXTS: Mapping[str, Callable[[Form], str]] = {
    "fenced": lambda form: f"```json\n{dump(form)}\n```",
    "fenced, with a note": lambda form: f"Here it is:\n```json\n{dump(form)}\n```\nNote: {{x}} is not stated. {{}}",
    "twice": lambda form: f"{dump(form)}\n\n{dump(form)}",
    "as a JSON string": lambda form: json.dumps(dump(form)),
    "as a JSON string in a list": lambda form: json.dumps([dump(form)]),
    "in a wrapper": lambda form: dump({"analysis": form}),
    "in two wrappers, one a text": lambda form: dump({"name": "record_analysis", "arguments": dump({"input": form})}),
    "in a list": lambda form: dump([form]),
    "thoughts": lambda form: f"<think>{DRAFT}</think>{dump(form)}",
    "thoughts without their opening": lambda form: f"{DRAFT}</think>\n\n{dump(form)}",
    "thoughts in brackets": lambda form: f"[THINK]{DRAFT}[/THINK]{dump(form)}",
    "thoughts of Kimi": lambda form: f"◁think▷{DRAFT}◁/think▷{dump(form)}",
    "thoughts of Nova": lambda form: f"<thinking>{DRAFT}</thinking>\n{dump(form)}",
    "harmony": lambda form: (
        f"<|channel|>analysis<|message|>{DRAFT}<|end|><|start|>assistant<|channel|>final<|message|>{dump(form)}<|return|>"
    ),
    "harmony, constrained": lambda form: (
        f"<|channel|>analysis<|message|>{DRAFT}<|end|><|channel|>final <|constrain|>json<|message|>{dump(form)}"
    ),
    "harmony without its marks": lambda form: f"analysis{DRAFT}assistantfinal{dump(form)}",
    "raw line breaks and tabs": with_raw_breaks,
    "trailing commas": lambda form: dump(form).replace("}]", "},]").replace("]}", "],}"),
    "comments": lambda form: dump(form).replace('"key_points"', '// the points\n"key_points"', 1),
    "single quotes": lambda form: repr(dict(form)),
    "no last brace": lambda form: dump(form)[:-1],
    "bare keys": lambda form: dump(form).replace('"one_line"', "one_line").replace('"key_points"', "key_points"),
    "curly quotes": lambda form: dump(form).replace('"one_line"', "“one_line”").replace('"text"', "“text”"),
    "NUL": lambda form: dump(form).replace(" ", "\x00", 1),
    "an escaped NUL": lambda form: dump(form).replace("방법을", "\\u0000방법을"),
    "a lone surrogate": lambda form: dump(form).replace("방법을", "방법을\\ud83d", 1),
    "a byte order mark": lambda form: f"\ufeff{dump(form)}",
    "blanks around": lambda form: f"{' ' * 500}\n{dump(form)}\n{' ' * 500}",
    "other spellings of the fields": lambda form: (
        dump(form).replace('"one_line"', '"oneLine"').replace('"key_points"', '"Key Points"')
    ),
}
"""What a model writes, as text."""

FORMS: Mapping[str, Callable[[Form], Any]] = {
    "sources a number": lambda form: in_statements(form, lambda sources: sources if sources[1:] else sources[0]),
    "sources a text": lambda form: in_statements(form, lambda sources: ", ".join(map(str, sources))),
    "sources floats": lambda form: in_statements(form, lambda sources: [float(each) for each in sources]),
    "sources texts in brackets": lambda form: in_statements(form, lambda sources: [f"[{each}]" for each in sources]),
    "sources in brackets": lambda form: in_statements(form, str),
    "sources a range": lambda form: in_statements(form, lambda sources: f"{min(sources)}-{max(sources)}"),
    "sources named": lambda form: in_statements(form, lambda sources: [f"sentence {each}" for each in sources]),
    "sources objects": lambda form: in_statements(form, lambda sources: [{"sentence": each} for each in sources]),
    "sources in lists": lambda form: in_statements(form, lambda sources: [sources]),
    "tags a text": lambda form: changed(form, tags=", ".join),
    "tags null": lambda form: changed(form, tags=lambda _: None),
    "tags objects": lambda form: changed(form, tags=lambda tags: [{"name": tag} for tag in tags]),
    "arrays as JSON text": lambda form: {
        name: dump(part) if isinstance(part, list) else part for name, part in form.items()
    },
    "arrays as broken JSON text": lambda form: changed(
        form, key_points=lambda points: dump(points).replace("}]", "},]")
    ),
    "objects as JSON text": lambda form: changed(form, one_line=dump),
    "the form as JSON text": dump,
    "texts as lists": lambda form: changed(form, one_line=lambda said: {**said, "text": said["text"].split(" ", 1)}),
    "statements as lists": lambda form: changed(form, one_line=lambda said: [said]),
    "lists as objects": lambda form: changed(
        form, key_points=lambda points: {str(place): point for place, point in enumerate(points, start=1)}
    ),
    "roles in capitals": lambda form: changed(
        form, key_points=lambda points: [{**point, "role": point["role"].upper()} for point in points]
    ),
    "one item instead of a list": lambda form: changed(form, risks=lambda risks: risks[0]),
    "an item that is none": lambda form: changed(form, numbers=lambda numbers: [*numbers, {"value": "?"}, 7, None]),
    "an empty optional field": lambda form: changed(form, detail=lambda _: {"text": "", "sources": []}),
    "fields that nobody asked for": lambda form: {**form, "confidence": 0.9, "difficulty": "high"},
}
"""How a model fills the form in. All can come as a tool's input or as text."""

CHATS: Mapping[str, Callable[[Form], Any]] = {
    "content null, reasoning_content": lambda form: chat(None, reasoning_content=dump(form)),
    "content empty, reasoning": lambda form: chat("", reasoning=dump(form)),
    "content null, reasoning_details": lambda form: chat(
        None, reasoning_details=[{"type": "reasoning.text", "text": dump(form)}]
    ),
    "chunks": lambda form: chat(
        [{"type": "thinking", "thinking": [{"type": "text", "text": DRAFT}]}, {"type": "text", "text": dump(form)}]
    ),
    "chunks of a text": lambda form: chat([{"type": "text", "text": part} for part in dump(form).partition(",")]),
    "chunks with a value": lambda form: chat([{"type": "text", "text": {"value": dump(form)}}]),
    "chunks that are texts": lambda form: chat([dump(form)]),
    "content an object": chat,
    "thoughts beside the answer": lambda form: chat(dump(form), reasoning_content=DRAFT),
    "tool call": lambda form: chat(None, tool_calls=[{"function": {"name": "analysis", "arguments": dump(form)}}]),
    "tool call with an object": lambda form: chat(None, tool_calls=[{"function": {"arguments": form}}]),
    "tool call with null arguments": lambda form: chat(dump(form), tool_calls=[{"function": {"arguments": None}}]),
    "tool call without a function": lambda form: chat(dump(form), tool_calls=[{"function": None}, None]),
    "tool calls null": lambda form: chat(dump(form), tool_calls=None, refusal=None, function_call=None),
    "function_call": lambda form: chat(None, function_call={"name": "analysis", "arguments": dump(form)}),
    "message null, text": lambda form: {
        "choices": [{"message": None, "text": dump(form), "finish_reason": "stop"}],
        "usage": COUNTED,
    },
    "a delta for a message": lambda form: {"choices": [{"delta": {"content": dump(form)}}], "usage": COUNTED},
    "a stream": stream,
    "finish_reason null": lambda form: chat(dump(form), finish_reason=None),
    "finish_reason length, and whole": lambda form: chat(dump(form), finish_reason="length"),
    "finish_reason in capitals": lambda form: chat(dump(form), finish_reason="STOP"),
    "an empty error": lambda form: {**chat(dump(form)), "error": None},
    "refusal empty": lambda form: chat(dump(form), refusal=""),
    "in a list": lambda form: [chat(dump(form))],
}
"""Where servers of chat completions put the answer."""

CONVERSES: Mapping[str, Callable[[Form], Any]] = {
    "the answer among the thoughts": lambda form: converse(
        {"reasoningContent": {"reasoningText": {"text": dump(form)}}}
    ),
    "thoughts beside the answer": lambda form: converse(
        {"reasoningContent": {"reasoningText": {"text": DRAFT}}}, {"text": dump(form)}
    ),
    "a text beside the tool": lambda form: converse({"text": f"<thinking>{DRAFT}</thinking>"}, tool(form)),
    "the tool's input as text": lambda form: converse(tool(dump(form)), stop="tool_use"),
    "the tool's input null": lambda form: converse(tool(None), {"text": dump(form)}),
    "an empty input": lambda form: converse(tool({}), {"text": dump(form)}),
    "a malformed tool use": lambda form: converse({"text": dump(form)}, stop="malformed_tool_use"),
    "max_tokens, and whole": lambda form: converse(tool(form), stop="max_tokens"),
    "stop reason null": lambda form: {**converse(tool(form)), "stopReason": None},
    "blocks that are null": lambda form: converse(None, tool(form)),
}
"""Where models of Converse put the answer."""

USAGES: Mapping[str, tuple[Any, bool]] = {
    "null": (None, True),
    "empty": ({}, True),
    "text": ("n/a", True),
    "counts null": ({"prompt_tokens": None, "completion_tokens": None}, True),
    "counts of nothing": ({"prompt_tokens": 0, "completion_tokens": 0}, True),
    "counts in words": ({"prompt_tokens": "many", "completion_tokens": True}, True),
    "partly missing": ({"prompt_tokens": 1200}, True),
    "floats": ({"prompt_tokens": 1200.0, "completion_tokens": 300.0}, False),
    "texts": ({"prompt_tokens": "1200", "completion_tokens": "300"}, False),
    "other names": ({"input_tokens": 1200, "output_tokens": 300}, False),
    "negative": ({"prompt_tokens": -1, "completion_tokens": -1}, True),
}
"""What stands for the tokens in a body of chat completions, and whether they have to be estimated."""


def of_converse(usage: Any) -> Any:
    """The same count in Converse's names."""
    names = {"prompt_tokens": "inputTokens", "completion_tokens": "outputTokens"}
    return {names.get(name, name): count for name, count in usage.items()} if isinstance(usage, dict) else usage
