"""Reads past days that are missing, one after the other. A day that was read is skipped on the next run."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from local.operate.objects import Objects
from local.operate.status import known_days
from shared.store import keys

POLL_SECONDS = 15
MAX_WAIT = timedelta(minutes=90)
"""Longer than the default deadline of a day, 75 minutes."""


class RangeError(ValueError):
    """The range of days cannot be used."""


def parse_range(text: str) -> list[date]:
    """The days of `2026-02-01..2026-02-14`, both included. Raises RangeError."""
    first, separator, last = text.partition("..")
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last if separator else first)
    except ValueError:
        raise RangeError(f"RANGE: {text!r} is not two dates such as 2026-02-01..2026-02-14") from None
    if end < start:
        raise RangeError(f"RANGE: {text!r} ends before it begins")
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]


def missing_days(objects: Objects, wanted: Sequence[date]) -> list[date]:
    """Those of the days that were never read."""
    known = set(known_days(objects))
    return [day for day in wanted if day not in known]


def backfill(
    days: Sequence[date], fetch: Callable[[dict[str, Any]], None], objects: Objects, *, mail: bool
) -> Iterator[tuple[date, bool]]:
    """Reads each day and waits until it is published. Yields the day and whether it was settled in time."""
    for day in days:
        fetch({"day": str(day), "mail": mail})
        yield day, _wait(objects, day)


def _wait(objects: Objects, day: date) -> bool:
    for _ in range(int(MAX_WAIT.total_seconds()) // POLL_SECONDS):
        if not any(True for _ in objects.list(keys.open_markers(day))):
            return True
        time.sleep(POLL_SECONDS)
    return False
