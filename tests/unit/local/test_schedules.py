"""When the stack's schedules fire on this machine, and what they say then."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from local import template
from local.schedules import Schedule, five_fields, schedules
from local.template import ParameterError
from tests.factories.places import ROOT

TEMPLATE = ROOT / "template.yaml"
SATURDAY_MORNING = datetime(2026, 2, 21, 0, 14, tzinfo=UTC)


def fires(expression: str, after: datetime = SATURDAY_MORNING, zone: str = "UTC", times: int = 1) -> list[str]:
    schedule = Schedule("x", expression, ZoneInfo(zone), {})
    found = []
    for _ in range(times):
        after = schedule.next_after(after)
        found.append(f"{after:%m-%d %H:%M}")
    return found


def test_the_declared_schedules_fire_at_9_15_and_hourly_until_21_15_in_seoul_and_every_ten_minutes() -> None:
    declared = {each.name: each for each in schedules(template.stack(TEMPLATE, {}))}
    assert declared.keys() == {"DailySchedule", "RefreshSchedule", "TickSchedule"}
    seoul = ZoneInfo("Asia/Seoul")
    assert f"{declared['DailySchedule'].next_after(SATURDAY_MORNING).astimezone(seoul):%H:%M}" == "09:15"
    time, hours = SATURDAY_MORNING, []
    for _ in range(13):
        time = declared["RefreshSchedule"].next_after(time)
        hours.append(f"{time.astimezone(seoul):%d %H:%M}")
    assert hours == [*(f"21 {hour}:15" for hour in range(10, 22)), "22 10:15"]
    assert f"{declared['TickSchedule'].next_after(SATURDAY_MORNING):%H:%M}" == "00:20"


def test_a_schedule_says_when_it_fired_not_when_it_was_carried_out() -> None:
    for schedule in schedules(template.stack(TEMPLATE, {})):
        said = json.loads(schedule.input(datetime(2026, 2, 21, 9, 15, tzinfo=ZoneInfo("Asia/Seoul"))))
        assert said["scheduled_at"] == "2026-02-21T00:15:00Z"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("rate(10 minutes)", ["02-21 00:20", "02-21 00:30", "02-21 00:40"]),
        ("rate(1 minute)", ["02-21 00:15", "02-21 00:16", "02-21 00:17"]),
        ("rate(1 hour)", ["02-21 01:00", "02-21 02:00", "02-21 03:00"]),
        ("rate(1 day)", ["02-22 00:00", "02-23 00:00", "02-24 00:00"]),
        ("cron(15 9 * * ? *)", ["02-21 09:15", "02-22 09:15", "02-23 09:15"]),
        ("cron(0/20 9 * * ? *)", ["02-21 09:00", "02-21 09:20", "02-21 09:40"]),
        ("cron(0 9 ? * MON-FRI *)", ["02-23 09:00", "02-24 09:00", "02-25 09:00"]),
        ("cron(0 9 ? * 2-3 *)", ["02-23 09:00", "02-24 09:00", "03-02 09:00"]),
        ("cron(0 9 ? * 1,7 *)", ["02-21 09:00", "02-22 09:00", "02-28 09:00"]),
        ("cron(0 9 1 * ? *)", ["03-01 09:00", "04-01 09:00", "05-01 09:00"]),
        ("cron(0 9 L * ? *)", ["02-28 09:00", "03-31 09:00", "04-30 09:00"]),
        ("cron(0 9 1 1 ? *)", ["01-01 09:00", "01-01 09:00", "01-01 09:00"]),
    ],
)
def test_what_aws_would_do(expression: str, expected: list[str]) -> None:
    assert fires(expression, times=3) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [("cron(0 9 ? * 6#3 *)", "03-20 09:00"), ("cron(0 9 ? * */2 *)", "02-21 09:00")],
    ids=["the third Friday", "every other day, Saturday too"],
)
def test_only_the_days_of_the_week_are_renumbered(expression: str, expected: str) -> None:
    assert fires(expression) == [expected]


@pytest.mark.parametrize("zone", ["Asia/Seoul", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
@pytest.mark.parametrize("expression", ["cron(30 2 * * ? *)", "cron(0/15 * * * ? *)", "cron(15 10-21 * * ? *)"])
def test_a_schedule_always_fires_later_also_where_clocks_are_changed(zone: str, expression: str) -> None:
    schedule = Schedule("x", expression, ZoneInfo(zone), {})
    for start in (datetime(2026, 3, 28, 20, tzinfo=UTC), datetime(2026, 10, 24, 20, tzinfo=UTC)):
        for minutes in range(0, 600, 20):
            time = start + timedelta(minutes=minutes)
            assert time < schedule.next_after(time) <= time + timedelta(days=2)


def test_in_summer_and_winter_it_is_the_same_hour_on_the_wall() -> None:
    berlin = "Europe/Berlin"
    assert fires("cron(15 9 * * ? *)", datetime(2026, 7, 1, tzinfo=UTC), berlin) == ["07-01 07:15"]
    assert fires("cron(15 9 * * ? *)", datetime(2026, 1, 1, tzinfo=UTC), berlin) == ["01-01 08:15"]


@pytest.mark.parametrize(
    "expression",
    ["cron(0 9 * * ? 2026)", "cron(0 9 * * ?)", "cron(0 9 * * * * *)", "0 9 * * *", "at(2026-02-21T00:15:00)", ""],
)
def test_what_cron_cannot_say_is_refused_by_name(expression: str) -> None:
    with pytest.raises(ValueError, match="ScheduleExpression: "):
        five_fields(expression)


def test_a_time_zone_that_does_not_exist_is_named() -> None:
    with pytest.raises(ParameterError, match=r"^TimeZone: 'Asia/Soul' is not a name of the tz database"):
        schedules(template.stack(TEMPLATE, {"TimeZone": "Asia/Soul"}))
