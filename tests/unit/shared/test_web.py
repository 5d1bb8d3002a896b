"""Answers are read within limits that hold, whatever the server does."""

import gzip
import socket
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

import httpx
import pytest

from shared.store import web
from shared.store.deadline import bounded_client

LIMITS = web.Limits(seconds=5.0, max_bytes=1_000_000)
Headers = dict[str, str]


def get(parts: list[bytes], headers: Headers | None = None, limits: web.Limits = LIMITS) -> web.Answer:
    """What is read of a body that comes in these parts."""
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=iter(parts), headers=headers))
    return web.get(httpx.Client(transport=transport), "https://papers.invalid/", limits)


def reason(act: Callable[[], object]) -> str:
    with pytest.raises(web.NoAnswerError) as raised:
        act()
    return raised.value.reason


@pytest.mark.parametrize(
    ("encoding", "compress"), [("gzip", gzip.compress), ("x-gzip", gzip.compress), ("deflate", zlib.compress)]
)
def test_a_compressed_answer_is_read(encoding: str, compress: Callable[[bytes], bytes]) -> None:
    body = compress(b"kites " * 100)
    assert get([body[:7], body[7:]], {"Content-Encoding": encoding}).body == b"kites " * 100


def test_a_bomb_is_stopped_while_it_is_decompressed() -> None:
    bomb = gzip.compress(bytes(100_000_000), compresslevel=1)
    tracemalloc.start()
    try:
        assert reason(lambda: get([bomb], {"Content-Encoding": "gzip"})) == "odd"
        assert tracemalloc.get_traced_memory()[1] < 10 * LIMITS.max_bytes
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip"])
def test_a_compression_that_was_not_asked_for_is_refused(encoding: str) -> None:
    assert reason(lambda: get([b"x"], {"Content-Encoding": encoding})) == "odd"


def test_what_is_not_what_its_header_says_is_refused() -> None:
    assert reason(lambda: get([b"no gzip"], {"Content-Encoding": "gzip"})) == "odd"


@pytest.mark.parametrize(("size", "fits"), [(1_000_000, True), (1_000_001, False)])
def test_an_answer_has_at_most_so_many_bytes(size: int, fits: bool) -> None:
    parts = [bytes(600_000), bytes(size - 600_000)]
    if fits:
        assert len(get(parts).body) == size
    else:
        assert reason(lambda: get(parts)) == "odd"


@pytest.mark.parametrize("address", ["https://papers.invalid:port/", "https://a\nb/"])
def test_what_is_no_address_is_not_asked(address: str) -> None:
    assert reason(lambda: web.get(httpx.Client(), address, LIMITS)) == "odd"


@contextmanager
def dripping(*parts: bytes) -> Iterator[str]:
    """The address of a server that sends a part every 20 ms, as fast as no read timeout notices."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(1000)
                try:
                    for part in parts:
                        connection.sendall(part)
                        time.sleep(0.02)
                except OSError:
                    return

        Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"


@pytest.mark.parametrize(
    "parts",
    [
        [b"HTTP/1.1 200 OK\r\nX-Drip: ", *[b"x"] * 500],
        [b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n", *[b"x"] * 500],
    ],
    ids=["headers", "body"],
)
def test_a_server_that_drips_is_left_behind_on_the_clock(parts: list[bytes]) -> None:
    begun = time.monotonic()
    with dripping(*parts) as address, bounded_client(timeout=5) as client:
        assert reason(lambda: web.get(client, address, web.Limits(0.1, 1000))) == "slow"
    assert time.monotonic() - begun < 5, "the whole answer takes 10 s"


def test_a_bounded_client_reads_a_whole_answer() -> None:
    with (
        dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", b"ki", b"tes") as address,
        bounded_client() as client,
    ):
        assert web.get(client, address, LIMITS).body == b"kites"


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("120", 120.0),
        ("0.5", 0.5),
        ("-3", 0.0),
        ("Fri, 20 Feb 2026 00:02:00 GMT", 120.0),
        ("Thu, 19 Feb 2026 23:59:00 GMT", 0.0),
        *[(value, None) for value in ("inf", "nan", "soon", "", "Fri, 20 Feb 2026 00:02:00 -0000")],
    ],
)
def test_a_wait_is_a_number_or_a_date(asked: str, seconds: float | None) -> None:
    assert web.retry_after({"retry-after": asked, "date": "Fri, 20 Feb 2026 00:00:00 GMT"}) == seconds
