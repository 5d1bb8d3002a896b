"""Dates, short names, and what an analysis of a whole text says, in a language's words."""

import unicodedata
from datetime import date, datetime
from zoneinfo import ZoneInfo

from functions.publish.model.digest import DigestPaper
from functions.publish.text.outside import cut
from shared.languages import labels
from shared.model.analysis import Provenance, Result
from shared.model.facts import Facts
from shared.model.place import Place
from shared.model.span import Day, Period, Span

MAX_NAME = 32
"""Characters: two names and the day fit under the limit."""
MAX_TITLE_READ = 300
"""Characters: a name stands at the beginning."""


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


def place_in_words(place: Place, language: str) -> str:
    """§5.2 Results. A section of no known kind has the name that its authors gave it."""
    words = labels(language)
    name = words["sections"].get(place.kind, place.heading)
    number = f"§{place.number}" if place.number else words["sections"]["appendix"] if place.in_appendix else ""
    return f"{number} {name}".strip()


def place_of(paper: DigestPaper, sentence: str, language: str) -> str:
    """Where a sentence of the whole text stands; empty for one of the abstract."""
    places = paper.analysis.places if paper.analysis else ()
    return next((place_in_words(each.place, language) for each in places if each.text == sentence), "")


def result_in_words(result: Result, language: str) -> str:
    """A result in one line: accuracy 74.0% (LineNet 61.0%), GustBench."""
    words = labels(language)["whole"]
    other = f"{result.compared_with or words['baseline']} {result.baseline}".strip()
    numbers = f"{result.value} ({other})" if result.baseline else result.value
    return ", ".join(filter(None, (f"{result.measure} {numbers}", result.on)))


def whole_line(paper: DigestPaper, language: str) -> str:
    """The main result of a paper that was read as a whole, else a limit that its authors state, with its place."""
    whole, words = paper.whole, labels(language)["fields"]
    for result in whole.get("results", ()):
        return _line(words["results"], result_in_words(result, language), place_of(paper, result.source, language))
    for limit in whole.get("limits", ()):
        where = place_of(paper, next(iter(limit.sources), ""), language)
        return _line(words["limits"], limit.text, where)
    return ""


def _line(label: str, text: str, place: str) -> str:
    return f"{label}: {text}{f' [{place}]' if place else ''}"


def text_read(made: Provenance, facts: Facts, language: str) -> str:
    """Which text an analysis was made from, in which version, and why not the whole one where that was wanted."""
    words = labels(language)["texts"]
    name = str(words.get(made.text_read, made.text_read))
    if made.text_version:
        return f"{name} (arXiv v{made.text_version})"
    reason = next((each.reason for each in facts.missing if each.source == "text"), None)
    return f"{name} ({words['missing'][reason]})" if reason and made.text_read == "abstract" else name


def short_name(title: str) -> str:
    """What stands before the colon of a title where that is short, else its first words. In ASCII; may be empty."""
    line = ascii_of(cut(title, MAX_TITLE_READ))
    before, colon, _ = line.partition(":")
    return before.strip() if colon and len(before.strip()) <= MAX_NAME else _first_words(line)


def _first_words(line: str) -> str:
    if len(line) <= MAX_NAME:
        return line
    room = MAX_NAME - len("...")
    whole, _, _ = line[: room + 1].rpartition(" ")
    return f"{(whole or line[:room]).rstrip(' ,;:-')}..."


def ascii_of(text: str) -> str:
    """The text without accents and without what ASCII cannot write."""
    decomposed = unicodedata.normalize("NFKD", text.replace("–", "-").replace("—", "-").replace("’", "'"))
    return " ".join(decomposed.encode("ascii", "ignore").decode().split())
