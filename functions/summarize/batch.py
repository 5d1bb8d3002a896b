"""The messages of an invocation, and what becomes of them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from functions.summarize.step import Attempt
from shared.model.messages import PaperSummarized
from shared.store.retry import Delivery


@dataclass(frozen=True)
class Batch:
    """What an invocation has done so far."""

    remaining_ms: Callable[[], int]
    settled: list[tuple[Delivery, Attempt, PaperSummarized]] = field(default_factory=list)
    """Those whose analysis is stored, with what publish is to learn."""
    failed: list[str] = field(default_factory=list)
    """The ids of the messages that are to be delivered again."""


def in_turn(found: list[Delivery]) -> list[Delivery]:
    """The messages of an event. Every second time they begin with the last one.

    So a paper that kills the function keeps neither those before it nor those after it from their turn.
    """
    return found[::-1] if any(each.number % 2 == 0 for each in found) else found
