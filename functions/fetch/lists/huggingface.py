"""Hugging Face Daily Papers: the list of a day, a week or a month, page by page.

`GET /api/daily_papers?date=YYYY-MM-DD&limit=100&p=0` (or `week=YYYY-Www`, `month=YYYY-MM`) answers 200 with an array (a
weekend: empty), 400 for a date that is malformed or in the future, 429 beyond 500 requests in 5 minutes.
https://huggingface.co/docs/hub/api
"""

import json
from datetime import date
from math import inf
from time import monotonic
from typing import Any

import httpx

from shared.model.span import DayOrPeriod

PAGE_ROWS = 100
"""The most that `limit` takes; the default is 50, and a day can exceed it."""
LONGEST_INTEGER = 20
"""Digits: a count of more is none."""
MOST_PAGES = 40
"""The longest month had some 1,500 rows; a server that repeats itself must not hold fetch for ever."""


class SourceUnavailableError(RuntimeError):
    """Hugging Face is down, throttles, or answers something else than a list. The next run asks again."""


class ThrottledError(SourceUnavailableError):
    """Hugging Face was asked too much."""


class RefusedDateError(ValueError):
    """Hugging Face does not take this date."""


def read_pages(client: httpx.Client, url: str, day: DayOrPeriod, overdue: float = inf) -> tuple[bytes, ...]:
    """The whole list as answered, verbatim, unless the monotonic clock reaches `overdue` before.

    Raises SourceUnavailableError or RefusedDateError.
    """
    pages: list[bytes] = []
    for page in range(MOST_PAGES):
        if monotonic() > overdue:
            raise SourceUnavailableError(f"{day}: there was no time for page {page}")
        answer = _get(client, url, day, page)
        if pages and answer == pages[-1]:
            break
        pages.append(answer)
        if len(rows(answer, day)) < PAGE_ROWS:
            break
    return tuple(pages)


def rows(answer: bytes, day: DayOrPeriod) -> list[Any]:
    """The rows of one page. Raises SourceUnavailableError where the answer is not a JSON array."""
    try:
        found = json.loads(answer, parse_int=_number)
    except (ValueError, RecursionError) as error:
        raise SourceUnavailableError(f"{day}: the answer is not JSON ({error}): {answer[:100]!r}") from error
    if not isinstance(found, list):
        raise SourceUnavailableError(f"{day}: the answer is not a list: {answer[:100]!r}")
    return found


def _number(digits: str) -> int | float:
    """Python refuses to read integers of more than 4,300 digits."""
    return int(digits) if len(digits) < LONGEST_INTEGER else float("inf")


def _get(client: httpx.Client, url: str, day: DayOrPeriod, page: int) -> bytes:
    asked_for = "date" if isinstance(day, date) else day.unit
    question: dict[str, str | int] = {asked_for: str(day), "limit": PAGE_ROWS, "p": page}
    try:
        response = client.get(f"{url.rstrip('/')}/api/daily_papers", params=question)
    except httpx.HTTPError as error:
        raise SourceUnavailableError(f"{day}: no answer ({type(error).__name__}: {error})") from error
    if response.status_code == 400:
        raise RefusedDateError(f"day: Hugging Face refused {day} ({response.text[:200]})")
    if response.status_code == 429:
        raise ThrottledError(f"{day}: HTTP 429 ({response.text[:200]!r})")
    if response.status_code != 200:
        raise SourceUnavailableError(f"{day}: HTTP {response.status_code} ({response.text[:200]!r})")
    return response.content
