"""The time of a local run: it stands still in tests, and jumps over waits."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Self


@contextmanager
def _without_pytest() -> Iterator[None]:
    """time-machine imports pytest where that is installed, which takes longer than the rest of a start."""
    if "pytest" in sys.modules:
        yield
        return
    sys.modules["pytest"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["pytest"]


with _without_pytest():
    import time_machine


class Clock:
    """Holds the process's time. `runs` says whether it goes on between jumps."""

    def __init__(self, start: datetime, *, runs: bool) -> None:
        self._travel = time_machine.travel(start, tick=runs)
        self._traveller: time_machine.Traveller | None = None

    def __enter__(self) -> Self:
        self._traveller = self._travel.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._travel.stop()

    def now(self) -> datetime:
        """The time that everything in this process sees."""
        return datetime.now(UTC)

    def jump(self, to: datetime) -> None:
        """Moves the time forward; never back."""
        assert self._traveller is not None, "the clock is used as a context manager"
        if to > self.now():
            self._traveller.move_to(to)
