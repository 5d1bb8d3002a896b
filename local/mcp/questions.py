"""The questions that the server answers. Each answer is a text of bounded size."""

from datetime import date

from functions.publish.model.digest import Digest
from functions.publish.model.period_digest import PeriodDigest
from local.mcp import papers
from local.mcp.archive import Archive
from local.mcp.reading import AnswerError
from local.mcp.search import read_id
from local.mcp.search import search as find
from local.mcp.texts import compose, quoted
from shared.model.span import Day, Month
from shared.store import keys

RESULTS = 10
MAX_QUERY_CHARS = 300
MAX_TAGS = 12
ONE_PAPER = "`paper` gives the analysis of one, its abstract, and the sentences behind each claim."
STATUS = {
    "complete": "",
    "deadline": " Some analyses were not ready in time.",
    "open": " Analyses are still under way.",
    "empty": " The list of that day is empty.",
    "not_listed": " The list of that day is still empty and will be read again.",
}
MOMENT = "%Y-%m-%d %H:%M UTC"


def latest(archive: Archive) -> str:
    """The newest day that has papers, and what else is new."""
    newest = [f"{period.unit} {period}" for period in archive.newest_periods().values()]
    return day(archive, str(archive.latest.day), hint=f"Newest {' and '.join(newest)}." if newest else "")


def day(archive: Archive, name: str, start: int = 1, hint: str = "") -> str:
    """The papers of a day in reading order."""
    digest = archive.day(name)
    return compose(
        _about_day(archive, digest),
        (papers.in_day(place, paper) for place, paper in enumerate(digest.papers[_skipped(start) :], start)),
        start=start,
        total=len(digest.papers),
        rest=lambda number: _call(archive, "day", day=str(digest.day), start=number),
        hint=f"{hint} {ONE_PAPER if digest.papers else ''}",
    )


def _about_day(archive: Archive, digest: Digest) -> str:
    without = sum(paper.source in ("draft", "none") for paper in digest.papers)
    notes = f" {without} without an analysis by a model." if without else ""
    return (
        f"{digest.day} in {archive.language}: {len(digest.papers)} papers, votes as of {digest.read_at:{MOMENT}}."
        f"{STATUS[digest.status]}{notes}\nPage: {archive.address(keys.day_page(digest.day))}"
    )


def paper(archive: Archive, name: str, start: int = 1) -> str:
    """All that is known of a paper."""
    paper_id = read_id(name)
    if paper_id is None:
        raise AnswerError("id: must be an arXiv id such as 2602.13515. `search` finds papers by words.")
    days = sorted({hit.day for hit in find(archive, paper_id, lambda _: True).hits})
    digest, found = archive.paper(paper_id, days)
    items = list(papers.whole(days, found))
    return compose(
        f"{digest.day} in {archive.language}, votes as of {digest.read_at:{MOMENT}}.\n"
        f"Page: {archive.address(keys.paper_file(found.id))}",
        items[_skipped(start) :],
        start=start,
        total=len(items),
        rest=lambda number: _call(archive, "paper", id=found.id, start=number),
    )


def search(archive: Archive, query: str, since: str = "", until: str = "", start: int = 1) -> str:
    """The papers of all days that a query finds, the best first."""
    if not query.strip() or len(query) > MAX_QUERY_CHARS:
        raise AnswerError(f"query: must have 1 to {MAX_QUERY_CHARS} characters, such as: diffusion 영상 생성.")
    first, last = _date("since", since, date.min), _date("until", until, date.max)
    found = find(archive, query, lambda day: first <= day <= last)
    place = _skipped(start)
    items, seen = [], set[str]()
    for number, hit in enumerate(found.hits[place : place + RESULTS], start):
        listed = archive.search_day(hit.day).papers[hit.place : hit.place + 1]
        items.append(
            papers.in_search(number, str(hit.day), listed[0], is_known=listed[0].id in seen)
            if listed
            else f"{number}. {hit.day}: not readable"
        )
        seen |= {each.id for each in listed}
    complete = sum(hit.has_all for hit in found.hits)
    notes = [
        f" {note}: {quoted(', '.join(words), MAX_QUERY_CHARS)}."
        for note, words in (("No paper has", found.unknown), ("Too many words, not looked up", found.left_out))
        if words
    ]
    return compose(
        f"Found in {archive.language}: {len(found.hits)}, {complete} of them with all words.{''.join(notes)}",
        items,
        start=start,
        total=len(found.hits),
        rest=lambda number: _call(archive, "search", query=query, since=since, until=until, start=number),
        hint=ONE_PAPER
        if items
        else "Try fewer or other words. Words of titles, abstracts, tags and authors are found.",
    )


def week(archive: Archive, name: str = "", start: int = 1) -> str:
    """The best papers of a week or a month by their votes."""
    digest = archive.period(name) if name else archive.newest_week()
    tags = ", ".join(f"{count.tag} {count.papers}" for count in digest.tags[:MAX_TAGS])
    items = [papers.in_period(place, each) for place, each in enumerate(digest.shown, 1)]
    items[:1] = [f"Tags: {quoted(tags)}\n{first}" for first in items[:1]]
    return compose(
        _about_period(archive, digest),
        items[_skipped(start) :],
        start=start,
        total=len(items),
        rest=lambda number: _call(archive, "week", week=str(digest.period), start=number),
        hint=ONE_PAPER,
    )


def _about_period(archive: Archive, digest: PeriodDigest) -> str:
    numbers = digest.statistics
    days = ", ".join(map(str, digest.missing_days[: Month.max_days]))
    missing = f" Missing days: {days}." if days else ""
    return (
        f"{digest.period} ({digest.first} to {digest.last}) in {archive.language}: {numbers.papers} papers on "
        f"{numbers.days} days, the best {len(digest.shown)} here, votes as of {digest.read_at:{MOMENT}}.{missing}\n"
        f"Page: {archive.address(keys.span_file(digest.period))}"
    )


def _skipped(start: int) -> int:
    return max(start, 1) - 1


def _date(name: str, text: str, missing: date) -> date:
    try:
        return Day.parse(text).first if text else missing
    except ValueError as error:
        raise AnswerError(f"{name}: {error}.") from error


def _call(archive: Archive, tool: str, **arguments: str | int) -> str:
    """A call of a tool as a client spells it."""
    if archive.tree:
        arguments["language"] = archive.language
    given = (f"{name}={value!r}" for name, value in arguments.items() if value)
    return f"{tool}({', '.join(given)})"
