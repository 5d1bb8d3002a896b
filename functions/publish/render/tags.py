"""tags/: the vocabulary with its counts, and a page for each tag and year with its course over the months."""

from itertools import groupby
from typing import NamedTuple

from functions.publish.index.feeds import Feed, FeedItem
from functions.publish.index.overview import Overview
from functions.publish.index.year import Entry, Year
from functions.publish.model.digest import Edition
from functions.publish.render import templating
from shared.store import keys

MOST_ITEMS = 30
"""Papers that a tag's feed and its own page hold; the years' pages hold all."""
MONTHS = 12


class Bar(NamedTuple):
    """A month of the course: how many papers, and how high its bar is in hundredths of the highest."""

    month: int
    papers: int
    height: int


def render(year: Year, language: str, edition: Edition) -> str:
    """The tags of the newest year, the most frequent first."""
    counted = sorted(year.tags.items(), key=lambda item: (-item[1], item[0]))
    return templating.render("tags.html", keys.TAGS, language, edition, year=year, counted=counted)


def of_tag(tag: str, year: Year, overview: Overview, address: str, language: str, edition: Edition) -> str:
    """A tag's papers of a year, newest first, by month. At the tag's own address, only the newest."""
    everything = list(year.tagged(tag))
    found = everything if address == keys.tag_file(tag, year=year.year) else everything[:MOST_ITEMS]
    return templating.render(
        "tag.html",
        address,
        language,
        edition,
        tag=tag,
        year=year,
        others=[placed for placed in overview.of_tag(tag) if keys.tag_file(tag, year=placed[0]) != address],
        course=course(tag, year),
        months=[(month, list(papers)) for month, papers in groupby(found, key=lambda placed: placed[0].replace(day=1))],
        total=len(everything),
    )


def course(tag: str, year: Year) -> tuple[Bar, ...]:
    """The tag's papers in each month of the year."""
    counts = [0] * MONTHS
    for day, _ in year.tagged(tag):
        counts[day.month - 1] += 1
    most = max(*counts, 1)
    return tuple(Bar(month, count, round(100 * count / most)) for month, count in enumerate(counts, start=1))


def feed(tag: str, year: Year) -> Feed:
    """The tag's newest papers, newest first."""
    newest: dict[str, Entry] = {}
    for _, entry in year.tagged(tag):
        newest.setdefault(entry.id, entry)
    items = tuple(
        FeedItem(
            name=paper_id,
            address=keys.paper_file(paper_id),
            title=entry.title,
            lines=(entry.one_line,) if entry.one_line else (),
            published_at=entry.published_at,
            updated_at=entry.updated_at,
        )
        for paper_id, entry in list(newest.items())[:MOST_ITEMS]
    )
    return Feed(
        name=f"tags/{keys.slug(tag)}",
        title=tag,
        page=keys.tag_file(tag),
        address=keys.tag_file(tag, keys.ATOM),
        items=items,
    )
