"""What template.yaml does by the clock, whom it tells, and which parameters it takes."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from functions.fetch import request
from local.schedules import schedules
from local.template import ParameterError, stack
from shared.model import messages
from tests.factories.places import ROOT
from tests.structure.declared import TEMPLATE, meant, parameter, resources, template

PARAMETERS: dict[str, dict[str, Any]] = template()["Parameters"]
DECLARED = resources("AWS::Scheduler::Schedule")
SCHEDULES = {schedule.name: schedule for schedule in schedules(stack(TEMPLATE, {}))}
SEOUL = ZoneInfo("Asia/Seoul")
NOW = datetime(2026, 2, 21, 0, 15, tzinfo=UTC)
PAID_FROM = 10
"""Metrics that CloudWatch gives away: each name with each set of dimensions is one."""
EMITTED = re.compile(r'(?:add_metric|Metric)\(\s*"(\w+)"')
METRICS = re.compile(r'Metrics\(namespace="(\w+)", service="(\w+)"\)')


def _firings(name: str) -> list[datetime]:
    """When a schedule fires on a day in Seoul."""
    midnight = datetime(2026, 2, 21, tzinfo=SEOUL)
    time, found = midnight - timedelta(seconds=1), []
    while (time := SCHEDULES[name].next_after(time)) < midnight + timedelta(days=1):
        found.append(time)
    return found


def test_the_list_is_read_in_the_morning_in_seoul_when_its_utc_day_has_just_ended() -> None:
    assert _firings("DailySchedule") == [datetime(2026, 2, 21, 0, 15, tzinfo=UTC)]


def test_fetch_is_asked_again_every_hour_until_evening() -> None:
    asked = [f"{time.astimezone(SEOUL):%H:%M}" for time in _firings("RefreshSchedule")]
    assert asked == [f"{hour}:15" for hour in range(10, 22)]


def test_the_tick_comes_every_ten_minutes_straight_to_the_queue_of_publish() -> None:
    assert len(_firings("TickSchedule")) == 24 * 6
    assert meant(DECLARED["TickSchedule"]["Target"]["Arn"]) == "PublishQueue"
    assert messages.read(SCHEDULES["TickSchedule"].input(NOW), messages.ClockTicked).scheduled_at == NOW


def test_the_schedules_of_fetch_follow_the_time_zone_and_send_what_fetch_reads() -> None:
    for name in ("DailySchedule", "RefreshSchedule"):
        assert DECLARED[name]["ScheduleExpressionTimezone"] == {"Ref": "TimeZone"}
        assert meant(DECLARED[name]["Target"]["Arn"]) == "FetchFunction"
        assert request.read(json.loads(SCHEDULES[name].input(NOW))) == request.ScheduledRun(scheduled_at=NOW)


def test_every_schedule_is_tried_again_and_then_kept_among_the_dead_letters() -> None:
    for schedule in DECLARED.values():
        target = schedule["Target"]
        assert target["RetryPolicy"]["MaximumRetryAttempts"] > 0
        assert meant(target["DeadLetterConfig"]["Arn"]) == "DeadLetters"
        assert meant(target["RoleArn"]) == "SchedulerRole"


def test_every_alarm_tells_the_operators_what_to_do() -> None:
    for name, alarm in resources("AWS::CloudWatch::Alarm").items():
        assert [meant(action) for action in alarm["AlarmActions"]] == ["OperatorsTopic"], name
        assert len(alarm["AlarmDescription"].split(". ")) > 1, name
        assert len(alarm["AlarmDescription"]) <= 1024, name


def test_there_is_an_alarm_for_every_dead_letter_queue_and_every_function() -> None:
    alarms = resources("AWS::CloudWatch::Alarm").values()
    watched = {meant(alarm["Dimensions"][0]["Value"]) for alarm in alarms if alarm["Namespace"].startswith("AWS/")}
    assert watched == {"DeadLetters", "DeadLettersFifo", *resources("AWS::Serverless::Function")}


def test_every_custom_metric_that_an_alarm_watches_is_one_that_its_function_emits() -> None:
    emitted = set()
    for handler in (ROOT / "functions").glob("*/handler.py"):
        source = handler.read_text(encoding="utf-8")
        for namespace, service in METRICS.findall(source):
            sources = [source, *(path.read_text(encoding="utf-8") for path in handler.parent.glob("report.py"))]
            emitted |= {(namespace, service, name) for each in sources for name in EMITTED.findall(each)}
    watched = {
        (alarm["Namespace"], alarm["Dimensions"][0]["Value"], alarm["MetricName"])
        for alarm in resources("AWS::CloudWatch::Alarm").values()
        if not alarm["Namespace"].startswith("AWS/")
    }
    assert watched <= emitted
    assert len(emitted) <= PAID_FROM


@pytest.mark.parametrize(
    ("name", "comparison", "threshold", "hours"),
    [
        ("NoDaySettledAlarm", "LessThanThreshold", 1, 38),
        ("OldestOpenDayAlarm", "GreaterThanThreshold", 4, 0.25),
        ("DraftedShareAlarm", "GreaterThanThreshold", 50, 0.25),
        ("RefusedShareAlarm", "GreaterThanThreshold", 20, 0.25),
        ("DayFailedAlarm", "GreaterThanOrEqualToThreshold", 1, 0.25),
    ],
)
def test_an_alarm_rings_where_the_design_says(name: str, comparison: str, threshold: int, hours: float) -> None:
    alarm = resources("AWS::CloudWatch::Alarm")[name]
    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == (comparison, threshold)
    assert alarm["Period"] * alarm["EvaluationPeriods"] == hours * 3600
    assert alarm["TreatMissingData"] == ("breaching" if name == "NoDaySettledAlarm" else "notBreaching")


def test_the_reader_gets_the_daily_mail_in_the_first_language() -> None:
    subscription = template()["Resources"]["ReaderSubscription"]
    assert subscription["Condition"] == "HasReader"
    assert subscription["Properties"]["FilterPolicy"] == {
        "period": ["daily"],
        "language": [{"Fn::Select": [0, {"Fn::Split": [",", {"Ref": "Languages"}]}]}],
    }


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_parameter_has_constraints_that_it_explains_and_its_default_keeps(name: str) -> None:
    assert {"AllowedPattern", "AllowedValues", "MinValue"} & PARAMETERS[name].keys()
    assert PARAMETERS[name]["ConstraintDescription"]
    assert stack(TEMPLATE, {name: str(parameter(name))})


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("Languages", "korean"),
        ("Languages", "ko, en"),
        ("Languages", ""),
        ("Model", "gpt"),
        ("PapersInFull", "0"),
        ("Author", "one\ntwo"),
        ("DailyScheduleExpression", "15 9 * * *"),
        ("DailyScheduleExpression", "cron(15 9 * * *)"),
        ("TimeZone", "Asia/Seoul; "),
        ("DeadlineMinutes", "30"),
        ("ReaderEmail", "reader"),
        ("SiteUrl", "papers.example.org"),
        ("SiteUrl", "https://papers.example.org/"),
        ("PublicSite", "yes"),
        ("SummarizeConcurrency", "1"),
        ("RetentionDays", "31"),
        ("Sources", ""),
        ("Sources", "arxiv,none"),
        ("Sources", "arxiv, github"),
        ("Sources", "all"),
        ("GitHubTokenParameter", "github-token"),
    ],
)
def test_a_wrong_value_is_refused_with_what_is_allowed(name: str, given: str) -> None:
    with pytest.raises(ParameterError, match=re.escape(PARAMETERS[name]["ConstraintDescription"])):
        stack(TEMPLATE, {name: given})


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("Languages", "ko,en"),
        ("Languages", "ja"),
        ("ReaderEmail", "reader@example.org"),
        ("SiteUrl", "https://papers.example.org/daily"),
        ("TimeZone", "America/Argentina/Buenos_Aires"),
        ("PublicSite", "true"),
        ("Sources", "none"),
        ("Sources", "github,arxiv"),
        ("GitHubTokenParameter", "/daily-papers/github-token"),
    ],
)
def test_a_right_value_is_taken(name: str, given: str) -> None:
    assert stack(TEMPLATE, {name: given}).parameters[name] == given
