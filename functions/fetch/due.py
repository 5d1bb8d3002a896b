"""Which lists are due to be read, of days, weeks and months: pure functions of what was read and the time."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from shared.model.frozen import Frozen
from shared.model.span import EVENING_AFTER, PERIODS, Day, Period

DAYS_READ_AGAIN = 2
"""Lists go on changing for days: votes move, late papers come."""


class Read(Frozen):
    """One read of a day's list."""

    at: datetime
    empty: bool


def newest_ended(now: datetime) -> date:
    """The last UTC day that is over: the list's days are UTC days."""
    return now.astimezone(UTC).date() - timedelta(days=1)


def due(reads: Mapping[date, Sequence[Read]], now: datetime) -> tuple[date, ...]:
    """The days to read now, newest first. A read at just this time belongs to this run, which may be a retry."""
    newest, today = newest_ended(now), now.astimezone(UTC).date()
    others = {day: [read for read in found if read.at != now] for day, found in reads.items()}
    before = (newest - timedelta(days=back) for back in range(1, DAYS_READ_AGAIN + 1))
    again = (day for day in before if not any(read.at.date() == today for read in others.get(day, ())))
    return (*((newest,) if _newest_is_due(newest, others.get(newest, ()), now) else ()), *again)


def _newest_is_due(day: date, reads: Sequence[Read], now: datetime) -> bool:
    """A list that was read before its day was over was not the list."""
    ended = Day(day).ended_at
    whole = [read for read in reads if read.at >= ended]
    if not whole:
        return True
    if any(read.at - ended >= EVENING_AFTER for read in whole):
        return False
    not_listed_yet = Day(day).is_weekday and all(read.empty for read in reads)
    return not_listed_yet or now - ended >= EVENING_AFTER


def ended_periods(now: datetime) -> tuple[Period, ...]:
    """The week and the month that were over last, unless that is too long ago."""
    found = (kind.of(now.astimezone(UTC).date()).previous for kind in PERIODS)
    return tuple(period for period in found if now - period.ended_at < period.mailed_within)


def period_is_due(period: Period, reads: Sequence[datetime], now: datetime) -> bool:
    """Until it was read once. A read at just this time belongs to this run, which may be a retry."""
    return not any(period.ended_at <= read_at != now for read_at in reads)
