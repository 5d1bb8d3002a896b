"""Stands in for Hugging Face on a loopback address: answers one recorded list, and passes on other questions."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from shared.model.span import Span
from shared.store import web

FETCH_LIMIT = 100
"""Rows of a page, as fetch asks for them."""
PASSED_ON = ("etag", "retry-after", "ratelimit")
"""Headers of answers from elsewhere that the functions read."""
SHUT_DOWN_WITHIN = 0.01
"""Seconds; the standard library's half a second would be waited for at the end of every run."""
LIMITS = web.Limits(seconds=8.0, max_bytes=1_000_000)


@contextmanager
def serve(listing: Path, *spans: Span, elsewhere: str = "") -> Iterator[str]:
    """The address of a server that answers this file for these spans. The server `elsewhere` is asked the rest."""
    answer = listing.read_bytes()
    answered = {(span.unit, str(span)) for span in spans}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if urlsplit(self.path).path != "/api/daily_papers":
                self._answer(*_passed_on(elsewhere, self.path, self.headers.get("If-None-Match", "")))
                return
            question = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            body = page(answer, int(question.get("limit", "50")), int(question.get("p", "0")))
            self._answer(200 if answered & question.items() else 404, {}, body)

        def _answer(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in {
                **headers,
                "Content-Type": "application/json",
                "Content-Length": str(len(body)),
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing: the run reports its progress."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": SHUT_DOWN_WITHIN}, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def _passed_on(elsewhere: str, path: str, etag: str) -> tuple[int, dict[str, str], bytes]:
    if not elsewhere:
        return 404, {}, b"{}"
    try:
        headers = {"If-None-Match": etag} if etag else {}
        answer = web.get(web.client(), f"{elsewhere.rstrip('/')}{path}", LIMITS, headers)
    except web.NoAnswerError:
        return 502, {}, b"{}"
    return answer.status, {name: answer.headers[name] for name in PASSED_ON if name in answer.headers}, answer.body


def page(answer: bytes, limit: int, number: int) -> bytes:
    """One page of the answer: the file's own bytes where all rows fit on it."""
    try:
        rows = json.loads(answer)
    except (ValueError, RecursionError):
        return answer
    if not isinstance(rows, list) or (number == 0 and len(rows) < limit):
        return answer
    return json.dumps(rows[number * limit : (number + 1) * limit]).encode()


def first_page(listing: Path) -> bytes:
    """What the server answers to fetch's first question."""
    return page(listing.read_bytes(), FETCH_LIMIT, 0)
