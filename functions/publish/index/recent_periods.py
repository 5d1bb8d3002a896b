"""The newest weeks or months of a language: what their list and their feed need to know without reading the archive."""

from collections.abc import Collection
from datetime import date

from functions.publish.index.feeds import PAPERS, FeedItem, FeedPaper
from functions.publish.model.period_digest import PeriodDigest
from functions.publish.text import period_wording as wording
from functions.publish.text.wording import shown
from shared.model.frozen import Frozen
from shared.model.span import NamedPeriod, Period
from shared.store import keys

MOST_PERIODS = 12
"""A quarter of weeks, a year of months."""


class RecentPeriod(Frozen):
    """A week or month as the list names it, and its entry in the feed."""

    period: NamedPeriod
    first: date
    last: date
    papers: int
    item: FeedItem


class RecentPeriods(Frozen):
    """The newest ones, newest first; stored as `recent.json` beside the list."""

    periods: tuple[RecentPeriod, ...] = ()

    def with_digest(self, digest: PeriodDigest) -> "RecentPeriods":
        """The same with this digest's week or month."""
        entry = RecentPeriod(
            period=digest.period,
            first=digest.first,
            last=digest.last,
            papers=digest.statistics.papers,
            item=_item(digest),
        )
        others = (known for known in self.periods if known.first != digest.first)
        ordered = sorted((entry, *others), key=lambda known: known.first, reverse=True)
        return RecentPeriods(periods=tuple(ordered[:MOST_PERIODS]))

    def only(self, periods: Collection[Period]) -> "RecentPeriods":
        """The same without weeks or months that are no longer there."""
        return RecentPeriods(periods=tuple(known for known in self.periods if known.period in periods))


def _item(digest: PeriodDigest) -> FeedItem:
    return FeedItem(
        name=str(digest.period),
        address=keys.period_file(digest.period),
        title=wording.name(digest.period, digest.language),
        lines=wording.themes(digest),
        papers=tuple(
            FeedPaper(
                title=shown(paper.title),
                one_line=shown(paper.one_line),
                address=f"{keys.day_page(paper.day)}#{paper.id}",
            )
            for paper in digest.papers[:PAPERS]
        ),
        published_at=digest.published_at,
        updated_at=digest.updated_at,
    )
