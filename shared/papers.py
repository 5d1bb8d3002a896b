"""A paper as the list gives it, and what a read of a list means: the manifest of a day, or of a week or month."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, NonNegativeInt

from shared.frozen import Frozen
from shared.periods import NamedPeriod
from shared.sources import ArxivFacts

Plan = Literal["full", "short", "draft"]

# https://info.arxiv.org/help/arxiv_identifier.html: since 2007 `2602.13515`, before that `cs/0601001`.
ARXIV_ID = re.compile(r"\d{4}\.\d{4,5}(v\d{1,3})?|[a-z-]{1,20}(\.[A-Z]{2})?/\d{7}(v\d{1,3})?", re.ASCII)


def _is_arxiv_id(text: str) -> str:
    if not ARXIV_ID.fullmatch(text):
        raise ValueError("is not an arXiv id such as 2602.13515 or cs/0601001")
    return text


PaperId = Annotated[str, AfterValidator(_is_arxiv_id)]


class Paper(Frozen):
    """One row of the list. Every address is http(s); what the row does not carry is None or empty."""

    id: PaperId
    title: str
    abstract: str
    paraphrased: bool = False
    """The abstract is the sample day's own paraphrase, not the authors' text."""
    published_at: datetime | None = None
    withdrawn_at: datetime | None = None
    authors: tuple[str, ...] = ()
    organisation: str | None = None
    upvotes: NonNegativeInt = 0
    comments: NonNegativeInt | None = None
    code: str | None = None
    stars: NonNegativeInt | None = None
    project_page: str | None = None
    thumbnail: str | None = None
    media: tuple[str, ...] = ()
    summary: str | None = None
    """Hugging Face's own one-sentence summary."""
    keywords: tuple[str, ...] = ()
    submitted_by: str | None = None


class ListedPaper(Frozen):
    """A paper with its place in one read of the list (1 is first) and what is planned for it."""

    rank: int
    plan: Plan
    paper: Paper


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
    prompt_version: str
    deadline: datetime
    mail: bool | None = None
    """An event's wish to mail or not to mail; None where the schedule asked and the time decides."""
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
    """An event's wish to mail or not to mail; None where the schedule asked and the time decides."""
