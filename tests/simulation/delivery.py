"""Lambda's event source mappings: messages to functions, and what becomes of them after."""

from collections.abc import Mapping
from functools import partial
from hashlib import md5
from typing import Any

from local import mappings
from local.mappings import Source
from local.template import Stack
from tests.simulation.faults import Faults
from tests.simulation.kernel import Kernel
from tests.simulation.queues import Message, Queue, Queues, short
from tests.simulation.runtime import Runtime

SECONDS = 0.3
"""From a message's arrival to its delivery, at least; at most twice as long."""


class Delivery:
    """Every mapping of the stack."""

    def __init__(self, stack: Stack, kernel: Kernel, faults: Faults, queues: Queues, runtime: Runtime) -> None:
        self._kernel, self._dice, self._queues, self._runtime = kernel, faults.dice, queues, runtime
        self._sources = {source.queue: source for source in mappings.sources(stack)}
        queues.arrived, queues.changed = self._arrived, self._plan_poll

    @property
    def quiet(self) -> bool:
        """Whether nothing runs and no message waits for a function."""
        waiting = any(self._queues.by_name[name].messages for name in self._sources)
        return not waiting and not any(self._runtime.running.values())

    def _arrived(self, queue: Queue, message: Message) -> None:
        if queue.name not in self._sources:
            return
        message.visible_at += SECONDS * (1 + self._dice.number(f"{message.id}/delivery"))
        match self._runtime.fault(queue.name, "deliver" if queue.fifo else "deliver twice", short(message.body)):
            case ("late", seconds):
                message.visible_at += 10 * seconds
            case ("twice", seconds):
                self._queues.copy(queue, message, message.visible_at + seconds)
            case ("twice at once", _):
                self._queues.copy(queue, message, message.visible_at)
            case ("held back", _):
                message.held_back = True
            case ("undeleted", _):
                message.undeleted = True
        self._plan_poll(queue, message)

    def _plan_poll(self, queue: Queue, message: Message) -> None:
        self._kernel.at(message.visible_at, partial(self._poll, queue))

    def _poll(self, queue: Queue) -> None:
        source = self._sources[queue.name]
        while self._runtime.running[source.function] < source.concurrency:
            taken, dead = queue.receive(source.batch_size, self._kernel.now)
            self._queues.bury(queue, dead, self._kernel.now)
            if not taken:
                return
            for message in taken:
                message.receives += 1
                message.receipt = f"{message.id}/{id(message)}/{message.receives}"
                message.visible_at = self._kernel.now + queue.visibility
                self._plan_poll(queue, message)
            self._hand_over(source, queue, taken)

    def _hand_over(self, source: Source, queue: Queue, taken: list[Message]) -> None:
        """Invokes the function with the batch, without the messages whose delivery is throttled."""
        batch = {message.receipt: message for message in taken if not message.held_back}
        for message in taken:
            message.held_back = False

        def ended(answer: Mapping[str, Any] | None) -> None:
            if answer:
                failed = {each["itemIdentifier"] for each in answer["batchItemFailures"]}
                for receipt, message in batch.items():
                    if message.id not in failed:
                        self._delete(queue, message, receipt)
            self._kernel.at(self._kernel.now, partial(self._poll, queue))

        if batch:
            event = mappings.event(source, [_received(message) for message in batch.values()])
            self._runtime.start(self._runtime.functions[source.function], event, ended)

    def _delete(self, queue: Queue, message: Message, receipt: str) -> None:
        """Deletes a message, unless its receipt has expired or the deletion is lost."""
        if message.undeleted:
            message.undeleted = False
        elif message.receipt == receipt and message.visible_at > self._kernel.now:
            queue.messages.remove(message)


def _received(message: Message) -> Any:
    """A message as ReceiveMessage gives it."""
    return {
        "MessageId": message.id,
        "ReceiptHandle": message.receipt,
        "Body": message.body,
        "MD5OfBody": md5(message.body.encode(), usedforsecurity=False).hexdigest(),
        "Attributes": {
            "ApproximateReceiveCount": str(message.receives),
            **({"MessageGroupId": message.group} if message.group else {}),
        },
    }
