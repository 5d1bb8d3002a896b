"""The files of the site that follow from one digest and what is known beside it, by their address in the site."""

from collections.abc import Iterator
from mimetypes import guess_type
from typing import NamedTuple

from functions.publish.index.feeds import Feed
from functions.publish.index.related import Neighbourhood
from functions.publish.index.shelf import Shelf
from functions.publish.model.digest import Digest, Edition
from functions.publish.render import (
    archive,
    cite,
    data,
    feed,
    fixed,
    front,
    one_paper,
    page,
    post,
    search,
    sitemap,
    tags,
    top5,
)
from functions.publish.render import period_page as period_pages
from functions.publish.render.assets import assets
from shared.model.frozen import Frozen
from shared.store import keys

HTML = "text/html; charset=utf-8"
MARKDOWN = "text/markdown; charset=utf-8"
JSON = "application/json; charset=utf-8"
OTHER = "application/octet-stream"
BIBTEX = "application/x-bibtex; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
JSON_FEED = "application/feed+json; charset=utf-8"
XML = "application/xml; charset=utf-8"
SCRIPT = "text/javascript; charset=utf-8"

SOON = "public, max-age=300"
"""Pages are revised during the day: five minutes."""
FOREVER = "public, max-age=31536000, immutable"
"""The name holds the content's hash."""


class File(NamedTuple):
    """A file of the site."""

    body: bytes
    content_type: str
    cache_control: str = SOON


Files = Iterator[tuple[str, File]]
"""Addresses in a language's tree, each with its file."""


def files(digest: Digest, shelf: Shelf, edition: Edition) -> dict[str, File]:
    """Everything that a day changes, in the order in which it is written; what other days stand on comes last.

    digest.json is the very last: where it is, all that follows from the digest is.
    """
    tree = keys.tree(digest.language, edition.languages[0])
    named = {address: File(body, guess_type(address)[0] or OTHER, FOREVER) for address, body in assets().items()}
    named["digest.schema.json"] = File(data.schema(Digest), JSON)
    for made in (
        _day(digest, shelf, edition),
        _papers(shelf, edition),
        _tags(digest, shelf, edition),
        _archive(digest, shelf, edition),
        _front(digest, shelf, edition),
        _known(digest, shelf),
    ):
        named |= {tree + address: file for address, file in made}
    return named


def _day(digest: Digest, shelf: Shelf, edition: Edition) -> Files:
    """The editions of the day, and the pages of its neighbours, which link to it."""
    jekyll = File(post.render(digest, edition).encode(), MARKDOWN)
    for shown in (digest, *shelf.neighbours):
        yield keys.day_page(shown.day), _html(page.render(shown, edition, shelf.around(shown.day)))
    yield keys.day_file(digest.day, "top5.md"), File(top5.render(digest, edition).encode(), MARKDOWN)
    yield keys.day_file(digest.day, "post.md"), jekyll
    yield keys.jekyll_post(digest.day), jekyll


def _papers(shelf: Shelf, edition: Edition) -> Files:
    """The pages of the day's papers, each from the newest digest that lists it."""
    close = {day: Neighbourhood(shelf.years, day) for day in shelf.listing}
    for paper_id, record in shelf.records.items():
        day = record.listings[-1].day
        digest = shelf.listing.get(day)
        paper = next((paper for paper in digest.papers if paper.id == paper_id), None) if digest else None
        if digest and paper:
            entry = shelf.entry(day, paper_id)
            related = close[day].of(entry) if entry else ()
            yield keys.paper_file(paper_id), _html(one_paper.render(digest, paper, record, related, edition))
            citation = cite.render(paper_id, paper.title, paper.facts)
            yield keys.paper_file(paper_id, "cite.bib"), File(citation.encode(), BIBTEX)


def _tags(digest: Digest, shelf: Shelf, edition: Edition) -> Files:
    """The pages of the day's tags in its year; in the newest year of a tag also what stands for the tag itself."""
    language, year, overview = digest.language, shelf.year, shelf.overview
    for tag in sorted(shelf.tags):
        is_newest = year.year >= max((known for known, _ in overview.of_tag(tag)), default=year.year)
        for address in (keys.tag_file(tag, year=year.year), *((keys.tag_file(tag),) if is_newest else ())):
            yield address, _html(tags.of_tag(tag, year, overview, address, language, edition))
        if is_newest:
            found = tags.feed(tag, year)
            yield found.address, File(feed.atom(found, language, edition), ATOM)
    if overview.newest_year == year.year:
        yield keys.TAGS, _html(tags.render(year, language, edition))


def _archive(digest: Digest, shelf: Shelf, edition: Edition) -> Files:
    """The calendar, the search's page, and the sitemap where the site's address is known."""
    language, year, overview = digest.language, shelf.year, shelf.overview
    yield keys.archive_file(year.year), _html(archive.of_year(year, overview, language, edition))
    yield keys.ARCHIVE, _html(archive.render(overview, language, edition))
    yield keys.search_file(shelf.shard.month, "js"), File(search.script(shelf.shard), SCRIPT)
    yield keys.SEARCH, _html(search.page(overview.months, language, edition))
    if edition.site_url:
        yield keys.sitemap(year.year), File(sitemap.of_year(year, language, edition), XML)
        yield keys.SITEMAP, File(sitemap.index(overview, language, edition), XML)


def _front(digest: Digest, shelf: Shelf, edition: Edition) -> Files:
    """The front page, the feeds of the days, and the pages that no day changes."""
    language = digest.language
    yield keys.ABOUT, _html(fixed.about(language, edition))
    yield keys.NOT_FOUND, _html(fixed.not_found(language, edition))
    for kind in shelf.unpublished:
        yield keys.periods_file(kind), _html(period_pages.render_list(kind, (), language, edition))
    items = shelf.recent.items
    title = f"{edition.blog_title} ({language})"
    days = Feed(name="", title=title, page=keys.FRONT, address=keys.ATOM, items=items)
    yield keys.ATOM, File(feed.atom(days, language, edition), ATOM)
    as_json = days.model_copy(update={"address": keys.JSON_FEED})
    yield keys.JSON_FEED, File(feed.json_feed(as_json, language, edition), JSON_FEED)
    yield keys.FRONT, _html(front.render(shelf.newest, shelf.recent.days, language, edition))


def _known(digest: Digest, shelf: Shelf) -> Files:
    """What the pages of other days stand on."""
    for paper_id, record in shelf.records.items():
        yield keys.paper_file(paper_id, "paper.json"), _json(record)
    yield keys.search_file(shelf.shard.month), File(search.data(shelf.shard), JSON)
    yield keys.archive_month(shelf.shard.month), _json(shelf.year.month(shelf.shard.month))
    yield keys.OVERVIEW, _json(shelf.overview)
    yield keys.RECENT, _json(shelf.recent)
    yield keys.day_file(digest.day, "digest.json"), File(data.render(digest), JSON)


def _html(text: str) -> File:
    return File(text.encode(), HTML)


def _json(value: Frozen) -> File:
    return File(value.model_dump_json().encode(), JSON)
