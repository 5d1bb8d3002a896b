"""What Hugging Face lists: per day a list that grows and moves in stages, as the real one does."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from shared.model.span import Period

ID = r"\b(\d{4}\.\d{5}|cs/\d{7})\b"
LATE_HOURS = 8.0
"""After a day's end: late papers are listed by then, before the evening read."""
LAST_VOTES_HOURS = 20.0
"""After a day's end the list changes no more: the reads of it that follow are those of the two days after."""


class Day(NamedTuple):
    """A day's list: papers in order, the late ones, and the hours after its end from which it is listed at all."""

    papers: Sequence[str]
    late: Sequence[str] = ()
    listed_after_hours: float = 0.0


class Lists:
    """Answers the list's questions at a time."""

    def __init__(self, days: Mapping[date, Day], pictures: Sequence[str] = ()) -> None:
        self.days = days
        self._pictures = frozenset(pictures)

    def of_day(self, day: date, now: datetime) -> list[dict[str, Any]]:
        """The rows of a day as they are now."""
        found = self.days.get(day)
        hours = (now - datetime.combine(day + timedelta(days=1), time(), UTC)).total_seconds() / 3600
        if found is None or hours < found.listed_after_hours:
            return []
        papers = [*found.papers, *(found.late if hours >= LATE_HOURS else ())]
        votes = 10 if hours >= LAST_VOTES_HOURS else 0
        rows = [self.row(paper, 40 - 3 * place + votes) for place, paper in enumerate(papers)]
        return sorted(rows, key=lambda row: -int(row["paper"]["upvotes"]))

    def of_period(self, period: Period, now: datetime) -> list[dict[str, Any]]:
        """The rows of all its days."""
        return [row for day in period.days for row in self.of_day(day, now)]

    def row(self, paper_id: str, upvotes: int) -> dict[str, Any]:
        """A row with an abstract of our own, which the honest model knows."""
        title = f"Kite {paper_id}"
        number = int(paper_id[-1])
        paper = {
            "id": paper_id,
            "title": title,
            "summary": f"Agents forget. We propose {title}, which halves the error. It reaches 91.5% accuracy.",
            "upvotes": upvotes,
            "publishedAt": "2026-02-19T10:00:00.000Z",
            "authors": [{"name": "Kim Ha-neul"}],
            "ai_summary": "A kite that halves the error.",
        }
        if number % 2:
            paper["githubRepo"] = f"https://github.com/kite/{paper_id.replace('/', '-')}"
        if paper_id in self._pictures:
            paper["mediaUrls"] = [f"https://cdn-uploads.huggingface.co/production/{paper_id.replace('/', '-')}.png"]
        return {"paper": paper, "title": title, "numComments": number}
