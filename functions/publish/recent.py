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
        ordered = sorted((entry, *others), key=lambda day: day.day, reverse=True)
        older_with_papers = next((day for day in ordered[MOST_DAYS:] if day.papers), None)
        kept = ordered[:MOST_DAYS]
        if older_with_papers and not any(day.papers for day in kept):
            kept.append(older_with_papers)
        return Recent(days=tuple(kept))

    @property
    def with_papers(self) -> tuple[date, ...]:
        """The days that the front page can show, newest first."""
        return tuple(day.day for day in self.days if day.papers)
