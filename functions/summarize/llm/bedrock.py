"""Amazon Bedrock's Converse API: the answer is the input of a tool that the model is made to call."""

from collections.abc import Mapping
from typing import Any, Protocol

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionError,
    EndpointConnectionError,
    HTTPClientError,
    ReadTimeoutError,
)
from botocore.parsers import ResponseParserError

from functions.summarize.llm import (
    ConfigurationError,
    CutOffError,
    GuardrailError,
    InvalidJsonError,
    OtherInterfaceError,
    RefusedError,
    RejectedRequestError,
    Reply,
    SlowModelError,
)
from functions.summarize.llm.waiting import seconds_asked
from functions.summarize.prompt.prompt import Prompt
from shared.model.prices import Usage
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
MISTAKEN_SETTINGS = ("model identifier", "inference profile", "on-demand throughput", "end of its life")
"""What Bedrock's validation says of a model that is not there, not there in this region, or not there any more."""
NOT_CONVERSE = (ResponseParserError, ValueError, TypeError, KeyError, AttributeError)
"""What reading an event stream, or another interface's JSON, as an answer of Converse comes to."""
LONGEST_QUOTED = 300
"""Characters of it in an error."""
SETTINGS = "Look at the parameter Model, at the model's access in this account, and at the stack's region."


class Client(Protocol):
    """The one operation of boto3's bedrock-runtime client that is used."""

    def converse(self, **request: Any) -> Mapping[str, Any]:
        """The answer, as boto3 gives it."""
        ...


class BedrockModel:
    """A model behind an inference profile."""

    def __init__(self, model: str, client: Client) -> None:
        self._model = model
        self._client = client
        self._calls_tools = True

    def ask(self, prompt: Prompt) -> Reply:
        """One call; where the model turns out to know no tools, a second one that asks for plain JSON."""
        try:
            return read(self._call(prompt))
        except ClientError as error:
            if not (self._calls_tools and _is_about_tools(error)):
                raise _meaning(error) from error
        except BotoCoreError as error:
            raise _unreached(error) from error
        except NOT_CONVERSE as error:
            told = f"{type(error).__name__}: {error}"[:LONGEST_QUOTED]
            raise OtherInterfaceError(f"The endpoint does not answer as Converse does: {told} {SETTINGS}") from error
        self._calls_tools = False
        return self.ask(prompt)

    def _call(self, prompt: Prompt) -> Mapping[str, Any]:
        request: dict[str, Any] = {
            "modelId": self._model,
            "system": [{"text": prompt.system if self._calls_tools else prompt.with_form}],
            "messages": [{"role": "user", "content": [{"text": prompt.text}]}],
            "inferenceConfig": {"maxTokens": prompt.most_tokens},
        }
        if self._calls_tools:
            form = {"name": TOOL, "description": "Records the analysis.", "inputSchema": {"json": dict(prompt.form)}}
            request["toolConfig"] = {"tools": [{"toolSpec": form}], "toolChoice": {"tool": {"name": TOOL}}}
        return self._client.converse(**request)


def read(answer: Mapping[str, Any]) -> Reply:
    """The reply in an answer. Raises the AnswerError that its stop reason means."""
    stop = answer.get("stopReason", "")
    counted = answer.get("usage", {})
    usage = Usage(input_tokens=counted["inputTokens"], output_tokens=counted["outputTokens"]) if counted else None
    blocks = answer.get("output", {}).get("message", {}).get("content", [])
    text = "".join(block["text"] for block in blocks if "text" in block)
    match stop:
        case "guardrail_intervened":
            raise GuardrailError("a guardrail of the account intervened", usage=usage)
        case "content_filtered":
            raise RefusedError("the model's answer was filtered", usage=usage)
        case "max_tokens" | "model_context_window_exceeded":
            raise CutOffError(f"the answer was cut off: {stop}", text, usage)
        case "malformed_tool_use" | "malformed_model_output":
            raise InvalidJsonError(f"the answer is not JSON: {stop}", text, usage)
    inputs = [block["toolUse"]["input"] for block in blocks if "toolUse" in block]
    return Reply(content=inputs[0] if inputs else text, stop_reason=stop, usage=usage)


def _is_about_tools(error: ClientError) -> bool:
    told = error.response["Error"]
    return told.get("Code") == "ValidationException" and "tool" in told.get("Message", "").lower()


def _meaning(error: ClientError) -> Exception:
    """What an error answer means for the next attempt."""
    told = error.response["Error"]
    code, about = told.get("Code", ""), f"{told.get('Code')}: {told.get('Message')}"
    metadata = error.response.get("ResponseMetadata", {})
    status = metadata.get("HTTPStatusCode", 0)
    if code in PASSING or status == 429 or status >= 500:
        return TryAgainLaterError(about, seconds_asked(metadata.get("HTTPHeaders", {})))
    if code == "ValidationException" and not any(words in about.lower() for words in MISTAKEN_SETTINGS):
        return RejectedRequestError(about)
    return ConfigurationError(f"{about} {SETTINGS}")


def _unreached(error: BotoCoreError) -> Exception:
    """No answer at all. A name that does not resolve is a region without Bedrock; without a key nobody is asked."""
    if isinstance(error, ReadTimeoutError):
        return SlowModelError(f"no answer in time: {error}")
    if isinstance(error, EndpointConnectionError):
        cause = error.kwargs.get("error")
        if type(cause).__name__ in {"NameResolutionError", "gaierror"}:
            return ConfigurationError(f"{error} {SETTINGS}")
    if isinstance(error, ConnectionError | HTTPClientError):
        return TryAgainLaterError(f"{type(error).__name__}: {error}")
    return ConfigurationError(f"{type(error).__name__}: {error} {SETTINGS}")
