"""What all editions of a week or month say of it: its name, its numbers, and its themes in a few sentences."""

from collections.abc import Iterator
from typing import Any

from functions.publish.model.period_digest import PeriodDigest, PeriodPaper, TagCount
from functions.publish.text.wording import counted, day_in_words, shown
from shared.languages import labels
from shared.model.span import Period, Week

THEMES = 3
"""Tags that a sentence can name."""
LEAST_GROWN = 3
"""Papers: from fewer, one more is chance."""


def name(period: Period, language: str) -> str:
    """2026년 8주차, 2026년 2월."""
    words = labels(language)
    if isinstance(period, Week):
        year, number, _ = period.first.isocalendar()
        return str(words["weekly"]["name"].format(year=year, number=number))
    month = words["months"][period.first.month - 1]
    return str(words["month"].format(year=period.first.year, month=month))


def span(period: Period, language: str) -> str:
    """2026년 2월 16일 (월) ~ 2026년 2월 22일 (일)."""
    first, last = (day_in_words(day, language) for day in (period.first, period.last))
    return str(labels(language)["period"]["span"].format(first=first, last=last))


def statistics(digest: PeriodDigest) -> dict[str, str]:
    """The numbers by the keys of their labels."""
    words, numbers = labels(digest.language), digest.statistics
    return {
        "papers": counted(words, "listed", numbers.papers),
        "upvotes": f"{numbers.upvotes:,}",
        "average": f"{numbers.average:,.2f}",
        "days": counted(words, "days", numbers.days),
        "with_code": counted(words, "listed", numbers.with_code),
    }


def source_of_all(digest: PeriodDigest) -> str:
    """`sample`, where all papers that are shown are examples: that is said once. Else empty."""
    found = {paper.source for paper in (*digest.papers, *digest.late_bloomers, *digest.with_code)}
    return "sample" if found == {"sample"} else ""


def how_made(paper: PeriodPaper, digest: PeriodDigest) -> str:
    """The label of a line that no model wrote, where that is not said of all of them; else empty."""
    return "" if source_of_all(digest) else str(labels(digest.language)["sources"].get(paper.source, ""))


def themes(digest: PeriodDigest) -> tuple[str, ...]:
    """What was most, what took a larger part than in the period before, and how much came with code."""
    return tuple(_themes(digest))


def _themes(digest: PeriodDigest) -> Iterator[str]:
    words, numbers = labels(digest.language), digest.statistics
    own: dict[str, Any] = words[digest.period.kind]
    if digest.tags:
        most = (counted(words, "theme", count.papers, tag=shown(count.tag)) for count in digest.tags[:THEMES])
        yield own["most"].format(tags=words["listing"].join(most))
    if larger := grown(digest):
        tags = (words["period"]["from_to"].format(tag=shown(c.tag), before=c.before, papers=c.papers) for c in larger)
        yield own["grew"].format(tags=words["listing"].join(tags))
    if numbers.with_code:
        papers, code = counted(words, "papers", numbers.papers), counted(words, "shown", numbers.with_code)
        yield words["period"]["came_with_code"].format(papers=papers, code=code)


def grown(digest: PeriodDigest) -> tuple[TagCount, ...]:
    """The tags that take a larger part of the papers than in the period before, those that gained most first."""
    now, before = digest.statistics.papers, digest.statistics.papers_before
    if not before:
        return ()
    parts = {count: count.papers / now - (count.before or 0) / before for count in digest.tags}
    found = [
        count for count, part in parts.items() if part > 0 and count.papers >= max(LEAST_GROWN, (count.before or 0) + 1)
    ]
    return tuple(sorted(found, key=lambda count: (-parts[count], count.tag))[:THEMES])
