"""The doctor says of each thing that does not work what to do about it; pause and resume are seen by it."""

from collections.abc import Iterator
from typing import Any

import boto3
import httpx
import pytest
from click.testing import CliRunner, Result

from local.intrinsics import REGION
from local.operate import doctor, options, pause
from local.operate.stack import Stack
from tests.factories.operated import ALARMS, operated

KEY = "/daily-papers/openai-key"


def run(command: Any, *arguments: str) -> Result:
    return CliRunner().invoke(command, ["--stack", "papers", *arguments])


def state(alarm: str) -> dict[str, Any]:
    (found,) = boto3.client("cloudwatch").describe_alarms(AlarmNames=[alarm])["MetricAlarms"]
    return dict(found)


@pytest.fixture
def with_a_key(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stack]:
    """A stack whose model is behind a key that nobody has stored."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    base = "https://model.invalid/v1"
    with operated(
        Model="openai:small", OpenAiKeyParameter=KEY, OpenAiBaseUrl=base, SiteUrl="https://site.invalid"
    ) as found:
        monkeypatch.setattr(options, "find_stack", lambda _: found)
        yield found


def test_all_is_well_in_a_stack_that_works(stack: Stack) -> None:
    stack.bucket.put("site/index.html", b"")
    found = run(doctor.run_doctor)
    assert (found.exit_code, "LOOK" in found.output) == (0, False), found.output


def test_a_stack_that_is_paused_is_seen_and_its_alarm_is_silent_until_it_is_resumed(stack: Stack) -> None:
    assert run(pause.run_pause).exit_code == 0
    assert "LOOK  schedules" in run(doctor.run_doctor).output
    assert not state("DayOverdueAlarm")["ActionsEnabled"]
    assert run(pause.run_resume).exit_code == 0
    assert "ok    schedules" in run(doctor.run_doctor).output
    assert state("DayOverdueAlarm")["ActionsEnabled"]


def test_a_key_that_is_not_there_is_named(with_a_key: Stack) -> None:
    found = run(doctor.run_doctor)
    assert found.exit_code == 1
    assert f"OpenAiKeyParameter           {KEY} cannot be read (ParameterNotFound): put it as a Secure" in found.output


def test_a_model_and_a_site_that_do_not_answer_are_named(with_a_key: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    boto3.client("ssm").put_parameter(Name=KEY, Value="secret", Type="SecureString")
    with_a_key.bucket.put("site/index.html", b"")
    monkeypatch.setattr(httpx, "get", lambda *_, **__: httpx.Response(401))
    lines = run(doctor.run_doctor).output
    assert "LOOK  Model" in lines
    assert "https://model.invalid/v1 answers 401: look at OpenAiBaseUrl and the key." in lines
    assert "https://site.invalid answers 401." in lines
    assert "secret" not in lines


def test_what_waits_for_a_person_is_counted(stack: Stack) -> None:
    stack.client("sqs").send_message(QueueUrl=stack["DeadLetters"], MessageBody="{}")
    found = run(doctor.run_doctor).output
    assert "1 messages failed for good: mend the cause, then daily-papers redrive." in found
    assert "There is no page yet" in found


def test_an_alarm_can_be_set_off(stack: Stack) -> None:
    assert doctor.RING_ALARM in ALARMS
    assert "its mail arrives at the operators' addresses" in run(doctor.run_doctor, "--ring").output
    assert state(doctor.RING_ALARM)["StateValue"] == "ALARM"
