"""The stack at work on this machine: schedules fire, queues deliver, functions run, failures come back."""

import json
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from threading import Thread
from typing import TYPE_CHECKING, Any

import boto3

from local import cloud, mappings
from local.clock import Clock
from local.functions import Function, functions
from local.intrinsics import REGION
from local.mappings import Invocation, KilledError, Running, Source
from local.schedules import Schedule, schedules
from local.template import Stack
from shared.model.messages import Message
from shared.store.queue import Queue

if TYPE_CHECKING:
    from types_boto3_sqs.type_defs import MessageTypeDef

RETRY_AFTER = (timedelta(minutes=1), timedelta(minutes=2))
"""Lambda's pauses before it repeats a failed asynchronous invocation."""
POLL_SECONDS = 0.005
"""How long the loop waits for a running function before it looks again."""


class Chain:
    """Everything that the stack declares to run. `watch` is called with each batch that is settled."""

    def __init__(
        self,
        stack: Stack,
        clock: Clock,
        *,
        threads: bool = False,
        only: Collection[str] | None = None,
        watch: Callable[[str, int], None] = lambda *_: None,
    ) -> None:
        self.stack, self.clock = stack, clock
        self.functions = functions(stack)
        self._sources = mappings.sources(stack)
        self.schedules: dict[str, tuple[Schedule, datetime]] = {
            schedule.name: (schedule, schedule.next_after(clock.now()))
            for schedule in schedules(stack)
            if only is None or schedule.name in only
        }
        self._sqs = boto3.client("sqs", region_name=REGION)
        self._invocations: list[Invocation] = []
        self._running: list[Running] = []
        self._threads, self._watch = threads, watch
        self._unprepared = iter(self.functions.values())

    def invoke(self, function: str, event: dict[str, Any]) -> None:
        """Hands over an asynchronous invocation."""
        self._invocations.append(Invocation(self.clock.now(), function, event))

    def send(self, queue: str, message: Message) -> None:
        """Sends a message to a queue, by its logical id."""
        Queue(self._sqs, cloud.url(self.stack, queue)).send([message])

    def run(self, until: datetime) -> None:
        """Runs all that happens up to then."""
        while (upcoming := self.settle()) is not None and upcoming <= until:
            self.clock.jump(upcoming)
        self.clock.jump(until)

    def settle(self) -> datetime | None:
        """Runs all that can happen now, and says when the next thing can: None for never."""
        while self._fire() or self._invoke() or self._deliver() or self._running:
            pass
        times = [*(at for _, at in self.schedules.values()), *(invocation.at for invocation in self._invocations)]
        times += [time for source in self._sources if (time := mappings.next_visible(self.stack, source))]
        return min(times, default=None)

    def hidden(self) -> datetime | None:
        """When the next message can be received, schedules aside: None where the queues are empty."""
        times = [mappings.next_visible(self.stack, source) for source in self._sources]
        return min((time for time in times if time), default=None)

    def _fire(self) -> bool:
        now = self.clock.now()
        due = [(schedule, at) for schedule, at in self.schedules.values() if at <= now]
        for schedule, at in due:
            self.schedules[schedule.name] = (schedule, schedule.next_after(max(at, now)))
            self._send(schedule.target, schedule.input(at))
        return bool(due)

    def _send(self, target: dict[str, Any], body: str) -> None:
        """To a queue or a function, by the target's ARN."""
        queue = next(
            (name for name in self.stack.of_kind("AWS::SQS::Queue") if cloud.arn(self.stack, name) == target["Arn"]),
            None,
        )
        if queue is None:
            function = next(name for name in self.functions if target["Arn"].endswith(f":{self.stack.names[name]}"))
            self.invoke(function, json.loads(body))
            return
        group = {"MessageGroupId": target["SqsParameters"]["MessageGroupId"]} if "SqsParameters" in target else {}
        self._sqs.send_message(QueueUrl=cloud.url(self.stack, queue), MessageBody=body, **group)

    def _invoke(self) -> bool:
        now = self.clock.now()
        due = [invocation for invocation in self._invocations if invocation.at <= now]
        for invocation in due:
            self._invocations.remove(invocation)
            function = self.functions[invocation.function]
            try:
                function(invocation.event)
            except (Exception, KilledError) as error:  # noqa: BLE001 - Lambda repeats whatever it was
                self._failed(invocation, function, error)
        return bool(due)

    def _failed(self, invocation: Invocation, function: Function, error: BaseException) -> None:
        """Repeated as often as the function's configuration says, then handed to its failure destination."""
        if isinstance(error, KilledError):
            function.start_cold()
        if invocation.attempt <= int(function.invoke_config.get("MaximumRetryAttempts", len(RETRY_AFTER))):
            at = self.clock.now() + RETRY_AFTER[invocation.attempt - 1]
            self._invocations.append(invocation._replace(at=at, attempt=invocation.attempt + 1))
            return
        destination = function.invoke_config.get("DestinationConfig", {}).get("OnFailure")
        if destination:
            body = {"requestPayload": invocation.event, "responsePayload": {"errorMessage": str(error)}}
            self._send({"Arn": destination["Destination"]}, json.dumps(body, default=str))

    def _deliver(self) -> bool:
        """Starts what can start, and settles what has ended."""
        started = False
        for source in self._sources:
            while sum(running.source == source for running in self._running) < source.concurrency:
                visible = mappings.next_visible(self.stack, source)
                if visible is None or visible > self.clock.now():
                    break
                messages = mappings.receive(self._sqs, source)
                if not messages:
                    break
                started = True
                self._start(source, messages)
        if self._running and not started:
            self._wait()
        self._reap()
        return started

    def _wait(self) -> None:
        """Imports the next function, if there is one: there is nothing else to do. Then lets the functions work."""
        if function := next(self._unprepared, None):
            function.load()
        self._running[0].ended.wait(POLL_SECONDS)

    def _start(self, source: Source, messages: "list[MessageTypeDef]") -> None:
        running = Running(self.functions[source.function], source, messages, self.clock.now())
        self._running.append(running)
        if self._threads:
            Thread(target=running.work, daemon=True).start()
        else:
            running.work()
            self._reap()

    def _reap(self) -> None:
        """Settles what has ended; what is overdue is abandoned, and its messages come back when they are visible."""
        now = self.clock.now()
        for running in list(self._running):
            if running.ended.is_set() or now > running.overdue_at:
                self._running.remove(running)
                answer = running.answer if running.ended.is_set() else None
                self._watch(running.function.name, mappings.settle(self._sqs, running.source, running.messages, answer))
