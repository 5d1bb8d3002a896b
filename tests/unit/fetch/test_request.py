"""What fetch is asked, and what it says to an event that it cannot read."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from functions.fetch.request import (
    BadEventError,
    DayRequest,
    PeriodRequest,
    ScheduledRun,
    SiteRequest,
    read,
)
from shared.model.span import parse


def test_a_schedule_says_when_it_fired() -> None:
    assert read({"scheduled_at": "2026-02-21T00:15:00Z"}) == ScheduledRun(
        scheduled_at=datetime(2026, 2, 21, 0, 15, tzinfo=UTC)
    )


def test_a_day_alone_is_read_again_and_mails_nobody() -> None:
    assert read({"day": "2026-02-20"}) == DayRequest(day=date(2026, 2, 20), mail=False, replay_from=None, read_at=None)


@pytest.mark.parametrize("step", [None, "enrich", "summarize", "publish"])
@pytest.mark.parametrize("mail", [True, False])
def test_an_event_may_ask_for_mail_and_for_a_replay(step: str | None, mail: bool) -> None:
    asked = read({"day": "2026-02-20", "mail": mail, "replay_from": step})
    assert isinstance(asked, DayRequest)
    assert (asked.mail, asked.replay_from) == (mail, step)


def test_a_new_site_can_be_asked_for() -> None:
    assert read({"site": "rebuild"}) == SiteRequest(site="rebuild")
    assert isinstance(read({"site": "anew"}), SiteRequest), "the word of release 1.0"


def test_a_time_in_another_zone_is_the_same_moment() -> None:
    asked = read({"day": "2026-02-20", "read_at": "2026-02-21T09:15:00+09:00"})
    assert isinstance(asked, DayRequest)
    assert asked.read_at == datetime(2026, 2, 21, 0, 15, tzinfo=UTC)


@pytest.mark.parametrize(("unit", "name"), [("week", "2026-W08"), ("month", "2026-02")])
def test_a_week_or_a_month_is_read_again_and_mails_nobody_unless_the_event_says_so(unit: str, name: str) -> None:
    for event, mail in (({unit: name}, False), ({unit: name, "mail": True}, True)):
        asked = read(event)
        assert isinstance(asked, PeriodRequest)
        assert (asked.period, asked.mail, asked.read_at) == (parse(name), mail, None)


@pytest.mark.parametrize(
    ("event", "field", "value"),
    [
        (None, "event", "None"),
        ([], "event", r"\[\]"),
        ("2026-02-20", "event", "'2026-02-20'"),
        ({}, "event", "{}"),
        ({"date": "2026-02-20"}, "event", "{'date': '2026-02-20'}"),
        ({"Records": []}, "event", "Records"),
        ({"day": "2026-02-30"}, "day", "'2026-02-30'"),
        ({"day": "20260220"}, "day", "'20260220'"),
        ({"day": "latest"}, "day", "'latest'"),
        ({"day": ""}, "day", "''"),
        ({"day": None}, "day", "None"),
        ({"day": 20504}, "day", "20504"),
        ({"site": "new"}, "site", "'new'"),
        ({"site": "rebuild", "mail": True}, "mail", "True"),
        ({"day": 0}, "day", "0"),
        ({"day": 86_400}, "day", "86400"),
        ({"day": True}, "day", "True"),
        ({"day": ["2026-02-20"]}, "day", "2026-02-20"),
        ({"day": "2026-02-20T09:15:00"}, "day", "09:15"),
        ({"day": "2026-02-20", "mail": "perhaps"}, "mail", "'perhaps'"),
        ({"day": "2026-02-20", "mail": None}, "mail", "None"),
        ({"day": "2026-02-20", "replay_from": "fetch"}, "replay_from", "'fetch'"),
        ({"day": "2026-02-20", "replay_from": ""}, "replay_from", "''"),
        ({"day": "2026-02-20", "replay": "publish"}, "replay", "'publish'"),
        ({"day": "2026-02-20", "scheduled_at": "2026-02-21T00:15:00Z"}, "scheduled_at", "2026-02-21"),
        ({"day": "2026-02-20", "read_at": "2026-02-21T00:15:00"}, "read_at", "2026-02-21"),
        ({"week": "2026-W54"}, "week", "'2026-W54'"),
        ({"week": "2026-02"}, "week", "must be a week such as 2026-W08, got '2026-02'"),
        ({"week": 8}, "week", "8"),
        ({"week": "2026-W08", "mail": "perhaps"}, "mail", "'perhaps'"),
        ({"week": "2026-W08", "replay_from": "publish"}, "replay_from", "'publish'"),
        ({"week": "2026-W08", "month": "2026-02"}, "month", "2026-02"),
        ({"day": "2026-02-20", "week": "2026-W08"}, "week", "2026-W08"),
        ({"month": "2026-W08"}, "month", "must be a month such as 2026-02, got '2026-W08'"),
        ({"month": "2026-13"}, "month", "'2026-13'"),
        ({"month": None}, "month", "None"),
        ({"scheduled_at": "2026-02-21T00:15:00"}, "scheduled_at", "timezone"),
        ({"scheduled_at": "<aws.scheduler.scheduled-time>"}, "scheduled_at", "aws.scheduler"),
        ({"scheduled_at": None}, "scheduled_at", "None"),
    ],
)
def test_a_bad_event_is_refused_by_field_and_value(event: Any, field: str, value: str) -> None:
    with pytest.raises(BadEventError, match=f"^{field}: (?s:.*){value}"):
        read(event)


@pytest.mark.parametrize("day", ["0", "86400"])
def test_digits_are_no_day(day: str) -> None:
    with pytest.raises(BadEventError, match=r"^day: "):
        read({"day": day})
