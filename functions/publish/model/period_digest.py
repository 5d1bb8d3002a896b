"""The digest of one week or month in one language: the value that its editions are rendered from, and digest.json."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal, Self

from pydantic import Field

from functions.publish.model.digest import Status
from shared.model.analysis import LineSource
from shared.model.facts import Facts
from shared.model.frozen import Frozen
from shared.model.span import NamedPeriod, Period

SCHEMA = "period.v1"
NAMED_TAGS = 3
"""Tags that a sentence can name."""
MIN_GROWN = 3
"""Papers: from fewer, one more is chance."""


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


class NamedPaper(Frozen):
    """What a link to a paper needs."""

    id: str
    title: str


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
    languages: tuple[str, ...] = ()
    """The languages in which it has a page: those to which its page links."""
    read_at: datetime
    """When the list was last read: the votes now are of then."""
    published_at: datetime
    updated_at: datetime
    """When its content last changed."""
    revision: int = 1
    statistics: Statistics
    missing_days: tuple[date, ...] = ()
    """Days that were unread, not listed or not published yet when it was published."""
    papers: tuple[PeriodPaper, ...]
    late_bloomers: tuple[PeriodPaper, ...] = ()
    """Those that gained most since their day."""
    tags: tuple[TagCount, ...] = ()
    """All of them, the most frequent first."""
    best: Mapping[str, NamedPaper] = {}
    """Of the most frequent tags the paper with the most votes; no paper twice."""
    votes: tuple[Votes, ...] = ()
    """Of every paper, in the order of the votes now."""
    fingerprint: str = Field(default="", alias="inputs")
    """A hash of all that the digest follows from: the same again means that there is nothing to write."""

    @property
    def span(self) -> Period:
        """What it is of."""
        return self.period

    @property
    def stamps(self) -> tuple[str, ...]:
        """What is no content of its own: another read that changed nothing else is no new revision."""
        return ("read_at", "languages", "published_at", "updated_at", "revision", "best", "fingerprint")

    @property
    def shown(self) -> tuple[PeriodPaper, ...]:
        """The best and the late bloomers, each once."""
        best = {paper.id for paper in self.papers}
        others = (paper for paper in self.late_bloomers if paper.id not in best)
        return (*self.papers, *sorted(others, key=lambda paper: paper.rank))

    @property
    def listed(self) -> int:
        """How many papers its days listed."""
        return self.statistics.papers

    @property
    def status(self) -> Status:
        """The one of a day that is settled."""
        return "complete"

    @property
    def grown(self) -> tuple[TagCount, ...]:
        """The tags with a larger share of the papers than in the period before, those that gained most first."""
        now, before = self.statistics.papers, self.statistics.papers_before
        if not before:
            return ()
        gains = {count: count.papers / now - (count.before or 0) / before for count in self.tags}
        found = [
            count
            for count, gain in gains.items()
            if gain > 0 and count.papers >= max(MIN_GROWN, (count.before or 0) + 1)
        ]
        return tuple(sorted(found, key=lambda count: (-gains[count], count.tag))[:NAMED_TAGS])

    def revised(self, previous: Self | None, now: datetime) -> Self:
        """The digest as a revision of the one that was published before, if any."""
        if previous is None:
            return self.model_copy(update={"published_at": now, "updated_at": now, "revision": 1})
        stamps = {"published_at": previous.published_at, "updated_at": now, "revision": previous.revision + 1}
        return self.model_copy(update=stamps)
