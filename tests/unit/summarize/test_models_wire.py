"""What is sent to a model's service, and what its errors mean for the next attempt."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from botocore.exceptions import (
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
    ReadTimeoutError,
)

from functions.summarize.errors import ConfigurationError, FinalError
from functions.summarize.llm import Reply
from functions.summarize.llm.bedrock import TOOL, BedrockModel
from functions.summarize.llm.openai import OpenAiModel
from functions.summarize.prompt import prompt
from functions.summarize.prompt.prompt import Question
from shared.store.retry import TryAgainLaterError

PROMPT = prompt.first(Question(plan="full", language="ko", title="A Title", sentences=("One.", "Two.")), "f" * 16)
SAID = {"output": {"message": {"content": [{"toolUse": {"input": {"a": 1}}}]}}, "stopReason": "tool_use"}
WRITTEN = {"choices": [{"message": {"content": '{"a": 1}'}, "finish_reason": "stop"}]}


class Bedrock:
    """Answers what it is told to, and keeps what it was asked."""

    def __init__(self, *answers: Any) -> None:
        self.answers, self.asked = list(answers), list[dict[str, Any]]()

    def converse(self, **request: Any) -> dict[str, Any]:
        self.asked.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return dict(answer)


def refusal(status: int, code: str, message: str = "", **headers: str) -> ClientError:
    return ClientError(
        {
            "Error": {"Code": code, "Message": message},
            "ResponseMetadata": {
                "HTTPStatusCode": status,
                "HTTPHeaders": headers,
                "RequestId": "",
                "HostId": "",
                "RetryAttempts": 0,
            },
        },
        "Converse",
    )


class OpenAi:
    """The same for chat completions."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers, self.asked = list(answers), list[httpx.Request]()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def ask(self, key: Callable[[], str] = lambda: "a-key") -> Reply:
        client = httpx.Client(transport=httpx.MockTransport(self))
        return OpenAiModel("small", "https://models.example/v1/", key, client, 5).ask(PROMPT)

    def body(self, place: int = -1) -> Any:
        return json.loads(self.asked[place].content)


def test_bedrock_is_made_to_call_the_one_tool_whose_input_is_the_form() -> None:
    bedrock = Bedrock(SAID)
    assert BedrockModel("global.a.b-v1:0", bedrock).ask(PROMPT).contents == ({"a": 1},)
    asked = bedrock.asked[0]
    assert asked["modelId"] == "global.a.b-v1:0"
    assert asked["toolConfig"]["toolChoice"] == {"tool": {"name": TOOL}}
    assert asked["toolConfig"]["tools"][0]["toolSpec"]["inputSchema"]["json"] == PROMPT.form
    assert asked["inferenceConfig"] == {"maxTokens": PROMPT.max_tokens}


@pytest.mark.parametrize(
    "message",
    [
        "This model doesn't support tool use.",
        "This model doesn't support the toolConfig.toolChoice.tool field. Remove it and try again.",
    ],
)
def test_a_bedrock_model_without_tools_is_asked_for_plain_json_from_then_on(message: str) -> None:
    plain = {"output": {"message": {"content": [{"text": '{"a": 1}'}]}}, "stopReason": "end_turn"}
    bedrock = Bedrock(refusal(400, "ValidationException", message), plain, plain)
    model = BedrockModel("a.b", bedrock)
    assert [model.ask(PROMPT).contents for _ in range(2)] == [('{"a": 1}',)] * 2
    assert ["toolConfig" in asked for asked in bedrock.asked] == [True, False, False]
    assert '"practice_ideas"' in bedrock.asked[1]["system"][0]["text"]


class NameResolutionError(Exception):
    """As urllib3 has it."""


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (refusal(429, "ThrottlingException", "slow"), "TryAgainLaterError"),
        (refusal(500, "InternalServerException"), "TryAgainLaterError"),
        (refusal(503, "ServiceUnavailableException"), "TryAgainLaterError"),
        (refusal(408, "ModelTimeoutException"), "TryAgainLaterError"),
        (refusal(424, "ModelErrorException"), "TryAgainLaterError"),
        (refusal(429, "ModelNotReadyException"), "TryAgainLaterError"),
        (ReadTimeoutError(endpoint_url="x"), "LostAnswerError"),
        (ConnectTimeoutError(endpoint_url="x"), "TryAgainLaterError"),
        (EndpointConnectionError(endpoint_url="x", error=OSError()), "TryAgainLaterError"),
        (EndpointConnectionError(endpoint_url="x", error=NameResolutionError()), "ConfigurationError"),
        (NoCredentialsError(), "ConfigurationError"),
        (refusal(403, "AccessDeniedException", "no access"), "ConfigurationError"),
        (refusal(403, "UnrecognizedClientException"), "ConfigurationError"),
        (refusal(404, "ResourceNotFoundException", "end of its life"), "ConfigurationError"),
        (refusal(400, "ValidationException", "The provided model identifier is invalid."), "ConfigurationError"),
        (
            refusal(400, "ValidationException", "Retry with the ID or ARN of an inference profile"),
            "ConfigurationError",
        ),
        (refusal(400, "ValidationException", "Input is too long for requested model."), "TooLongError"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_error_of_bedrock_has_its_meaning(error: Exception, meaning: str) -> None:
    with pytest.raises((TryAgainLaterError, FinalError)) as raised:
        BedrockModel("a.b", Bedrock(error)).ask(PROMPT)
    assert type(raised.value).__name__ == meaning
    if isinstance(raised.value, ConfigurationError):
        assert "Model" in str(raised.value)


def test_bedrock_says_how_long_it_wants_to_be_left_alone() -> None:
    with pytest.raises(TryAgainLaterError) as raised:
        BedrockModel("a.b", Bedrock(refusal(429, "ThrottlingException", **{"retry-after": "12.2"}))).ask(PROMPT)
    assert raised.value.seconds == 13


def test_chat_completions_get_the_key_the_form_and_a_limit() -> None:
    openai = OpenAi(httpx.Response(200, json=WRITTEN))
    assert openai.ask().contents == ('{"a": 1}',)
    request = openai.asked[0]
    assert str(request.url) == "https://models.example/v1/chat/completions"
    assert request.headers["Authorization"] == "Bearer a-key"
    form = openai.body()["response_format"]["json_schema"]
    assert form["strict"] is True
    assert form["schema"]["additionalProperties"] is False
    assert form["schema"]["properties"]["key_points"]["items"]["additionalProperties"] is False
    assert openai.body()["max_completion_tokens"] == PROMPT.max_tokens


def test_a_server_that_asks_for_no_key_gets_none() -> None:
    openai = OpenAi(httpx.Response(200, json=WRITTEN))
    openai.ask(lambda: "")
    assert "Authorization" not in openai.asked[0].headers


def test_a_server_without_schemas_gets_the_form_in_words() -> None:
    no_schemas = {"error": {"message": "This model does not support `response_format` of type json_schema"}}
    openai = OpenAi(httpx.Response(400, json=no_schemas), httpx.Response(200, json=WRITTEN))
    openai.ask()
    assert "response_format" not in openai.body()
    assert '"practice_ideas"' in openai.body()["messages"][0]["content"]


def test_a_server_that_knows_only_the_older_name_of_the_limit_gets_that() -> None:
    unknown = {"message": "[{'type': 'extra_forbidden', 'loc': ('body', 'max_completion_tokens')}]"}
    openai = OpenAi(httpx.Response(422, json={"error": unknown}), httpx.Response(200, json=WRITTEN))
    openai.ask()
    assert openai.body()["max_tokens"] == PROMPT.max_tokens
    assert "max_completion_tokens" not in openai.body()


def told(status: int, code: str | None = None, message: str = "", **headers: str) -> httpx.Response:
    return httpx.Response(status, json={"error": {"code": code, "message": message}}, headers=headers)


@pytest.mark.parametrize(
    ("answer", "meaning"),
    [
        (told(429, "rate_limit_exceeded"), "TryAgainLaterError"),
        (told(500), "TryAgainLaterError"),
        (told(503), "TryAgainLaterError"),
        (httpx.Response(502, text="<html>bad gateway</html>"), "TryAgainLaterError"),
        (httpx.ReadTimeout("slow"), "LostAnswerError"),
        (httpx.ConnectError("refused"), "TryAgainLaterError"),
        (told(429, "insufficient_quota", "You exceeded your current quota"), "ConfigurationError"),
        (told(401, "invalid_api_key"), "ConfigurationError"),
        (told(402), "ConfigurationError"),
        (told(403), "ConfigurationError"),
        (told(404, "model_not_found"), "ConfigurationError"),
        (told(400, None, "The model `x` does not exist"), "ConfigurationError"),
        (httpx.Response(301, headers={"Location": "https://elsewhere.example"}), "ConfigurationError"),
        (httpx.Response(200, text="<html>welcome</html>"), "OtherInterfaceError"),
        (httpx.Response(200, json={"object": "list"}), "OtherInterfaceError"),
        (told(400, "context_length_exceeded", "This model's maximum context length is 10"), "TooLongError"),
        (told(400, "content_filter", "filtered"), "GuardrailError"),
        (httpx.Response(200, json={"error": {"code": 429, "message": "upstream"}}), "TryAgainLaterError"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_error_of_a_server_has_its_meaning(answer: httpx.Response | Exception, meaning: str) -> None:
    with pytest.raises((TryAgainLaterError, FinalError)) as raised:
        OpenAi(answer).ask()
    assert type(raised.value).__name__ == meaning
    if isinstance(raised.value, ConfigurationError):
        assert "OpenAiKeyParameter" in str(raised.value)


@pytest.mark.parametrize(("header", "seconds"), [("7", 7), ("0", 1), ("Wed, 21 Oct 2026 07:28:00 GMT", 120), ("", 120)])
def test_a_server_says_how_long_it_wants_to_be_left_alone(header: str, seconds: int | None) -> None:
    with pytest.raises(TryAgainLaterError) as raised:
        OpenAi(told(429, **{"Retry-After": header})).ask()
    assert raised.value.seconds == seconds
