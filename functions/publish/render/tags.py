"""The pages and feeds of tags: the newest papers of each, its months, and the way to them."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from functions.publish.index.archive import MAX_TAGGED, Overview
from functions.publish.index.context import DayContext
from functions.publish.index.recent import FeedItem
from functions.publish.index.year import Entry, Year
from functions.publish.render import templating
from functions.publish.render.feed import Feed
from functions.publish.settings import SiteConfig
from shared.languages import labels
from shared.store import keys

MONTHS = 12


class Bar(NamedTuple):
    """A month of the course: how many papers, and how high its bar is in hundredths of the highest."""

    month: int
    papers: int
    height: int


def tags(year: Year, language: str, config: SiteConfig) -> str:
    """The tags of the newest year, the most frequent first."""
    counted = sorted(year.tags.items(), key=lambda item: (-item[1], item[0]))
    return templating.render("tags.html", keys.TAGS, language, config, year=year, counted=counted)


def tag_page(tag: str, year: Year, overview: Overview, address: str, language: str, config: SiteConfig) -> str:
    """A tag's newest papers at its own address, all of a month at the month's; the year's page leads to the months.

    The page of a year with few papers holds all of them.
    """
    everything, is_own = year.tagged(tag), address == keys.tag_file(tag)
    are_few = len(everything) <= MAX_TAGGED
    months = {keys.tag_month(tag, month): month for month, _ in _by_month(everything)}
    listed = {at: month for at, month in months.items() if at == address or not are_few}
    if address in months:
        shown = [placed for placed in everything if placed[0].replace(day=1) == months[address]]
    else:
        shown = list(everything[:MAX_TAGGED]) if is_own or are_few else []
    return templating.render(
        "tag.html",
        address,
        language,
        config,
        elsewhere=keys.TAGS,
        tag=tag,
        year=year,
        others=[other for other in overview.of_tag(tag) if other != year.year] if is_own else (),
        listed=listed,
        course=course(tag, year) if is_own else (),
        label_of=lambda entry: label_of(entry, language),
        months=_by_month(shown),
    )


def _by_month(placed: Iterable[tuple[date, Entry]]) -> list[tuple[date, list[tuple[date, Entry]]]]:
    return [(month, list(papers)) for month, papers in groupby(placed, key=lambda each: each[0].replace(day=1))]


def tag_pages(context: DayContext) -> Iterator[tuple[str, str]]:
    """The pages of the tags that the day changes."""
    for tag, years in sorted(context.tags.items()):
        for year in years:
            for address in _tag_addresses(tag, year, context):
                page = tag_page(tag, year, context.overview, address, context.digest.language, context.config)
                yield address, page


def _tag_addresses(tag: str, year: Year, context: DayContext) -> Iterator[str]:
    """The tag itself in its newest year, else the year's page.

    Before it the day's month, and where its page is new all months: those of a tag that has a page a month.
    """
    day = context.digest.day
    if year.year == day.year and tag in context.by_month:
        is_new = tag in context.new_tags
        yield from dict.fromkeys(
            keys.tag_month(tag, each) for each in (day, *(d for d, _ in year.tagged(tag) if is_new))
        )
    is_newest = year.year >= max(context.overview.of_tag(tag), default=0)
    yield keys.tag_file(tag, year=None if is_newest else year.year)


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
        language=language,
        config=config,
        name=f"tags/{keys.slug(tag)}",
        title=f"{config.blog_title}: {tag}",
        page=keys.tag_file(tag),
        address=keys.tag_file(tag, keys.ATOM),
        items=items,
    )
