"""Reads an answer of chat completions, wherever the server puts the model's text."""

import json
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from functions.summarize.errors import GuardrailError, LostAnswerError, OtherInterfaceError, RefusedError
from functions.summarize.llm import Content, Reply, read_usage
from functions.summarize.llm.meaning import MAX_QUOTED
from functions.summarize.prompt.prompt import Prompt

CUT_OFF = ("length", "max_tokens", "max_output_tokens", "model_length", "token_limit", "model_context_window_exceeded")
FILTERED = ("content_filter", "safety", "sensitive", "prohibited_content", "recitation", "blocklist", "guardrail")
BROKEN = ("error", "network_error", "server_error", "insufficient_system_resource", "abort", "aborted", "cancelled")
"""Finish reasons, beside OpenAI's own those of Mistral, Gemini, GLM, DeepSeek, vLLM, SGLang and OpenRouter."""
_THOUGHTS = ("reasoning_content", "reasoning", "reasoning_text", "thinking", "reasoning_details")
_THOUGHT_CHUNKS = ("thinking", "reasoning", "redacted_thinking")


def read(body: Mapping[str, Any], prompt: Prompt, settings: str) -> Reply:
    """The reply. Raises what a finish reason or a refusal means, with the tokens that were paid."""
    choices = body.get("choices")
    if not isinstance(choices, list):
        raise OtherInterfaceError(f"The server does not answer as chat completions do. {settings}")
    choice = next((each for each in choices if isinstance(each, Mapping)), {})
    message = next((each for each in map(choice.get, ("message", "delta")) if isinstance(each, Mapping)), {})
    places = (message.get("content"), choice.get("text"), message.get("parsed"))
    spoken = [content for content in (*_called(message), *chain.from_iterable(map(_contents, places))) if content]
    thoughts = [" ".join(leaves(message.get(name))) for name in _THOUGHTS]
    thoughts.append(" ".join(leaves(_chunks(message.get("content"), thoughts=True))))
    contents = tuple(content for content in (*spoken, *thoughts) if content)
    usage = read_usage(body.get("usage"), prompt, map(written, contents))
    text = "\n".join(map(written, spoken))
    stop = str(choice.get("finish_reason") or "").lower()
    if stop in BROKEN or choice.get("error"):
        about = " ".join(leaves(choice.get("error"))) or stop
        raise LostAnswerError(f"the answer broke off: {about[:MAX_QUOTED]}", usage=usage)
    if stop.partition(":")[0] in FILTERED:
        raise GuardrailError("the service filtered the answer", usage=usage)
    refusal = message.get("refusal")
    if stop == "refusal" or (refusal and isinstance(refusal, str) and not text):
        raise RefusedError("the model refused", usage=usage)
    return Reply(contents=contents, text=text, usage=usage, is_cut_off=stop in CUT_OFF)


def written(content: Content) -> str:
    """What a model spoken, as text."""
    return content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)


def leaves(value: Any) -> Iterator[str]:
    """Every text and number in a JSON value, in its order."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from leaves(part)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def _called(message: Mapping[str, Any]) -> Iterator[Content]:
    """The arguments of the tools that the model called, in the current form or in the one before it."""
    calls = message.get("tool_calls")
    found = [call.get("function") for call in calls if isinstance(call, Mapping)] if isinstance(calls, list) else []
    for function in (*found, message.get("function_call")):
        if isinstance(function, Mapping) and isinstance(function.get("arguments"), str | Mapping):
            yield function["arguments"]


def _contents(content: Any) -> Iterator[Content]:
    """A text, the texts of a list of chunks as one, or an object that the server has parsed already."""
    if isinstance(content, str | Mapping):
        yield content
    elif isinstance(content, list):
        yield "".join(map(_text, _chunks(content, thoughts=False)))


def _chunks(content: Any, *, thoughts: bool) -> list[Any]:
    if not isinstance(content, list):
        return []
    kinds = (chunk.get("type") if isinstance(chunk, Mapping) else "text" for chunk in content)
    return [chunk for chunk, kind in zip(content, kinds, strict=True) if (kind in _THOUGHT_CHUNKS) is thoughts]


def _text(chunk: Any) -> str:
    if not isinstance(chunk, Mapping):
        return chunk if isinstance(chunk, str) else ""
    found = next((chunk[name] for name in ("text", "content", "output_text", "json") if chunk.get(name)), "")
    found = found.get("value", found) if isinstance(found, Mapping) else found
    return found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)


def join_events(text: str) -> Any:
    """The answer that a stream of events holds, for a server that streams unasked; None where the text is no stream."""
    lines = (line.partition("data:")[2].strip() for line in text.splitlines() if line.startswith("data:"))
    try:
        events = [json.loads(line, strict=False) for line in lines if line and line != "[DONE]"]
        choices = [event["choices"][0] for event in events if event.get("choices")]
        deltas = [choice.get("delta") or choice.get("message") or {} for choice in choices]
    except (ValueError, TypeError, AttributeError, LookupError):
        return None
    if not events:
        return None
    message = {
        name: "".join(delta.get(name) or "" for delta in deltas if isinstance(delta.get(name), str | None))
        for name in ("content", *_THOUGHTS[:2])
    }
    stops = [choice["finish_reason"] for choice in choices if choice.get("finish_reason")]
    whole = {name: value for event in events for name, value in event.items() if value}
    return {**whole, "choices": [{"message": message, "finish_reason": stops[-1] if stops else ""}]}
