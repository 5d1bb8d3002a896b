"""Lambda and Scheduler on the virtual clock, wired as template.yaml says."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from local.chain import RETRY_AFTER
from local.functions import Function, functions
from local.intrinsics import ACCOUNT, REGION
from local.schedules import Schedule, schedules
from local.template import Stack
from tests.simulation.faults import Fault, Faults
from tests.simulation.kernel import Kernel, KilledError, Task
from tests.simulation.queues import Queues

TICK = "TickSchedule"
ASYNC_ATTEMPTS = 2
"""How often Lambda repeats an asynchronous invocation unless its configuration says otherwise."""

AT_ONCE_SECONDS = 0.1
"""Between two invocations of one event that run at once: less than either takes."""


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
    """Invokes functions and fires schedules. `idle` says whether a tick would find nothing."""

    def __init__(self, stack: Stack, kernel: Kernel, faults: Faults, queues: Queues) -> None:
        self.functions = functions(stack)
        self.running: Counter[str] = Counter()
        """How many invocations of each function are under way."""
        self.idle: Callable[[], bool] = lambda: False
        self._stack, self._kernel, self._faults, self._queues = stack, kernel, faults, queues
        self._invoked = 0
        self._began = kernel.now
        for schedule in schedules(stack):
            self._plan(schedule, kernel.time)

    def fault(self, place: str, operation: str, key: str) -> Fault | None:
        """The fault of a step of the platform itself."""
        return self._faults.at(place, operation, key, (self._kernel.now - self._began) / 3600)

    def start(self, function: Function, event: Mapping[str, Any], ended: Callable[[Any], None]) -> None:
        """Runs a handler. `ended` gets its answer, None where it raised or was killed."""
        self.running[function.name] += 1
        self._invoked += 1
        context = Context(function, self._kernel, self._invoked)

        def work() -> None:
            answer = None
            try:
                answer = getattr(function.module, function.handler)(dict(event), context)
            except KilledError:
                function.start_cold()
            except Exception:  # noqa: BLE001 - Lambda takes whatever it is
                pass
            task.alive = False
            self.running[function.name] -= 1
            ended(answer)

        task = Task(function.name, work)
        self._kernel.at(self._kernel.now + function.timeout_seconds, partial(self._kernel.kill, task))
        self._kernel.start(task)

    def invoke(self, function: str, event: Mapping[str, Any], attempt: int = 1) -> None:
        """An asynchronous invocation: repeated where it fails, then handed to the failure destination."""
        delays = [0.0]
        match self.fault(function, "invoke", f"{json.dumps(event)}/{attempt}"):
            case ("late", seconds):
                delays = [seconds]
            case ("twice", seconds):
                delays = [0.0, seconds]
            case ("twice at once", _):
                delays = [0.0, AT_ONCE_SECONDS]
        for delay in delays:
            self._kernel.at(self._kernel.now + delay, partial(self._attempt, self.functions[function], event, attempt))

    def _attempt(self, function: Function, event: Mapping[str, Any], attempt: int) -> None:
        def ended(answer: object) -> None:
            if answer is not None:
                return
            if attempt <= int(function.invoke_config.get("MaximumRetryAttempts", ASYNC_ATTEMPTS)):
                again = self._kernel.now + RETRY_AFTER[attempt - 1].total_seconds()
                self._kernel.at(again, partial(self.invoke, function.name, event, attempt + 1))
                return
            arn = function.invoke_config["DestinationConfig"]["OnFailure"]["Destination"]
            self._send(arn, json.dumps({"requestPayload": event}), {})

        self.start(function, event, ended)

    def _plan(self, schedule: Schedule, after: datetime) -> None:
        at = _next_firing(schedule, after)
        self._kernel.at(at.timestamp(), partial(self._fire, schedule, at))

    def _fire(self, schedule: Schedule, at: datetime) -> None:
        self._plan(schedule, at)
        if schedule.name == TICK and self.idle():
            return
        delays = [0.0]
        match self.fault(schedule.name, "fire", at.isoformat()):
            case ("missed", _):
                delays = []
            case ("doubled", _):
                delays = [0.0, 0.0]
            case ("late", seconds):
                delays = [10 * seconds]
        target = schedule.target
        send = partial(self._send, target["Arn"], schedule.input(at), target.get("SqsParameters", {}))
        for delay in delays:
            self._kernel.at(self._kernel.now + delay, send)

    def _send(self, arn: str, body: str, about: Mapping[str, Any]) -> None:
        """To a queue or a function."""
        if queue := self._queues.by_arn(arn):
            self._queues.send(queue, body, self._kernel.now, about)
            return
        function = next(name for name in self.functions if arn.endswith(f":{self._stack.names[name]}"))
        self.invoke(function, json.loads(body))


_FIRINGS: dict[tuple[str, str, datetime], datetime] = {}
"""Cron expressions take longer to read than a tick takes to handle."""


def _next_firing(schedule: Schedule, after: datetime) -> datetime:
    known = (schedule.expression, schedule.zone.key, after)
    if known not in _FIRINGS:
        _FIRINGS[known] = schedule.next_after(after)
    return _FIRINGS[known]
