"""The time of a local run: it stands still in tests, and jumps over waits."""

import sys
from datetime import UTC, datetime
from typing import Self
from unittest.mock import patch

with patch.dict(sys.modules, {} if "pytest" in sys.modules else {"pytest": None}):
    import time_machine  # it imports pytest where that is installed, which takes longer than the rest of a start


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
