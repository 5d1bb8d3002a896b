"""OpenAI's chat completions, as many services and servers speak them."""

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import httpx

from functions.summarize.llm import (
    ConfigurationError,
    CutOffError,
    GuardrailError,
    OtherInterfaceError,
    RefusedError,
    RejectedRequestError,
    Reply,
    SchemaViolationError,
    SlowModelError,
)
from functions.summarize.llm.waiting import seconds_asked
from functions.summarize.prompt.prompt import Prompt
from shared.model.prices import Usage
from shared.store.retry import TryAgainLaterError

CONNECT_SECONDS = 3.0
LONGEST_QUOTED = 300
"""Characters of a service's own words in an error."""
UNPAID = ("insufficient_quota", "billing_hard_limit_reached")
UNKNOWN_MODEL = ("model_not_found", "does not exist", "unknown model", "invalid model")
FILTERED = ("content_filter", "content_policy_violation")
MISSHAPEN = ("tool_use_failed", "json_validate_failed")
"""Services that check the answer against the schema themselves say so with 400."""
SETTINGS = "Look at the parameters Model, OpenAiBaseUrl and OpenAiKeyParameter (locally OPENAI_API_KEY)."


class Dialect(NamedTuple):
    """What a server was found to understand."""

    schema: bool = True
    """`response_format` with a JSON schema; else the schema stands in the instructions."""
    limit: str = "max_completion_tokens"
    """OpenAI's current name; older servers refuse it and know `max_tokens`."""


class OpenAiModel:
    """A model of a server that speaks chat completions."""

    def __init__(self, model: str, base_url: str, key: Callable[[], str], client: httpx.Client, seconds: float) -> None:
        self._model, self._key, self._client = model, key, client
        self._address = f"{base_url.rstrip('/')}/chat/completions"
        self._timeout = httpx.Timeout(seconds, connect=CONNECT_SECONDS)
        self._dialect = Dialect()

    def ask(self, prompt: Prompt) -> Reply:
        """One call; a parameter that the server says it does not know is left out for it from then on."""
        try:
            key = self._key()
            response = self._client.post(
                self._address,
                json=request(self._model, prompt, self._dialect),
                headers={"Authorization": f"Bearer {key}"} if key else {},
                timeout=self._timeout,
            )
        except httpx.ReadTimeout as error:
            raise SlowModelError(f"no answer in {self._timeout.read:.0f} seconds") from error
        except httpx.TransportError as error:
            raise TryAgainLaterError(f"{type(error).__name__}: {error}") from error
        except (httpx.InvalidURL, httpx.HTTPError) as error:
            raise ConfigurationError(f"{type(error).__name__}: {error}. {SETTINGS}") from error
        simpler = _simpler(self._dialect, response)
        if simpler == self._dialect:
            return read(response)
        self._dialect = simpler
        return self.ask(prompt)


def request(model: str, prompt: Prompt, dialect: Dialect) -> dict[str, Any]:
    """The body of a call."""
    asked: dict[str, Any] = {
        "model": model,
        "messages": [
            {"role": "system", "content": prompt.system if dialect.schema else prompt.with_form},
            {"role": "user", "content": prompt.text},
        ],
        dialect.limit: prompt.most_tokens,
    }
    if dialect.schema:
        schema = {"name": "analysis", "strict": True, "schema": _closed(prompt.form)}
        asked["response_format"] = {"type": "json_schema", "json_schema": schema}
    return asked


def _closed(schema: Any) -> Any:
    """The schema with every object closed to further properties, as the strict mode demands."""
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, Mapping):
        return schema
    closed = {name: _closed(part) for name, part in schema.items()}
    return closed | {"additionalProperties": False} if schema.get("type") == "object" else closed


def _simpler(dialect: Dialect, response: httpx.Response) -> Dialect:
    """What to speak after a server has refused a parameter by its name."""
    if response.status_code not in {400, 422} or any(word in response.text for word in MISSHAPEN):
        return dialect
    told = response.text
    if dialect.limit != "max_tokens" and "max_completion_tokens" in told:
        return dialect._replace(limit="max_tokens")
    if dialect.schema and any(word in told for word in ("response_format", "json_schema", "structured output")):
        return dialect._replace(schema=False)
    return dialect


def read(response: httpx.Response) -> Reply:
    """The reply in an answer. Raises what its status, its finish reason or its refusal means."""
    body = _body(response)
    error = body.get("error")
    if response.status_code != 200 or error:
        raise _meaning(response, error if isinstance(error, Mapping) else {"message": str(error)})
    counted = body.get("usage") or {}
    usage = (
        Usage(input_tokens=counted.get("prompt_tokens", 0), output_tokens=counted.get("completion_tokens", 0))
        if counted
        else None
    )
    try:
        choice = body["choices"][0]
        message, stop = choice["message"], choice.get("finish_reason") or ""
    except (KeyError, IndexError, TypeError):
        raise OtherInterfaceError(f"The server does not answer as chat completions do. {SETTINGS}") from None
    if message.get("refusal"):
        raise RefusedError("the model refused", usage=usage)
    said = message.get("content") or ""
    if stop == "content_filter":
        raise GuardrailError("the service filtered the answer", usage=usage)
    if stop == "length":
        raise CutOffError("the answer was cut off: length", said, usage)
    calls = message.get("tool_calls") or []
    return Reply(content=calls[0]["function"]["arguments"] if calls else said, stop_reason=stop, usage=usage)


def _body(response: httpx.Response) -> Mapping[str, Any]:
    """The answer's JSON object; an error page is none."""
    try:
        found = response.json()
    except ValueError:
        found = None
    if isinstance(found, dict):
        return found
    if response.status_code == 200:
        raise OtherInterfaceError(f"The server answers no JSON object. {SETTINGS}")
    return {"error": {"message": response.text}}


def _meaning(response: httpx.Response, error: Mapping[str, Any]) -> Exception:
    """What an error answer means for the next attempt. Some gateways put the status into the body of a 200."""
    code = error.get("code")
    status = code if response.status_code == 200 and isinstance(code, int) else response.status_code
    told = " ".join(str(error.get(name)) for name in ("code", "type", "message") if error.get(name))
    about = f"{status} {told[:LONGEST_QUOTED]}"
    if any(word in told for word in UNPAID) or status in {301, 302, 307, 308, 401, 402, 403, 404, 405}:
        return ConfigurationError(f"{about} {SETTINGS}")
    if status in {408, 409, 425, 429} or status >= 500:
        return TryAgainLaterError(about, seconds_asked(response.headers))
    if any(word in told for word in FILTERED):
        return GuardrailError(about)
    if any(word in told for word in MISSHAPEN):
        return SchemaViolationError(about, _said(error))
    if any(word in told.lower() for word in UNKNOWN_MODEL):
        return ConfigurationError(f"{about} {SETTINGS}")
    return RejectedRequestError(about)


def _said(error: Mapping[str, Any]) -> str:
    failed = error.get("failed_generation", "")
    return failed if isinstance(failed, str) else json.dumps(failed)
