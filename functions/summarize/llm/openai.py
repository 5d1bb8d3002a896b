"""OpenAI's chat completions, as many services and servers speak them."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from functions.summarize.errors import ConfigurationError, LostAnswerError, OtherInterfaceError
from functions.summarize.llm import Reply, families, read_usage
from functions.summarize.llm.chat_answer import join_events, leaves, read
from functions.summarize.llm.dialect import Dialect, Parameter, first_dialect, negotiate
from functions.summarize.llm.meaning import MAX_QUOTED, meaning, pattern, seconds_asked
from functions.summarize.prompt.prompt import Prompt
from shared.store import web
from shared.store.retry import TryAgainLaterError

MAX_BYTES = 1_000_000
"""Of an answer: a whole analysis has 10 KB, a model's thoughts before it perhaps 100."""
SETTINGS = "Look at the parameters Model, OpenAiBaseUrl and OpenAiKeyParameter (locally OPENAI_API_KEY)."
PARAMETERS = (
    Parameter("reasoning_effort", pattern("reasoning", "effort", "think"), (families.EFFORT, "")),
    Parameter(
        "response_format",
        pattern(
            "response_?format", "schema", "json", "grammar", "strict", "additionalProperties", "structured", "guided"
        ),
        ("json_schema", ""),
    ),
    Parameter(
        "limit",
        pattern("max_completion_tokens", "max_tokens", "max_new_tokens"),
        ("max_completion_tokens", "max_tokens", ""),
    ),
    Parameter("system", pattern("system", "developer", r"\broles?\b"), ("system", "")),
)
"""No temperature: the models of the gpt-5 family refuse any but their default."""


class OpenAiModel:
    """A model of a server that speaks chat completions."""

    def __init__(self, model: str, base_url: str, key: Callable[[], str], client: httpx.Client, seconds: float) -> None:
        self._model, self._read_key, self._client = model, key, client
        self._address = f"{base_url.rstrip('/')}/chat/completions"
        self._limits = web.Limits(seconds, MAX_BYTES)
        self._reasons = families.reasons(model)
        self._dialect = first_dialect(PARAMETERS, unsent=() if self._reasons else ("reasoning_effort",))

    def ask(self, prompt: Prompt) -> Reply:
        """One answered call. What the server refuses is left out from then on; refusals cost nothing."""
        body, self._dialect = negotiate(lambda dialect: self._post(prompt, dialect), self._dialect, PARAMETERS)
        reply = read(body, prompt, SETTINGS)
        if reply.is_cut_off and not reply.text and not self._reasons:
            self._reasons = True
            self._dialect = {**self._dialect, "reasoning_effort": families.EFFORT}
        return reply

    def _post(self, prompt: Prompt, dialect: Dialect) -> Mapping[str, Any]:
        """The body of an answer. Raises what an error means."""
        key = self._key()
        try:
            asked = self._client.build_request(
                "POST",
                self._address,
                json=request(self._model, prompt, dialect, reasons=self._reasons),
                headers={"Authorization": f"Bearer {key}"} if key else {},
            )
            answer = web.send(self._client, asked, self._limits)
        except web.NoAnswerError as error:
            raise _unanswered(error) from None
        except httpx.InvalidURL as error:
            raise ConfigurationError(f"OpenAiBaseUrl: {error}. {SETTINGS}") from None
        return _body(answer, prompt, key)

    def _key(self) -> str:
        """The key without the blanks and line breaks that copying leaves. It never stands in an error."""
        key = self._read_key().strip()
        if not key.isascii() or not key.isprintable():
            raise ConfigurationError(f"OpenAiKeyParameter: the key holds characters that no key has. {SETTINGS}")
        return key


def request(model: str, prompt: Prompt, dialect: Dialect, *, reasons: bool) -> dict[str, Any]:
    """The body of a call."""
    system = prompt.system if dialect["response_format"] else prompt.with_form
    messages = [{"role": "system", "content": system}, {"role": "user", "content": prompt.text}]
    if not dialect["system"]:
        messages = [{"role": "user", "content": f"{system}\n\n{prompt.text}"}]
    asked: dict[str, Any] = {"model": model, "messages": messages}
    if dialect["limit"]:
        asked[dialect["limit"]] = families.limit(prompt, reasoning=reasons)
    if dialect["response_format"]:
        schema = {"name": "analysis", "strict": True, "schema": _closed(prompt.form)}
        asked["response_format"] = {"type": "json_schema", "json_schema": schema}
    if dialect["reasoning_effort"]:
        asked["reasoning_effort"] = dialect["reasoning_effort"]
    return asked


def _closed(schema: Any) -> Any:
    """The schema with every object closed to further properties, as the strict mode demands."""
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, Mapping):
        return schema
    closed = {name: _closed(part) for name, part in schema.items()}
    return closed | {"additionalProperties": False} if schema.get("type") == "object" else closed


def _unanswered(error: web.NoAnswerError) -> Exception:
    """What no answer means: it may be paid for, unless the request never reached the server."""
    match error.__cause__:
        case httpx.UnsupportedProtocol():
            return ConfigurationError(f"OpenAiBaseUrl: {error}. {SETTINGS}")
        case httpx.ConnectTimeout() | httpx.PoolTimeout() | httpx.ConnectError() | httpx.ProxyError():
            return TryAgainLaterError(str(error))
    return LostAnswerError(f"no answer: {error}")


def _body(answer: web.Answer, prompt: Prompt, key: str) -> Mapping[str, Any]:
    """The answer's JSON object. Gateways put errors into a 200, with the status in it or without."""
    body = _parse(answer)
    error = body.get("error") or _unwrapped_error(body)
    if answer.status == 200 and not error:
        return body
    words = " ".join(leaves(error or body))
    words = words.replace(key, "[key]") if key else words
    status = answer.status if answer.status != 200 else _status(error)
    raised = meaning(status, words, seconds_asked(answer.headers, words), SETTINGS)
    generation = error.get("failed_generation") if isinstance(error, Mapping) else None
    if generation:  # a service that holds the answer against the schema itself: the reader is more lenient
        return {"choices": [{"message": {"content": generation}, "finish_reason": "stop"}]}
    if isinstance(raised, TryAgainLaterError) and body.get("usage"):
        raise LostAnswerError(str(raised), raised.seconds, read_usage(body["usage"], prompt, ()))
    raise raised


def _unwrapped_error(body: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The body itself, where it holds no answer and says why."""
    says_why = any(isinstance(body.get(name), str) for name in ("message", "msg", "detail", "error_msg"))
    return body if says_why and not body.get("choices") else None


def _status(error: Any) -> int:
    """The status that an error in a 200 names; one without is the service's own failure."""
    codes = (error.get(name) for name in ("code", "status", "status_code")) if isinstance(error, Mapping) else ()
    return next((int(code) for code in map(str, codes) if code.isdigit() and 400 <= int(code) < 600), 500)


def _parse(answer: web.Answer) -> Mapping[str, Any]:
    """The body as an object: that of an error may be a list or text, that of an answer a stream of events."""
    text = answer.body.decode(errors="replace").removeprefix("\ufeff").strip()
    try:
        found = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        found = join_events(text)
    found = found[0] if isinstance(found, list) and found else found
    if isinstance(found, dict):
        return found
    if answer.status != 200:
        return {"message": text[:MAX_QUOTED]}
    if not text or text.startswith(("{", "[", "data:")):
        raise LostAnswerError("the answer broke off: its JSON is not whole")
    raise OtherInterfaceError(f"The server answers no JSON object. {SETTINGS}")
