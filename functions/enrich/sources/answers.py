"""What a source answered about a paper: kept, so that nothing is asked twice a day and later on conditionally."""

from datetime import UTC, datetime
from typing import Generic, TypeVar

from shared.model.frozen import Frozen
from shared.model.sources import Hub, Reason, Repository, Sourced

_Facts = TypeVar("_Facts", bound=Sourced)

SETTLED: frozenset[Reason] = frozenset({"unknown", "gone"})
"""Reasons that are an answer: the others may be over at the next attempt."""


class Answer(Frozen, Generic[_Facts]):
    """Facts, or the reason why there are none."""

    asked: str
    """The path that was asked for: another one is another question."""
    read_at: datetime
    etag: str = ""
    facts: _Facts | None = None
    reason: Reason | None = None

    def holds(self, path: str, now: datetime) -> bool:
        """Whether it answers this question for today."""
        settled = self.facts is not None or self.reason in SETTLED
        return settled and self.asked == path and self.read_at.astimezone(UTC).date() == now.astimezone(UTC).date()


class Answers(Frozen):
    """Everything that was answered about a paper; None where there was nothing to ask, or nobody was asked."""

    repository: Answer[Repository] | None = None
    hub: Answer[Hub] | None = None
