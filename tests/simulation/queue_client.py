"""boto3's SQS client as the functions use it, on the queues in memory."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from botocore.exceptions import ClientError

from tests.simulation.calls import Calls, error
from tests.simulation.queues import Queue, Queues, short


class SqsClient:
    """What boto3's SQS client does for the functions."""

    def __init__(self, calls: Calls, queues: Queues) -> None:
        self._calls, self._queues = calls, queues

    def send_message_batch(self, *, QueueUrl: str, Entries: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """Sends up to ten."""
        assert 0 < len(Entries) <= 10, "SendMessageBatch takes 1 to 10 entries"
        queue, first = self._queues.by_url(QueueUrl), Entries[0]
        key = f"{queue.name}/{short(first['MessageBody'])}"
        return self._calls.aws(
            "send", key, lambda: self._send(queue, Entries, ()), lambda: self._send(queue, Entries[1:], Entries[:1])
        )

    def send_message(self, *, QueueUrl: str, MessageBody: str, **about: Any) -> Mapping[str, Any]:
        """Sends one."""
        queue = self._queues.by_url(QueueUrl)
        key = f"{queue.name}/{short(MessageBody)}"
        return self._calls.aws("send", key, lambda: self._send(queue, [{"MessageBody": MessageBody, **about}], ()))

    def change_message_visibility(self, *, QueueUrl: str, ReceiptHandle: str, VisibilityTimeout: int) -> None:
        """Hides a message that is in flight under this receipt."""
        queue = self._queues.by_url(QueueUrl)
        hide = partial(self._hide, queue, ReceiptHandle, VisibilityTimeout)
        self._calls.aws("hide", self._key(queue, ReceiptHandle), hide)

    def change_message_visibility_batch(
        self, *, QueueUrl: str, Entries: Sequence[Mapping[str, Any]]
    ) -> Mapping[str, Any]:
        """Hides several; each fails alone."""
        queue = self._queues.by_url(QueueUrl)
        key = self._key(queue, Entries[0]["ReceiptHandle"])
        return self._calls.aws("hide", key, lambda: {"Failed": list(self._hide_each(queue, Entries))})

    def _key(self, queue: Queue, receipt: str) -> str:
        message = queue.find(receipt)
        return f"{queue.name}/{short(message.body) if message else 'expired'}"

    def _hide_each(self, queue: Queue, entries: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
        for entry in entries:
            try:
                self._hide(queue, entry["ReceiptHandle"], entry["VisibilityTimeout"])
            except ClientError as refused:
                yield {"Id": entry["Id"], "SenderFault": True, **refused.response["Error"]}

    def _send(
        self, queue: Queue, entries: Sequence[Mapping[str, Any]], refused: Sequence[Mapping[str, Any]]
    ) -> Mapping[str, Any]:
        for entry in entries:
            self._queues.send(queue, entry["MessageBody"], self._calls.kernel.now, entry)
        return {"Failed": [{"Id": entry["Id"], "Code": "InternalError", "SenderFault": False} for entry in refused]}

    def _hide(self, queue: Queue, receipt: str, seconds: float) -> None:
        message, now = queue.find(receipt), self._calls.kernel.now
        if message is None or message.visible_at <= now:
            raise error("InvalidParameterValue", 400, "ChangeMessageVisibility", "the message is not in flight")
        message.visible_at = now + seconds
        self._queues.changed(queue, message)
