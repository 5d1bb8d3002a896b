"""What template.yaml does by the clock, whom it tells, and which parameters it takes."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from functions.fetch import request
from local.cli import cli
from local.schedules import schedules
from local.template import ParameterError, stack
from shared.model import messages
from tests.factories.places import ROOT
from tests.structure.declared import TEMPLATE, Resource, meant, parameter, resources, template

PARAMETERS: dict[str, dict[str, Any]] = template()["Parameters"]
DECLARED = resources("AWS::Scheduler::Schedule")
SCHEDULES = {schedule.name: schedule for schedule in schedules(stack(TEMPLATE, {}))}
SEOUL = ZoneInfo("Asia/Seoul")
NOW = datetime(2026, 2, 21, 0, 15, tzinfo=UTC)
FREE_ALARM_METRICS = 10
"""An account has them free; in an alarm on a computed value each metric counts. https://aws.amazon.com/cloudwatch/pricing/"""
FREE_DASHBOARD_METRICS = 50
MAX_DESCRIPTION = 1024
"""Characters, https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html"""
EMITTERS = ("handler.py", "report.py")
EMITTED = re.compile(r'(?:add_metric|Metric)\(\s*"(\w+)"')
STACK_DIMENSION = [{"Name": "stack", "Value": {"Ref": "AWS::StackName"}}]


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


ALARMS = resources("AWS::CloudWatch::Alarm")
RESOLVED = stack(TEMPLATE, {}).of_kind("AWS::CloudWatch::Alarm")
COMMAND = re.compile(r"daily-papers (\w+(?: (?!daily-papers)\S+)*? --stack \$\{AWS::StackName\})")


def _metrics(alarm: Resource) -> list[Resource]:
    """Each metric that an alarm watches; what is computed of them has no price of its own."""
    queries = [query["MetricStat"]["Metric"] for query in alarm.get("Metrics", []) if "MetricStat" in query]
    return queries or [alarm]


@pytest.mark.parametrize("name", ALARMS)
def test_an_alarm_tells_the_operators_which_command_to_run(name: str) -> None:
    assert [meant(action) for action in ALARMS[name]["AlarmActions"]] == ["OperatorsTopic"]
    assert len(RESOLVED[name]["AlarmDescription"]) <= MAX_DESCRIPTION
    commands = COMMAND.findall(ALARMS[name]["AlarmDescription"]["Fn::Sub"])
    assert commands
    for command in commands:
        text = command.replace("DAY", "2026-02-20").replace("LANGUAGE", "ko")
        each, *arguments = text.replace("${AWS::StackName}", "papers").split()
        assert cli.commands[each].make_context(each, arguments).params["name"] == "papers"


def test_the_alarms_cost_nothing() -> None:
    assert sum(len(_metrics(alarm)) for alarm in ALARMS.values()) <= FREE_ALARM_METRICS


def test_every_custom_metric_is_watched_and_has_the_stack_as_its_one_dimension() -> None:
    emitted = set()
    for path in (path for name in EMITTERS for path in (ROOT / "functions").glob(f"*/{name}")):
        emitted |= {*EMITTED.findall(path.read_text(encoding="utf-8"))}
    custom = [metric for alarm in ALARMS.values() for metric in _metrics(alarm) if metric["Namespace"] == "DailyPapers"]
    assert {metric["MetricName"] for metric in custom} == emitted
    assert all(metric["Dimensions"] == STACK_DIMENSION for metric in custom)


@pytest.mark.parametrize(
    ("name", "comparison", "threshold", "hours"),
    [
        ("DayOverdueAlarm", "GreaterThanThreshold", 20, 3),
        ("DraftedShareAlarm", "GreaterThanThreshold", 50, 0.25),
        ("RefusedShareAlarm", "GreaterThanThreshold", 20, 0.25),
        ("DayFailedAlarm", "GreaterThanOrEqualToThreshold", 1, 0.25),
        ("DeliveryFailedAlarm", "GreaterThanOrEqualToThreshold", 1, 0.25),
        ("UnusableAlarm", "GreaterThanOrEqualToThreshold", 1, 0.25),
    ],
)
def test_an_alarm_rings_where_the_design_says(name: str, comparison: str, threshold: int, hours: float) -> None:
    assert (ALARMS[name]["ComparisonOperator"], ALARMS[name]["Threshold"]) == (comparison, threshold)
    assert ALARMS[name]["Period"] * ALARMS[name]["EvaluationPeriods"] == hours * 3600
    assert ALARMS[name]["TreatMissingData"] == ("breaching" if name == "DayOverdueAlarm" else "notBreaching")


def test_a_new_stack_has_time_to_tick_before_silence_rings() -> None:
    assert ALARMS["DayOverdueAlarm"]["WarmUpConfiguration"]["WarmUpPeriodDurationInMinutes"] > 3 * 60


@pytest.mark.parametrize("queue", ["DeadLetters", "DeadLettersFifo"])
def test_an_alarm_of_dead_letters_rings_at_each_new_one(queue: str) -> None:
    """And not once until the queue is empty: what is compared is how many came, not how many lie there."""
    alarm = ALARMS[f"{queue}Alarm"]
    arrived, visible = alarm["Metrics"]
    assert arrived["Expression"] == "DIFF(FILL(visible, 0))"
    assert (visible["Id"], visible["ReturnData"]) == ("visible", False)
    (metric,) = _metrics(alarm)
    assert meant(metric["Dimensions"][0]["Value"]) == queue
    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == ("GreaterThanThreshold", 0)


def test_the_dashboard_shows_every_alarm() -> None:
    (dashboard,) = stack(TEMPLATE, {}).of_kind("AWS::CloudWatch::Dashboard").values()
    body = json.loads(dashboard["DashboardBody"])
    shown = [arn for widget in body["widgets"] for arn in widget["properties"].get("alarms", [])]
    assert len(shown) == len(ALARMS)
    assert sum(len(widget["properties"].get("metrics", [])) for widget in body["widgets"]) <= FREE_DASHBOARD_METRICS


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
