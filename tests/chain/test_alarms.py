"""Each alarm of template.yaml, fired from its cause: what the functions emit is held against what the alarm watches."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from shared.store import keys
from tests.chain.world import FRIDAY, World, row

BAD, GOOD = "2602.00001", "2602.00002"
ALARM = "AWS::CloudWatch::Alarm"
MakeWorld = Callable[..., World]
COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "GreaterThanThreshold": lambda value, threshold: value > threshold,
    "GreaterThanOrEqualToThreshold": lambda value, threshold: value >= threshold,
}


class Metrics:
    """What the functions wrote of their metrics, as CloudWatch reads it from their logs."""

    def __init__(self, captured: pytest.CaptureFixture[str]) -> None:
        self._captured = captured
        self._lines: list[dict[str, Any]] = []

    def values(self, alarm: dict[str, Any]) -> list[float]:
        """Those of the alarm's metric with the alarm's dimensions, in order."""
        out = self._captured.readouterr().out.splitlines()
        self._lines += [json.loads(line) for line in out if line.startswith("{") and '"_aws"' in line]
        dimensions = {each["Name"]: each["Value"] for each in alarm["Dimensions"]}
        return list(self._matching(alarm["MetricName"], dimensions))

    def _matching(self, name: str, dimensions: dict[str, str]) -> Iterator[float]:
        for line in self._lines:
            (declared,) = line["_aws"]["CloudWatchMetrics"]
            assert declared["Namespace"] == "DailyPapers"
            if name in line and {each: line[each] for each in declared["Dimensions"][0]} == dimensions:
                yield from line[name] if isinstance(line[name], list) else [line[name]]


@pytest.fixture
def metrics(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Metrics:
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "false")
    return Metrics(capsys)


def rings(world: World, name: str, metrics: Metrics) -> bool:
    """Whether one of the values, or for a sum all of them, passes the alarm's threshold."""
    alarm = world.stack.of_kind(ALARM)[name]
    values = metrics.values(alarm)
    aggregate = sum(values) if alarm["Statistic"] == "Sum" else max(values, default=0)
    return COMPARISONS[alarm["ComparisonOperator"]](aggregate, alarm["Threshold"])


def tick_for(world: World, **time: float) -> None:
    """Everything that happens in this much time, with the ticks that `World.run` passes over."""
    world.chain.run(world.clock.now() + timedelta(**time))


def test_nothing_rings_in_a_day_where_all_is_well(make_world: MakeWorld, metrics: Metrics) -> None:
    world = make_world({FRIDAY: [row(BAD), row(GOOD)]})
    world.run(minutes=25)
    tick_for(world, minutes=10)
    own = [name for name, alarm in world.stack.of_kind(ALARM).items() if alarm.get("Namespace") == "DailyPapers"]
    assert world.published()
    assert metrics.values(world.stack.of_kind(ALARM)["DayOverdueAlarm"])
    assert [name for name in own if rings(world, name, metrics)] == []


def test_a_day_that_cannot_be_read_is_overdue_before_its_mail_is_too_late(
    make_world: MakeWorld, metrics: Metrics
) -> None:
    world = make_world({FRIDAY: [row(GOOD)]})
    world.archive.put(keys.since(FRIDAY), b"")
    world.internet.status = 500
    world.run(hours=18)
    tick_for(world, hours=1)
    assert not rings(world, "DayOverdueAlarm", metrics)
    tick_for(world, hours=5)
    values = metrics.values(world.stack.of_kind(ALARM)["DayOverdueAlarm"])
    assert rings(world, "DayOverdueAlarm", metrics)
    assert sum(value > 20 for value in values) >= 3 * 6, "for three hours of six ticks"


def test_a_mail_that_was_due_and_comes_too_late_is_a_failed_delivery(make_world: MakeWorld, metrics: Metrics) -> None:
    world = make_world({FRIDAY: [row(GOOD)]})
    world.internet.status = 500
    world.run(minutes=24 * 60)
    world.internet.status = 200
    world.run(minutes=60)
    assert world.published()
    assert world.mails() == []
    assert rings(world, "DeliveryFailedAlarm", metrics)


def test_a_day_whose_data_cannot_be_read_is_a_failed_day(make_world: MakeWorld, metrics: Metrics) -> None:
    world = make_world({FRIDAY: [row(GOOD)]})
    thursday = FRIDAY.replace(day=19)
    world.archive.put(keys.manifest(thursday, world.clock.now()), b"{")
    world.archive.put(keys.open_marker(thursday, world.clock.now()), b"")
    world.run(minutes=15)
    assert rings(world, "DayFailedAlarm", metrics)


def test_a_key_that_cannot_be_read_is_unusable_and_leaves_drafts(make_world: MakeWorld, metrics: Metrics) -> None:
    model = {"Model": "openai:small", "OpenAiKeyParameter": "/daily-papers/no-such-key"}
    world = make_world({FRIDAY: [row(BAD), row(GOOD)]}, **model)
    world.run(minutes=15)
    assert rings(world, "UnusableAlarm", metrics)
    assert rings(world, "DraftedShareAlarm", metrics)


def test_a_list_of_another_form_is_refused(make_world: MakeWorld, metrics: Metrics) -> None:
    world = make_world({FRIDAY: [row(GOOD), {"article": {"id": BAD}}]})
    world.run(minutes=15)
    assert rings(world, "RefusedShareAlarm", metrics)


@pytest.mark.parametrize(("queue", "letters"), [("EnrichQueue", "DeadLetters"), ("SummarizeQueue", "DeadLettersFifo")])
def test_a_message_that_fails_every_attempt_comes_to_the_dead_letters_that_the_alarm_watches(
    make_world: MakeWorld, queue: str, letters: str
) -> None:
    world = make_world({FRIDAY: [row(GOOD)]})
    visible = world.stack.of_kind(ALARM)[f"{letters}Alarm"]["Metrics"][1]["MetricStat"]["Metric"]
    assert visible["Dimensions"] == [{"Name": "QueueName", "Value": world.stack.names[letters]}]
    world.send(queue, "not a message")
    world.run(minutes=40)
    assert world.bodies(letters) == ["not a message"]


def test_a_publish_that_cannot_start_is_an_error_of_lambda(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world({})
    alarm = world.stack.of_kind(ALARM)["PublishErrorsAlarm"]
    assert alarm["Dimensions"] == [{"Name": "FunctionName", "Value": world.stack.names["PublishFunction"]}]
    monkeypatch.delenv("READERS_TOPIC_ARN")
    with pytest.raises(ValueError, match="READERS_TOPIC_ARN"):
        world.chain.functions["PublishFunction"]({"Records": []})
