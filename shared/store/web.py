"""The one HTTP client."""

from collections.abc import Mapping
from functools import cache
from time import monotonic
from typing import Literal, NamedTuple

import httpx

CONNECT_SECONDS = 5.0
READ_SECONDS = 20.0
"""A list of 100 rows is half a megabyte; a source that needs longer is asked again by the next run."""
POSTING = httpx.Timeout(connect=2.0, write=2.0, read=5.0, pool=1.0)
"""Ten seconds in all: the other side takes a short message and says so."""
USER_AGENT = "daily-papers/1.0"


@cache
def client() -> httpx.Client:
    """Follows no redirects: one could lead anywhere."""
    return httpx.Client(
        timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
        headers={"User-Agent": USER_AGENT, "Accept": "application/json"},
    )


class Limits(NamedTuple):
    """What one answer may cost."""

    seconds: float
    """From the question to the last byte: a read timeout alone lets a source drip for ever."""
    most_bytes: int


class Answer(NamedTuple):
    """A whole answer, whatever its status."""

    status: int
    headers: httpx.Headers
    body: bytes


class NoAnswerError(RuntimeError):
    """A source gave no answer within the limits."""

    def __init__(self, reason: Literal["down", "slow", "odd"], told: str) -> None:
        super().__init__(told)
        self.reason: Literal["down", "slow", "odd"] = reason


def get(client: httpx.Client, address: str, limits: Limits, headers: Mapping[str, str]) -> Answer:
    """Asks once, within the limits. Raises NoAnswerError."""
    overdue = monotonic() + limits.seconds
    timeout = httpx.Timeout(limits.seconds, connect=min(limits.seconds, CONNECT_SECONDS))
    body = bytearray()
    try:
        with client.stream("GET", address, headers=headers, timeout=timeout) as response:
            for part in response.iter_bytes():
                body += part
                if len(body) > limits.most_bytes:
                    raise NoAnswerError("odd", f"{address}: more than {limits.most_bytes} bytes")
                if monotonic() > overdue:
                    raise NoAnswerError("slow", f"{address}: more than {limits.seconds} seconds")
    except httpx.TimeoutException as error:
        raise NoAnswerError("slow", f"{address}: {type(error).__name__}") from error
    except (httpx.InvalidURL, httpx.DecodingError) as error:
        raise NoAnswerError("odd", f"{address}: {error}") from error
    except httpx.HTTPError as error:
        raise NoAnswerError("down", f"{address}: {type(error).__name__} {error}") from error
    return Answer(response.status_code, response.headers, bytes(body))


def post(client: httpx.Client, address: httpx.URL, body: bytes) -> int:
    """Posts JSON once and gives the status, all that is read. Raises NoAnswerError, which does not tell the address."""
    headers = {"Content-Type": "application/json"}
    try:
        with client.stream("POST", address, content=body, headers=headers, timeout=POSTING) as response:
            return response.status_code
    except httpx.TimeoutException as error:
        raise NoAnswerError("slow", type(error).__name__) from None
    except httpx.HTTPError as error:
        raise NoAnswerError("down", type(error).__name__) from None
