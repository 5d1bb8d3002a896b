"""What a failed attempt at one paper leaves behind, and when the next one comes."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from shared.model.frozen import Frozen
from shared.model.messages import PaperEnriched, PaperFound
from shared.store import keys
from shared.store.bucket import Bucket
from shared.store.queue import Queue

FIRST_BACK_OFF_SECONDS = 15
MAX_BACK_OFF_SECONDS = 120
"""The deadline is computed from it: no source can ask for a longer pause."""
AT_ONCE = 0
"""SQS moves a message that was received too often when it is next visible: the operator should know now."""
LONGEST_REASON = 500
"""Characters of a reason that are kept: it is for operators, in the log and in the bucket."""

_Result = TypeVar("_Result")


class TryAgainLaterError(RuntimeError):
    """A source is throttled or down, and may have said for how long."""

    def __init__(self, reason: str, seconds: int | None = None) -> None:
        super().__init__(reason)
        self.seconds = seconds


class Failure(Frozen):
    """A failed attempt, as it lies in the bucket."""

    reason: str
    attempt: int
    of: int
    at: datetime
    cost_usd: float | None = 0.0
    """What a model was paid for it; None where its price is not known."""

    @property
    def final(self) -> bool:
        """No attempt follows: the message is in DeadLetters."""
        return self.attempt >= self.of


class Attempt(Frozen):
    """One delivery of a message: the how manyth, of how many."""

    step: str
    message: PaperFound | PaperEnriched
    receipt: str
    number: int
    of: int


def back_off(error: Exception, attempt: int) -> int:
    """Seconds until the next attempt: what the source asked for, else 15, 30, 60 and so on."""
    asked = error.seconds if isinstance(error, TryAgainLaterError) else None
    seconds = asked if asked is not None else FIRST_BACK_OFF_SECONDS * 2 ** (attempt - 1)
    return min(max(seconds, 1), MAX_BACK_OFF_SECONDS)


def run(work: Callable[[], _Result], attempt: Attempt, archive: Bucket, queue: Queue, now: datetime) -> _Result:
    """Does the work; where it fails, records the failure, sets when it is tried again, and raises the error."""
    try:
        return work()
    except Exception as error:
        language = attempt.message.language if isinstance(attempt.message, PaperEnriched) else None
        key = keys.failure(attempt.message.day, attempt.step, attempt.message.id, language)
        reason = f"{type(error).__name__}: {error}"[:LONGEST_REASON]
        archive.write(key, Failure(reason=reason, attempt=attempt.number, of=attempt.of, at=now))
        queue.defer(attempt.receipt, back_off(error, attempt.number) if attempt.number < attempt.of else AT_ONCE)
        raise
