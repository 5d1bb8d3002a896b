"""archive/: all years, and a calendar of each."""

from calendar import Calendar
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from functions.publish.index.overview import Overview
from functions.publish.index.year import ListedDay, Year
from functions.publish.model.digest import Edition
from functions.publish.render import templating
from shared.store import keys


class Month(NamedTuple):
    """A month of the calendar: its weeks from Monday, each day in it or None, and what was listed on it."""

    first: date
    papers: int
    weeks: tuple[tuple[tuple[date, ListedDay | None] | None, ...], ...]


def render(overview: Overview, language: str, edition: Edition) -> str:
    """All years, newest first."""
    return templating.render("archive.html", keys.ARCHIVE, language, edition, overview=overview)


def of_year(year: Year, overview: Overview, language: str, edition: Edition) -> str:
    """The calendar, newest month first, and the year's weeks and months."""
    periods = overview.of_year(year.year).periods
    return templating.render(
        "year.html",
        keys.archive_file(year.year),
        language,
        edition,
        year=year,
        calendar=tuple(months(year)),
        weeks=[period for period in periods if period.kind == "weekly"],
        whole_months=[period for period in periods if period.kind == "monthly"],
    )


def months(year: Year) -> Iterator[Month]:
    """The months that have a day, newest first."""
    listed = {day.day: day for day in year.days}
    for number in sorted({day.month for day in listed}, reverse=True):
        weeks = Calendar().monthdatescalendar(year.year, number)
        yield Month(
            first=date(year.year, number, 1),
            papers=sum(len(day.papers) for day in year.days if day.day.month == number),
            weeks=tuple(
                tuple((day, listed.get(day)) if day.month == number else None for day in week) for week in weeks
            ),
        )
