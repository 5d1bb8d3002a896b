"""Amazon Bedrock's Converse API: the answer is the input of a tool that the model is made to call."""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionError,
    EndpointConnectionError,
    HTTPClientError,
    ReadTimeoutError,
    ResponseStreamingError,
)
from botocore.parsers import ResponseParserError

from functions.summarize.errors import (
    ConfigurationError,
    GuardrailError,
    LostAnswerError,
    OtherInterfaceError,
    RefusedError,
)
from functions.summarize.llm import Content, Reply, families, read_usage
from functions.summarize.llm.chat_answer import leaves, written
from functions.summarize.llm.dialect import (
    Dialect,
    Parameter,
    RefusedParameterError,
    first_dialect,
    negotiate,
)
from functions.summarize.llm.meaning import MAX_QUOTED, meaning, pattern, seconds_asked
from functions.summarize.prompt.prompt import Prompt
from shared.store.retry import TryAgainLaterError

TOOL = "record_analysis"
PASSING = frozenset(
    {
        "ThrottlingException",
        "TooManyRequestsException",
        "ServiceQuotaExceededException",
        "ModelNotReadyException",
        "ModelTimeoutException",
        "ModelErrorException",
        "InternalServerException",
        "ServiceUnavailableException",
    }
)
"""https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_Errors."""
NOT_CONVERSE = (ResponseParserError, ValueError, TypeError, KeyError, AttributeError)
"""What reading an event stream, or another interface's JSON, as an answer of Converse comes to."""
CUT_OFF = ("max_tokens", "model_context_window_exceeded")
SETTINGS = "Look at the parameter Model, at the model's access in this account, and at the stack's region."
PARAMETERS = (
    Parameter("temperature", pattern("temperature"), ("0", "")),
    Parameter("effort", pattern("reasoning", "effort", "additionalModelRequestFields"), (families.EFFORT, "")),
    Parameter("tool", pattern("tool", "schema"), ("tool", "")),
    Parameter("system", pattern("system"), ("system", "")),
)


def read_leniently(client: Any) -> Any:
    """Has the client give a Converse answer as its JSON is: boto3's own parser fails on a count that is text."""
    client.meta.events.register(
        "before-parse.bedrock-runtime.Converse", _take_json, unique_id="functions.summarize.llm.bedrock"
    )
    return client


def _take_json(response_dict: dict[str, Any], customized_response_dict: dict[str, Any], **_: Any) -> None:
    with suppress(ValueError, RecursionError):
        answer = json.loads(response_dict["body"], strict=False)
        if response_dict["status_code"] == 200 and isinstance(answer.get("output", []), Mapping | None):
            customized_response_dict |= {name: answer.get(name) for name in ("output", "stopReason", "usage")}
            response_dict["body"] = b"{}"


class BedrockModel:
    """A model behind an inference profile."""

    def __init__(self, model: str, client: Any) -> None:
        self._model = model
        self._client = client
        unsent = {"temperature": not families.calls_tools_greedily(model), "effort": not families.reasons(model)}
        self._dialect = first_dialect(PARAMETERS, [name for name, is_unsent in unsent.items() if is_unsent])

    def ask(self, prompt: Prompt) -> Reply:
        """One answered call. What the model refuses is left out from then on; refusals cost nothing."""
        answer, self._dialect = negotiate(lambda dialect: self._call(prompt, dialect), self._dialect, PARAMETERS)
        return read(answer, prompt)

    def _call(self, prompt: Prompt, dialect: Dialect) -> Any:
        try:
            return self._client.converse(**request(self._model, prompt, dialect))
        except ClientError as error:
            raise _meaning(error, dialect) from error
        except BotoCoreError as error:
            raise _unreached(error) from error
        except NOT_CONVERSE as error:
            about = f"{type(error).__name__}: {error}"[:MAX_QUOTED]
            raise OtherInterfaceError(f"The endpoint does not answer as Converse does: {about} {SETTINGS}") from error


def request(model: str, prompt: Prompt, dialect: Dialect) -> dict[str, Any]:
    """The parameters of a call."""
    system = prompt.system if dialect["tool"] else prompt.with_form
    text = prompt.text if dialect["system"] else f"{system}\n\n{prompt.text}"
    asked: dict[str, Any] = {
        "modelId": model,
        "messages": [{"role": "user", "content": [{"text": text}]}],
        "inferenceConfig": {"maxTokens": families.limit(prompt, reasoning=families.reasons(model))},
    }
    if dialect["system"]:
        asked["system"] = [{"text": system}]
    if dialect["tool"]:
        form = {"name": TOOL, "description": "Records the analysis.", "inputSchema": {"json": dict(prompt.form)}}
        asked["toolConfig"] = {"tools": [{"toolSpec": form}], "toolChoice": {"tool": {"name": TOOL}}}
    if dialect["temperature"]:
        asked["inferenceConfig"]["temperature"] = float(dialect["temperature"])
    if dialect["effort"]:
        asked["additionalModelRequestFields"] = {"reasoning_effort": dialect["effort"]}
    return asked


def read(answer: Mapping[str, Any], prompt: Prompt) -> Reply:
    """The reply in an answer. Raises the AnswerError that its stop reason means."""
    blocks = _blocks(answer)
    inputs = [block["toolUse"].get("input") for block in blocks if isinstance(block.get("toolUse"), Mapping)]
    called: list[Content] = [each for each in inputs if isinstance(each, str | Mapping)]
    text = "".join(block["text"] for block in blocks if isinstance(block.get("text"), str))
    thoughts = " ".join(each for block in blocks for each in leaves(block.get("reasoningContent")))
    contents = tuple(content for content in (*called, text, thoughts) if content)
    usage = read_usage(answer.get("usage"), prompt, map(written, contents))
    stop = answer.get("stopReason") or ""
    if stop == "guardrail_intervened":
        raise GuardrailError("a guardrail of the account intervened", usage=usage)
    if stop in {"content_filtered", "refusal"}:
        raise RefusedError("the model's answer was filtered", usage=usage)
    joined = "\n".join(map(written, (content for content in (*called, text) if content)))
    return Reply(contents=contents, text=joined, usage=usage, is_cut_off=stop in CUT_OFF)


def _blocks(answer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The blocks of the message; none where one of its wrappings is missing or null."""
    found: Any = answer
    for name in ("output", "message", "content"):
        found = found.get(name) if isinstance(found, Mapping) else None
    return [block for block in found if isinstance(block, Mapping)] if isinstance(found, list) else []


def _meaning(error: ClientError, dialect: Dialect) -> Exception:
    """What an error answer means for the next attempt."""
    code, message = (str(error.response.get("Error", {}).get(name, "")) for name in ("Code", "Message"))
    metadata = error.response.get("ResponseMetadata", {})
    status, words = metadata.get("HTTPStatusCode", 0), f"{code}: {message}"
    seconds = seconds_asked(metadata.get("HTTPHeaders", {}), message)
    if code == "ModelErrorException" and dialect["tool"]:
        return RefusedParameterError(f"{words} (of a call with a tool)")
    if code in PASSING:
        status = 429 if code in {"ThrottlingException", "TooManyRequestsException"} else 503
    raised = meaning(status, words, seconds, SETTINGS)
    if isinstance(raised, RefusedParameterError) and code != "ValidationException":
        return ConfigurationError(f"{words} {SETTINGS}")
    return raised


def _unreached(error: BotoCoreError) -> Exception:
    """No answer at all. A name that does not resolve is a region without Bedrock; without a key nobody is asked."""
    if isinstance(error, ReadTimeoutError):
        return LostAnswerError(f"no answer in time: {error}")
    if isinstance(error, ResponseStreamingError):
        return LostAnswerError(f"the answer broke off: {error}")
    if isinstance(error, EndpointConnectionError):
        cause = error.kwargs.get("error")
        if type(cause).__name__ in {"NameResolutionError", "gaierror"}:
            return ConfigurationError(f"{error} {SETTINGS}")
    if isinstance(error, ConnectionError | HTTPClientError):
        return TryAgainLaterError(f"{type(error).__name__}: {error}")
    return ConfigurationError(f"{type(error).__name__}: {error} {SETTINGS}")
