"""SQS in memory: standard and FIFO queues with groups, delays, visibility, receive counts and redrive."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from typing import Any

from local import cloud
from local.template import Stack

DEDUPLICATED_SECONDS = 300.0
"""https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagededuplicationid-property.html."""


@dataclass(eq=False)
class Message:
    """A message and its state. `receipt` is that of the newest receive."""

    id: str
    body: str
    visible_at: float
    group: str | None = None
    receives: int = 0
    receipt: str = ""
    held_back: bool = False
    """The next delivery is throttled: it counts as a receive, and no function sees it."""
    undeleted: bool = False
    """The next deletion is lost."""
    source: str = ""
    """The queue that it was sent to first: where a redrive leads."""


@dataclass(eq=False)
class Queue:
    """A queue's configuration and messages. `watch` hears of each new message."""

    name: str
    url: str
    arn: str
    fifo: bool
    visibility: float
    max_receives: int
    dead_arn: str
    content_based: bool
    messages: list[Message] = field(default_factory=list)
    sent: dict[str, float] = field(default_factory=dict)
    """When each deduplication id was sent last."""

    def receive(self, most: int, now: float) -> tuple[list[Message], list[Message]]:
        """A batch, and what was received too often. In a FIFO queue a hidden message holds up its group."""
        taken: list[Message] = []
        dead: list[Message] = []
        held: set[str | None] = set()
        for message in self.messages:
            if message.visible_at > now or (self.fifo and message.group in held):
                held.add(message.group)
            elif message.receives >= self.max_receives > 0:
                dead.append(message)
            elif len(taken) < most:
                taken.append(message)
        for message in dead:
            self.messages.remove(message)
        return taken, dead

    def find(self, receipt: str) -> Message | None:
        """The message whose newest receive gave this receipt."""
        return next((message for message in self.messages if message.receipt == receipt), None)


class Queues:
    """All queues of a stack. `watch` hears of each message before it is there, `arrived` after."""

    def __init__(self, stack: Stack) -> None:
        self.by_name = {name: _queue(name, about, stack) for name, about in stack.of_kind("AWS::SQS::Queue").items()}
        self.watch: Callable[[str, str], object] = lambda *_: None
        self.arrived: Callable[[Queue, Message], object] = lambda *_: None
        self.changed: Callable[[Queue, Message], object] = lambda *_: None
        self._ids = count(1)

    def by_arn(self, arn: str) -> Queue | None:
        """The queue with this ARN."""
        return next((queue for queue in self.by_name.values() if queue.arn == arn), None)

    def by_url(self, url: str) -> Queue:
        """The queue at this address."""
        return next(queue for queue in self.by_name.values() if queue.url == url)

    def send(self, queue: Queue, body: str, now: float, about: Mapping[str, Any]) -> None:
        """Adds a message, unless its deduplication id was sent a moment ago."""
        group = about.get("MessageGroupId")
        if queue.fifo:
            known = about.get("MessageDeduplicationId") or sha256(body.encode()).hexdigest()
            assert group, f"{queue.name}: a FIFO queue needs a message group"
            assert queue.content_based or "MessageDeduplicationId" in about, f"{queue.name}: no deduplication id"
            if now - queue.sent.get(known, -DEDUPLICATED_SECONDS) < DEDUPLICATED_SECONDS:
                return
            queue.sent[known] = now
        self.watch(queue.name, body)
        self._add(queue, Message(self._id(), body, now + float(about.get("DelaySeconds", 0)), group, source=queue.name))

    def bury(self, queue: Queue, dead: Sequence[Message], now: float) -> None:
        """Moves messages that were received too often to the queue's dead-letter queue."""
        target = self.by_arn(queue.dead_arn)
        assert target, f"{queue.name}: the redrive policy names no queue of the stack"
        assert target.fifo == queue.fifo, f"{queue.name}: a FIFO queue redrives to a FIFO queue only"
        for message in dead:
            self._add(target, Message(message.id, message.body, now, message.group, source=message.source))

    def redrive(self, now: float) -> None:
        """Moves the messages of all dead-letter queues back. What no queue sent is deleted: fetch makes up for it."""
        dead = [queue for queue in self.by_name.values() if not queue.max_receives]
        for queue in dead:
            letters, queue.messages = queue.messages, []
            for message in letters:
                if message.source != queue.name:
                    source = self.by_name[message.source]
                    self._add(source, Message(self._id(), message.body, now, message.group, source=source.name))

    def copy(self, queue: Queue, message: Message, visible_at: float) -> None:
        """Delivers a message a second time, as a standard queue may."""
        self._add(queue, Message(message.id, message.body, visible_at, message.group, source=message.source))

    def _add(self, queue: Queue, message: Message) -> None:
        queue.messages.append(message)
        self.arrived(queue, message)

    def _id(self) -> str:
        return f"00000000-0000-4000-8000-{next(self._ids):012}"


def _queue(name: str, about: Mapping[str, Any], stack: Stack) -> Queue:
    redrive = about.get("RedrivePolicy", {})
    return Queue(
        name=name,
        url=cloud.url(stack, name),
        arn=cloud.arn(stack, name),
        fifo=bool(about.get("FifoQueue")),
        visibility=float(about.get("VisibilityTimeout", 30)),
        max_receives=int(redrive.get("maxReceiveCount", 0)),
        dead_arn=redrive.get("deadLetterTargetArn", ""),
        content_based=bool(about.get("ContentBasedDeduplication")),
    )


def short(body: str) -> str:
    """A message's body as part of a site."""
    return sha256(body.encode()).hexdigest()[:8]
