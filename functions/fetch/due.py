"""Which days' lists are due to be read: a pure function of what was read and the time."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from shared.frozen import Frozen

EVENING_AFTER = timedelta(hours=11)
"""The second read comes some 12 hours after the first, also where an outage delayed the first by an hour."""
DAYS_READ_AGAIN = 2
"""Lists go on changing for days: votes move, late papers come."""
SATURDAY = 5


class Read(Frozen):
    """One read of a day's list."""

    at: datetime
    empty: bool


def newest_ended(now: datetime) -> date:
    """The last UTC day that is over: the list's days are UTC days."""
    return now.astimezone(UTC).date() - timedelta(days=1)


def due(reads: Mapping[date, Sequence[Read]], now: datetime) -> tuple[date, ...]:
    """The days to read now, newest first. A read at just this time belongs to this run, which may be a retry."""
    newest = newest_ended(now)
    others = {day: [read for read in found if read.at != now] for day, found in reads.items()}
    before = (newest - timedelta(days=back) for back in range(1, DAYS_READ_AGAIN + 1))
    again = (day for day in before if not any(read.at.date() == now.date() for read in others.get(day, ())))
    return (*((newest,) if _newest_is_due(newest, others.get(newest, ()), now) else ()), *again)


def _newest_is_due(day: date, reads: Sequence[Read], now: datetime) -> bool:
    if not reads:
        return True
    first = min(read.at for read in reads)
    if any(read.at - first >= EVENING_AFTER for read in reads):
        return False
    not_listed_yet = day.weekday() < SATURDAY and all(read.empty for read in reads)
    return not_listed_yet or now - first >= EVENING_AFTER
