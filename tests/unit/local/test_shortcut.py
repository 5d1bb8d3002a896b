"""Calls answered inside the process: the same answers as moto gives over HTTP, and what AWS does and moto does not."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from local import cloud, shortcut, template
from local.clock import Clock
from local.folder import Folder
from local.intrinsics import REGION
from local.shortcut import Answer
from tests.factories.account import account as moto_account
from tests.factories.places import ROOT

START = datetime(2026, 2, 21, tzinfo=UTC)
STACK = template.stack(ROOT / "template.yaml", {})
BUCKET, STANDARD, FIFO = STACK.names["Bucket"], cloud.url(STACK, "EnrichQueue"), cloud.url(STACK, "PublishQueue")
OF_THE_CALL = {
    "HTTPHeaders",
    "LastModified",  # a file has the machine's time
    "MessageId",
    "NextContinuationToken",
    "ReceiptHandle",
    "RequestId",
    "SequenceNumber",
}
"""Differs from call to call, whoever answers."""

LISTS = {"Contents", "Error", "Failed", "Messages", "Successful"}


class Account:
    """An empty account, its clients, and what they were answered."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.s3 = boto3.client("s3", region_name=REGION)
        self.sqs = boto3.client("sqs", region_name=REGION)
        self.answers: list[dict[str, Any]] = []

    def call(self, operation: Callable[..., Any], **parameters: Any) -> dict[str, Any]:
        """The answer or the error, with a body that was read."""
        try:
            answer = operation(**parameters)
        except ClientError as error:
            answer = error.response
        self.answers.append({**answer, **({"Body": answer["Body"].read()} if "Body" in answer else {})})
        return self.answers[-1]

    def send(self, queue: str, *entries: dict[str, Any]) -> dict[str, Any]:
        numbered = [{"Id": str(number), **entry} for number, entry in enumerate(entries)]
        return self.call(self.sqs.send_message_batch, QueueUrl=queue, Entries=numbered)

    def receive(self, queue: str, count: int = 10) -> list[dict[str, Any]]:
        about = {"MaxNumberOfMessages": count, "MessageSystemAttributeNames": ["All"]}
        found: list[dict[str, Any]] = self.call(self.sqs.receive_message, QueueUrl=queue, **about).get("Messages", [])
        return found

    def hide(self, queue: str, receipt: str, seconds: int) -> dict[str, Any]:
        about = {"ReceiptHandle": receipt, "VisibilityTimeout": seconds}
        return self.call(self.sqs.change_message_visibility, QueueUrl=queue, **about)

    def hide_all(self, queue: str, *receipts: str) -> dict[str, Any]:
        entries = [
            {"Id": str(number), "ReceiptHandle": receipt, "VisibilityTimeout": 30}
            for number, receipt in enumerate(receipts)
        ]
        return self.call(self.sqs.change_message_visibility_batch, QueueUrl=queue, Entries=entries)

    def delete(self, queue: str, *receipts: str) -> dict[str, Any]:
        entries = [{"Id": str(number), "ReceiptHandle": receipt} for number, receipt in enumerate(receipts)]
        return self.call(self.sqs.delete_message_batch, QueueUrl=queue, Entries=entries)


@contextmanager
def account(answers: Mapping[str, Answer] | None = None) -> Iterator[Account]:
    with moto_account(STACK, answers), Clock(START, runs=False) as clock:
        yield Account(clock)


def of_group(body: str, group: str = "publish") -> dict[str, str]:
    return {"MessageBody": body, "MessageGroupId": group, "MessageDeduplicationId": body}


def on_objects(made: Account) -> None:
    put, get, listed = made.s3.put_object, made.s3.get_object, made.s3.list_objects_v2
    about = {"ContentType": "text/html", "CacheControl": "no-cache"}
    for key in ("a/연.html", "a/1", "aa", "b/1", "a/2"):
        made.call(put, Bucket=BUCKET, Key=key, Body=key.encode(), **about)
    made.call(put, Bucket=BUCKET, Key="a/1", Body=b"other", IfNoneMatch="*")
    made.call(put, Bucket=BUCKET, Key="c", Body=b"first", IfNoneMatch="*")
    made.call(put, Bucket=BUCKET, Key="b/1", Body=b"changed")
    made.call(get, Bucket=BUCKET, Key="a/연.html")
    made.call(get, Bucket=BUCKET, Key="b/1")
    made.call(get, Bucket=BUCKET, Key="never")
    for prefix in ("", "a", "a/", "never/"):
        made.call(listed, Bucket=BUCKET, Prefix=prefix)
    page = made.call(listed, Bucket=BUCKET, Prefix="a", MaxKeys=3)
    made.call(listed, Bucket=BUCKET, Prefix="a", MaxKeys=3, ContinuationToken=page["NextContinuationToken"])
    made.call(made.s3.delete_objects, Bucket=BUCKET, Delete={"Objects": [{"Key": "a/1"}, {"Key": "never"}]})
    made.call(made.s3.delete_objects, Bucket=BUCKET, Delete={"Objects": [{"Key": "a/2"}], "Quiet": True})
    made.call(listed, Bucket=BUCKET, Prefix="a")
    made.call(get, Bucket=BUCKET, Key="a/1")
    made.call(put, Bucket=BUCKET, Key="a/1", Body=b"back", IfNoneMatch="*")
    made.call(get, Bucket=BUCKET, Key="a/1")
    made.call(get, Bucket="no-such-bucket", Key="a")


def on_objects_of_a_folder(made: Account) -> None:
    on_objects(made)


def on_a_standard_queue(made: Account) -> None:
    made.send(STANDARD, {"MessageBody": "late", "DelaySeconds": 60}, {"MessageBody": "연"}, {"MessageBody": "three"})
    made.send(STANDARD, {"MessageBody": "too late", "DelaySeconds": 901}, {"MessageBody": "four"})
    made.send(STANDARD, {"MessageBody": "x", "Id": "the same"}, {"MessageBody": "y", "Id": "the same"})
    made.call(made.sqs.send_message, QueueUrl=STANDARD, MessageBody="five")
    made.call(made.sqs.send_message, QueueUrl=f"{STANDARD}-never", MessageBody="no such queue")
    one, *rest = made.receive(STANDARD)
    made.receive(STANDARD)
    made.hide(STANDARD, one["ReceiptHandle"], 5)
    made.hide(STANDARD, one["ReceiptHandle"], 90_000)
    made.hide(STANDARD, "never given", 5)
    made.delete(STANDARD, *(message["ReceiptHandle"] for message in rest), "never given")
    made.clock.jump(START + timedelta(seconds=6))
    made.receive(STANDARD)
    made.clock.jump(START + timedelta(seconds=61))
    made.receive(STANDARD)


def on_a_fifo_queue(made: Account) -> None:
    made.send(FIFO, of_group("1", "a"), of_group("2", "a"), of_group("3", "b"), of_group("1", "b"))
    made.send(FIFO, {"MessageBody": "no group"})
    made.send(FIFO, {**of_group("delayed"), "DelaySeconds": 5})
    (one,) = made.receive(FIFO, 1)
    (three,) = made.receive(FIFO, 1)
    made.receive(FIFO)
    made.hide(FIFO, one["ReceiptHandle"], 20)
    made.hide_all(FIFO, one["ReceiptHandle"], three["ReceiptHandle"], "never given")
    made.delete(FIFO, three["ReceiptHandle"])
    made.clock.jump(START + timedelta(seconds=31))
    made.receive(FIFO)
    made.receive(FIFO)


def difference(ours: Any, theirs: Any, path: str = "") -> str:
    """Where what we say is not what they say; they may say more."""
    if isinstance(ours, dict):
        names = [name for name in ours if name not in OF_THE_CALL]
        return next(filter(None, (difference(ours[name], theirs.get(name), f"{path}.{name}") for name in names)), "")
    if isinstance(ours, list):
        if not isinstance(theirs, list) or len(ours) != len(theirs):
            return f"{path}: {ours} and {theirs}"
        pairs = zip(ours, theirs, strict=True)
        return next(filter(None, (difference(*pair, f"{path}[{number}]") for number, pair in enumerate(pairs))), "")
    return "" if ours == theirs else f"{path}: {ours!r} and {theirs!r}"


@pytest.mark.parametrize("calls", [on_objects, on_objects_of_a_folder, on_a_standard_queue, on_a_fifo_queue])
def test_the_same_calls_have_the_same_answers_as_over_http(
    calls: Callable[[Account], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = Folder(tmp_path, BUCKET).answers() if calls is on_objects_of_a_folder else None
    with account(folder) as direct:
        calls(direct)
    monkeypatch.setattr(cloud, "answered", lambda _: shortcut.answered({}))
    with account() as over_http:
        calls(over_http)
    here = [answer for answer in direct.answers if answer["ResponseMetadata"]["RequestId"] == "local"]
    assert len(here) > len(direct.answers) / 2, "the short way is used"
    for number, (ours, theirs) in enumerate(zip(direct.answers, over_http.answers, strict=True)):
        assert not difference(ours, theirs), f"call {number}"
        assert theirs.keys() & LISTS <= ours.keys(), f"call {number}"


def test_a_receipt_of_a_message_that_is_visible_again_hides_nothing() -> None:
    with account() as made:
        made.send(FIFO, of_group("1"))
        (first,) = made.receive(FIFO)
        made.hide(FIFO, first["ReceiptHandle"], 10)
        made.clock.jump(START + timedelta(seconds=11))
        assert made.hide(FIFO, first["ReceiptHandle"], 10)["Error"]["Code"] == "MessageNotInflight"
        (second,) = made.receive(FIFO)
        assert made.hide(FIFO, first["ReceiptHandle"], 10)["Error"]["Code"] == "MessageNotInflight"
        assert "Error" not in made.hide(FIFO, second["ReceiptHandle"], 10)
        answer = made.hide_all(FIFO, first["ReceiptHandle"], second["ReceiptHandle"])
        assert [each["Id"] for each in answer["Failed"]] == ["0"]
        assert [each["Id"] for each in answer["Successful"]] == ["1"]


def test_messages_of_a_group_that_come_back_together_keep_their_order() -> None:
    with account() as made:
        made.send(FIFO, of_group("1"), of_group("2"))
        assert len(made.receive(FIFO)) == 2
        made.clock.jump(START + timedelta(days=1))
        assert [message["Body"] for message in made.receive(FIFO)] == ["1", "2"]


def test_a_client_that_outlives_its_account_asks_moto() -> None:
    with mock_aws():
        with shortcut.answered({"ListBuckets": lambda _: {"Buckets": [{"Name": "of the shortcut"}]}}):
            s3 = boto3.client("s3", region_name=REGION)
            assert [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]] == ["of the shortcut"]
        assert s3.list_buckets()["Buckets"] == []
