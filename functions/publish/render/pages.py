"""The pages beside those of days: front page, archive, tags, search, and those that no day changes."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from functions.publish.index.archive import Archive, Overview
from functions.publish.index.context import DayContext, PeriodContext
from functions.publish.index.recent import RecentSpan
from functions.publish.index.year import ListedDay, Year
from functions.publish.model.digest import Digest
from functions.publish.render import addresses, templating
from functions.publish.settings import SiteConfig
from functions.publish.text import wording
from shared.model import sign_up as form
from shared.model.span import KINDS, Month, Week
from shared.store import keys


class CalendarWeek(NamedTuple):
    """The days of a week, and whether a page sums it up."""

    week: Week
    is_published: bool
    days: tuple[ListedDay, ...]


class CalendarMonth(NamedTuple):
    """The weeks of a month that have a day, the newest first, and whether a page sums it up."""

    month: Month
    is_published: bool
    papers: int
    weeks: tuple[CalendarWeek, ...]


def front(newest: Digest | None, recent: Sequence[RecentSpan], language: str, config: SiteConfig) -> str:
    """index.html: the newest day that has papers, if any, and why nothing is newer; `recent` is newest first."""
    lines = wording.two_lines(newest) if newest else ()
    return templating.render(
        "front.html",
        keys.FRONT,
        language,
        config,
        digest=newest,
        of_interest=wording.of_interest(newest) if newest else (),
        lines=lines,
        description=" ".join(lines),
        newer=[each for each in recent if newest is None or each.span.first > newest.day],
        recent=recent,
    )


def archive(context: DayContext | PeriodContext) -> Iterator[tuple[str, str]]:
    """The archive's first page, which shows the newest year, and the page of the digest's year, of both for a week."""
    known = context.indexes[Archive]
    shown = {keys.ARCHIVE: context.newest_year}
    if context.digest.status != "open":
        shown[keys.archive_file(known.year.year)] = known.year
    if isinstance(context, PeriodContext) and context.last_year.days:
        shown[keys.archive_file(context.last_year.year)] = context.last_year
    for address, year in shown.items():
        yield address, calendar(address, year, known.overview, context.digest.language, context.config)


def calendar(address: str, year: Year, overview: Overview, language: str, config: SiteConfig) -> str:
    """The days of a year, newest month and week first, and the way to the other years."""
    calendar = tuple(months(year, overview))
    content = {"year": year, "calendar": calendar, "overview": overview}
    return templating.render("archive.html", address, language, config, elsewhere=keys.ARCHIVE, **content)


def months(year: Year, overview: Overview) -> Iterator[CalendarMonth]:
    """The months that have a day, newest first."""
    published = {period for known in overview.years for period in known.periods}
    for month, days in groupby(reversed(year.days), key=lambda listed: Month.of(listed.day)):
        listed = list(days)
        weeks = groupby(listed, key=lambda day: Week.of(day.day))
        yield CalendarMonth(
            month=month,
            is_published=month in published,
            papers=sum(len(day.papers) for day in listed),
            weeks=tuple(CalendarWeek(week, week in published, tuple(found)[::-1]) for week, found in weeks),
        )


def about(language: str, config: SiteConfig) -> str:
    """about/index.html."""
    return templating.render("about.html", keys.ABOUT, language, config)


def sign_up(language: str, config: SiteConfig) -> str:
    """subscribe/index.html: the form, or where the site takes no sign-ups, the feeds."""
    return templating.render("sign_up.html", keys.SIGN_UP, language, config, form=form, kinds=KINDS)


def not_found(language: str, config: SiteConfig) -> str:
    """404.html. It answers at any address: its links begin at the root of the host, whatever that is called."""
    tree = addresses.in_tree(language, config, "")

    def to(target: str) -> str:
        if not config.site_url:
            return addresses.relative(f"{tree}404.html", target)
        return quote(f"{urlsplit(config.site_url).path.rstrip('/')}/{target}")

    return templating.render("not_found.html", keys.NOT_FOUND, language, config, to=to)
