"""A queue to send to, and the messages taken from it."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING
from uuid import uuid4

from botocore.exceptions import BotoCoreError, ClientError

from shared.model.messages import Message, PaperEnriched

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient
    from types_boto3_sqs.type_defs import (
        ChangeMessageVisibilityBatchRequestEntryTypeDef,
        SendMessageBatchRequestEntryTypeDef,
    )

MAX_SENT_AT_ONCE = 10
"""The limit of SendMessageBatch, https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html."""
MAX_DELAY_SECONDS = 900
"""The limit of DelaySeconds."""
NO_DELAYS: Mapping[Message, int] = MappingProxyType({})
PUBLISH_GROUP = "publish"
"""The one message group of PublishQueue: one publish at a time."""


def group(message: Message) -> str:
    """The message group on a FIFO queue: a paper and language, so that no two deliveries of it are in work together."""
    return f"{message.id}.{message.language}" if isinstance(message, PaperEnriched) else PUBLISH_GROUP


class UnsentError(RuntimeError):
    """SQS answered 200 and still refused a message."""


class Queue:
    """Sends messages to one queue. On a FIFO queue each has its group and a fresh deduplication id."""

    def __init__(self, client: "SQSClient", url: str) -> None:
        self._client = client
        self._url = url

    def send(self, messages: Sequence[Message], delays: Mapping[Message, int] = NO_DELAYS) -> None:
        """Sends all, each after its delay, which a FIFO queue does not take. Raises UnsentError."""
        self._send([(message.model_dump_json(), group(message), delays.get(message, 0)) for message in messages])

    def send_bodies(self, bodies: Sequence[str]) -> None:
        """Sends bodies as they are, such as a copy of a message that could not be read. Raises UnsentError."""
        self._send([(body, PUBLISH_GROUP, 0) for body in bodies])

    def send_accepted(self, messages: Sequence[Message]) -> frozenset[Message]:
        """Sends all, in batches, and returns those that SQS took: a refused message costs its own paper alone."""
        refused: set[Message] = set()
        for start in range(0, len(messages), MAX_SENT_AT_ONCE):
            part = messages[start : start + MAX_SENT_AT_ONCE]
            entries = [self._entry(number, each.model_dump_json(), group(each)) for number, each in enumerate(part)]
            try:
                answer = self._client.send_message_batch(QueueUrl=self._url, Entries=entries)
            except (BotoCoreError, ClientError):
                refused.update(part)
            else:
                refused.update(part[int(failed["Id"])] for failed in answer.get("Failed", ()))
        return frozenset(messages) - refused

    def _send(self, bodies: Sequence[tuple[str, str, int]]) -> None:
        for start in range(0, len(bodies), MAX_SENT_AT_ONCE):
            part = bodies[start : start + MAX_SENT_AT_ONCE]
            answer = self._client.send_message_batch(
                QueueUrl=self._url, Entries=[self._entry(number, *each) for number, each in enumerate(part)]
            )
            for failed in answer.get("Failed", ()):
                body = part[int(failed["Id"])][0]
                raise UnsentError(f"{self._url} refused {body[:200]}: {failed['Code']} {failed.get('Message', '')}")

    def hide(self, receipts: Sequence[str], seconds: int) -> frozenset[str]:
        """Hides at most ten received messages for this long. Returns the receipts that have expired.

        Where SQS cannot be asked, the messages stay hidden for the queue's visibility timeout, which is longer.
        """
        entries: list[ChangeMessageVisibilityBatchRequestEntryTypeDef] = [
            {"Id": str(number), "ReceiptHandle": receipt, "VisibilityTimeout": seconds}
            for number, receipt in enumerate(receipts)
        ]
        try:
            answer = self._client.change_message_visibility_batch(QueueUrl=self._url, Entries=entries)
        except (BotoCoreError, ClientError):
            return frozenset()
        failed = (entry for entry in answer.get("Failed", ()) if entry["SenderFault"])
        return frozenset(receipts[int(entry["Id"])] for entry in failed)

    def defer(self, receipt: str, seconds: int) -> None:
        """Hides a received message for this long before it is tried again."""
        self._client.change_message_visibility(QueueUrl=self._url, ReceiptHandle=receipt, VisibilityTimeout=seconds)

    def _entry(self, number: int, body: str, group: str, delay: int = 0) -> "SendMessageBatchRequestEntryTypeDef":
        if not self._url.endswith(".fifo"):
            plain: SendMessageBatchRequestEntryTypeDef = {"Id": str(number), "MessageBody": body}
            return {**plain, "DelaySeconds": delay} if delay else plain
        return {
            "Id": str(number),
            "MessageBody": body,
            "MessageGroupId": group,
            "MessageDeduplicationId": str(uuid4()),
        }
