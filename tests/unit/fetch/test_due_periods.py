"""When a week and a month are due, as tables, and over months of runs of which some fail."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from functions.fetch.due import ended_periods, period_is_due
from shared.model.span import Period, parse

WEEK, MONTH = parse("2026-W08"), parse("2026-02")


def at(month: int, day: int, hour: int = 0, minute: int = 15) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(2, 22, 23, 59), []),
        (at(2, 23, 0, 0), ["2026-W08"]),
        (at(2, 23), ["2026-W08"]),
        (at(2, 28, 23), ["2026-W08"]),
        (at(3, 1), ["2026-02"]),
        (at(3, 2), ["2026-W09", "2026-02"]),
        (at(3, 20, 23), ["2026-W11", "2026-02"]),
        (at(3, 21, 0), ["2026-W11"]),
        (at(1, 1), ["2025-W52", "2025-12"]),
        (at(1, 5), ["2026-W01", "2025-12"]),
    ],
)
def test_what_is_over_and_not_too_long_ago(now: datetime, expected: list[str]) -> None:
    assert [str(period) for period in ended_periods(now)] == expected


def test_monday_morning_in_seoul_is_monday_in_utc() -> None:
    seoul = datetime(2026, 2, 23, 9, 15, tzinfo=timezone(timedelta(hours=9)))
    assert ended_periods(seoul) == (WEEK,)
    assert ended_periods(seoul.replace(hour=8, minute=59)) == ()


@pytest.mark.parametrize(
    ("reads", "now", "expected"),
    [
        ([], at(2, 23), True),
        ([at(2, 23)], at(2, 23, 1), False),
        ([at(2, 23)], at(2, 23), True),
        ([at(2, 23), at(2, 23, 1)], at(2, 23, 1), False),
        ([at(2, 20)], at(2, 23), True),
        ([at(2, 22, 23)], at(2, 23), True),
        ([at(2, 25)], at(2, 26), False),
    ],
    ids=[
        "never read",
        "read this morning",
        "this very run again, which died",
        "another run was faster",
        "read while it went on",
        "read an hour before its end",
        "read late",
    ],
)
def test_a_week_is_due_until_it_was_read_once(reads: list[datetime], now: datetime, expected: bool) -> None:
    assert period_is_due(WEEK, reads, now) is expected


def lived(days: int, up: Callable[[datetime], bool]) -> dict[Period, list[datetime]]:
    """The reads of hourly runs from the first of February on; a run reads nothing while the source is not up."""
    reads: dict[Period, list[datetime]] = {}
    for day in range(days):
        for hour in range(13):
            now = at(2, 1) + timedelta(days=day, hours=hour)
            for period in ended_periods(now) if up(now) else ():
                if period_is_due(period, reads.get(period, []), now):
                    reads.setdefault(period, []).append(now)
    return reads


def test_every_week_and_month_is_read_once_in_the_first_run_after_it() -> None:
    reads = lived(60, up=lambda _: True)
    assert all(len(found) == 1 for found in reads.values())
    assert reads[WEEK] == [at(2, 23)]
    assert reads[MONTH] == [at(3, 1)]


def test_a_run_that_fails_is_made_up_for_by_the_next() -> None:
    assert lived(30, up=lambda now: not at(2, 23) <= now < at(2, 23, 5))[WEEK] == [at(2, 23, 5)]


def test_a_week_that_could_not_be_read_for_six_days_is_let_go_and_the_month_waits_longer() -> None:
    reads = lived(60, up=lambda now: not at(2, 23) <= now < at(3, 1, 6))
    assert WEEK not in reads
    assert reads[MONTH] == [at(3, 1, 6)]
