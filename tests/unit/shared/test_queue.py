"""Sending: in batches, each message as it is, and a refusal in a 200 is a refusal."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import EndpointConnectionError
from moto import mock_aws

from shared.model.messages import ClockTicked, PaperEnriched, PaperSummarized
from shared.store import aws
from shared.store.queue import Queue, UnsentError
from tests.factories.days import FRIDAY, MORNING, SATURDAY

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient


class WatchedQueue:
    """A queue, its outbox, and the batches that were sent."""

    def __init__(self, client: "SQSClient", name: str, **attributes: str) -> None:
        self.client = client
        self.url = self.client.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]  # type: ignore[arg-type]
        self.queue = Queue(self.client, self.url)
        self.batches: list[list[dict[str, Any]]] = []
        self.refused: list[int] = []
        """The entries that the answers name as failed, with status 200."""

    def sent(self, params: dict[str, Any], **_: Any) -> None:
        self.batches.append(params["Entries"])

    def answered(self, parsed: dict[str, Any], **_: Any) -> None:
        failed = {"Code": "InternalError", "Message": "no", "SenderFault": False}
        parsed["Failed"] = [{"Id": str(number), **failed} for number in self.refused]

    def received(self) -> list[str]:
        found: list[str] = []
        while messages := self.client.receive_message(QueueUrl=self.url, MaxNumberOfMessages=10).get("Messages"):
            found += [message["Body"] for message in messages]
            for message in messages:
                self.client.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
        return found


@pytest.fixture(scope="module")
def client() -> "SQSClient":
    """As the functions have it; making one takes longer than a test."""
    return aws.sqs.__wrapped__()


@contextmanager
def watched(queue: WatchedQueue) -> Iterator[WatchedQueue]:
    events = queue.client.meta.events
    hooks = (("provide-client-params", queue.sent), ("after-call", queue.answered))
    for event, hook in hooks:
        events.register(f"{event}.sqs.SendMessageBatch", hook)
    yield queue
    for event, hook in hooks:
        events.unregister(f"{event}.sqs.SendMessageBatch", hook)


@pytest.fixture
def queue(client: "SQSClient") -> Iterator[WatchedQueue]:
    with mock_aws(), watched(WatchedQueue(client, "papers")) as queue:
        yield queue


@pytest.fixture
def fifo(client: "SQSClient") -> Iterator[WatchedQueue]:
    with mock_aws(), watched(WatchedQueue(client, "papers.fifo", FifoQueue="true")) as queue:
        yield queue


@pytest.mark.parametrize(("count", "batches"), [(0, []), (1, [1]), (10, [10]), (11, [10, 1]), (25, [10, 10, 5])])
def test_all_messages_are_sent_in_batches_of_ten(queue: WatchedQueue, count: int, batches: list[int]) -> None:
    bodies = [f"body {number}" for number in range(count)]
    queue.queue.send_bodies(bodies)
    assert [len(batch) for batch in queue.batches] == batches
    assert sorted(queue.received()) == sorted(bodies)


def test_a_message_is_sent_as_its_contract_says(queue: WatchedQueue) -> None:
    queue.queue.send([PaperSummarized(day=FRIDAY, id="cs/0601001", language="ko")])
    assert json.loads(queue.received()[0]) == {
        "kind": "paper.summarized.v1",
        "day": "2026-02-20",
        "id": "cs/0601001",
        "language": "ko",
    }


def test_a_fifo_queue_delivers_the_same_message_as_often_as_it_is_sent(fifo: WatchedQueue) -> None:
    message = ClockTicked(scheduled_at=MORNING)
    fifo.queue.send([message, message])
    fifo.queue.send([message])
    assert len(fifo.received()) == 3
    assert {entry["MessageGroupId"] for batch in fifo.batches for entry in batch} == {"publish"}


def test_each_paper_and_language_is_a_message_group_whatever_its_day(fifo: WatchedQueue) -> None:
    message = PaperEnriched(day=FRIDAY, id="cs/0601001", language="ko", read_at=MORNING)
    others = [message.model_copy(update=change) for change in ({"day": SATURDAY}, {"language": "en"}, {"id": "2602.1"})]
    fifo.queue.send([message, *others])
    groups = [entry["MessageGroupId"] for batch in fifo.batches for entry in batch]
    assert groups == ["cs/0601001.ko", "cs/0601001.ko", "cs/0601001.en", "2602.1.ko"]


def test_a_refused_message_is_named_although_sqs_answered_200(queue: WatchedQueue) -> None:
    queue.refused = [1]
    with pytest.raises(UnsentError, match="papers refused second: InternalError no"):
        queue.queue.send_bodies(["first", "second", "third"])


def test_a_refusal_in_a_later_batch_names_its_own_message(queue: WatchedQueue) -> None:
    def second_batch(params: dict[str, Any], **_: Any) -> None:
        queue.refused = [1] if len(params["Entries"]) == 2 else []

    queue.client.meta.events.register("provide-client-params.sqs.SendMessageBatch", second_batch)
    with pytest.raises(UnsentError, match="refused body 11:"):
        queue.queue.send_bodies([f"body {number}" for number in range(12)])
    queue.client.meta.events.unregister("provide-client-params.sqs.SendMessageBatch", second_batch)


def test_a_deferred_message_is_hidden_and_one_deferred_by_nothing_is_there_at_once(queue: WatchedQueue) -> None:
    queue.queue.send_bodies(["body"])
    (message,) = queue.client.receive_message(QueueUrl=queue.url)["Messages"]
    queue.queue.defer(message["ReceiptHandle"], 300)
    assert queue.received() == []
    queue.queue.defer(message["ReceiptHandle"], 0)
    assert queue.received() == ["body"]


def test_what_sqs_refuses_costs_itself_and_the_others_are_sent(queue: WatchedQueue) -> None:
    messages = [PaperSummarized(day=FRIDAY, id=f"2602.{number:05}", language="ko") for number in range(12)]
    queue.refused = [1]
    assert queue.queue.send_accepted(messages) == frozenset(messages) - {messages[1], messages[11]}
    assert [len(batch) for batch in queue.batches] == [10, 2]


def test_a_batch_that_fails_costs_its_own_messages_alone(queue: WatchedQueue) -> None:
    def fail(params: dict[str, Any], **_: Any) -> None:
        if len(params["Entries"]) == 1:
            raise EndpointConnectionError(endpoint_url=queue.url)

    messages = [PaperSummarized(day=FRIDAY, id=f"2602.{number:05}", language="ko") for number in range(11)]
    queue.client.meta.events.register("provide-client-params.sqs.SendMessageBatch", fail)
    accepted = queue.queue.send_accepted(messages)
    queue.client.meta.events.unregister("provide-client-params.sqs.SendMessageBatch", fail)
    assert accepted == frozenset(messages[:10])
