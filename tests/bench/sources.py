"""What sources that take 200 ms an answer add to a day of 50 papers: arXiv, GitHub and Hugging Face."""

import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from tests.bench.chain import DAY, PROGRAM
from tests.bench.figures import Figure, fresh
from tests.bench.listing import written

PAPERS = 50
SECONDS = 0.2
TARGET = 2.0
ROUNDS = 3


def figures() -> Iterator[Figure]:
    """Seconds with the sources less those without, in turn, and requests a paper."""
    with tempfile.TemporaryDirectory() as folder, answering() as server:
        listing = written(Path(folder), PAPERS)
        added = [
            _day(listing, f"{folder}/with-{turn}", server.address, "arxiv,github,huggingface")
            - _day(listing, f"{folder}/without-{turn}", server.address, "none")
            for turn in range(ROUNDS)
        ]
    how = f"daily-papers digest, the template's concurrency, median of {ROUNDS} differences"
    yield Figure(f"{PAPERS} papers, sources of {1000 * SECONDS:.0f} ms, over none", median(added), "s", TARGET, how)
    asked = server.requests / PAPERS / ROUNDS
    yield Figure("requests to sources", asked, "a paper", None, "every second paper has code; pictures aside")


def _day(listing: Path, out: str, address: str, sources: str) -> float:
    variables = {"HF_URL": address, "ARXIV_URL": address, "GITHUB_URL": address}
    arguments = ("--day", DAY, "--listing", str(listing), "--sources", sources, "--out", out)
    seconds: float = fresh(PROGRAM, *arguments, **variables)[0]
    return seconds


class Answering(ThreadingHTTPServer):
    """Answers what each source would, after its time."""

    daemon_threads = True
    requests = 0

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Answering)
        self.server.requests += 1
        time.sleep(SECONDS)
        body = _answer(self.path)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def _answer(path: str) -> bytes:
    if path.startswith("/api/query"):
        ids = parse_qs(urlsplit(path).query)["id_list"][0].split(",")
        entries = "".join(f"<entry><id>http://arxiv.org/abs/{name}v1</id></entry>" for name in ids)
        return f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'.encode()
    if path.startswith("/repos/"):
        return json.dumps({"full_name": path.removeprefix("/repos/"), "stargazers_count": 1}).encode()
    return json.dumps({"id": path.rsplit("/", 1)[-1]}).encode()


@contextmanager
def answering() -> Iterator[Answering]:
    with Answering(("127.0.0.1", 0), _Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
