import json
from io import BytesIO
from pathlib import Path
from typing import Any

import click
import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError
from click.testing import CliRunner, Result

from local.operate import backfill, cost, pause, redrive, replay, resend, status
from local.operate.stack import Stack
from shared.model.messages import PaperEnriched, PaperFound, PaperSummarized
from shared.store import keys
from tests.factories.operated import DAY, MAIL, READ_AT, RecordingStack, archive

FOUND = PaperFound(day=DAY, id="2602.00003", read_at=READ_AT)
ENRICHED = PaperEnriched(day=DAY, id="2602.00003", read_at=READ_AT, language="ko")


def run(command: Any, *arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(command, ["--stack", "papers", *arguments], input=answer)


def bodies(stack: Stack, queue: str) -> list[str]:
    found = stack.client("sqs").receive_message(QueueUrl=stack[queue], MaxNumberOfMessages=10).get("Messages", [])
    return [message["Body"] for message in found]


def test_status_says_what_is_missing_and_why_what_it_cost_and_what_became_of_the_mail(stack: Stack) -> None:
    shown = run(status.show_status)
    assert shown.exit_code == 0, shown.output
    for text in ("2026-02-20", "OPEN", "2 analysed, 1 drafted", "$0.0123", "revision 2", "mail: sent"):
        assert text in shown.output
    assert "missing 2602.00003: TryAgainLaterError: 429" in shown.output
    assert "en  not published" in shown.output


def test_status_reads_a_folder_as_it_reads_a_stack(stack: Stack, tmp_path: Path) -> None:
    archive(tmp_path)
    of_folder = CliRunner().invoke(status.show_status, ["--out", str(tmp_path)])
    assert of_folder.output == run(status.show_status).output


def test_a_folder_without_a_day_ends_in_one_line(tmp_path: Path) -> None:
    shown = CliRunner().invoke(status.show_status, ["--out", str(tmp_path)])
    assert (shown.exit_code, shown.output) == (1, "Error: no day was read yet\n")


def test_the_cost_of_a_month_is_the_sum_of_its_days(stack: Stack) -> None:
    assert "total  $0.0123" in run(cost.show_cost, "2026-02").output
    assert "total  $0.0000" in run(cost.show_cost, "2026-03").output
    assert "must be a month such as 2026-02, got 'May'" in run(cost.show_cost, "May").output


def test_a_backfill_skips_days_that_were_read_and_mails_nobody(stack: Stack) -> None:
    planned = run(backfill.run_backfill, "2026-02-19..2026-02-21", "--dry-run")
    assert planned.output.split() == ["2", "days", "to", "read", "2026-02-19", "2026-02-21"]
    assert RecordingStack.asked == []
    done = run(backfill.run_backfill, "2026-02-19..2026-02-21")
    assert done.exit_code == 0, done.output
    assert RecordingStack.asked == [{"day": f"2026-02-{day}", "mail": False} for day in (19, 21)]
    assert "0 days to read" in run(backfill.run_backfill, "2026-02-19..2026-02-21").output


@pytest.mark.parametrize("text", ["2026-02-21..2026-02-19", "yesterday", "2026-02-30", "2026-02-01..", ""])
def test_a_range_that_is_none_is_named_with_its_value(text: str) -> None:
    with pytest.raises(click.BadParameter, match=f"RANGE: '{text}'"):
        backfill.parse_range(text)


def test_a_replay_asks_for_its_step_and_paper(stack: Stack) -> None:
    run(replay.run_replay, "2026-02-20", "--from", "summarize", "--paper", "2602.00003")
    expected = {"day": "2026-02-20", "mail": False, "replay_from": "summarize", "paper": "2602.00003"}
    assert RecordingStack.asked == [expected]


def test_resend_says_how_many_get_it_and_asks(stack: Stack) -> None:
    sns = stack.client("sns")
    for number in range(2):
        sns.subscribe(TopicArn=stack["ReadersTopic"], Protocol="email", Endpoint=f"reader{number}@example.org")
    refused = run(resend.run_resend, "2026-02-20", "ko", answer="n\n")
    assert refused.exit_code == 1
    assert "3 by email" in refused.output
    assert "Sent as" in run(resend.run_resend, "2026-02-20", "ko", answer="y\n").output
    missing = run(resend.run_resend, "2026-02-20", "en", "--yes")
    assert missing.output == "Error: 2026-02-20 was never mailed in en: there is no mailed/2026-02-20/en.json\n"


def test_redrive_sends_back_what_a_queue_takes_and_keeps_what_is_no_message(stack: Stack) -> None:
    sqs = stack.client("sqs")
    for body in (FOUND.model_dump_json(), '{"requestContext": {}}'):
        sqs.send_message(QueueUrl=stack["DeadLetters"], MessageBody=body)
    ended = PaperSummarized(day=DAY, id="2602.00003", language="ko")
    for number, body in enumerate((ENRICHED.model_dump_json(), ended.model_dump_json())):
        sqs.send_message(
            QueueUrl=stack["DeadLettersFifo"], MessageBody=body, MessageGroupId="g", MessageDeduplicationId=str(number)
        )
    shown = run(redrive.run_redrive)
    assert shown.exit_code == 0, shown.output
    assert "4 dead letters" in shown.output
    assert bodies(stack, "EnrichQueue") == [FOUND.model_dump_json()]
    assert bodies(stack, "SummarizeQueue") == [ENRICHED.model_dump_json()]
    assert "kept, not a message of this project" in shown.output


def test_an_error_of_fetch_is_one_line() -> None:
    class Failing:
        def invoke(self, **_: Any) -> dict[str, Any]:
            return {"FunctionError": "Unhandled", "Payload": BytesIO(b'{"errorMessage": "day: must be a date"}')}

    class OfFailing(Stack):
        def client(self, service: str) -> Any:
            return Failing()

    with pytest.raises(Exception, match=r"^fetch: day: must be a date$"):
        OfFailing("papers", {"FetchFunction": "fetch"}).fetch({})


@pytest.mark.parametrize("command", [status.show_status, redrive.run_redrive, pause.run_pause])
def test_what_aws_refuses_is_one_line(stack: Stack, monkeypatch: pytest.MonkeyPatch, command: Any) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise ClientError({"Error": {"Code": "AccessDenied", "Message": "You may not."}}, "AnyOperation")

    monkeypatch.setattr(BaseClient, "_make_api_call", refuse)
    refused = run(command)
    assert refused.exit_code == 1
    assert (
        refused.output
        == "Error: An error occurred (AccessDenied) when calling the AnyOperation operation: You may not.\n"
    )


def test_no_credentials_and_no_region_are_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere")
    refused = run(status.show_status)
    assert (refused.exit_code, refused.output) == (
        1,
        "Error: --stack: papers cannot be read: You must specify a region.\n",
    )


@pytest.mark.parametrize(
    ("command", "arguments", "reason"),
    [
        (replay.run_replay, ["2026-02-31"], "'2026-02-31' is none of 2026-02-20, 2026-W08 and 2026-02"),
        (
            replay.run_replay,
            ["2026-W08", "--from", "summarize"],
            "--from and --paper are for a day: 2026-W08 is a week",
        ),
        (
            replay.run_replay,
            ["2026-02", "--paper", "2602.00003"],
            "--from and --paper are for a day: 2026-02 is a month",
        ),
        (status.show_status, ["--parameter", "Author=Kim"], "the parameters of a stack are set by make deploy"),
    ],
)
def test_what_does_not_go_together_is_refused_before_anything_is_asked(
    stack: Stack, command: Any, arguments: list[str], reason: str
) -> None:
    RecordingStack.asked.clear()
    refused = run(command, *arguments)
    assert refused.exit_code == 2
    assert reason in refused.output
    assert RecordingStack.asked == []


def test_a_mail_that_was_withheld_cannot_be_sent_again(stack: Stack) -> None:
    withheld = {**MAIL, "status": "withheld", "body": "", "reason": "too late"}
    stack.bucket.put(keys.mailed(DAY, "ko"), json.dumps(withheld).encode())
    refused = run(resend.run_resend, "2026-02-20", "ko", "--yes")
    assert refused.output == "Error: 2026-02-20 was not mailed in ko: withheld (too late)\n"
