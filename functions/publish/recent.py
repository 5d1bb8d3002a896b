"""The newest days of a language's tree: what the front page needs to know without reading the archive."""

from datetime import date

from functions.publish.digest import Digest, Status
from shared.frozen import Frozen

MOST_DAYS = 14
"""As many as the front page names."""


class RecentDay(Frozen):
    """A day as the front page lists it."""

    day: date
    status: Status
    papers: int


class Recent(Frozen):
    """The newest days, newest first; stored as `recent.json` beside the front page."""

    days: tuple[RecentDay, ...] = ()

    def with_digest(self, digest: Digest) -> "Recent":
        """The same with this digest's day."""
        entry = RecentDay(day=digest.day, status=digest.status, papers=len(digest.papers))
        others = (day for day in self.days if day.day != digest.day)
        return Recent(days=tuple(sorted((entry, *others), key=lambda day: day.day, reverse=True)[:MOST_DAYS]))

    @property
    def newest_with_papers(self) -> date | None:
        """The day that the front page shows."""
        return next((day.day for day in self.days if day.papers), None)
