"""Stands in for Hugging Face on a loopback address: answers one day's recorded list, and asks no source."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

FETCH_LIMIT = 100
"""Rows of a page, as fetch asks for them."""


@contextmanager
def served(listing: Path, day: date) -> Iterator[str]:
    """The address of a server that answers this file for this day. A file that is no list is answered as it is."""
    answer = listing.read_bytes()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            question = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            body = page(answer, int(question.get("limit", "50")), int(question.get("p", "0")))
            self.send_response(200 if question.get("date") == str(day) else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing: the run reports its progress."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def page(answer: bytes, limit: int, number: int) -> bytes:
    """One page of the answer: the file's own bytes where all rows fit on it."""
    try:
        rows = json.loads(answer)
    except ValueError:
        return answer
    if not isinstance(rows, list) or (number == 0 and len(rows) < limit):
        return answer
    return json.dumps(rows[number * limit : (number + 1) * limit]).encode()


def first_page(listing: Path) -> bytes:
    """What the server answers to fetch's first question."""
    return page(listing.read_bytes(), FETCH_LIMIT, 0)
