"""A language model on a loopback address: speaks Bedrock's Converse and OpenAI's chat completions, well or badly."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from time import sleep
from typing import Any, Literal, NamedTuple

Stop = Literal["said", "cut off", "refused", "guardrail"]
USAGE = (1200, 300)
"""Tokens of every call, read and written."""

_SENTENCE = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
_FENCE = re.compile(r"\b[0-9a-f]{16}\b")


class Asked(NamedTuple):
    """A question, as the model sees it."""

    service: Literal["bedrock", "openai"]
    system: str
    text: str
    key: str = ""
    by_form: bool = True
    """Whether the form came as a tool or a schema, and not as text."""

    @property
    def title(self) -> str:
        """The paper's title."""
        return re.search(r"^Title: (.*)$", self.text, re.MULTILINE)[1]  # type: ignore[index]

    @property
    def sentences(self) -> list[str]:
        """The paper's sentences."""
        return [sentence for _, sentence in _SENTENCE.findall(self.text)]

    @property
    def full(self) -> bool:
        """Whether the long form was asked for."""
        return "developer_view" in self.system

    @property
    def repair(self) -> bool:
        """Whether an earlier answer was wrong."""
        return "Wrong in it:" in self.text

    @property
    def fence(self) -> str:
        """What stands around the paper."""
        return _FENCE.search(self.text)[0]  # type: ignore[index]


class Answered(NamedTuple):
    """What the model does about it."""

    content: Mapping[str, Any] | str = ""
    stop: Stop = "said"
    status: int = 200
    headers: Mapping[str, str] = {}
    error: tuple[str, str] = ("", "")
    """Code and message of a status that is not 200."""
    seconds: float = 0.0
    """How long it takes."""
    body: Any = None
    """The whole body, where it is an odd one."""


Behaviour = Callable[[Asked], Answered]


def well(asked: Asked) -> Answered:
    """A true answer about a paper of the chain tests, in Korean or English."""
    return Answered(honest(asked))


def anything(asked: Asked) -> Answered:
    """An answer that is true of any paper, because it says next to nothing: for runs over real lists."""
    said: dict[str, Any] = {"text": SAYS_LITTLE["한국어" in asked.system], "sources": [1]}
    answer: dict[str, Any] = {"one_line": said, "key_points": [{"role": "context", **said}] * 3, "tags": []}
    if asked.full:
        whole = {"text": " ".join([str(said["text"])] * 3), "sources": [1]}
        answer |= {"developer_view": said, "practice_ideas": [said], "risks": [said], "detail": whole}
        answer |= {"numbers": [], "stated": []}
    return Answered(answer)


def honest(asked: Asked) -> dict[str, Any]:
    """What is true of every paper of the chain tests."""
    korean = "한국어" in asked.system
    texts = KOREAN if korean else ENGLISH
    answer: dict[str, Any] = {
        "one_line": {"text": texts[0], "sources": [2, 3]},
        "key_points": [
            {"role": role, "text": text, "sources": [place]}
            for place, (role, text) in enumerate(zip(("problem", "method", "result"), texts[1:4], strict=True), start=1)
        ],
        "tags": ["agent", "Memory"],
    }
    if asked.full:
        answer |= {
            "developer_view": {"text": texts[4], "sources": [2]},
            "practice_ideas": [{"text": texts[5], "sources": []}],
            "risks": [{"text": texts[6], "sources": [1]}],
            "detail": {"text": texts[7], "sources": [1, 2, 3]},
            "numbers": [{"value": "91.5%", "measures": texts[8], "source": 3}],
            "stated": [{"kind": "benchmark", "text": texts[3], "source": 3}],
        }
    return answer


SAYS_LITTLE = {
    True: "이 분야의 문제를 살피고 새로운 방법을 제안하는 연구",
    False: "the authors study a problem of the field and propose a new method",
}
KOREAN = (
    "오차를 절반으로 줄이고 정확도 91.5%에 이르는 방법을 제안한다.",
    "에이전트가 잊는 문제",
    "오차를 절반으로 줄이는 방법 제안",
    "정확도 91.5% 달성",
    "에이전트를 만드는 쪽에서 오차를 줄이는 데 쓸 수 있는 방법이다.",
    "사내 에이전트의 오차를 먼저 재고 비교",
    "어떤 조건에서 잊는지는 초록에 없음",
    "에이전트는 잊는다. 저자들은 오차를 절반으로 줄이는 방법을 제안한다. 이 방법은 정확도 91.5%에 이른다.",
    "정확도",
)
ENGLISH = (
    "The authors propose a method that halves the error and reaches 91.5% accuracy.",
    "Agents forget what they saw",
    "A method that halves the error",
    "It reaches 91.5% accuracy",
    "Those who build agents can use the method to reduce the error.",
    "Measure the error of your own agents first, then compare",
    "The abstract does not say when agents forget",
    "Agents forget. The authors propose a method that halves the error. It reaches 91.5% accuracy.",
    "accuracy",
)


class ModelStub:
    """Where the stub listens, what it was asked, and how it behaves."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.behaviour: Behaviour = well
        self.address = ""
        self._lock = Lock()

    def answer(self, asked: Asked) -> Answered:
        """Notes the question and behaves."""
        with self._lock:
            self.asked.append(asked)
        answered = self.behaviour(asked)
        if answered.seconds:
            sleep(answered.seconds)
        return answered

    def titles(self) -> list[str]:
        """Which papers were asked for, in order."""
        return [asked.title for asked in self.asked]


@contextmanager
def running() -> Iterator[ModelStub]:
    """A stub that listens."""
    stub = ModelStub()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # headers and body leave apart: the second would wait 40 ms for an ACK

        def do_GET(self) -> None:
            self._send(Answered(), b'{"data": []}')

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            bedrock = self.path.endswith("/converse")
            asked = _of_bedrock(body) if bedrock else _of_openai(body, self.headers.get("Authorization", ""))
            answered = stub.answer(asked)
            encode = _to_bedrock if bedrock else _to_openai
            answer = answered.body if answered.body is not None else encode(answered, asked)
            self._send(answered, (answer if isinstance(answer, str) else json.dumps(answer)).encode())

        def _send(self, answered: Answered, body: bytes) -> None:
            self.send_response(answered.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            if answered.error[0]:
                self.send_header("x-amzn-ErrorType", answered.error[0])
            for name, value in answered.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    class Server(ThreadingHTTPServer):
        request_queue_size = 128
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A client that hung up is part of the game."""

    with Server(("127.0.0.1", 0), Handler) as server:
        stub.address = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield stub
        finally:
            server.shutdown()


def _of_bedrock(body: Mapping[str, Any]) -> Asked:
    return Asked(
        service="bedrock",
        system=body["system"][0]["text"] if "system" in body else body["messages"][0]["content"][0]["text"],
        text=body["messages"][0]["content"][0]["text"],
        by_form="toolConfig" in body,
    )


def _of_openai(body: Mapping[str, Any], key: str) -> Asked:
    texts = [message["content"] for message in body["messages"]]
    system, user = texts[0], texts[-1]
    return Asked(
        service="openai",
        system=system,
        text=user,
        key=key.removeprefix("Bearer "),
        by_form="response_format" in body,
    )


def _to_bedrock(answered: Answered, asked: Asked) -> dict[str, Any]:
    if answered.status != 200:
        return {"message": answered.error[1]}
    as_input = asked.by_form and not isinstance(answered.content, str)
    block: dict[str, Any] = {"text": _text(answered.content)}
    if as_input:
        block = {"toolUse": {"toolUseId": "t1", "name": "record_analysis", "input": answered.content}}
    said = "tool_use" if as_input else "end_turn"
    stop = {"said": said, "cut off": "max_tokens", "refused": "content_filtered", "guardrail": "guardrail_intervened"}
    return {
        "output": {"message": {"role": "assistant", "content": [block]}},
        "stopReason": stop[answered.stop],
        "usage": {"inputTokens": USAGE[0], "outputTokens": USAGE[1], "totalTokens": sum(USAGE)},
        "metrics": {"latencyMs": 1},
    }


def _to_openai(answered: Answered, asked: Asked) -> dict[str, Any]:
    if answered.status != 200:
        return {"error": {"code": answered.error[0], "message": answered.error[1], "type": "error"}}
    refused = answered.stop == "refused"
    message = {"role": "assistant", "content": None if refused else _text(answered.content), "refusal": None}
    if refused:
        message["refusal"] = _text(answered.content) or "no"
    stop = {"said": "stop", "cut off": "length", "refused": "stop", "guardrail": "content_filter"}[answered.stop]
    return {
        "id": "1",
        "object": "chat.completion",
        "model": asked.service,
        "choices": [{"index": 0, "message": message, "finish_reason": stop}],
        "usage": {"prompt_tokens": USAGE[0], "completion_tokens": USAGE[1], "total_tokens": sum(USAGE)},
    }


def _text(content: Mapping[str, Any] | str) -> str:
    return content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
