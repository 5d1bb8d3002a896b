"""Hugging Face Daily Papers: the list of a day, a week or a month, page by page.

`GET /api/daily_papers?date=YYYY-MM-DD&limit=100&p=0` (or `week=YYYY-Www`, `month=YYYY-MM`) answers 200 with an array (a
weekend: empty), 400 for a date that is malformed or in the future, 429 beyond 500 requests in 5 minutes.
https://huggingface.co/docs/hub/api
"""

import json
from time import monotonic
from typing import Any
from urllib.parse import urlencode

import httpx

from shared.model.span import Day, Span
from shared.store import web

PAGE_ROWS = 100
"""The most that `limit` takes; the default is 50, and a day can exceed it."""
MAX_INTEGER_DIGITS = 20
"""A longer number is not a count."""
MAX_PAGES = 20
"""The longest month had some 1,500 rows; a server that repeats its pages must not block fetch."""
PAGE_SECONDS = 20.0
MAX_SECONDS = 60.0
"""For all lists of days of a run: with arXiv and a week or month they fit into the 120 s of fetch."""
MAX_BYTES_OF_DAY = 8_000_000
"""After decompression, all pages together. A row takes 7 KB, a day has up to 100."""
MAX_BYTES_OF_PERIOD = 20_000_000


class SourceUnavailableError(RuntimeError):
    """Hugging Face is down, throttles, or answers something else than a list. The next run asks again."""


class ThrottledError(SourceUnavailableError):
    """Hugging Face was asked too much."""


class RefusedDateError(ValueError):
    """Hugging Face does not take this date."""


def read_pages(client: httpx.Client, url: str, span: Span, overdue: float | None = None) -> tuple[bytes, ...]:
    """Returns the whole list as answered, verbatim. `overdue`: a point of the monotonic clock, else in a minute.

    Raises SourceUnavailableError or RefusedDateError.
    """
    end = monotonic() + MAX_SECONDS if overdue is None else overdue
    max_bytes = MAX_BYTES_OF_DAY if isinstance(span, Day) else MAX_BYTES_OF_PERIOD
    pages: list[bytes] = []
    for page in range(MAX_PAGES):
        left = end - monotonic()
        if left <= 0:
            raise SourceUnavailableError(f"{span}: there was no time for page {page}")
        limits = web.Limits(min(PAGE_SECONDS, left), max_bytes - sum(map(len, pages)))
        answer = _get(client, url, span, page, limits)
        if pages and answer == pages[-1]:
            break
        pages.append(answer)
        if len(rows(answer, span)) < PAGE_ROWS:
            break
    return tuple(pages)


def rows(answer: bytes, span: Span) -> list[Any]:
    """The rows of one page. Raises SourceUnavailableError where the answer is not a JSON array."""
    try:
        found = json.loads(answer, parse_int=_number)
    except RecursionError as error:
        reason = "it is nested too deeply"
        raise SourceUnavailableError(f"{span}: the answer is not a list, {reason}: {answer[:100]!r}") from error
    except ValueError as error:
        raise SourceUnavailableError(f"{span}: the answer is not JSON ({error}): {answer[:100]!r}") from error
    if not isinstance(found, list):
        raise SourceUnavailableError(f"{span}: the answer is not a list: {answer[:100]!r}")
    return found


def _number(digits: str) -> int | float:
    """Python refuses to read integers of more than 4,300 digits."""
    return int(digits) if len(digits) < MAX_INTEGER_DIGITS else float("inf")


def _get(client: httpx.Client, url: str, span: Span, page: int, limits: web.Limits) -> bytes:
    question = urlencode({span.unit: str(span), "limit": PAGE_ROWS, "p": page})
    try:
        answer = web.get(client, f"{url.rstrip('/')}/api/daily_papers?{question}", limits)
    except web.NoAnswerError as error:
        cause = error.__cause__ or error
        raise SourceUnavailableError(f"{span}: no answer ({type(cause).__name__}: {cause})") from error
    if answer.status == 400:
        raise RefusedDateError(f"day: Hugging Face refused {span} ({_beginning(answer)})")
    if answer.status == 429:
        raise ThrottledError(f"{span}: HTTP 429 ({_beginning(answer)})")
    if answer.status != 200:
        raise SourceUnavailableError(f"{span}: HTTP {answer.status} ({_beginning(answer)})")
    return answer.body


def _beginning(answer: web.Answer) -> str:
    return repr(answer.body[:200].decode(errors="replace"))
