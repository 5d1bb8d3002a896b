"""What a failed attempt at one paper leaves behind, and when the next one comes."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any, Generic, NamedTuple, TypeVar

from shared.model.frozen import Frozen
from shared.model.messages import MalformedMessageError, PaperEnriched, PaperFailed, PaperFound, read
from shared.model.prices import total
from shared.store import keys
from shared.store.bucket import Bucket
from shared.store.queue import Queue
from shared.store.secrets import redact

FIRST_BACK_OFF_SECONDS = 15
MAX_BACK_OFF_SECONDS = 120
"""The deadline is computed from it: no source can ask for a longer pause."""
AT_ONCE = 0
"""SQS moves a message that was received too often when it is next visible: the operator should know now."""
KILLED_BY_NOW_SECONDS = 30
"""After a function's timeout: what a killed attempt leaves is delivered again this soon."""
MAX_REASON_CHARS = 500
"""Characters of a reason that are kept: it is for operators, in the log and in the bucket."""

_Result = TypeVar("_Result")
_Message_co = TypeVar("_Message_co", bound=PaperFound | PaperEnriched, covariant=True)
_Kind = TypeVar("_Kind", bound=PaperFound | PaperEnriched)


class TryAgainLaterError(RuntimeError):
    """A source is throttled or down, and may have named a time."""

    def __init__(self, reason: str, seconds: int | None = None) -> None:
        super().__init__(reason)
        self.seconds = seconds
        self.cost_usd: float | None = 0.0
        """What a model was paid for a failed answer; None where its price is not known."""


class ExpiredReceiptError(RuntimeError):
    """Another delivery of the message is in work, or is coming."""


class Failure(Frozen):
    """A failed attempt as it is stored."""

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


class Delivery(NamedTuple):
    """A message as Lambda delivers it."""

    id: str
    body: str
    receipt: str
    number: int
    """How often it was delivered, this time included."""


@dataclass(frozen=True)
class Attempt(Generic[_Message_co]):
    """Delivery `number` of a message, of at most `of`."""

    step: str
    message: _Message_co
    receipt: str
    number: int
    of: int

    @property
    def failure_key(self) -> str:
        """Where its failure is kept."""
        language = self.message.language if isinstance(self.message, PaperEnriched) else None
        return keys.failure(self.message.day, self.step, self.message.id, language)


AnyAttempt = Attempt[PaperFound | PaperEnriched]


def deliveries(event: Mapping[str, Any]) -> list[Delivery]:
    """The messages of an event."""
    return [
        Delivery(
            id=record["messageId"],
            body=record["body"],
            receipt=record["receiptHandle"],
            number=int(record.get("attributes", {}).get("ApproximateReceiveCount", 1)),
        )
        for record in event["Records"]
    ]


def begin(
    delivery: Delivery, step: str, kind: type[_Kind], expired: Collection[str], of: int, queue: Queue
) -> Attempt[_Kind]:
    """The attempt that a delivery is. Raises ExpiredReceiptError or MalformedMessageError.

    A message that cannot be read is hidden: during an update a newer function may read it.
    """
    if delivery.receipt in expired:
        raise ExpiredReceiptError("another delivery of the message is in work or is coming")
    try:
        message = read(delivery.body, kind)
    except MalformedMessageError:
        queue.defer(delivery.receipt, _doubled(delivery.number) if delivery.number < of else AT_ONCE)
        raise
    return Attempt(step, message, delivery.receipt, delivery.number, of)


def spent_before(attempt: AnyAttempt, bucket: Bucket) -> float | None:
    """USD that the failed attempts at the paper cost; None where a price is not known."""
    if isinstance(attempt.message, PaperFound):
        return 0.0  # facts are free
    failure = bucket.find(attempt.failure_key, Failure)
    return failure.cost_usd if failure else 0.0


def describe(error: Exception) -> str:
    """The reason of a failure, for operators. It holds no secret."""
    return redact(f"{type(error).__name__}: {error}")[:MAX_REASON_CHARS]


def back_off(error: Exception, attempt: int) -> int:
    """Seconds until the next attempt: what the source asked for, else 15, 30, 60 and so on.

    A source that names a short time and is still busy is asked less and less often: its quota may be of a minute.
    """
    asked = error.seconds if isinstance(error, TryAgainLaterError) else None
    shortest = 1 if asked is not None and attempt == 1 else _doubled(attempt)
    return min(max(asked or 0, shortest), MAX_BACK_OFF_SECONDS)


def _doubled(attempt: int) -> int:
    return min(FIRST_BACK_OFF_SECONDS << (attempt - 1), MAX_BACK_OFF_SECONDS)


def hide(receipts: Sequence[str], queue: Queue, remaining_ms: int) -> frozenset[str]:
    """Hides messages while an attempt at them is in work. Returns the receipts that have expired."""
    return queue.hide(receipts, ceil(remaining_ms / 1000) + KILLED_BY_NOW_SECONDS)


def run(
    work: Callable[[], _Result], attempt: AnyAttempt, bucket: Bucket, queue: Queue, publish_queue: Queue, now: datetime
) -> _Result:
    """Does the work. Where it fails, records the failure, sets when it is tried again, and raises the error."""
    try:
        return work()
    except Exception as error:
        cost = error.cost_usd if isinstance(error, TryAgainLaterError) else 0.0
        failure = record(error, cost, attempt, bucket, publish_queue, now)
        queue.defer(attempt.receipt, AT_ONCE if failure.final else back_off(error, attempt.number))
        raise


def record(
    error: Exception, cost_usd: float | None, attempt: AnyAttempt, bucket: Bucket, publish_queue: Queue, now: datetime
) -> Failure:
    """Stores the failure and what all attempts cost. After the last one publish gets a message, so no day waits."""
    message, spent = attempt.message, total([spent_before(attempt, bucket), cost_usd])
    failure = Failure(reason=describe(error), attempt=attempt.number, of=attempt.of, at=now, cost_usd=spent)
    bucket.write(attempt.failure_key, failure)
    if failure.final:
        language = message.language if isinstance(message, PaperEnriched) else None
        publish_queue.send([PaperFailed(day=message.day, id=message.id, language=language)])
    return failure
