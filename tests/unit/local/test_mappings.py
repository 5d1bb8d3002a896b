"""When messages come: a group of a FIFO queue has one batch in work, and other groups do not wait for it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import boto3
import pytest

from local import mappings, template
from local.clock import Clock
from local.intrinsics import REGION
from tests.factories.account import account
from tests.factories.places import ROOT

if TYPE_CHECKING:
    from types_boto3_sqs.type_defs import MessageTypeDef

START = datetime(2026, 2, 21, tzinfo=UTC)
STACK = template.stack(ROOT / "template.yaml", {})
SOURCE = next(source for source in mappings.sources(STACK) if source.queue == "PublishQueue")._replace(batch_size=1)
VISIBILITY = timedelta(
    seconds=STACK.resources["PublishQueue"].properties["VisibilityTimeout"], milliseconds=1
)  # SQS says *until*


class Deliveries:
    """PublishQueue with three messages of group a and one of group b, received one at a time as the chain does."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.sqs = boto3.client("sqs", region_name=REGION)
        for body in ("a1", "a2", "a3", "b1"):
            about = {"MessageGroupId": body[0], "MessageDeduplicationId": body}
            self.sqs.send_message(QueueUrl=SOURCE.url, MessageBody=body, **about)  # type: ignore[arg-type]
        self.in_work: dict[str, MessageTypeDef] = {}

    def start(self) -> str:
        """The next message goes into work."""
        (message,) = mappings.receive(self.sqs, SOURCE)
        self.in_work[message["Body"]] = message
        return message["Body"]

    def end(self, body: str) -> None:
        """The function has done it."""
        assert mappings.settle(self.sqs, SOURCE, [self.in_work.pop(body)], {}) == 1

    @property
    def next(self) -> timedelta | None:
        """How long until there is one more."""
        visible = mappings.next_visible(STACK, SOURCE)
        return max(visible - self.clock.now(), timedelta()) if visible else None


@pytest.fixture
def deliveries() -> Iterator[Deliveries]:
    with account(STACK), Clock(START, runs=False) as clock:
        yield Deliveries(clock)


def test_two_messages_of_one_group_are_never_in_work_together(deliveries: Deliveries) -> None:
    assert [deliveries.start(), deliveries.start()] == ["a1", "b1"]
    assert deliveries.next == VISIBILITY, "nothing comes before an attempt is given up"
    deliveries.end("b1")
    assert deliveries.next == VISIBILITY
    deliveries.end("a1")
    assert deliveries.next == timedelta()
    assert deliveries.start() == "a2"


def test_a_message_that_failed_holds_up_its_group_until_it_is_visible_again(deliveries: Deliveries) -> None:
    assert deliveries.start() == "a1"
    receipt = deliveries.in_work["a1"]["ReceiptHandle"]
    deliveries.sqs.change_message_visibility(QueueUrl=SOURCE.url, ReceiptHandle=receipt, VisibilityTimeout=30)
    deliveries.end(deliveries.start())
    assert deliveries.next == timedelta(seconds=30, milliseconds=1)
    deliveries.clock.jump(START + timedelta(seconds=31))
    assert deliveries.start() == "a1"


def test_a_queue_without_messages_has_no_next_one(deliveries: Deliveries) -> None:
    for _ in range(4):
        deliveries.end(deliveries.start())
    assert deliveries.next is None
