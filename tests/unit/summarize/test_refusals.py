"""What servers refuse, in their own words, and what follows: a simpler dialect, a shorter question, or an alarm."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import httpx
import pytest
from botocore.exceptions import ClientError

from functions.summarize.errors import ConfigurationError, FinalError, LostAnswerError, TooLongError
from functions.summarize.llm.bedrock import BedrockModel
from functions.summarize.llm.openai import OpenAiModel
from functions.summarize.pipeline import ModelSummarizer
from shared.model.analysis import Analysis
from shared.model.facts import EnrichedPaper, Facts
from shared.model.manifest import Plan
from shared.model.prices import Price
from shared.store.retry import TryAgainLaterError
from tests.factories.model_stub import Asked, honest
from tests.factories.server_answers import chat, converse, dump, tool

PAPER = EnrichedPaper(
    id="2602.00001",
    title="A Memory",
    facts=Facts(abstract="Agents forget. We propose a memory, which halves the error. It reaches 91.5% accuracy."),
)
KEY = "sk-planted-0123456789"
Reply = Callable[[dict[str, Any]], httpx.Response]
"""What a server answers to the body of a request."""


def well(asked: dict[str, Any]) -> httpx.Response:
    """A good answer to the question."""
    texts = [message["content"] for message in asked["messages"]]
    return httpx.Response(200, json=chat(dump(honest(Asked("openai", texts[0], texts[-1])))))


def refused(status: int, message: Any, **headers: str) -> httpx.Response:
    body = message if isinstance(message, dict | list) else {"error": {"message": message}}
    return httpx.Response(status, json=body, headers=headers)


def unless(accepts: Callable[[dict[str, Any]], bool], refusal: httpx.Response) -> Reply:
    """A server that refuses, in these words, what it does not accept."""
    return lambda asked: well(asked) if accepts(asked) else refusal


class Server:
    """A server of chat completions and its model, kept over several papers as in a function's life."""

    def __init__(self, reply: Reply, name: str = "model") -> None:
        self.asked: list[dict[str, Any]] = []
        self.answered = 0
        self._reply = reply
        client = httpx.Client(transport=httpx.MockTransport(self._answer))
        model = OpenAiModel(name, "https://models.example/v1", lambda: KEY, client, 1)
        self._summarizer = ModelSummarizer(f"openai:{name}", model, Price(input=1, output=10))

    def analyse(self, plan: Plan = "full") -> Analysis:
        return self._summarizer.analyse(PAPER, "ko", plan)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(json.loads(request.content))
        response = self._reply(self.asked[-1])
        self.answered += response.status_code == 200
        return response


def without(*names: str) -> Callable[[dict[str, Any]], bool]:
    return lambda asked: not any(name in json.dumps(asked) for name in names)


SCHEMA = without("response_format")
LIMIT = without("max_completion_tokens")
SYSTEM = without('"system"')
REFUSALS = {
    "llama.cpp: grammar": (SCHEMA, refused(400, "failed to parse grammar")),
    "llama.cpp: grammar, as its own failure": (SCHEMA, refused(500, "Failed to initialize samplers: grammar")),
    "Gemini: additionalProperties": (
        SCHEMA,
        refused(400, [{"error": {"message": 'Unknown name "additionalProperties" at response_format: no such field'}}]),
    ),
    "DeepSeek: response_format": (SCHEMA, refused(400, "This response_format type is unavailable now")),
    "Groq: json_schema": (SCHEMA, refused(400, "This model does not support response format `json_schema`.")),
    "strict": (SCHEMA, refused(422, "Field strict is not permitted")),
    "schema": (SCHEMA, refused(400, "Invalid schema for response_format 'analysis'")),
    "OpenRouter: no endpoint": (SCHEMA, refused(404, "No endpoints found that can handle the requested parameters.")),
    "OpenRouter: in a 200": (
        SCHEMA,
        refused(200, {"error": {"code": 400, "message": "Provider error", "metadata": {"raw": "json_schema"}}}),
    ),
    "Mistral: max_completion_tokens": (
        LIMIT,
        refused(422, {"detail": [{"type": "extra_forbidden", "loc": ["body", "max_completion_tokens"]}]}),
    ),
    "any limit": (without("max_completion_tokens", "max_tokens"), refused(400, "Unknown field: max_tokens")),
    "Gemma: system": (SYSTEM, refused(400, "System role not supported")),
    "Gemma: developer": (SYSTEM, refused(400, "Developer instruction is not enabled for models/gemma-3")),
    "Mistral's template: roles": (SYSTEM, refused(400, "Conversation roles must alternate user/assistant")),
    "no words": (without("response_format", "max_completion_tokens"), refused(400, "Bad Request")),
    "no body": (without("response_format", '"system"'), httpx.Response(422)),
    "everything, in one word": (
        without("response_format", "max_completion_tokens", "max_tokens", '"system"'),
        refused(400, "invalid"),
    ),
}


@pytest.mark.parametrize(("accepts", "refusal"), REFUSALS.values(), ids=REFUSALS.keys())
def test_what_a_server_refuses_is_left_out_and_not_asked_again(
    accepts: Callable[[dict[str, Any]], bool], refusal: httpx.Response
) -> None:
    server = Server(unless(accepts, refusal))
    first = server.analyse()
    asked = len(server.asked)
    server.analyse()
    assert len(server.asked) == asked + 1
    assert first.provenance.cost_usd == pytest.approx(0.0042)


def test_a_server_that_refuses_everything_settles_the_paper() -> None:
    server = Server(lambda _: refused(400, "no"))
    with pytest.raises(FinalError) as raised:
        server.analyse()
    assert len(server.asked) == 5
    assert raised.value.cost_usd == 0.0


def test_a_refusal_of_one_paper_does_not_change_how_the_next_is_asked() -> None:
    answers = iter([refused(400, "no")] * 5)
    server = Server(lambda asked: next(answers, None) or well(asked))
    with pytest.raises(FinalError):
        server.analyse()
    server.analyse()
    assert "response_format" in server.asked[-1]


def test_gpt_5_mini_is_asked_for_low_effort_with_room_for_its_thoughts() -> None:
    server = Server(well, "gpt-5-mini")
    server.analyse()
    asked = server.asked[0]
    assert asked["reasoning_effort"] == "low"
    assert asked["max_completion_tokens"] == 8192
    assert "temperature" not in asked


def test_effort_that_a_server_does_not_take_is_left_out() -> None:
    server = Server(unless(without("reasoning_effort"), refused(400, "Unrecognized request argument")), "gpt-5-chat")
    server.analyse()
    assert len(server.asked) == 2
    assert "response_format" in server.asked[-1]


def test_a_model_that_spends_its_limit_on_thoughts_gets_twice_the_limit_and_low_effort() -> None:
    def thinks(asked: dict[str, Any]) -> httpx.Response:
        if asked["max_completion_tokens"] < 8000:
            return httpx.Response(200, json=chat("", finish_reason="length"))
        return well(asked)

    server = Server(thinks)
    analysis = server.analyse()
    assert [asked.get("reasoning_effort") for asked in server.asked] == [None, "low"]
    assert analysis.provenance.cost_usd == pytest.approx(2 * 0.0042)
    server.analyse()
    assert server.answered == 3


WINDOWS = {
    "OpenAI": (400, "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens"),
    "vLLM": (400, "'max_completion_tokens' is too large: 4096. This model's maximum context length is 4096 tokens"),
    "llama.cpp": (400, "the request exceeds the available context size, try increasing it"),
    "SGLang": (400, "Requested token count exceeds the model's maximum context length of 4096 tokens."),
    "Together": (422, "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4097"),
    "Mistral": (400, "Prompt contains 5000 tokens, too large for model with 4096 maximum context length"),
    "LM Studio": (400, "The number of tokens to keep from the initial prompt is greater than the context length"),
    "Groq": (413, "Request too large for model `x` on tokens per minute (TPM): Limit 3000, Requested 6000"),
    "OpenAI's rate": (429, "Request too large for gpt on tokens per min (TPM): Limit 3000, Requested 6000."),
    "DeepSeek": (400, "Invalid max_tokens value, the valid range of max_tokens is [1, 2048]"),
    "OpenAI's answers": (400, "max_tokens is too large: 4096. This model supports at most 2048 completion tokens"),
    "Gemini": (400, "The input token count (5000) exceeds the maximum number of tokens allowed (4096)."),
}


@pytest.mark.parametrize(("status", "words"), WINDOWS.values(), ids=WINDOWS.keys())
def test_a_window_that_is_too_small_gets_the_short_plan(status: int, words: str) -> None:
    server = Server(unless(lambda asked: asked["max_completion_tokens"] < 2048, refused(status, words)))
    analysis = server.analyse()
    assert analysis.detail is None
    assert analysis.key_points
    assert len(server.asked) == 2


def test_a_window_that_is_too_small_for_the_short_plan_settles_the_paper() -> None:
    server = Server(lambda _: refused(400, "maximum context length is 10 tokens"))
    with pytest.raises(TooLongError):
        server.analyse()
    assert len(server.asked) == 2


UNUSABLE = {
    "Gemini's key": refused(400, [{"error": {"message": "API key not valid. Please pass a valid API key."}}]),
    "xAI's key": refused(400, "Incorrect API key provided: xa***"),
    "a key in a 200": refused(200, {"error": {"message": "invalid api key"}}),
    "a key as the gateway's failure": refused(500, "Invalid API key"),
    "a key without a word": httpx.Response(401),
    "a key, by a message alone": refused(403, {"message": "Forbidden"}),
    "no credit: OpenAI": refused(429, {"error": {"code": "insufficient_quota", "message": "You exceeded your quota"}}),
    "no credit: DeepSeek": refused(402, "Insufficient Balance"),
    "no credit: Anthropic": refused(400, "Your credit balance is too low to access the API"),
    "no credit: Kimi": refused(429, {"error": {"type": "exceeded_current_quota_error", "message": "suspended"}}),
    "no credit: GLM": refused(429, {"error": {"code": "1113", "message": "Insufficient balance. Please recharge."}}),
    "no model: Ollama": refused(404, 'model "qwen9" not found, try pulling it first'),
    "no model: OpenRouter": refused(400, "qwen9 is not a valid model ID"),
    "no model: DeepSeek": refused(400, "Model Not Exist"),
    "no model: Mistral": refused(400, "Invalid model: qwen9"),
    "no model: LM Studio": refused(400, "No models loaded. Please load a model."),
    "no model: Groq": refused(400, {"error": {"code": "model_decommissioned", "message": "gone"}}),
    "no model: deprecated": refused(400, "The requested model 'qwen9.5-preview' has been deprecated"),
    "no model: one-api": refused(503, "no available channel for model qwen9"),
    "a page": httpx.Response(200, text="<html>welcome</html>"),
    "a redirect": httpx.Response(308, headers={"Location": "https://elsewhere.example"}),
    "a country": refused(400, "User location is not supported for the API use."),
}


@pytest.mark.parametrize("refusal", UNUSABLE.values(), ids=UNUSABLE.keys())
def test_a_model_that_cannot_be_used_names_the_parameters_at_once(refusal: httpx.Response) -> None:
    server = Server(lambda _: refusal)
    with pytest.raises(ConfigurationError, match="OpenAiKeyParameter"):
        server.analyse()
    assert len(server.asked) == 1


LATER = {
    "no time": (refused(429, "Rate limit reached"), 120),
    "Retry-After": (refused(429, "slow", **{"Retry-After": "7"}), 7),
    "Retry-After in milliseconds": (refused(429, "slow", **{"Retry-After-Ms": "1500"}), 2),
    "Retry-After: a date": (
        refused(
            503, "busy", **{"Retry-After": "Fri, 20 Feb 2026 00:00:30 GMT", "Date": "Fri, 20 Feb 2026 00:00:00 GMT"}
        ),
        30,
    ),
    "a gateway's upstream in a 400": (refused(400, {"error": {"type": "upstream_error", "message": "reset"}}), None),
    "a gateway's time-out in a 400": (refused(400, "Request timed out waiting for the model"), None),
    "OpenAI: in words": (refused(429, "Rate limit reached for x. Please try again in 1m20.5s."), 81),
    "OpenAI: milliseconds": (refused(429, "Rate limit reached. Please try again in 320ms."), 1),
    "Gemini: a quota of the minute": (
        refused(
            429, "You exceeded your current quota, please check your plan and billing details. Please retry in 32.5s."
        ),
        33,
    ),
    "OpenRouter: in a 200": (refused(200, {"error": {"code": 429, "message": "upstream"}}), 120),
    "an error without a status in a 200": (refused(200, {"error": {"message": "Provider returned error"}}), None),
    "an error as a text in a 200": (refused(200, {"error": "oops"}), None),
    "a message in a 200": (refused(200, {"code": 50001, "msg": "busy"}), None),
    "a gateway's page": (httpx.Response(502, text="<html>bad gateway</html>"), None),
    "Cloudflare": (httpx.Response(524, text="a timeout occurred"), None),
}


@pytest.mark.parametrize(("refusal", "seconds"), LATER.values(), ids=LATER.keys())
def test_a_model_that_is_busy_is_asked_again_later(refusal: httpx.Response, seconds: int | None) -> None:
    server = Server(lambda _: refusal)
    with pytest.raises(TryAgainLaterError) as raised:
        server.analyse()
    assert raised.value.seconds == seconds
    assert len(server.asked) == 1


BROKEN: dict[str, Sequence[Any]] = {
    "error": (chat('{"one_', finish_reason="error"), 0.0042),
    "network_error": (chat("", finish_reason="network_error"), 0.0042),
    "an error of the choice": ({**chat("", None), "choices": [{"message": {}, "error": {"code": 502}}]}, None),
    "half of its JSON": ('{"choices": [{"message": {"content": "{', 0.0),
    "nothing": ("", 0.0),
}


@pytest.mark.parametrize(("body", "cost"), BROKEN.values(), ids=BROKEN.keys())
def test_an_answer_that_broke_off_is_asked_for_again_and_its_tokens_count(body: Any, cost: float | None) -> None:
    content = body if isinstance(body, str) else json.dumps(body)
    with pytest.raises(LostAnswerError) as raised:
        Server(lambda _: httpx.Response(200, text=content)).analyse()
    assert raised.value.cost_usd is not None
    assert raised.value.cost_usd == pytest.approx(cost) if cost is not None else raised.value.cost_usd > 0.001


@pytest.mark.parametrize(
    "refusal",
    [
        refused(400, "Content Exists Risk"),
        refused(403, "Your input was flagged by moderation. No credits were charged."),
        refused(400, "safety_reason"),
    ],
    ids=["DeepSeek", "OpenRouter", "any"],
)
def test_a_filter_costs_one_paper_and_rings_no_alarm(refusal: httpx.Response) -> None:
    with pytest.raises(FinalError) as raised:
        Server(lambda _: refusal).analyse()
    assert type(raised.value).__name__ == "GuardrailError"


@pytest.mark.parametrize("status", [400, 401, 429, 500])
def test_a_key_that_a_server_repeats_is_in_no_error(status: int) -> None:
    with pytest.raises((FinalError, TryAgainLaterError)) as raised:
        Server(lambda _: refused(status, f"refused: Bearer {KEY}")).analyse()
    assert KEY not in str(raised.value)


@pytest.mark.parametrize("key", ["sk-planted\nsecond", "sk-plänted", "sk-planted\x00"])
def test_a_key_that_no_header_can_hold_is_named_by_its_parameter_alone(key: str) -> None:
    model = OpenAiModel("m", "https://models.example/v1", lambda: key, httpx.Client(), 1)
    with pytest.raises(ConfigurationError, match="OpenAiKeyParameter") as raised:
        ModelSummarizer("openai:m", model, None).analyse(PAPER, "ko", "full")
    assert "planted" not in str(raised.value)


def test_a_key_loses_the_line_break_that_copying_left() -> None:
    heads = list[str]()

    def note(request: httpx.Request) -> httpx.Response:
        heads.append(request.headers["Authorization"])
        return well(json.loads(request.content))

    client = httpx.Client(transport=httpx.MockTransport(note))
    model = OpenAiModel("m", "https://models.example/v1", lambda: f"{KEY}\n", client, 1)
    ModelSummarizer("openai:m", model, None).analyse(PAPER, "ko", "full")
    assert heads == [f"Bearer {KEY}"]


class Bedrock:
    """A client of Converse that refuses what it does not accept."""

    def __init__(self, accepts: Callable[[dict[str, Any]], bool], refusal: ClientError) -> None:
        self.asked: list[dict[str, Any]] = []
        self._accepts, self._refusal = accepts, refusal

    def converse(self, **asked: Any) -> dict[str, Any]:
        self.asked.append(asked)
        if not self._accepts(asked):
            raise self._refusal
        system = asked["system"][0]["text"] if "system" in asked else ""
        form = honest(Asked("bedrock", system or asked["messages"][0]["content"][0]["text"], ""))
        return converse(tool(form) if "toolConfig" in asked else {"text": dump(form)})


def bedrock_error(code: str, message: str, status: int = 400) -> ClientError:
    metadata: Any = {"HTTPStatusCode": status, "HTTPHeaders": {}}
    return ClientError({"Error": {"Code": code, "Message": message}, "ResponseMetadata": metadata}, "Converse")


BEDROCK_REFUSALS = {
    "Nova: a tool call": (
        without("toolConfig"),
        bedrock_error("ModelErrorException", "The model produced an invalid sequence as part of ToolUse.", 424),
    ),
    "tools": (without("toolConfig"), bedrock_error("ValidationException", "This model doesn't support tool use.")),
    "tool choice": (
        without("toolConfig"),
        bedrock_error("ValidationException", "This model doesn't support the toolConfig.toolChoice.tool field."),
    ),
    "system": (
        without('"system"'),
        bedrock_error("ValidationException", "This model doesn't support system messages."),
    ),
    "temperature": (
        without("temperature"),
        bedrock_error("ValidationException", "`temperature` is deprecated for this model."),
    ),
    "no words": (without("temperature", "toolConfig"), bedrock_error("ValidationException", "Malformed input request")),
}


@pytest.mark.parametrize(("accepts", "refusal"), BEDROCK_REFUSALS.values(), ids=BEDROCK_REFUSALS.keys())
def test_what_a_model_of_bedrock_refuses_is_left_out_and_not_asked_again(
    accepts: Callable[[dict[str, Any]], bool], refusal: ClientError
) -> None:
    client = Bedrock(accepts, refusal)
    model = ModelSummarizer("bedrock:n", BedrockModel("global.amazon.nova-2-lite-v1:0", client), None)
    model.analyse(PAPER, "ko", "full")
    asked = len(client.asked)
    model.analyse(PAPER, "ko", "full")
    assert len(client.asked) == asked + 1


def test_nova_is_asked_greedily_for_its_tool_and_not_to_reason() -> None:
    client = Bedrock(lambda _: True, bedrock_error("", ""))
    BedrockModel("global.amazon.nova-2-lite-v1:0", client)
    ModelSummarizer("n", BedrockModel("global.amazon.nova-2-lite-v1:0", client), None).analyse(PAPER, "ko", "full")
    assert client.asked[0]["inferenceConfig"] == {"maxTokens": 4096, "temperature": 0.0}
    assert "additionalModelRequestFields" not in client.asked[0]


@pytest.mark.parametrize(
    "words",
    [
        "Input is too long for requested model.",
        "prompt is too long: 5000 tokens > 4096 maximum",
        "The maximum tokens you requested exceeds the model limit of 2048.",
    ],
)
def test_a_small_window_of_bedrock_gets_the_short_plan(words: str) -> None:
    client = Bedrock(
        lambda asked: asked["inferenceConfig"]["maxTokens"] < 2048, bedrock_error("ValidationException", words)
    )
    analysis = ModelSummarizer("n", BedrockModel("a.b", client), None).analyse(PAPER, "ko", "full")
    assert analysis.detail is None
    assert len(client.asked) == 2


@pytest.mark.parametrize(
    "refusal",
    [
        bedrock_error("ValidationException", "Operation not allowed"),
        bedrock_error("AccessDeniedException", "You don't have access to the model with the specified model ID.", 403),
        bedrock_error("ResourceNotFoundException", "Model use case details have not been submitted", 404),
        bedrock_error("ExpiredTokenException", "The security token included in the request is expired", 403),
        bedrock_error("AccessDeniedException", "INVALID_PAYMENT_INSTRUMENT", 403),
        bedrock_error("ValidationException", "The provided model identifier is invalid."),
    ],
    ids=lambda error: str(error)[:60],
)
def test_a_model_of_bedrock_that_cannot_be_used_names_the_parameter_at_once(refusal: ClientError) -> None:
    client = Bedrock(lambda _: False, refusal)
    with pytest.raises(ConfigurationError, match="parameter Model"):
        ModelSummarizer("n", BedrockModel("a.b", client), None).analyse(PAPER, "ko", "full")
    assert len(client.asked) == 1
