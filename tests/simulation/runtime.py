"""Lambda and Scheduler on the virtual clock, wired as template.yaml says."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import md5
from typing import Any

from local import mappings
from local.chain import RETRY_AFTER
from local.functions import Function, functions
from local.intrinsics import ACCOUNT, REGION
from local.mappings import Source
from local.schedules import Schedule, schedules
from local.template import Stack
from tests.simulation.faults import Faults
from tests.simulation.kernel import Kernel, KilledError, Task
from tests.simulation.queues import Message, Queue, Queues, short

DELIVERY_SECONDS = 0.3
TICK = "TickSchedule"


class Context:
    """What Lambda gives a handler beside the event."""

    def __init__(self, function: Function, kernel: Kernel, number: int) -> None:
        self.function_name, self.memory_limit_in_mb = function.name, function.memory_mb
        self.aws_request_id = f"request-{number}"
        self.invoked_function_arn = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{function.name}"
        self._kernel, self._deadline = kernel, kernel.now + function.timeout_seconds

    def get_remaining_time_in_millis(self) -> int:
        """Virtual milliseconds until the function is killed."""
        return max(int(1000 * (self._deadline - self._kernel.now)), 0)


class Runtime:
    """Delivers messages, invokes functions and fires schedules. `idle` says whether a tick would find nothing."""

    def __init__(self, stack: Stack, kernel: Kernel, faults: Faults, queues: Queues) -> None:
        self.functions = functions(stack)
        self.idle: Callable[[], bool] = lambda: False
        self.raised: Counter[str] = Counter()
        """What handlers raised, by type."""
        self._stack, self._kernel, self._faults, self._queues = stack, kernel, faults, queues
        self._sources = {source.queue: source for source in mappings.sources(stack)}
        self._running: Counter[str] = Counter()
        self._undeleted: set[str] = set()
        self._invoked = 0
        self._began = kernel.now
        queues.arrived, queues.changed = self._arrived, self._planned_poll
        for schedule in schedules(stack):
            self._plan(schedule, kernel.time)

    @property
    def quiet(self) -> bool:
        """Whether nothing runs and no message waits for a function."""
        waiting = any(self._queues.by_name[name].messages for name in self._sources)
        return not waiting and not any(self._running.values())

    def invoke(self, function: str, event: Mapping[str, Any], attempt: int = 1) -> None:
        """An asynchronous invocation: repeated twice where it fails, then handed to the failure destination."""
        fault = self._fault(function, "invoke", f"{json.dumps(event)}/{attempt}")
        delay = fault.seconds if fault and fault.kind == "late" else 0.0
        copies = {"twice": (delay, delay + fault.seconds), "twice at once": (delay, delay)} if fault else {}
        for seconds in copies.get(fault.kind if fault else "", (delay,)):
            self._kernel.at(self._kernel.now + seconds, lambda: self._run_event(self.functions[function], event, attempt))

    def _run_event(self, function: Function, event: Mapping[str, Any], attempt: int) -> None:
        def ended(answer: object) -> None:
            if answer is None and attempt <= int(function.invoke_config.get("MaximumRetryAttempts", 2)):
                again = self._kernel.now + RETRY_AFTER[attempt - 1].total_seconds()
                self._kernel.at(again, lambda: self.invoke(function.name, event, attempt + 1))
            elif answer is None:
                arn = function.invoke_config["DestinationConfig"]["OnFailure"]["Destination"]
                self._send(arn, json.dumps({"requestPayload": event}), {})

        self._start(function, dict(event), ended)

    def _start(self, function: Function, event: dict[str, Any], ended: Callable[[Any], None]) -> None:
        """Runs a handler. `ended` gets its answer, None where it raised or was killed."""
        self._running[function.name] += 1
        self._invoked += 1
        context = Context(function, self._kernel, self._invoked)

        def work() -> None:
            answer = None
            try:
                answer = getattr(function.module, function.handler)(event, context)
            except KilledError:
                function.start_cold()
            except Exception as error:  # noqa: BLE001 - Lambda takes whatever it is
                self.raised[type(error).__name__] += 1
            task.alive = False
            self._running[function.name] -= 1
            ended(answer)

        task = Task(function.name, work)
        self._kernel.at(self._kernel.now + function.timeout_seconds, lambda: self._kernel.kill(task))
        self._kernel.start(task)

    # ---- queues

    def _arrived(self, queue: Queue, message: Message) -> None:
        if queue.name not in self._sources:
            return
        fault = self._fault(queue.name, "deliver" if queue.fifo else "deliver twice", short(message.body))
        message.visible_at += DELIVERY_SECONDS * (1 + self._faults.dice.number(f"{message.id}/delivery"))
        match fault:
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
        self._planned_poll(queue, message)

    def _planned_poll(self, queue: Queue, message: Message) -> None:
        self._kernel.at(message.visible_at, lambda: self._poll(queue))

    def _poll(self, queue: Queue) -> None:
        source = self._sources[queue.name]
        while self._running[source.function] < source.concurrency:
            taken, dead = queue.receive(source.batch_size, self._kernel.now)
            self._queues.bury(queue, dead, self._kernel.now)
            if not taken:
                return
            for message in taken:
                message.receives += 1
                message.receipt = f"{message.id}/{id(message)}/{message.receives}"
                message.visible_at = self._kernel.now + queue.visibility
                self._planned_poll(queue, message)
            batch = [message for message in taken if not message.held_back]
            for message in taken:
                message.held_back = False  # a throttled delivery counts as a receive
            if batch:
                self._start_batch(source, queue, batch)

    def _start_batch(self, source: Source, queue: Queue, batch: list[Message]) -> None:
        receipts = [message.receipt for message in batch]

        def ended(answer: Any) -> None:
            failed = {each["itemIdentifier"] for each in answer["batchItemFailures"]} if answer else None
            for message, receipt in zip(batch, receipts, strict=True):
                done = failed is not None and message.id not in failed
                if done and message.receipt == receipt and message.visible_at > self._kernel.now:
                    if message.undeleted:
                        message.undeleted = False
                    else:
                        queue.messages.remove(message)
            self._kernel.at(self._kernel.now, lambda: self._poll(queue))

        event = mappings.event(source, [_received(message) for message in batch])
        self._start(self.functions[source.function], event, ended)

    # ---- schedules

    def _plan(self, schedule: Schedule, after: datetime) -> None:
        at = schedule.next_after(after)
        self._kernel.at(at.timestamp(), lambda: self._fire(schedule, at))

    def _fire(self, schedule: Schedule, at: datetime) -> None:
        self._plan(schedule, at)
        if schedule.name == TICK and self.idle():
            return
        fault = self._fault(schedule.name, "fire", at.isoformat())
        kind = fault.kind if fault else ""
        delay = 10 * fault.seconds if fault and kind == "late" else 0.0
        for _ in range({"missed": 0, "doubled": 2}.get(kind, 1)):
            target = schedule.target
            deliver = lambda: self._send(target["Arn"], schedule.input(at), target.get("SqsParameters", {}))  # noqa: E731
            self._kernel.at(self._kernel.now + delay, deliver)

    def _send(self, arn: str, body: str, about: Mapping[str, Any]) -> None:
        """To a queue or a function."""
        if queue := self._queues.by_arn(arn):
            self._queues.send(queue, body, self._kernel.now, about)
            return
        function = next(name for name in self.functions if arn.endswith(f":{self._stack.names[name]}"))
        self.invoke(function, json.loads(body))

    def _fault(self, place: str, operation: str, key: str) -> Any:
        return self._faults.at(place, operation, key, (self._kernel.now - self._began) / 3600)


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
