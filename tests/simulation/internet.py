"""The internet as httpx sees it: the list, texts, arXiv, GitHub, the Hub, pictures, a model and chats."""

import json
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import httpx
from botocore.exceptions import ReadTimeoutError

from shared.model.span import parse
from tests.factories.picture_files import png
from tests.simulation.calls import Calls
from tests.simulation.lists import Lists
from tests.simulation.models import Answered, Answerer
from tests.simulation.texts import Texts

ARXIV_ENTRY = """<entry><id>http://arxiv.org/abs/{id}v1</id><published>2026-02-19T10:00:00Z</published>
<category term="cs.AI"/></entry>"""
ARXIV_FEED = '<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'


class Internet:
    """One function from a request to a response."""

    def __init__(self, calls: Calls, lists: Lists, answerer: Answerer) -> None:
        self._calls, self._lists, self._answerer = calls, lists, answerer
        self.posts: list[tuple[str, bytes]] = []
        """What chats took, by their addresses."""
        self.texts = Texts(calls, self._refused)
        self._at: dict[str, Callable[[httpx.Request], httpx.Response]] = {
            "huggingface.co": self._hugging_face,
            "export.arxiv.org": self._arxiv,
            "api.github.com": self._github,
            "api.openai.com": self._model,
            "hooks.example": self._chat,
            "api.telegram.org": self._chat,
        }

    def __call__(self, request: httpx.Request) -> httpx.Response:
        host = request.headers["Host"].partition(":")[0]
        response = self._at.get(host, self._picture)(request)
        response.request = request
        return response

    def _hugging_face(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith(".md"):
            return self.texts(request)
        if request.url.path != "/api/daily_papers":
            paper = request.url.path.rpartition("/papers/")[2]
            return self._web("hub", paper, request, lambda: httpx.Response(200, json={"id": paper, "linkedModels": []}))
        (kind, name), page = next(iter(request.url.params.items())), int(request.url.params["p"])
        return self._web("list", f"{name}/{page}", request, lambda: self._rows(kind, name, page))

    def _rows(self, kind: str, name: str, page: int) -> httpx.Response:
        now = self._calls.kernel.time
        of_day = kind == "date"
        rows = self._lists.of_day(date.fromisoformat(name), now) if of_day else self._lists.of_period(parse(name), now)
        return httpx.Response(200, json=rows[100 * page : 100 * page + 100])

    def _arxiv(self, request: httpx.Request) -> httpx.Response:
        wanted = request.url.params["id_list"].split(",")
        feed = ARXIV_FEED.format("".join(ARXIV_ENTRY.format(id=paper) for paper in wanted))
        return self._web("arxiv", wanted[0], request, lambda: httpx.Response(200, text=feed))

    def _github(self, request: httpx.Request) -> httpx.Response:
        name = request.url.path.removeprefix("/repos/")
        facts = {"full_name": name, "stargazers_count": 7, "archived": False, "license": {"spdx_id": "MIT"}}
        return self._web("github", name, request, lambda: httpx.Response(200, json=facts))

    def _picture(self, request: httpx.Request) -> httpx.Response:
        return self._web("picture", request.url.path, request, lambda: httpx.Response(200, content=picture()))

    def _chat(self, request: httpx.Request) -> httpx.Response:
        body, address = request.read(), request.url.path
        fault = self._calls.pass_through("post", f"{address}/{len(body)}")
        if fault and (refused := self._refused(fault.kind, request)):
            return refused
        self.posts.append((address, body))
        if fault and fault.kind == "answer lost":
            raise httpx.ReadTimeout("simulated", request=request)
        if fault and fault.kind == "killed after":
            self._calls.die()
        return httpx.Response(200, text="ok")

    def _model(self, request: httpx.Request) -> httpx.Response:
        asked = json.loads(request.read())
        system, text = (_text(message["content"]) for message in asked["messages"])
        patience = float(request.extensions["timeout"]["read"])
        try:
            answered = self._answerer.ask(asked["model"], system, text, patience)
        except ReadTimeoutError:
            raise httpx.ReadTimeout("simulated", request=request) from None
        if answered.status != 200:
            return httpx.Response(
                answered.status, json={"error": {"message": "simulated"}}, headers={"Retry-After": "5"}
            )
        return httpx.Response(200, json=_completion(answered))

    def _web(self, source: str, name: str, request: httpx.Request, do: Callable[[], httpx.Response]) -> httpx.Response:
        fault = self._calls.pass_through("web", f"{source}/{name}")
        if fault is None:
            return do()
        refused = self._refused(fault.kind, request)
        if refused is None and fault.kind == "killed after":
            self._calls.die()
        return refused or httpx.Response(200, text="<html>simulated")

    def _refused(self, kind: str, request: httpx.Request) -> httpx.Response | None:
        match kind:
            case "killed before":
                self._calls.die()
            case "throttled":
                return httpx.Response(429, text="simulated", headers={"Retry-After": "30"})
            case "down":
                return httpx.Response(500, text="simulated")
            case "slow":
                self._calls.kernel.sleep(float(request.extensions["timeout"]["read"]))
                raise httpx.ReadTimeout("simulated", request=request)
            case "unreachable":
                raise httpx.ConnectError("simulated", request=request)
        return None


@cache
def picture() -> bytes:
    """A picture small enough to be encoded in a millisecond."""
    return png((64, 40))


def _text(content: Any) -> str:
    return content if isinstance(content, str) else "".join(part["text"] for part in content)


def _completion(answered: Answered) -> dict[str, Any]:
    refused = answered.stop == "refused"
    message = {"role": "assistant", "content": None if refused else answered.text}
    return {
        "choices": [
            {
                "message": message | ({"refusal": "no"} if refused else {}),
                "finish_reason": "length" if answered.stop == "cut off" else "stop",
            }
        ],
        "usage": {"prompt_tokens": 1200, "completion_tokens": 300, "total_tokens": 1500},
    }
