"""Digests of weeks and months for tests of what follows from them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from functions.publish.model.digest import Digest
from functions.publish.model.period_assembly import PeriodState, assemble, papers_of
from functions.publish.model.period_digest import PeriodDigest
from shared.model.manifest import PeriodManifest, Votes
from shared.model.span import Period, Week
from tests.factories import digests

WEEK = Week.of(date(2026, 2, 20))
MONDAY = datetime(2026, 2, 23, 0, 15, tzinfo=UTC)
"""When the week's list is read."""


def manifest(
    upvotes: dict[str, int], period: Period = WEEK, read_at: datetime = MONDAY, **fields: Any
) -> PeriodManifest:
    votes = tuple(Votes(id=paper_id, title=f"Paper {paper_id}", upvotes=count) for paper_id, count in upvotes.items())
    about: dict[str, Any] = {"asked_for": "period", "languages": ("ko",), "deadline": read_at + timedelta(hours=2)}
    return PeriodManifest(period=period, read_at=read_at, papers=votes, **(about | fields))


def day(number: int, then: dict[str, int], **fields: Any) -> Digest:
    """A day of February with papers by their votes."""
    papers = [
        digests.paper(rank, id=paper_id, upvotes=count, **fields)
        for rank, (paper_id, count) in enumerate(then.items(), start=1)
    ]
    return digests.digest(papers, day=date(2026, 2, number))


def assembled(
    days: Sequence[Digest],
    now: dict[str, int],
    before: PeriodDigest | None = None,
    period: Period = WEEK,
    language: str = "ko",
) -> PeriodDigest:
    """The digest of a week whose list says these votes."""
    state = PeriodState(manifests=(manifest(now, period, read_at=period.ended_at),))
    listed = [paper for each in days for paper in papers_of(each, state.upvotes)]
    digest = assemble(state, language, listed, before)
    return digest.model_copy(update={"published_at": MONDAY, "updated_at": MONDAY})


def whole(period: Period = WEEK, language: str = "ko", papers: int = 24) -> PeriodDigest:
    """A period with all its parts: late bloomers, code, tags that grew."""
    ids = {f"2602.{number:05}": 100 - number for number in range(1, papers + 1)}
    before = assembled([day(12, {"2602.00900": 3, "2602.00901": 2})], {}, period=period.previous, language=language)
    now = {**ids, f"2602.{papers:05}": 500}
    return assembled([day(17, ids)], now, before, period, language)
