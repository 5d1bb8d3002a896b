"""Dates as a language writes them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from shared.languages import labels
from shared.model.span import Day, Period, Span


def day_in_words(day: date, language: str) -> str:
    """2026년 2월 20일 (금)."""
    words = labels(language)
    return str(
        words["date"].format(
            year=day.year, month=words["months"][day.month - 1], day=day.day, weekday=words["weekdays"][day.weekday()]
        )
    )


def span_in_words(span: Span, language: str) -> str:
    """2026년 2월 20일 (금), 2026년 8주차, 2026년 2월."""
    if isinstance(span, Day):
        return day_in_words(span.first, language)
    words = labels(language)
    year, number = span.numbers
    return str(words[span.kind]["name"].format(year=year, number=number, month=words["months"][span.first.month - 1]))


def dates_in_words(period: Period, language: str) -> str:
    """2026년 2월 16일 (월) ~ 2026년 2월 22일 (일)."""
    first, last = (day_in_words(day, language) for day in (period.first, period.last))
    return str(labels(language)["period"]["span"].format(first=first, last=last))


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
