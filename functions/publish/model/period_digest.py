"""The digest of one week or month in one language: the value that its editions are rendered from, and digest.json."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from shared.model.analysis import LineSource
from shared.model.facts import Facts
from shared.model.frozen import Frozen
from shared.model.span import NamedPeriod

SCHEMA = "period.v1"


class PeriodPaper(Frozen):
    """A paper with its places among the period's papers (1 is first) and its votes, then and now."""

    id: str
    rank: int = 0
    """By the votes now."""
    rank_then: int = 0
    title: str
    day: date
    """The first day of the period that listed it."""
    upvotes: int
    """Now: when the period's list was read."""
    upvotes_then: int
    """When its day was first published."""
    facts: Facts
    one_line: str = ""
    tags: tuple[str, ...] = ()
    source: LineSource | Literal["none"] = "none"

    @property
    def gained(self) -> int:
        """Votes since its day."""
        return self.upvotes - self.upvotes_then


class Votes(Frozen):
    """A paper of the period in short: its day, and its votes then and now."""

    id: str
    day: date
    then: int
    now: int


class TagCount(Frozen):
    """A tag and how many papers carry it; `before` is of the period before, None where that was not published."""

    tag: str
    papers: int
    before: int | None = None


class Statistics(Frozen):
    """The period in numbers; votes as they are now."""

    papers: int
    upvotes: int
    days: int
    """Days that listed papers."""
    with_code: int
    papers_before: int | None = None
    """Of the period before; None where that was not published."""

    @property
    def average(self) -> float:
        """Votes a paper."""
        return self.upvotes / self.papers if self.papers else 0.0


class PeriodDigest(Frozen):
    """One week or month in one language. Papers are the best by their votes now, best first."""

    schema_version: str = Field(default=SCHEMA, alias="schema")
    period: NamedPeriod
    first: date
    last: date
    language: str
    read_at: datetime
    """When the list was last read: the votes now are of then."""
    published_at: datetime
    updated_at: datetime
    """When its content last changed."""
    revision: int = 1
    statistics: Statistics
    papers: tuple[PeriodPaper, ...]
    late_bloomers: tuple[PeriodPaper, ...] = ()
    """Those that gained most since their day."""
    with_code: tuple[PeriodPaper, ...] = ()
    """The best that came with code."""
    tags: tuple[TagCount, ...] = ()
    """All of them, the most frequent first."""
    votes: tuple[Votes, ...] = ()
    """Of every paper, in the order of the votes now."""
    inputs: str = ""
    """A hash of all that the digest follows from: the same again means that there is nothing to write."""
