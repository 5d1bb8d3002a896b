"""What one read of a list means: the manifest of a day, or of a week or month."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Literal

from pydantic import NonNegativeInt, SerializerFunctionWrapHandler, model_serializer, model_validator

from shared.model.frozen import Frozen
from shared.model.paper import Paper, PaperId
from shared.model.sources import ArxivFacts
from shared.model.span import NamedPeriod

Plan = Literal["text", "full", "short", "draft"]
"""From what a paper is analysed, and how: in full from its whole text or its abstract, in short, or by extraction."""


WHOLE_TEXT = "whole_text"


class ListedPaper(Frozen):
    """A paper with its place in one read of the list (1 is first) and what is planned for it."""

    rank: int
    plan: Plan
    paper: Paper
    interests: tuple[str, ...] | None = None
    """The reader's interests that the paper meets by its own words; None in what release 1.0 stored."""

    @model_serializer(mode="wrap")
    def _write(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """A whole text is stored as a mark beside the full plan: after a rollback an earlier release can read it."""
        written: dict[str, Any] = write(self)
        return {**written, "plan": "full", WHOLE_TEXT: True} if self.plan == "text" else written

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        return {**value, "plan": "text"} if isinstance(value, dict) and value.get(WHOLE_TEXT) else value


class OddField(Frozen):
    """A field that could not be read: it costs itself and not its row."""

    paper: str
    field: str
    value: str


class RefusedRow(Frozen):
    """A row that could not be read, by its place in the answer (0 is first) and by the field that was wrong."""

    index: int
    paper: str | None
    field: str
    value: str
    reason: str


class UnlistedPaperError(LookupError):
    """A message names a paper that its read of the list does not hold."""


class Manifest(Frozen):
    """What one read of a day's list means. Written once, never changed; a day has the union of its manifests."""

    day: date
    read_at: datetime
    papers: tuple[ListedPaper, ...]
    refused: tuple[RefusedRow, ...] = ()
    odd_fields: tuple[OddField, ...] = ()
    languages: tuple[str, ...]
    model: str
    deadline: datetime
    mail: bool | None = None
    """Whether the event asked for mail; None for a scheduled read, where the time decides."""
    arxiv: ArxivFacts = ArxivFacts()
    """Of this read's new papers, and of all that earlier reads of the day asked for."""

    def listed(self, paper_id: str) -> ListedPaper:
        """The paper's row. Raises UnlistedPaperError."""
        for listed in self.papers:
            if listed.paper.id == paper_id:
                return listed
        raise UnlistedPaperError(f"id: {paper_id} is not in the list of {self.day} read at {self.read_at}")


class LatestRow(Frozen):
    """The newest row of a paper, and the read that it is of."""

    read_at: datetime
    listed: ListedPaper


def latest_rows(manifests: Iterable[Manifest]) -> dict[str, LatestRow]:
    """The papers of a day by id: the union of its manifests, each by its newest row. A paper never leaves."""
    return {
        listed.paper.id: LatestRow(read_at=manifest.read_at, listed=listed)
        for manifest in sorted(manifests, key=lambda manifest: manifest.read_at)
        for listed in manifest.papers
    }


class Votes(Frozen):
    """What a read of a week's or month's list says of a paper."""

    id: PaperId
    title: str
    upvotes: NonNegativeInt


class PeriodManifest(Frozen):
    """What one read of a week's or month's list means: the votes as they are then. Written once, never changed."""

    period: NamedPeriod
    read_at: datetime
    asked_for: Literal["period", "days"]
    """Its own list; or, where there was none to be had, those of its days."""
    papers: tuple[Votes, ...]
    languages: tuple[str, ...]
    deadline: datetime
    mail: bool | None = None
    """Whether the event asked for mail; None for a scheduled read, where the time decides."""
