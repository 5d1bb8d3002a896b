"""Every recorded exchange with a model's service, through the adapter that would have had it."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import httpx
import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.config import Config

from functions.summarize.llm import LanguageModel
from functions.summarize.llm.bedrock import BedrockModel, read_leniently
from functions.summarize.llm.openai import OpenAiModel
from functions.summarize.prompt.prompt import Prompt
from shared.store.retry import TryAgainLaterError
from tests.conftest import RECORDED

FOLDER = RECORDED / "data/llm"
PROMPT = Prompt(system="s", text="t", form={"type": "object"}, fence="0" * 16, max_tokens=10)
_NATIVE = "bedrock/pydantic-ai__bedrock__test_native_output__test_bedrock_native_output"
WRONG_MODEL = ["ConfigurationError"]
OTHER_INTERFACE = ["OtherInterfaceError"]
"""An event stream, or an answer of OpenAI's Responses, where Converse or chat completions were asked for."""

# For each exchange of a file the tokens read and written, and how the content begins; or what became of it.
OUTCOMES: dict[str, list[Any]] = {
    "bedrock/openllmetry__guardrail_converse": ["GuardrailError"],
    "bedrock/openllmetry__meta_converse": [(52, 30, "Why did the OpenTelemetry")],
    "bedrock/openllmetry__nova_converse": ["GuardrailError"],
    "bedrock/otel-botocore__test_converse_stream_handles_event_stream_error": OTHER_INTERFACE,
    "bedrock/otel-botocore__test_converse_tool_call_with_content": [
        (415, 190, {"location": "Seattle"}),
        (553, 59, "<thinking> I have received"),
    ],
    "bedrock/otel-botocore__test_converse_with_content": ["cut off"],
    "bedrock/otel-botocore__test_converse_with_invalid_model": WRONG_MODEL,
    f"{_NATIVE}_google": [(27, 34, '{\n  "city": "Paris"')],
    f"{_NATIVE}_minimax": [(40, 302, '{\n\n\n  "city": "Paris"')],
    f"{_NATIVE}_mistral": [(21, 26, '{ "city": "Paris"')],
    f"{_NATIVE}_nested_objects_without_extra_forbid": [(317, 23, '{"name":"John"')],
    f"{_NATIVE}_numerical_constraints": [(308, 23, '{"score": 85.5')],
    f"{_NATIVE}_nvidia": [(33, 30, '{\n  "city": "Paris"')],
    f"{_NATIVE}_profile_default": [(215, 22, '{"confidence": 0.5')],
    f"{_NATIVE}_qwen": [(30, 30, '{\n  "city": "Paris"')],
    f"{_NATIVE}_stream": OTHER_INTERFACE,
    f"{_NATIVE}_supported_model": [(211, 18, '{"city":"Paris"')],
    "bedrock/pydantic-ai__bedrock__test_strict_tool_calls__test_bedrock_mixed_strict_tool_run": [
        (628, 50, "I'll help you find the capital city"),
        (691, 53, {"country": "Japan"}),
        (757, 6, "Capital: Tokyo"),
    ],
    "bedrock/pydantic-ai__bedrock__test_strict_tool_calls__test_bedrock_strict_false_tool_with_nested_objects": [
        (675, 84, {"address": {"city": "Springfield", "street": "123 Main St"}, "name": "John"}),
        (782, 20, "I found John's record"),
    ],
    "bedrock/pydantic-ai__bedrock__test_strict_tool_calls__test_bedrock_strict_tool_supported_model": [
        (560, 53, {"city": "Paris"}),
        (637, 31, "The weather in Paris"),
    ],
    "bedrock/pydantic-ai__bedrock__test_strict_tool_calls__test_bedrock_strict_tool_with_native_output": [
        (747, 53, {"city": "Paris"}),
        (816, 23, '{"city": "Paris"'),
    ],
    "bedrock/pydantic-ai__test_bedrock__test_bedrock_count_tokens_error": WRONG_MODEL,
    "bedrock/pydantic-ai__test_bedrock__test_bedrock_error": WRONG_MODEL,
    "bedrock/pydantic-ai__test_bedrock__test_bedrock_model_anthropic_model_without_tools": [
        (21, 69, "The capital of France is **Paris**")
    ],
    "bedrock/pydantic-ai__test_bedrock__test_bedrock_model_guardrail_config": [
        (13, 69, "The capital of France is Paris")
    ],
    "bedrock/pydantic-ai__test_bedrock__test_bedrock_model_max_tokens": ["cut off"],
    "bedrock/pydantic-ai__test_bedrock__test_bedrock_model_structured_output": [
        (571, 22, {"city": "London", "date": "2022-01-01"}),
        (627, 67, "\n<thinking> The tool has"),
        (821, 31, {"city": "London", "date": "2022-01-01", "temperature": "30°C"}),
    ],
    "bedrock/pydantic-ai__test_bedrock__test_bedrock_moonshotai_tool_call": [
        (92, 75, {"city": "London"}),
        (188, 11, " <think> The temperature"),
    ],
    "bedrock/pydantic-ai__test_bedrock__test_bedrock_streaming_error": WRONG_MODEL,
    "bedrock/pydantic-ai__test_bedrock__test_bedrock_zai_native_output": [(21, 15, '{ "city": "Paris"')],
    "bedrock/pydantic-ai__test_bedrock_mantle__test_native_output": OTHER_INTERFACE,
    "openai/openllmetry__langchain_structured_output": [(129, 33, '{"name":"Avocado"')],
    "openai/openllmetry__test_parsed_completion": [
        (68, 41, '{"rating":5'),
        (68, 35, '{"rating":4'),
        (68, 37, '{"rating":4'),
    ],
    "openai/openllmetry__test_parsed_refused_completion": ["RefusedError"] * 3,
    "openai/otel-openai__test_chat_completion_404": WRONG_MODEL,
    "openai/otel-openai__test_chat_completion_with_content": [(12, 5, "This is a test.")],
    "openai/pydantic-ai__test_groq__test_tool_use_failed_error": [
        (22, 16, '{"name": "get_something_by_name"'),
        (301, 52, '{"name":"test"}'),
        (336, 96, "The first call failed"),
    ],
    "openai/pydantic-ai__test_openai__test_openai_native_output": [
        (71, 12, "{}"),
        (92, 15, '{"city":"Mexico City"'),
    ],
    "openai/pydantic-ai__test_openai__test_openai_native_output_multiple": [
        (160, 11, "{}"),
        (181, 25, '{"result":'),
    ],
    "openai/pydantic-ai__test_openai__test_openai_prompted_output": [
        (109, 11, "{}"),
        (130, 11, '{"city":"Mexico City"'),
    ],
    "openai/pydantic-ai__test_openai__test_openai_prompted_output_multiple": [
        (273, 11, "{}"),
        (294, 21, '{"result":'),
    ],
    "openai/pydantic-ai__test_openai__test_openai_responses_native_output_decimal_strict": OTHER_INTERFACE,
    "openai/pydantic-ai__test_openai__test_openai_text_output_function": [
        (42, 11, "{}"),
        (63, 10, "The largest city in Mexico"),
    ],
    "openai/pydantic-ai__test_openai__test_openai_tool_output": [
        (68, 12, "{}"),
        (89, 36, '{"city": "Mexico City"'),
    ],
    "openai/pydantic-ai__test_openai_responses__test_openai_responses_model_http_error": ["RejectedRequestError"],
    "openai/pydantic-ai__test_openrouter__test_openrouter_errors_raised": ["TryAgainLaterError"] * 3,
}


def _exchanges() -> Iterator[Any]:
    """Every recorded exchange; one parameter that skips where there are none."""
    for path in sorted(FOLDER.glob("*/*.json")):
        name = f"{path.parent.name}/{path.stem}"
        for place, exchange in enumerate(json.loads(path.read_bytes())):
            yield pytest.param(name, place, exchange, id=f"{name}-{place}")
    if not FOLDER.is_dir():
        yield pytest.param("", 0, {}, marks=pytest.mark.skip("the recorded answers are not beside the project"))


def _body(exchange: dict[str, Any]) -> bytes:
    answer = exchange["response"]
    if isinstance(answer, str):
        return base64.b64decode(answer.removeprefix("base64:"))
    return json.dumps(answer).encode()


def _bedrock(exchange: dict[str, Any]) -> LanguageModel:
    client = boto3.client("bedrock-runtime", config=Config(retries={"total_max_attempts": 1}))

    class Sent:
        """What urllib3 would have given."""

        def stream(self, **_: Any) -> Iterator[bytes]:
            yield _body(exchange)

    def answer(request: Any, **_: Any) -> AWSResponse:
        headers = HTTPHeaders()
        for name, value in exchange["response_headers"].items():
            headers[name] = value
        return AWSResponse(request.url, exchange["status"], headers, Sent())

    client.meta.events.register("before-send.bedrock-runtime.Converse", answer)
    return BedrockModel("us.example.model-v1:0", read_leniently(client))


def _openai(exchange: dict[str, Any]) -> LanguageModel:
    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(exchange["status"], content=_body(exchange))

    client = httpx.Client(transport=httpx.MockTransport(answer))
    return OpenAiModel("model", "https://models.example/v1", lambda: "key", client, 1)


@pytest.mark.parametrize(("name", "place", "exchange"), list(_exchanges()))
def test_a_recorded_exchange_has_its_outcome(name: str, place: int, exchange: dict[str, Any]) -> None:
    model = _bedrock(exchange) if name.startswith("bedrock/") else _openai(exchange)
    expected = OUTCOMES[name][place]
    if expected == "cut off":
        assert model.ask(PROMPT).is_cut_off
        return
    if isinstance(expected, str):
        with pytest.raises(RuntimeError) as raised:
            model.ask(PROMPT)
        assert type(raised.value).__name__ == expected
        return
    read, written, begins = expected
    reply = model.ask(PROMPT)
    assert (reply.usage.input_tokens, reply.usage.output_tokens) == (read, written)
    content = reply.contents[0]
    assert content.startswith(begins) if isinstance(content, str) else content == begins


def test_every_recorded_exchange_is_in_the_table(recorded: Path) -> None:
    lengths = {
        f"{path.parent.name}/{path.stem}": len(json.loads(path.read_bytes()))
        for path in (recorded / "data/llm").glob("*/*.json")
    }
    assert {name: len(outcomes) for name, outcomes in OUTCOMES.items()} == lengths


def test_an_answer_that_is_cut_off_still_says_what_it_cost(recorded: Path) -> None:
    path = recorded / "data/llm/bedrock/pydantic-ai__test_bedrock__test_bedrock_model_max_tokens.json"
    reply = _bedrock(json.loads(path.read_bytes())[0]).ask(PROMPT)
    assert reply.usage.input_tokens == 13
    assert reply.text == "The capital of France is"


def test_a_throttled_service_that_names_no_time_is_left_alone_for_minutes(recorded: Path) -> None:
    path = recorded / "data/llm/openai/pydantic-ai__test_openrouter__test_openrouter_errors_raised.json"
    with pytest.raises(TryAgainLaterError) as raised:
        _openai(json.loads(path.read_bytes())[0]).ask(PROMPT)
    assert raised.value.seconds == 120
