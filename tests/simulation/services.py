"""SNS, SSM and Bedrock in memory."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, NamedTuple

from tests.simulation.calls import Calls, error, unreachable
from tests.simulation.models import Answerer

MAX_MAIL_BYTES = 262_144
MAX_SUBJECT_CHARS = 100


class Mail(NamedTuple):
    """A mail that SNS took."""

    edition: str
    language: str
    period: str
    subject: str
    body: str


class SnsClient:
    """The topics. `watch` hears of each mail to readers before it is taken."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self.mails: list[Mail] = []
        self.notices: list[str] = []
        """The subjects of the notices to the operators."""
        self.watch: Callable[[Mail], object] = lambda _: None

    def publish(
        self, *, Message: str, Subject: str, MessageAttributes: Mapping[str, Any] | None = None, **_: Any
    ) -> dict[str, str]:
        """Takes a mail, within SNS's limits. One without attributes is for the operators."""
        if MessageAttributes is None:
            return self._calls.aws("publish", f"operators/{Subject}", lambda: self._note(Subject))
        about = {name: each["StringValue"] for name, each in MessageAttributes.items()}
        mail = Mail(about["edition"], about["language"], about["period"], Subject, Message)
        return self._calls.aws("publish", f"{mail.edition}/{mail.language}", lambda: self._take(mail))

    def _note(self, subject: str) -> dict[str, str]:
        self.notices.append(subject)
        return {"MessageId": f"notice-{len(self.notices)}"}

    def _take(self, mail: Mail) -> dict[str, str]:
        if not (0 < len(mail.subject) <= MAX_SUBJECT_CHARS and mail.subject.isascii() and mail.subject.isprintable()):
            raise error("InvalidParameter", 400, "Publish", "Subject")
        if not 0 < len(mail.body.encode()) <= MAX_MAIL_BYTES:
            raise error("InvalidParameter", 400, "Publish", "Message")
        self.watch(mail)
        self.mails.append(mail)
        return {"MessageId": f"mail-{len(self.mails)}"}


class SsmClient:
    """The parameter store."""

    def __init__(self, calls: Calls, parameters: Mapping[str, str]) -> None:
        self._calls, self._parameters = calls, parameters

    def get_parameter(self, *, Name: str, WithDecryption: bool) -> Mapping[str, Any]:
        """One parameter."""
        return self._calls.aws("parameter", Name, lambda: self._read(Name))

    def get_paginator(self, operation: str) -> "SsmClient":
        """That of the parameters of a path: one page."""
        assert operation == "get_parameters_by_path"
        return self

    def paginate(self, *, Path: str, WithDecryption: bool) -> Iterator[Mapping[str, Any]]:
        """Asks when it is read."""
        under = {name: value for name, value in self._parameters.items() if name.startswith(f"{Path}/")}
        found = [{"Name": name, "Value": value} for name, value in under.items()]
        yield self._calls.aws("parameter", Path, lambda: {"Parameters": found})

    def _read(self, name: str) -> Mapping[str, Any]:
        if name not in self._parameters:
            raise error("ParameterNotFound", 400, "GetParameter")
        return {"Parameter": {"Name": name, "Value": self._parameters[name]}}


class BedrockClient:
    """The Converse API."""

    def __init__(self, answerer: Answerer, seconds: int) -> None:
        self._answerer, self._seconds = answerer, seconds
        self.meta = SimpleNamespace(events=SimpleNamespace(register=lambda *_, **__: None))
        """Where boto3's hooks are registered: they are for answers on the wire, and there is no wire."""

    def converse(self, **request: Any) -> Mapping[str, Any]:
        """Answers as boto3 gives it, by a tool call where one is asked for."""
        system, text = _text(request.get("system", ())), _text(request["messages"][0]["content"])
        answered = self._answerer.ask(request["modelId"], system, text, float(self._seconds))
        match answered.status:
            case 0:
                raise unreachable()
            case 429:
                raise error("ThrottlingException", 429, "Converse")
            case 503:
                raise error("ServiceUnavailableException", 503, "Converse")
        block: dict[str, Any] = {"text": answered.text}
        if "toolConfig" in request and isinstance(answered.content, Mapping):
            block = {"toolUse": {"toolUseId": "1", "name": _tool(request), "input": answered.content}}
        stops = {"end": "tool_use" if "toolUse" in block else "end_turn", "cut off": "max_tokens"}
        return {
            "output": {"message": {"role": "assistant", "content": [block]}},
            "stopReason": stops.get(answered.stop, "content_filtered"),
            "usage": {"inputTokens": 1200, "outputTokens": 300, "totalTokens": 1500},
            "ResponseMetadata": {"HTTPStatusCode": 200},
        }


def _text(blocks: Sequence[Mapping[str, str]]) -> str:
    return "".join(block["text"] for block in blocks)


def _tool(request: Mapping[str, Any]) -> str:
    return str(request["toolConfig"]["tools"][0]["toolSpec"]["name"])
