"""The words that all editions share. What is shown in a language comes from its labels; this only puts it together."""

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from functions.publish.model.digest import Digest, DigestPaper, Status
from shared.languages import labels
from shared.model.facts import Facts
from shared.text.formulas import readable

JOINERS = "\u200c\u200d"
"""Invisible, and part of how emoji and some scripts are spelled."""
AUTHORS_NAMED = 3
SATURDAY = 5


def shown(text: str) -> str:
    """A text of the outside world as readers see it: readable formulas, no control or bidirectional characters."""
    return printable(readable(text))


def printable(text: str) -> str:
    """The text without control and bidirectional characters."""
    if text.isprintable():
        return text
    return "".join(_shown_character(character) for character in text)


def _shown_character(character: str) -> str:
    if character in JOINERS:
        return character
    if character.isspace():
        return " "
    if unicodedata.category(character) in ("Cc", "Cf", "Cs") or ord(character) & 0xFFFE == 0xFFFE:
        return ""  # the last two of each plane are no characters, and no XML
    return character


def cut(text: str, most: int) -> str:
    """The text as readers see it, on one line; of a longer one so many characters and an ellipsis."""
    line = " ".join(shown(text).split())
    return line if len(line) <= most else f"{line[:most]}…"


def counted(words: Mapping[str, Any], name: str, count: int, **more: str) -> str:
    """A count with its noun: 1 paper, 19 papers."""
    forms = words["counts"][name]
    return str(forms["one" if count == 1 else "other"].format(count=f"{count:,}", **more))


def day_in_words(day: date, language: str) -> str:
    """2026년 2월 20일 (금)."""
    words = labels(language)
    return str(
        words["date"].format(
            year=day.year, month=words["months"][day.month - 1], day=day.day, weekday=words["weekdays"][day.weekday()]
        )
    )


def month_in_words(month: date, language: str) -> str:
    """2026년 2월."""
    words = labels(language)
    return str(words["month"].format(year=month.year, month=words["months"][month.month - 1]))


def short_day(day: date, language: str) -> str:
    """2월 20일."""
    words = labels(language)
    return str(words["short_day"].format(month=words["months"][day.month - 1], day=day.day))


def moment(at: datetime, time_zone: str) -> str:
    """2026-02-21 09:15 KST."""
    return at.astimezone(ZoneInfo(time_zone)).strftime("%Y-%m-%d %H:%M %Z")


def two_lines(digest: Digest) -> tuple[str, ...]:
    """The day in two lines: its themes, and how many papers have code. A day without themes has one line."""
    if not digest.papers:
        return ()
    words = labels(digest.language)
    themes = words["listing"].join(
        counted(words, "theme", theme.papers, tag=shown(theme.tag)) for theme in digest.themes
    )
    most = max(paper.upvotes for paper in digest.papers)
    second = words["lines"]["papers"].format(
        papers=counted(words, "papers", len(digest.papers)),
        code=counted(words, "with_code", digest.with_code),
        votes=counted(words, "votes", most),
    )
    return (words["lines"]["themes"].format(themes=themes), second) if themes else (second,)


def of_interest(digest: Digest) -> tuple[DigestPaper, ...]:
    """The papers that meet an interest of the reader, in the digest's order."""
    return tuple(paper for paper in digest.papers if paper.interests)


def why_empty(day: date, status: Status, language: str) -> str:
    """The sentence that stands where a day has no papers."""
    reasons = labels(language)["empty"]
    if status == "not_listed":
        return str(reasons["not_listed"])
    if status == "empty":
        return str(reasons["weekend" if day.weekday() >= SATURDAY else "weekday"])
    return str(reasons["unreadable"])


def institution(facts: Facts, language: str) -> str:
    """The organisation's full name; where there is none, the first authors."""
    return facts.organisation.strip() if facts.organisation else first_authors(facts, language)


def first_authors(facts: Facts, language: str) -> str:
    """The first three authors, and how many more."""
    words = labels(language)
    named = words["listing"].join(facts.authors[:AUTHORS_NAMED])
    more = len(facts.authors) - AUTHORS_NAMED
    return counted(words, "and_more", more, names=named) if more > 0 else str(named)


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
