"""A virtual clock and the tasks that run on it: one greenlet each, all in one thread, the order set by time alone."""

import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count

import time_machine
from greenlet import getcurrent, greenlet


class KilledError(BaseException):
    """Ends a task where it stands, as the end of a process does. Clean-up code runs, but its calls do nothing."""


class Task:
    """One greenlet. `alive` is false once it has ended or was killed."""

    def __init__(self, name: str, work: Callable[[], object]) -> None:
        self.name = name
        self.alive = True
        self.greenlet = greenlet(work)


class Kernel:
    """Runs actions and tasks in the order of their time. Time stands still while one of them computes."""

    def __init__(self, start: datetime) -> None:
        self.now = start.timestamp()
        self.current: Task | None = None
        self._actions: list[tuple[float, int, Callable[[], object]]] = []
        self._order = count()
        self._loop = getcurrent()
        self._travel = time_machine.travel(start, tick=False)
        self._traveller: time_machine.Traveller | None = None

    @contextmanager
    def running(self) -> Iterator[None]:
        """Holds the process's clock."""
        self._traveller = self._travel.start()
        try:
            yield
        finally:
            self._travel.stop()

    @property
    def time(self) -> datetime:
        """The virtual time."""
        return datetime.fromtimestamp(self.now, UTC)

    def at(self, when: float, action: Callable[[], object]) -> None:
        """Plans an action."""
        heapq.heappush(self._actions, (max(when, self.now), next(self._order), action))

    def run(self, until: float) -> None:
        """Does all that is planned up to then."""
        while self._actions and self._actions[0][0] <= until:
            when, _, action = heapq.heappop(self._actions)
            self._advance(when)
            action()
        self._advance(until)

    def start(self, task: Task) -> None:
        """Runs a task until it sleeps or ends."""
        task.greenlet.parent = self._loop
        self._enter(task, task.greenlet.switch)

    def kill(self, task: Task) -> None:
        """Ends a task that sleeps."""
        if task.alive:
            task.alive = False
            self._enter(task, lambda: task.greenlet.throw(KilledError))

    def sleep(self, seconds: float) -> None:
        """Lets time pass for the task that asks. Without a task, time passes for all."""
        when, task = self.now + seconds, self.current
        if task is None or not self._actions or self._actions[0][0] > when:
            self._advance(when)
            return
        self.at(when, lambda: self._wake(task))
        self._loop.switch()

    def _wake(self, task: Task) -> None:
        if task.alive:
            self._enter(task, task.greenlet.switch)

    def _enter(self, task: Task, switch: Callable[[], object]) -> None:
        self.current = task
        try:
            switch()
        finally:
            self.current = None

    def _advance(self, when: float) -> None:
        if when > self.now:
            assert self._traveller is not None, "the kernel is used inside running()"
            self._traveller.shift(when - self.now)
            self.now = when
