"""What runs: asynchronous invocations that wait for their time, and batches that a function works on."""

import traceback
from datetime import datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING, Any, NamedTuple

from local import mappings
from local.functions import Function
from local.log import LOG
from local.mappings import Source

if TYPE_CHECKING:
    from types_boto3_sqs.type_defs import MessageTypeDef


class KilledError(BaseException):
    """The function's process died: no answer, no cleaning up."""


class Invocation(NamedTuple):
    """An asynchronous invocation that waits for its time."""

    at: datetime
    function: str
    event: dict[str, Any]
    attempt: int = 1


class Running:
    """A batch that a function works on. In a thread: it can be waited for, and abandoned."""

    def __init__(self, function: Function, source: Source, messages: "list[MessageTypeDef]", started: datetime) -> None:
        self.function, self.source, self.messages = function, source, messages
        self.overdue_at = started + timedelta(seconds=function.timeout_seconds)
        self.answer: dict[str, Any] | None = None
        self.ended = Event()

    def work(self) -> None:
        """Runs the handler. An error or a death leaves no answer: the batch comes back when it is visible again."""
        try:
            self.answer = self.function(mappings.event(self.source, self.messages))
        except KilledError:
            self.function.start_cold()
        except Exception:  # noqa: BLE001 - Lambda logs whatever it was
            LOG.write(traceback.format_exc())
        finally:
            self.ended.set()
