"""Carries messages from queues to functions as Lambda's event source mappings do, and runs the batches."""

import traceback
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING, Any, NamedTuple

from local import cloud, moto_state
from local.functions import Function
from local.intrinsics import REGION
from local.log import LOG
from local.template import Stack

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient
    from types_boto3_sqs.type_defs import MessageTypeDef

DEFAULT_CONCURRENCY = 10
"""What a mapping without MaximumConcurrency may use: the executions of a new account."""
_JUST_AFTER = timedelta(milliseconds=1)


class Source(NamedTuple):
    """An event source mapping of the stack."""

    function: str
    queue: str
    """The queue's logical id."""
    url: str
    arn: str
    batch_size: int
    concurrency: int


def sources(stack: Stack) -> tuple[Source, ...]:
    """Every mapping of the stack, in its order."""
    urls = {cloud.arn(stack, name): name for name in stack.of_kind("AWS::SQS::Queue")}
    found = []
    for function, properties in stack.of_kind("AWS::Serverless::Function").items():
        for event in properties.get("Events", {}).values():
            if event["Type"] != "SQS":
                continue
            about = event["Properties"]
            queue = urls[about["Queue"]]
            concurrency = int(about.get("ScalingConfig", {}).get("MaximumConcurrency", DEFAULT_CONCURRENCY))
            size = int(about["BatchSize"])
            found.append(Source(function, queue, cloud.url(stack, queue), about["Queue"], size, concurrency))
    return tuple(found)


def receive(sqs: "SQSClient", source: Source) -> "list[MessageTypeDef]":
    """A batch, as far as there is one now; what was received too often goes to the dead letters instead."""
    answer = sqs.receive_message(
        QueueUrl=source.url,
        MaxNumberOfMessages=source.batch_size,
        MessageSystemAttributeNames=["All"],
        WaitTimeSeconds=0,
    )
    return answer.get("Messages", [])


def event(source: Source, messages: "list[MessageTypeDef]") -> dict[str, Any]:
    """The event that Lambda makes of a batch."""
    records = [
        {
            "messageId": message["MessageId"],
            "receiptHandle": message["ReceiptHandle"],
            "body": message["Body"],
            "attributes": message.get("Attributes", {}),
            "messageAttributes": {},
            "md5OfBody": message["MD5OfBody"],
            "eventSource": "aws:sqs",
            "eventSourceARN": source.arn,
            "awsRegion": REGION,
        }
        for message in messages
    ]
    return {"Records": records}


def settle(sqs: "SQSClient", source: Source, messages: "list[MessageTypeDef]", answer: Mapping[str, Any] | None) -> int:
    """Deletes the messages that did not fail, and says how many those are. No answer, or an unknown id, fails all."""
    if answer is None:
        return 0
    failed = {failure.get("itemIdentifier") for failure in answer.get("batchItemFailures", [])}
    if not failed <= {message["MessageId"] for message in messages}:
        return 0
    done = [message for message in messages if message["MessageId"] not in failed]
    if done:
        entries = [{"Id": str(number), "ReceiptHandle": each["ReceiptHandle"]} for number, each in enumerate(done)]
        sqs.delete_message_batch(QueueUrl=source.url, Entries=entries)  # type: ignore[arg-type]
    return len(done)


def next_visible(stack: Stack, source: Source) -> datetime | None:
    """When the next message can be received. In a FIFO queue a message that is in work holds up its group."""
    queue = moto_state.queue(stack.names[source.queue])
    groups = [message.group_id if queue.fifo_queue else message.id for message in queue._messages]
    free_at: dict[str | None, float] = {}
    for group, message in zip(groups, queue._messages, strict=True):
        free_at[group] = max(free_at.get(group, 0), message.visible_at)
    times = [max(free_at[group], message.delayed_until) for group, message in zip(groups, queue._messages, strict=True)]
    return datetime.fromtimestamp(min(times) / 1000, UTC) + _JUST_AFTER if times else None


class KilledError(BaseException):
    """The function's process died: no answer, no cleaning up."""


class Invocation(NamedTuple):
    """An asynchronous invocation that waits for its time."""

    at: datetime
    function: str
    event: dict[str, Any]
    attempt: int = 1


class Running:
    """A batch that a function works on. In a thread: it can be waited for, and abandoned."""

    def __init__(self, function: Function, source: Source, messages: "list[MessageTypeDef]", started: datetime) -> None:
        self.function, self.source, self.messages = function, source, messages
        self.overdue_at = started + timedelta(seconds=function.timeout_seconds)
        self.answer: dict[str, Any] | None = None
        self.ended = Event()

    def work(self) -> None:
        """Runs the handler. An error or a death leaves no answer: the batch comes back when it is visible again."""
        try:
            self.answer = self.function(event(self.source, self.messages))
        except KilledError:
            self.function.start_cold()
        except Exception:  # noqa: BLE001 - Lambda logs whatever it was
            LOG.write(traceback.format_exc())
        finally:
            self.ended.set()
