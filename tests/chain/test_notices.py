"""Notices to the operators: one line for each cause, with the command that mends it, however often it is met."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from botocore.exceptions import ReadTimeoutError
from click.testing import CliRunner

from functions.fetch.handler import MAX_REFUSED_PERCENT
from functions.publish.report import MAX_DRAFTED_PERCENT, MAX_OVERDUE_HOURS
from local import cli
from local.operate import options
from local.operate.stack import Stack
from shared.store import aws, keys
from tests.chain.world import FRIDAY, World, on_call, row
from tests.factories.account import topic_arn

BAD, GOOD = "2602.00001", "2602.00002"
THURSDAY = FRIDAY - timedelta(days=1)
MakeWorld = Callable[..., World]


class WorldStack(Stack):
    """The world as a deployed stack."""

    world: World

    def fetch(self, event: Mapping[str, Any]) -> None:
        self.world.chain.invoke("FetchFunction", dict(event))
        self.world.chain.settle()

    def wait(self, day: date) -> bool:
        self.world.run(minutes=30)
        return not self.bucket.list(keys.open_markers(day))


def run_command(world: World, line: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Does what a notice asks for, and returns what is printed."""
    topics = {name: topic_arn(world.stack, name) for name in world.stack.of_kind("AWS::SNS::Topic")}
    stack = WorldStack("papers", world.stack.names | topics)
    object.__setattr__(stack, "world", world)
    monkeypatch.setattr(options, "find_stack", lambda _: stack)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "ap-northeast-2")
    done = CliRunner().invoke(cli.cli, line.partition("Run: daily-papers ")[2].split())
    assert done.exit_code == 0, done.output
    return done.output


def test_a_withheld_mail_is_told_once_and_the_command_mails_it(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world({FRIDAY: [row(GOOD)]})
    world.internet.status = 500
    world.run(minutes=24 * 60)
    world.internet.status = 200
    world.run(minutes=180)
    (line,) = [each for each in world.notices() if "mail" in each]
    assert line.startswith("2026-02-20 ko: The page is published and its mail is withheld: closed more than 24 hours")
    assert " --stack " in line
    run_command(world, line, monkeypatch)
    world.run(minutes=15)
    assert len(world.mails()) == 1
    assert len([each for each in world.notices() if "mail" in each]) == 1


def test_a_day_that_is_overdue_is_told_once_and_the_command_reads_and_mails_it(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world({FRIDAY: [row(GOOD)]})
    world.archive.put(keys.since(FRIDAY), b"")
    world.internet.status = 500
    world.run(hours=19)
    assert world.notices() == []
    world.chain.run(world.clock.now() + timedelta(hours=4))
    (line,) = world.notices()
    assert line.startswith("2026-02-20: It ended 20 hours ago and is not published. Run: daily-papers backfill")
    world.internet.status = 200
    assert "2026-02-20  published" in run_command(world, line, monkeypatch)
    assert len(world.mails()) == 1


def test_a_day_that_fails_with_every_tick_is_told_once_and_status_names_it(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world({FRIDAY: [row(GOOD)]})
    world.archive.put(keys.manifest(THURSDAY, world.clock.now()), b"{")
    world.archive.put(keys.open_marker(THURSDAY, world.clock.now()), b"")
    world.run(minutes=60)
    (line,) = world.notices()
    assert line.startswith("2026-02-19: It could not be published. The log of publish holds the error.")
    assert "2026-02-19  1 read that cannot be read  OPEN" in run_command(world, line, monkeypatch)


def test_drafts_are_told_once_in_each_language_and_not_again_on_a_replay(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = {"Model": "openai:small", "OpenAiKeyParameter": "/daily-papers/no-such-key", "Languages": "ko,en"}
    world = make_world({FRIDAY: [row(BAD), row(GOOD)]}, **model)
    world.run(minutes=15)
    lines, first_read = world.notices(), world.digest().read_at
    assert [line.partition(":")[0] for line in lines] == ["2026-02-20 ko", "2026-02-20 en"]
    assert "100 % of the papers have a draft" in lines[0]
    run_command(world, lines[0], monkeypatch)
    world.run(minutes=15)
    assert world.digest().read_at > first_read
    assert world.notices() == lines


def test_a_list_of_another_form_is_told_once_and_the_command_reads_it_again(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world({FRIDAY: [row(GOOD), {"article": {"id": BAD}}]})
    world.run(hours=14)
    (line,) = world.notices()
    assert line.startswith("2026-02-20: 1 of 2 rows of its list could not be read; manifests/2026-02-20/ names them.")
    world.internet.lists[FRIDAY][1] = row(BAD)
    run_command(world, line, monkeypatch)
    assert world.digest().listed == 2


def test_a_webhook_that_refuses_is_told_once_without_its_address(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "https://hooks.invalid/T0K3N")
    world = make_world({FRIDAY: [row(GOOD)]})
    world.internet.elsewhere = lambda _: httpx.Response(404)
    world.run(minutes=60)
    (line,) = world.notices()
    assert line.startswith("2026-02-20 ko: The channel 'webhook' did not take the message: status 404.")
    assert "daily-papers doctor" in line
    assert "T0K3N" not in line


def test_a_mail_that_is_given_up_is_told_once_and_the_command_sends_it(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world({FRIDAY: [row(GOOD)]})
    lost = [True]

    def lose(asked: dict[str, Any]) -> None:
        if lost[0] and asked["TopicArn"] == topic_arn(world.stack, "ReadersTopic"):
            raise ReadTimeoutError(endpoint_url="sns")

    on_call("sns", "Publish", lose)
    world.run(hours=2)
    (line,) = [each for each in world.notices() if "SNS" in each]
    lost[0] = False
    run_command(world, line.replace(" --stack", " --yes --stack"), monkeypatch)
    assert len(world.mails()) == 1


def test_a_topic_that_takes_no_notice_costs_neither_page_nor_mail(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: [row(GOOD), {"article": {"id": BAD}}]})

    def lose(asked: dict[str, Any]) -> None:
        if asked["TopicArn"] == topic_arn(world.stack, "OperatorsTopic"):
            raise ReadTimeoutError(endpoint_url="sns")

    aws.sns.cache_clear()
    on_call("sns", "Publish", lose)
    world.run(minutes=30)
    assert len(world.mails()) == 1


def test_a_backfill_of_old_days_tells_nobody(make_world: MakeWorld) -> None:
    long_ago = date(2025, 11, 20)
    world = make_world({long_ago: [row(GOOD), {"article": {"id": BAD}}]})
    world.fetch(long_ago)
    world.run(minutes=30)
    assert world.published(long_ago)
    assert world.notices() == []


def test_a_notice_is_sent_where_its_alarm_rings(make_world: MakeWorld) -> None:
    alarms = make_world({}).stack.of_kind("AWS::CloudWatch::Alarm")
    thresholds = {
        "DayOverdue": MAX_OVERDUE_HOURS,
        "DraftedShare": MAX_DRAFTED_PERCENT,
        "RefusedShare": MAX_REFUSED_PERCENT,
    }
    assert {name: alarms[f"{name}Alarm"]["Threshold"] for name in thresholds} == thresholds
