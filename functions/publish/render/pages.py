"""The pages beside those of days: front page, archive, tags, search, and those that no day changes."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from functions.publish.index.archive import Archive, Overview
from functions.publish.index.context import DayContext, PeriodContext
from functions.publish.index.recent import FeedItem, RecentSpan
from functions.publish.index.year import Entry, ListedDay, Year
from functions.publish.model.digest import Digest
from functions.publish.render import addresses, templating
from functions.publish.render.feed import Feed
from functions.publish.settings import SiteConfig
from functions.publish.text import wording
from shared.languages import labels
from shared.model import sign_up as form
from shared.model.span import KINDS, Month, Week
from shared.store import keys

MAX_TAGGED = 30
"""Papers that a tag's feed and its own page hold; the years' pages hold all."""
MONTHS = 12


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


class Bar(NamedTuple):
    """A month of the course: how many papers, and how high its bar is in hundredths of the highest."""

    month: int
    papers: int
    height: int


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
    """The archive's first page, which shows the newest year, and the page of the digest's year."""
    known = context.indexes[Archive]
    shown = {keys.ARCHIVE: context.newest_year}
    if context.digest.status != "open":
        shown[keys.archive_file(known.year.year)] = known.year
    for address, year in shown.items():
        yield address, calendar(address, year, known.overview, context.digest.language, context.config)


def calendar(address: str, year: Year, overview: Overview, language: str, config: SiteConfig) -> str:
    """The days of a year, newest month and week first, and the way to the other years."""
    calendar = tuple(months(year, overview))
    return templating.render("archive.html", address, language, config, year=year, calendar=calendar, overview=overview)


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


def tags(year: Year, language: str, config: SiteConfig) -> str:
    """The tags of the newest year, the most frequent first."""
    counted = sorted(year.tags.items(), key=lambda item: (-item[1], item[0]))
    return templating.render("tags.html", keys.TAGS, language, config, year=year, counted=counted)


def tag_page(tag: str, year: Year, overview: Overview, address: str, language: str, config: SiteConfig) -> str:
    """A tag's papers of a year, newest first, by month. At the tag's own address, only the newest."""
    everything, is_of_year = list(year.tagged(tag)), address == keys.tag_file(tag, year=year.year)
    found = everything if is_of_year else everything[:MAX_TAGGED]
    return templating.render(
        "tag.html",
        address,
        language,
        config,
        tag=tag,
        year=year,
        others=overview.beside(tag, year.year) if is_of_year else overview.of_tag(tag),
        course=course(tag, year),
        label_of=lambda entry: label_of(entry, language),
        months=[(month, list(papers)) for month, papers in groupby(found, key=lambda placed: placed[0].replace(day=1))],
        total=len(everything),
    )


def tag_pages(context: DayContext) -> Iterator[tuple[str, str]]:
    """The pages of the tags that the day changes; that of the newest year of a tag stands for the tag itself, too."""
    for tag, years in sorted(context.tags.items()):
        for year in years:
            is_newest = year.year == max(context.overview.of_tag(tag), default=year.year)
            for address in (keys.tag_file(tag, year=year.year), *((keys.tag_file(tag),) if is_newest else ())):
                page = tag_page(tag, year, context.overview, address, context.digest.language, context.config)
                yield address, page


def tag_feeds(context: DayContext) -> Iterator[Feed]:
    """The feeds of the day's tags, where its year is their newest."""
    for tag in sorted(context.tags):
        if context.year.year >= max(context.overview.of_tag(tag), default=0):
            yield tag_feed(tag, context.year, context.digest.language, context.config)


def course(tag: str, year: Year) -> tuple[Bar, ...]:
    """The tag's papers in each month of the year."""
    counts = [0] * MONTHS
    for day, _ in year.tagged(tag):
        counts[day.month - 1] += 1
    most = max(*counts, 1)
    return tuple(Bar(month, count, round(100 * count / most)) for month, count in enumerate(counts, start=1))


def label_of(entry: Entry, language: str) -> str:
    """The label of a one-line that no model of ours wrote; else empty."""
    return str(labels(language)["sources"].get(entry.source, "")) if entry.one_line else ""


def tag_feed(tag: str, year: Year, language: str, config: SiteConfig) -> Feed:
    """The tag's newest papers, newest first."""
    newest: dict[str, Entry] = {}
    for _, entry in year.tagged(tag):
        newest.setdefault(entry.id, entry)
    items = tuple(
        FeedItem(
            name=paper_id,
            address=keys.paper_file(paper_id),
            title=entry.title,
            lines=tuple(filter(None, (entry.one_line, label_of(entry, language)))),
            published_at=entry.published_at,
            updated_at=entry.updated_at,
        )
        for paper_id, entry in list(newest.items())[:MAX_TAGGED]
    )
    return Feed(
        name=f"tags/{keys.slug(tag)}",
        title=f"{config.blog_title}: {tag}",
        page=keys.tag_file(tag),
        address=keys.tag_file(tag, keys.ATOM),
        items=items,
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
