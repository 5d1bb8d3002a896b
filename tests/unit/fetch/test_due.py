"""What is due, as tables, and as days on which the schedule fires hourly from 00:15 to 12:15 UTC."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.fetch.due import Read, due, newest_ended

FRIDAY = date(2026, 2, 20)
BEFORE, TWO_BEFORE = date(2026, 2, 19), date(2026, 2, 18)
SATURDAY = date(2026, 2, 21)
FIRST = datetime(2026, 2, 21, 0, 15, tzinfo=UTC)
"""The first run after Friday's end."""


def at(hour: int, minute: int = 15, day: int = 21) -> datetime:
    return datetime(2026, 2, day, hour, minute, tzinfo=UTC)


def full(*times: datetime) -> list[Read]:
    return [Read(at=time, empty=False) for time in times]


def empty(*times: datetime) -> list[Read]:
    return [Read(at=time, empty=True) for time in times]


READ_TODAY = {BEFORE: full(at(0, 5)), TWO_BEFORE: full(at(0, 5))}


@pytest.mark.parametrize(
    ("reads", "now", "expected"),
    [
        ({}, at(0), True),
        ({}, at(12), True),
        ({FRIDAY: full(at(0))}, at(1), False),
        ({FRIDAY: full(at(0))}, at(10), False),
        ({FRIDAY: full(at(0))}, at(11), True),
        ({FRIDAY: full(at(1))}, at(10), False),
        ({FRIDAY: full(at(1))}, at(11), True),
        ({FRIDAY: full(at(0), at(11))}, at(12), False),
        ({FRIDAY: full(at(0), at(11, 0))}, at(12), False),
        ({FRIDAY: full(at(0), at(3))}, at(4), False),
        ({FRIDAY: full(at(0), at(3))}, at(11), True),
        ({FRIDAY: empty(at(0))}, at(1), True),
        ({FRIDAY: empty(at(0), at(1), at(2))}, at(3), True),
        ({FRIDAY: empty(at(0)) + full(at(1))}, at(2), False),
        ({FRIDAY: empty(at(0)) + full(at(1))}, at(11), True),
        ({FRIDAY: full(at(0)) + empty(at(1))}, at(2), False),
        ({FRIDAY: empty(at(0), at(11))}, at(12), False),
    ],
    ids=[
        "never read",
        "never read, and it is evening",
        "just read",
        "not yet evening",
        "evening",
        "first read an hour late, not yet evening",
        "first read an hour late, evening",
        "read in the evening",
        "read just when the evening begins",
        "asked for twice by hand",
        "asked for twice by hand, evening",
        "empty: again within the hour",
        "still empty",
        "filled",
        "filled, evening",
        "empty after it had been full",
        "empty in the evening too",
    ],
)
def test_the_newest_day_of_a_week(reads: Mapping[date, list[Read]], now: datetime, expected: bool) -> None:
    assert due({**READ_TODAY, **reads}, now) == ((FRIDAY,) if expected else ())


@pytest.mark.parametrize(("now", "expected"), [(at(1, day=22), False), (at(10, day=22), False), (at(11, day=22), True)])
def test_an_empty_weekend_day_is_asked_for_again_in_the_evening_only(now: datetime, expected: bool) -> None:
    reads = {SATURDAY: empty(at(0, day=22)), FRIDAY: full(at(0, day=22)), BEFORE: full(at(0, day=22))}
    assert due(reads, now) == ((SATURDAY,) if expected else ())


@pytest.mark.parametrize(
    ("reads", "expected"),
    [
        ({}, (BEFORE, TWO_BEFORE)),
        ({BEFORE: full(at(0, day=20))}, (BEFORE, TWO_BEFORE)),
        ({BEFORE: full(at(11, day=20)), TWO_BEFORE: full(at(0))}, (BEFORE,)),
        ({BEFORE: full(at(0)), TWO_BEFORE: full(at(23, day=20))}, (TWO_BEFORE,)),
        ({BEFORE: empty(at(0)), TWO_BEFORE: empty(at(0))}, ()),
    ],
)
def test_the_two_days_before_are_read_once_a_day(reads: Mapping[date, list[Read]], expected: tuple[date, ...]) -> None:
    assert due({FRIDAY: full(at(0)), **reads}, at(5)) == expected


def test_the_newest_day_comes_first_and_older_ones_are_let_go() -> None:
    assert due({}, FIRST) == (FRIDAY, BEFORE, TWO_BEFORE)


@pytest.mark.parametrize("hour", range(13))
def test_a_repeated_run_with_the_same_scheduled_time_finds_the_same_days_due(hour: int) -> None:
    """It may have died after some of its reads; it finds its own manifests and sends again."""
    now = at(hour)
    before = due({FRIDAY: empty(at(0))} if hour else {}, now)
    reads = {day: full(now) for day in before}
    if hour:
        reads[FRIDAY] = empty(at(0)) + full(now)
    assert due(reads, now) == before


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 2, 21, 0, 0, tzinfo=UTC), FRIDAY),
        (datetime(2026, 2, 20, 23, 59, 59, tzinfo=UTC), BEFORE),
        (datetime(2026, 2, 21, 9, 15, tzinfo=timezone(timedelta(hours=9))), FRIDAY),
        (datetime(2026, 2, 21, 8, 59, tzinfo=timezone(timedelta(hours=9))), BEFORE),
        (datetime(2026, 2, 20, 20, 0, tzinfo=timezone(timedelta(hours=-5))), FRIDAY),
        (datetime(2026, 3, 1, 0, 15, tzinfo=UTC), date(2026, 2, 28)),
        (datetime(2027, 1, 1, 0, 15, tzinfo=UTC), date(2026, 12, 31)),
    ],
)
def test_the_newest_ended_day_is_a_utc_day_wherever_the_clock_stands(now: datetime, day: date) -> None:
    assert newest_ended(now) == day


def test_a_run_whose_time_is_told_in_another_zone_reads_nothing_twice() -> None:
    now = datetime(2026, 2, 21, 6, 15, tzinfo=UTC)
    reads = {day: full(at(0)) for day in (FRIDAY, BEFORE, TWO_BEFORE)}
    assert due(reads, now) == ()
    assert due(reads, now.astimezone(timezone(timedelta(hours=-8)))) == ()


def test_a_look_at_a_day_that_was_not_over_does_not_replace_the_read_after_its_end() -> None:
    assert due({**READ_TODAY, FRIDAY: full(at(20, day=20))}, FIRST) == (FRIDAY,)


def always(_: datetime) -> bool:
    return True


def lived(
    days: int, up: Callable[[datetime], bool] = always, listed: Callable[[date, datetime], bool] = lambda *_: True
) -> dict[date, list[Read]]:
    """The reads after this many days of hourly runs; one fails where the source is not up."""
    reads: dict[date, list[Read]] = {}
    for day in range(days):
        for hour in range(13):
            now = FIRST + timedelta(days=day, hours=hour)
            for each in due(reads, now) if up(now) else ():
                reads.setdefault(each, []).append(Read(at=now, empty=not listed(each, now)))
    return reads


def hours(reads: list[Read]) -> list[tuple[int, int]]:
    return [(read.at.day, read.at.hour) for read in reads]


def test_a_day_is_read_four_times() -> None:
    reads = lived(4)
    assert hours(reads[FRIDAY]) == [(21, 0), (21, 11), (22, 0), (23, 0)]


def test_after_two_hours_without_the_source_every_day_is_read_by_the_first_run_that_can() -> None:
    reads = lived(1, up=lambda now: now.hour >= 2)
    assert {day: hours(found)[0] for day, found in reads.items()} == dict.fromkeys(
        (FRIDAY, BEFORE, TWO_BEFORE), (21, 2)
    )


def test_an_evening_without_the_source_is_made_up_for_by_the_next_run() -> None:
    assert hours(lived(1, up=lambda now: now.hour != 11)[FRIDAY]) == [(21, 0), (21, 12)]


def test_two_missed_days_are_read_when_the_runs_are_back() -> None:
    reads = lived(3, up=lambda now: now.day == 23)
    assert {day: len(found) > 0 for day, found in reads.items()} == {
        date(2026, 2, 22): True,
        SATURDAY: True,
        FRIDAY: True,
    }


def test_an_empty_weekday_is_asked_for_hourly_until_evening_and_then_twice_more() -> None:
    reads = lived(4, listed=lambda *_: False)[FRIDAY]
    assert hours(reads) == [*((21, hour) for hour in range(12)), (22, 0), (23, 0)]


def test_a_weekday_filled_at_noon_is_read_again_in_the_evening() -> None:
    reads = lived(1, listed=lambda _, now: now.hour >= 5)[FRIDAY]
    assert hours(reads) == [*((21, hour) for hour in range(6)), (21, 11)]


@given(st.sets(st.tuples(st.integers(0, 4), st.integers(0, 12))), st.integers(0, 12))
def test_whichever_runs_fail_a_day_is_read_if_one_run_of_its_three_days_succeeds(
    failed: set[tuple[int, int]], hour: int
) -> None:
    works = (4, hour)
    reads = lived(5, up=lambda now: (day := (now - FIRST).days, now.hour) == works or (day, now.hour) not in failed)
    for day in range(5):
        ended = FRIDAY + timedelta(days=day)
        tried = [(run, each) for run in range(day, min(day + 3, 5)) for each in range(13)]
        if any(run == works or run not in failed for run in tried):
            assert reads[ended]
            assert len(reads[ended]) <= 4


def test_a_day_that_could_not_be_read_for_a_week_is_read_when_the_source_is_back() -> None:
    def up(now: datetime) -> bool:
        return not datetime(2026, 2, 23, tzinfo=UTC) <= now < datetime(2026, 3, 2, 7, tzinfo=UTC)

    reads = lived(12, up=up)
    outage = [date(2026, 2, 22) + timedelta(days=number) for number in range(8)]
    assert all(reads[day] for day in outage)
    assert hours(reads[date(2026, 2, 22)])[0] > (2, 12), "older days come after newer ones, two a run"


def test_a_day_that_never_answers_is_asked_for_31_days_every_six_hours_after_two() -> None:
    bad = date(2026, 2, 23)
    asked: list[datetime] = []
    reads: dict[date, list[Read]] = {}
    for day in range(40):
        for hour in range(13):
            now = FIRST + timedelta(days=day, hours=hour)
            for each in due(reads, now):
                if each == bad:
                    asked.append(now)
                else:
                    reads.setdefault(each, []).append(Read(at=now, empty=False))
    assert asked[0] == datetime(2026, 2, 24, 0, 15, tzinfo=UTC)
    assert asked[-1] == datetime(2026, 3, 26, 12, 15, tzinfo=UTC), "31 days in all"
    assert {now.hour for now in asked if now.day <= 26 and now.month == 2} == set(range(13))
    assert {now.hour for now in asked if now.month == 3} == {0, 6, 12}


def test_at_most_two_missing_days_are_read_in_a_run_beside_the_newest() -> None:
    known = {FRIDAY - timedelta(days=20): full(at(0, day=2))}
    assert due(known, FIRST) == (FRIDAY, BEFORE, TWO_BEFORE)
    recent = {day: full(FIRST - timedelta(hours=1)) for day in (FRIDAY, BEFORE, TWO_BEFORE)}
    at_six = datetime(2026, 2, 21, 6, 15, tzinfo=UTC)
    missing = due({**known, **recent}, at_six)
    assert [day for day in missing if day < TWO_BEFORE] == [date(2026, 2, 17), date(2026, 2, 16)]
    assert [day for day in due({**known, **recent}, at(5)) if day < TWO_BEFORE] == [], "not a sixth hour"


def test_a_new_stack_does_not_ask_for_days_before_its_first() -> None:
    reads = {day: full(at(0)) for day in (FRIDAY, BEFORE, TWO_BEFORE)}
    assert due(reads, at(6)) == ()
