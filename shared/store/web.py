"""The one HTTP client, and answers read within limits."""

import zlib
from collections.abc import Callable, Mapping
from contextlib import closing
from email.utils import parsedate_to_datetime
from functools import cache
from math import isfinite
from time import monotonic
from typing import Literal, NamedTuple

import httpx

from shared.store.deadline import bounded_client, ends_at

CONNECT_SECONDS = 5.0
READ_SECONDS = 20.0
"""A list of 100 rows is half a megabyte; a source that needs longer is asked again by the next run."""
USER_AGENT = "daily-papers/1.0"
GZIP_OR_ZLIB = 32
"""Added to zlib's window size: its header says which of them it is."""


@cache
def client() -> httpx.Client:
    """Follows no redirects: one could lead anywhere."""
    return bounded_client(
        timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
        headers={"User-Agent": USER_AGENT, "Accept": "application/json", "Accept-Encoding": "gzip"},
    )


class Limits(NamedTuple):
    """What one answer may cost."""

    seconds: float
    """From the question to the last byte."""
    max_bytes: int
    """After decompression."""


class Answer(NamedTuple):
    """A whole answer, whatever its status."""

    status: int
    headers: httpx.Headers
    body: bytes


class NoAnswerError(RuntimeError):
    """A source gave no answer within the limits."""

    def __init__(self, reason: Literal["down", "slow", "odd"], detail: str) -> None:
        super().__init__(detail)
        self.reason: Literal["down", "slow", "odd"] = reason


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds that an answer asks to wait: a number, or a date after its own (RFC 9110, 10.2.3). None without."""
    asked = headers.get("retry-after", "")
    try:
        seconds = float(asked)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(asked) - parsedate_to_datetime(headers.get("date", ""))).total_seconds()
        except (ValueError, TypeError):  # no date, or one without a time zone
            return None
    return max(seconds, 0.0) if isfinite(seconds) else None


def get(client: httpx.Client, address: str, limits: Limits, headers: Mapping[str, str] | None = None) -> Answer:
    """Asks once, within the limits. Raises NoAnswerError."""
    try:
        request = client.build_request("GET", address, headers=headers)
    except httpx.InvalidURL as error:
        raise NoAnswerError("odd", f"{address}: {error}") from error
    return send(client, request, limits)


def send(client: httpx.Client, request: httpx.Request, limits: Limits) -> Answer:
    """Sends the request once and reads the whole answer, within the limits. Raises NoAnswerError."""
    overdue = monotonic() + limits.seconds
    timeout = httpx.Timeout(limits.seconds, connect=min(limits.seconds, CONNECT_SECONDS))
    request.extensions = {**request.extensions, "timeout": timeout.as_dict()}
    try:
        with ends_at(overdue), closing(client.send(request, stream=True)) as response:
            return Answer(response.status_code, response.headers, _read(response, limits, overdue))
    except httpx.TimeoutException as error:
        raise NoAnswerError("slow", f"{request.url}: {type(error).__name__}") from error
    except (httpx.DecodingError, zlib.error) as error:
        raise NoAnswerError("odd", f"{request.url}: {error}") from error
    except httpx.HTTPError as error:
        raise NoAnswerError("down", f"{request.url}: {type(error).__name__} {error}") from error


def _read(response: httpx.Response, limits: Limits, overdue: float) -> bytes:
    """The body, decompressed here: httpx decompresses a whole part before its bytes can be counted."""
    read_before = response.is_stream_consumed
    parts = iter([response.content]) if read_before else response.iter_raw()
    decompress = _decompressor("identity" if read_before else response.headers.get("content-encoding", "identity"))
    body = bytearray()
    for part in parts:
        body += decompress(part, limits.max_bytes + 1 - len(body))
        if len(body) > limits.max_bytes:
            raise NoAnswerError("odd", f"{response.url}: more than {limits.max_bytes} bytes")
        if monotonic() > overdue:
            raise NoAnswerError("slow", f"{response.url}: more than {limits.seconds} seconds")
    return bytes(body)


def _decompressor(encoding: str) -> Callable[[bytes, int], bytes]:
    """Decompresses a part into at most so many bytes."""
    match encoding.strip().lower():
        case "identity":
            return lambda part, max_bytes: part[:max_bytes]
        case "gzip" | "x-gzip" | "deflate":
            return zlib.decompressobj(zlib.MAX_WBITS | GZIP_OR_ZLIB).decompress
        case other:
            raise NoAnswerError("odd", f"content encoding {other!r} was not asked for")


def post(client: httpx.Client, address: httpx.URL, body: bytes, limits: Limits) -> Answer:
    """Posts JSON once, within the limits. Raises NoAnswerError, which does not tell the address.

    Its reason is `down` where the other side was not reached: then nothing has arrived. The body of the answer is empty
    where it cannot be read: the status says enough.
    """
    request = client.build_request("POST", address, content=body, headers={"Content-Type": "application/json"})
    overdue = monotonic() + limits.seconds
    request.extensions = {**request.extensions, "timeout": httpx.Timeout(limits.seconds).as_dict()}
    try:
        with ends_at(overdue), closing(client.send(request, stream=True)) as response:
            try:
                said = b"" if response.is_success else _read(response, limits, overdue)
            except (NoAnswerError, httpx.HTTPError, zlib.error):
                said = b""
            return Answer(response.status_code, response.headers, said)
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise NoAnswerError("down", type(error).__name__) from None
    except httpx.TimeoutException as error:
        raise NoAnswerError("slow", type(error).__name__) from None
    except httpx.HTTPError as error:
        raise NoAnswerError("odd", type(error).__name__) from None
