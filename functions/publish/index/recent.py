"""The newest days of a language's tree: what the front page and the feeds need to know without reading the archive."""

from collections.abc import Collection, Sequence
from datetime import date

from functions.publish.index import feeds
from functions.publish.index.feeds import FeedItem
from functions.publish.index.year import ListedDay
from functions.publish.model.digest import Digest, Status
from shared.model.frozen import Frozen

MOST_DAYS = 14
"""As many as the front page names and the feeds hold."""


class RecentDay(Frozen):
    """A day as the front page lists it, and its entry in the feeds, if it has papers."""

    day: date
    status: Status
    papers: int
    item: FeedItem | None = None


class Recent(Frozen):
    """The newest days, newest first; stored as `recent.json` beside the front page."""

    days: tuple[RecentDay, ...] = ()

    @classmethod
    def of(cls, days: Sequence[ListedDay]) -> "Recent":
        """The newest of a year's days, where the list itself is lost; feeds tell of them when they are revised."""
        newest = sorted(days, key=lambda listed: listed.day, reverse=True)[:MOST_DAYS]
        return cls(
            days=tuple(RecentDay(day=listed.day, status=listed.status, papers=len(listed.papers)) for listed in newest)
        )

    def with_digest(self, digest: Digest) -> "Recent":
        """The same with this digest's day."""
        known = next((day for day in self.days if day.day == digest.day), None)
        item = feeds.of_day(digest).after(known.item if known else None) if digest.papers else None
        entry = RecentDay(day=digest.day, status=digest.status, papers=len(digest.papers), item=item)
        others = (day for day in self.days if day.day != digest.day)
        ordered = sorted((entry, *others), key=lambda day: day.day, reverse=True)
        older_with_papers = next((day for day in ordered[MOST_DAYS:] if day.papers), None)
        kept = ordered[:MOST_DAYS]
        if older_with_papers and not any(day.papers for day in kept):
            kept.append(older_with_papers)
        return Recent(days=tuple(kept))

    def only(self, days: Collection[date]) -> "Recent":
        """The same without days that are no longer there."""
        return Recent(days=tuple(known for known in self.days if known.day in days))

    @property
    def with_papers(self) -> tuple[date, ...]:
        """The days that the front page can show, newest first."""
        return tuple(day.day for day in self.days if day.papers)

    @property
    def items(self) -> tuple[FeedItem, ...]:
        """The entries of the feeds, newest first."""
        return tuple(day.item for day in self.days if day.item)
