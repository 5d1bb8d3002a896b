"""Which lists are due to be read, of days, weeks and months: pure functions of what was read and the time."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from shared.model.frozen import Frozen
from shared.model.span import EVENING_AFTER, PERIODS, Day, Period

DAYS_READ_AGAIN = 2
"""Lists go on changing for days: votes move, late papers come."""
DAYS_ASKED_FOR = 31
"""How long a day that was never read is asked for; after that it is given up."""
MAX_MISSING_DAYS = 2
"""In one run, beside the newest day: each takes up to a minute of fetch's time."""
HOURS_BETWEEN_LATE_TRIES = 6
"""For a day that was never read and is over for more than two days."""


class Read(Frozen):
    """One read of a day's list."""

    at: datetime
    empty: bool


def newest_ended(now: datetime) -> date:
    """The last UTC day that is over: the list's days are UTC days."""
    return now.astimezone(UTC).date() - timedelta(days=1)


def last_days(now: datetime) -> tuple[date, ...]:
    """The days whose reads decide what is due, newest first."""
    return tuple(newest_ended(now) - timedelta(days=back) for back in range(DAYS_ASKED_FOR))


def due(reads: Mapping[date, Sequence[Read]], now: datetime) -> tuple[date, ...]:
    """The days to read now, newest first. A read at just this time belongs to this run, which may be a retry."""
    others = {day: [read for read in found if read.at != now] for day, found in reads.items()}
    newest, *before = last_days(now)
    today, is_late_try = now.astimezone(UTC).date(), now.astimezone(UTC).hour % HOURS_BETWEEN_LATE_TRIES == 0
    read_today = {day for day, found in others.items() if any(read.at.date() == today for read in found)}
    again = (day for day in before[:DAYS_READ_AGAIN] if others.get(day) and day not in read_today)
    missing = (day for day in _missing(before, others) if day in before[:DAYS_READ_AGAIN] or is_late_try)
    chosen = {*again, *islice(missing, MAX_MISSING_DAYS)}
    if _newest_is_due(newest, others.get(newest, ()), now):
        chosen.add(newest)
    return tuple(sorted(chosen, reverse=True))


def _missing(days: Sequence[date], reads: Mapping[date, Sequence[Read]]) -> Iterator[date]:
    """The days that were never read, newest first. Older ones only after a day that was: a new stack has no past."""
    first = min((day for day, found in reads.items() if found), default=date.max)
    return (day for place, day in enumerate(days) if not reads.get(day) and (place < DAYS_READ_AGAIN or day > first))


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
