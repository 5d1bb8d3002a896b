"""What the commands work on: a deployed stack, or the folder of a local run."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from local.operate.objects import Objects


class OperateError(RuntimeError):
    """A command cannot do its work. The message says what to do."""


class Installation(Protocol):
    """A deployed stack or a folder. Both hold the same objects under the same keys."""

    @property
    def bucket(self) -> Objects:
        """Everything that is stored."""

    def fetch(self, event: Mapping[str, Any]) -> None:
        """Has fetch do what the event says. Raises OperateError with the function's own error."""

    def wait(self, day: date) -> bool:
        """Waits for the day. Returns whether it was settled in time."""
