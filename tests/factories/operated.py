"""A deployed stack on moto: a published day, its mail, and the queues, schedules, topics and alarms of the commands."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import boto3
from moto import mock_aws

from local.intrinsics import REGION
from local.operate.stack import Stack
from shared.model.manifest import Manifest
from shared.store import keys
from shared.store.retry import Failure

NAME = "papers"
DAY = date(2026, 2, 20)
READ_AT = datetime(2026, 2, 21, 0, 15, tzinfo=UTC)
MANIFEST = Manifest(
    day=DAY,
    read_at=READ_AT,
    papers=(),
    languages=("ko", "en"),
    model="openai:gpt-5-mini",
    prompt_version="3",
    deadline=READ_AT,
)
DIGEST = {
    "day": str(DAY),
    "language": "ko",
    "status": "complete",
    "revision": 2,
    "cost_usd": 0.0123,
    "papers": [{"source": "model"}, {"source": "model"}, {"source": "draft"}],
    "missing": [{"id": "2602.00003", "title": "Three", "reason": "failed"}],
}
MAIL = {"status": "sent", "at": READ_AT.isoformat(), "subject": "[Daily Papers] Feb 20", "body": "Papers", "reason": ""}
STORED = {
    keys.manifest(DAY, READ_AT): MANIFEST.model_dump_json(),
    keys.open_marker(DAY, READ_AT): "",
    f"site/{keys.day_file(DAY, 'digest.json')}": json.dumps(DIGEST),
    keys.failure(DAY, "summarize", "2602.00003", "ko"): Failure(
        reason="TryAgainLaterError: 429", attempt=5, of=5, at=READ_AT
    ).model_dump_json(),
    keys.mailed(DAY, "ko"): json.dumps(MAIL),
}


class RecordingStack(Stack):
    """Records what fetch is asked, since moto runs no function."""

    asked: list[dict[str, Any]] = []  # noqa: RUF012

    def fetch(self, event: Any) -> None:
        self.asked.append(dict(event))
        if "day" in event:
            manifest = MANIFEST.model_copy(update={"day": date.fromisoformat(event["day"])})
            self.bucket.write(keys.manifest(manifest.day, READ_AT), manifest)
            self.bucket.delete([keys.open_marker(manifest.day, READ_AT)])


SCHEDULES = ("DailySchedule", "RefreshSchedule")
ALARMS = ("DayOverdueAlarm", "DeadLettersAlarm")


def archive(folder: Path) -> None:
    """The same day as a local run leaves it."""
    for key, body in STORED.items():
        path = folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")


@contextmanager
def operated(**parameters: str) -> Iterator[RecordingStack]:
    """The stack, in an account of its own. Its reader and its operator have confirmed."""
    with mock_aws(config={"core": {"reset_boto3_session": False}}):
        named = {name: name for name in (*SCHEDULES, *ALARMS)}
        plain = {"Bucket": "bucket", "FetchFunction": "fetch", **named}
        found = RecordingStack(NAME, {**plain, **_queues(), **_topics()})
        RecordingStack.asked.clear()
        boto3.client("s3").create_bucket(Bucket="bucket", CreateBucketConfiguration={"LocationConstraint": REGION})
        for key, body in STORED.items():
            found.bucket.put(key, body.encode())
        _make_schedules()
        _make_alarms()
        found.__dict__["parameters"] = parameters or {"Model": "draft"}  # in place of the cached ones of CloudFormation
        yield found


def _queues() -> dict[str, str]:
    sqs = boto3.client("sqs")
    fifo: Any = {"FifoQueue": "true"}
    return {
        "EnrichQueue": sqs.create_queue(QueueName="enrich")["QueueUrl"],
        "SummarizeQueue": sqs.create_queue(QueueName="summarize.fifo", Attributes=fifo)["QueueUrl"],
        "DeadLetters": sqs.create_queue(QueueName="dead")["QueueUrl"],
        "DeadLettersFifo": sqs.create_queue(QueueName="dead.fifo", Attributes=fifo)["QueueUrl"],
    }


def _topics() -> dict[str, str]:
    sns = boto3.client("sns")
    found = {name: sns.create_topic(Name=name)["TopicArn"] for name in ("ReadersTopic", "OperatorsTopic")}
    for topic in found.values():
        sns.subscribe(TopicArn=topic, Protocol="email", Endpoint="you@example.org")
    return found


def _make_schedules() -> None:
    function, role = f"arn:aws:lambda:{REGION}:123456789012:function:fetch", "arn:aws:iam::123456789012:role/role"
    scheduler = boto3.client("scheduler")
    for name in SCHEDULES:
        scheduler.create_schedule(
            Name=name,
            ScheduleExpression="cron(15 9 * * ? *)",
            ScheduleExpressionTimezone="Asia/Seoul",
            FlexibleTimeWindow={"Mode": "OFF"},
            Target={"Arn": function, "RoleArn": role, "Input": "{}"},
        )


def _make_alarms() -> None:
    cloudwatch = boto3.client("cloudwatch")
    for name in ALARMS:
        cloudwatch.put_metric_alarm(
            AlarmName=name,
            Namespace="DailyPapers",
            MetricName="any",
            ComparisonOperator="GreaterThanThreshold",
            EvaluationPeriods=1,
            Period=60,
            Statistic="Sum",
            Threshold=1.0,
        )
