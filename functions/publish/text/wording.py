"""Words that several editions share, put together from a language's labels."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from functions.publish.model.digest import Digest, DigestPaper, Status
from functions.publish.model.period_digest import NAMED_TAGS, PeriodDigest, PeriodPaper
from functions.publish.text import phrases
from functions.publish.text.outside import shown
from shared.languages import grades_of_release_1_0, labels
from shared.model.analysis import Graded
from shared.model.facts import Facts
from shared.model.span import Day

AUTHORS_NAMED = 3
MIN_PAPERS_WITH_THEMES = 4
"""A day of fewer is read whole: its themes say nothing."""


def counted(words: Mapping[str, Any], name: str, count: int, **more: str) -> str:
    """A count with its noun: 1 paper, 19 papers."""
    forms = words["counts"][name]
    return str(forms["one" if count == 1 else "other"].format(count=f"{count:,}", **more))


def about(digest: Digest | PeriodDigest) -> tuple[str, ...]:
    """A day in two lines, a week or month in a few sentences."""
    return two_lines(digest) if isinstance(digest, Digest) else theme_sentences(digest)


def two_lines(digest: Digest) -> tuple[str, ...]:
    """The day in two lines: its themes, and how many papers have code. A day without themes has one line."""
    if not digest.papers:
        return ()
    words = labels(digest.language)
    themes = words["listing"].join(
        counted(words, "theme", theme.papers, tag=shown(theme.tag)) for theme in digest.themes
    )
    most = max(paper.upvotes for paper in digest.papers)
    second = words["lines"]["papers" if digest.with_code else "papers_without_code"].format(
        papers=counted(words, "papers", len(digest.papers)),
        code=counted(words, "with_code", digest.with_code),
        votes=counted(words, "at_most", most),
    )
    has_themes = len(digest.papers) >= MIN_PAPERS_WITH_THEMES and digest.themes[:1] and digest.themes[0].papers > 1
    return (words["lines"]["themes"].format(themes=themes), second) if has_themes else (second,)


def of_interest(digest: Digest) -> tuple[DigestPaper, ...]:
    """The papers that meet an interest of the reader, in the digest's order."""
    return tuple(paper for paper in digest.papers if paper.interests)


def why_empty(day: date, status: Status, language: str) -> str:
    """The sentence that stands where a day has no papers."""
    reasons = labels(language)["empty"]
    if status in ("not_listed", "open"):
        return str(reasons[status])
    if status == "empty":
        return str(reasons["weekday" if Day(day).is_weekday else "weekend"])
    return str(reasons["unreadable"])


def reason_codes(graded: Graded) -> tuple[str, ...]:
    """The codes of a grade's reasons. What is neither a code nor a label of release 1.0 stays: a text of the sample."""
    return tuple(grades_of_release_1_0().get(reason, reason) for reason in graded.reasons)


def reason_in_words(code: str, language: str) -> str:
    """The label of a grade's reason; the code itself where it is a text."""
    words = labels(language)["grades"]
    return str(words["facts"].get(code) or words.get(code, code))


def finding_in_words(code: str, language: str) -> str:
    """A finding of the check in words, from its code: `hostile`, `risks.number`. Release 1.0 stored the words."""
    words = labels(language)
    field, _, kind = code.partition(".")
    if kind in words["findings"]["reasons"]:
        name = words["fields"].get(field, words["fields"]["analysis"])
        return str(words["findings"]["left_out"].format(field=name, reason=words["findings"]["reasons"][kind]))
    return str(words["findings"]["hostile"]) if code == "hostile" else code


def institution(facts: Facts, language: str) -> str:
    """The organisation's full name; where there is none, the first authors."""
    return facts.organisation.strip() if facts.organisation else first_authors(facts, language)


def first_authors(facts: Facts, language: str) -> str:
    """The first three authors, and how many more."""
    words = labels(language)
    named = words["listing"].join(facts.authors[:AUTHORS_NAMED])
    more = len(facts.authors) - AUTHORS_NAMED
    return counted(words, "and_more", more, names=named) if more > 0 else str(named)


def badges(facts: Facts, language: str) -> tuple[str, ...]:
    """What stands beside the votes: the organisation, and what is public."""
    words = labels(language)["fields"]
    has_weights = bool(facts.hub and facts.hub.models.total)
    public = [words[name] for name, found in (("code", facts.code), ("weights", has_weights)) if found]
    return tuple(filter(None, [shown(facts.organisation or ""), *public]))


def withdrawn(facts: Facts, language: str) -> str:
    """That the paper was withdrawn, and when, where the list says so; empty where it was not."""
    if not facts.withdrawn:
        return ""
    label = str(labels(language)["fields"]["withdrawn"])
    return f"{label} {facts.withdrawn_at.date()}" if facts.withdrawn_at else label


def title(paper: DigestPaper | PeriodPaper, language: str) -> str:
    """The title in plain text, for lists that have no place for facts: `[철회] …`."""
    mark = f"[{labels(language)['fields']['withdrawn']}] " if paper.facts.withdrawn else ""
    return f"{mark}{shown(paper.title)}"


def how_made(paper: DigestPaper, digest: Digest) -> str:
    """The label of a one-line that no model of ours wrote, with the reason where a model was asked; else empty."""
    if paper.source == "model":
        return ""
    words = labels(digest.language)
    label = str(words["sources"][paper.analysis.line_source if paper.analysis else paper.source])
    reasons = [missing.reason for missing in digest.missing if missing.id == paper.id]
    return f"{label} ({words['reasons'][reasons[0]]})" if reasons else label


def unlike_the_day(paper: DigestPaper, digest: Digest) -> bool:
    """Whether the label stands at the paper: that of a draft always, since its sentences are of different origin."""
    is_missing = any(missing.id == paper.id for missing in digest.missing)
    return is_missing or paper.source == "draft" or paper.source not in ("model", digest.model)


def label_of_line(paper: Any, digest: Digest | PeriodDigest) -> str:
    """The label of a line that stands alone, where no model of ours wrote it; else empty."""
    return how_made(paper, digest) if isinstance(digest, Digest) else label_of(paper, digest)


def missing_days(digest: PeriodDigest) -> str:
    """아직 빠진 날: 2026년 2월 19일 (목). Empty where none is missing."""
    words = labels(digest.language)
    days = words["listing"].join(phrases.day_in_words(day, digest.language) for day in digest.missing_days)
    return str(words["period"]["missing_days"].format(days=days)) if days else ""


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
    """`sample`, where all papers shown are examples, so that the page says it once. Else empty."""
    found = {paper.source for paper in digest.shown}
    return "sample" if found == {"sample"} else ""


def label_of(paper: PeriodPaper, digest: PeriodDigest) -> str:
    """The label of a line that no model wrote; empty where the page says it once for all of them."""
    return "" if source_of_all(digest) else str(labels(digest.language)["sources"].get(paper.source, ""))


def theme_sentences(digest: PeriodDigest) -> tuple[str, ...]:
    """What was most, what took a larger part than in the period before, and how much came with code."""
    found: list[str] = []
    words, numbers = labels(digest.language), digest.statistics
    own: dict[str, Any] = words[digest.period.kind]
    if digest.tags:
        most = (counted(words, "theme", count.papers, tag=shown(count.tag)) for count in digest.tags[:NAMED_TAGS])
        found.append(own["most"].format(tags=words["listing"].join(most)))
    if larger := digest.grown:
        tags = (words["period"]["from_to"].format(tag=shown(c.tag), before=c.before, papers=c.papers) for c in larger)
        found.append(own["grew"].format(tags=words["listing"].join(tags)))
    if numbers.with_code:
        papers, code = counted(words, "papers", numbers.papers), counted(words, "shown", numbers.with_code)
        found.append(words["period"]["came_with_code"].format(papers=papers, code=code))
    return tuple(found)
