"""How long a day has been overdue: what the alarm on silence watches."""

from datetime import UTC, date, datetime, timedelta

import pytest

from functions.publish.report import DAYS_WATCHED, oldest_unsettled, overdue_hours

NOW = datetime(2026, 2, 21, 6, 30, tzinfo=UTC)
FRIDAY = date(2026, 2, 20)
WEEK = [FRIDAY - timedelta(days=back) for back in range(DAYS_WATCHED)]
LONG_AGO = date(2025, 1, 1)


@pytest.mark.parametrize(
    ("read", "opened", "since", "hours"),
    [
        (WEEK, [], LONG_AGO, 0),
        (WEEK[1:], [], LONG_AGO, 6.5),
        (WEEK, [FRIDAY], LONG_AGO, 6.5),
        (WEEK, [WEEK[1], WEEK[3]], LONG_AGO, 3 * 24 + 6.5),
        (WEEK, [FRIDAY - timedelta(days=DAYS_WATCHED)], LONG_AGO, 0),
        ([], [], LONG_AGO, (DAYS_WATCHED - 1) * 24 + 6.5),
        ([], [], FRIDAY, 6.5),
        ([LONG_AGO], [], FRIDAY, 6.5),
        ([], [], NOW.date(), 0),
    ],
    ids=[
        "all settled",
        "not read",
        "open",
        "the oldest counts",
        "older than a week",
        "nothing ever read",
        "the first day of a stack",
        "a backfill",
        "a new stack",
    ],
)
def test_the_oldest_unsettled_day_of_the_last_seven_counts_from_its_end(
    read: list[date], opened: list[date], since: date, hours: float
) -> None:
    assert overdue_hours(oldest_unsettled(read, opened, since, NOW), NOW) == hours
