"""The messages of an invocation, and what becomes of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from functions.summarize.step import Attempt
from shared.model.messages import PaperSummarized


class Delivery(NamedTuple):
    """A message as Lambda delivers it."""

    id: str
    body: str
    receipt: str
    number: int
    """How often it was delivered, this time included."""


@dataclass(frozen=True)
class Batch:
    """What an invocation has done so far."""

    remaining_ms: Callable[[], int]
    settled: list[tuple[Delivery, Attempt, PaperSummarized]] = field(default_factory=list)
    """Those whose analysis is stored, with what publish is to learn."""
    failed: list[str] = field(default_factory=list)
    """The ids of the messages that are to be delivered again."""


def deliveries(event: Mapping[str, Any]) -> list[Delivery]:
    """The messages of an event. Every second time they begin with the last one.

    So a paper that kills the function keeps neither those before it nor those after it from their turn.
    """
    found = [
        Delivery(
            id=record["messageId"],
            body=record["body"],
            receipt=record["receiptHandle"],
            number=int(record.get("attributes", {}).get("ApproximateReceiveCount", 1)),
        )
        for record in event["Records"]
    ]
    return found[::-1] if any(each.number % 2 == 0 for each in found) else found
