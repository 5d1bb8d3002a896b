"""The whole texts of papers at Hugging Face, and how they fail."""

import gzip
from collections.abc import Callable, Iterator
from functools import cache

import httpx

from tests.factories import whole_texts
from tests.simulation.calls import Calls

CUT_AT = 4_000
"""Characters: within a section."""
PAGE = "<!DOCTYPE html><title>Hugging Face</title>" + "<div>1 Introduction</div>\n" * 2000
"""What a paper without HTML at arXiv gives."""
DRIPPED_BYTES = 30
"""One a second: more seconds than any answer may take."""


class Texts:
    """Answers `GET /papers/{id}.md`. `watch` hears of each question: the paper, and whether it is conditional."""

    def __init__(self, calls: Calls, refused: Callable[[str, httpx.Request], httpx.Response | None]) -> None:
        self._calls, self._refused = calls, refused
        self.watch: Callable[[str, bool], object] = lambda *_: None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        paper = request.url.path.removeprefix("/papers/").removesuffix(".md")
        self.watch(paper, "if-none-match" in request.headers)
        fault = self._calls.pass_through("text", paper)
        if fault and (refused := self._refused(fault.kind, request)):
            return refused
        if fault and fault.kind == "killed after":
            self._calls.die()
        return self._wrong(fault.kind, paper) if fault else _right(paper, request)

    def _wrong(self, kind: str, paper: str) -> httpx.Response:
        match kind:
            case "missing":
                return httpx.Response(404, text=PAGE)
            case "cut off":
                return httpx.Response(200, text=text(paper)[:CUT_AT])
            case "large":
                return httpx.Response(200, content=_large(), headers={"content-encoding": "gzip"})
            case "dripping":
                return httpx.Response(200, content=self._drip(text(paper).encode()))
        return httpx.Response(200, text=PAGE)

    def _drip(self, body: bytes) -> Iterator[bytes]:
        for place in range(DRIPPED_BYTES):
            self._calls.kernel.sleep(1.0)
            yield body[place : place + 1]


@cache
def text(paper: str) -> str:
    """A whole paper of our own under this id."""
    return whole_texts.marked(paper_id=paper)


def _right(paper: str, request: httpx.Request) -> httpx.Response:
    etag = f'"{paper}"'
    if request.headers.get("if-none-match") == etag:
        return httpx.Response(304)
    return httpx.Response(200, text=text(paper), headers={"etag": etag})


@cache
def _large() -> bytes:
    return gzip.compress(b"a" * 3_000_000)
