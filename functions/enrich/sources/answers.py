"""What a source answered about a paper: kept, so that nothing is asked twice a day and later on conditionally."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from pydantic import model_validator

from shared.model.frozen import Frozen
from shared.model.sources import Hub, PaperText, Reason, Repository, Source, Sourced, Stated

_Facts = TypeVar("_Facts", bound=Sourced)

SETTLED: frozenset[Reason] = frozenset({"unknown", "gone"})
"""Reasons that are an answer: the others may be over at the next attempt."""
NAMES_OF_RELEASE_1_0 = {"repository": "github", "hub": "huggingface"}


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


AnyAnswer = Answer[Repository | Hub | PaperText | Stated]


class Answers(Frozen):
    """Everything that was answered about a paper, by source; absent where there was nothing to ask."""

    by_source: Mapping[Source, AnyAnswer] = {}

    @model_validator(mode="before")
    @classmethod
    def _of_release_1_0(cls, value: Any) -> Any:
        if isinstance(value, dict) and "by_source" not in value:
            return {"by_source": {name: value[old] for old, name in NAMES_OF_RELEASE_1_0.items() if value.get(old)}}
        return value

    @property
    def text(self) -> PaperText | None:
        """What is known of the paper's whole text."""
        answer = self.by_source.get("text")
        return answer.facts if answer and isinstance(answer.facts, PaperText) else None

    def without_text(self) -> "Answers":
        """The other answers, where the stored text has expired."""
        return Answers(by_source={name: answer for name, answer in self.by_source.items() if name != "text"})

    def with_newer(self, newer: "Answers") -> "Answers":
        """What is worth keeping for later questions: an answer, and not that there was none."""
        worth = {name: answer for name, answer in newer.by_source.items() if answer.facts or answer.reason in SETTLED}
        return Answers(by_source={**self.by_source, **worth})
