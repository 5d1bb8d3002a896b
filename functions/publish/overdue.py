"""How long the oldest unsettled day of the last week has been over: what DayOverdueAlarm watches."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from shared.model.span import Day, Month
from shared.store import keys
from shared.store.bucket import Bucket

DAYS_WATCHED = 7


def first_day(bucket: Bucket, now: datetime) -> date:
    """The first day that the stack is to publish: the day of its first tick, which the first scheduled read is of."""
    known = [keys.since_of(key) for key in bucket.list(keys.SINCE)]
    if not known:
        bucket.put(keys.since(now.date()), b"")
    return min(known, default=now.date())


def read_days(bucket: Bucket, now: datetime) -> set[date]:
    """The days that were read, of the months that the days watched are in."""
    months = {keys.manifests_of_month(Month.of(day)) for day in _watched(now)}
    return keys.days_read(key for month in months for key in bucket.list(month))


def oldest_unsettled(read: Collection[date], open_days: Collection[date], since: date, now: datetime) -> Day | None:
    """The oldest of the days watched, from `since` on, that is not settled.

    A day is settled when it was read and none of its reads is open.
    """
    unsettled = (day for day in _watched(now) if day >= since and (day not in read or day in open_days))
    return next(map(Day, unsettled), None)


def overdue_hours(day: Day | None, now: datetime) -> float:
    """Hours since the day's end; 0 where every day is settled."""
    return (now - day.ended_at).total_seconds() / 3600 if day else 0.0


def _watched(now: datetime) -> list[date]:
    """The last days that have ended, oldest first."""
    return [now.date() - timedelta(days=back) for back in range(DAYS_WATCHED, 0, -1)]
