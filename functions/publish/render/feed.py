"""What feed readers and crawlers ask for: Atom (https://www.rfc-editor.org/rfc/rfc4287), JSON Feed, and sitemaps."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import accumulate
from xml.etree.ElementTree import Element, SubElement, tostring

from markupsafe import Markup, escape

from functions.publish.index.archive import Overview
from functions.publish.index.recent import FeedItem, FeedPaper
from functions.publish.index.year import MonthOfDays
from functions.publish.render import addresses
from functions.publish.settings import SiteConfig
from functions.publish.text.wording import counted
from shared.languages import labels
from shared.model.frozen import Frozen
from shared.store import keys

SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"
NEVER = datetime(2026, 1, 1, tzinfo=UTC)
"""The time of a feed that has no entry yet."""
MAX_ENTRIES = 10
MAX_CONTENT_BYTES = 380_000
"""Of all entries as they are escaped: a feed stays under 400 KB."""
AUTHORITY = "tag:daily-papers.invalid,2026:"
"""Ids are tag: URIs (https://www.rfc-editor.org/rfc/rfc4151), so that they outlive a change of the site's address."""


class Feed(Frozen):
    """A feed and what it is of, by addresses in the language's folder."""

    language: str
    config: SiteConfig
    name: str
    """Part of its id: empty for the days, else such as `tags/agent`."""
    title: str
    page: str
    address: str
    items: tuple[FeedItem, ...]

    def link(self, address: str) -> str:
        """How it leads to a page in the language's folder."""
        page, hash_sign, fragment = address.partition("#")
        return self.link_on_site(addresses.in_tree(self.language, self.config, page)) + hash_sign + fragment

    def link_on_site(self, target: str) -> str:
        """Absolute where the site's address is known, else relative to the feed."""
        if self.config.site_url:
            return addresses.absolute(self.config, target)
        return addresses.relative(addresses.in_tree(self.language, self.config, self.address), target)

    def id(self, *names: str) -> str:
        """The id of the feed, or of an entry."""
        return AUTHORITY + "/".join(filter(None, (self.config.installation, self.language, self.name, *names)))


def atom(feed: Feed) -> bytes:
    """The feed as Atom."""
    root = Element("feed", {"xmlns": ATOM, "xml:lang": feed.language})
    _add(root, "id", feed.id())
    _add(root, "title", feed.title)
    _add(root, "updated", _time(max((item.updated_at for item in feed.items), default=NEVER)))
    _add(SubElement(root, "author"), "name", feed.config.author)
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.link(feed.address))
    _add(root, "link", rel="alternate", type="text/html", href=feed.link(feed.page))
    for item, html in _entries(feed):
        entry = SubElement(root, "entry")
        _add(entry, "id", feed.id(item.name))
        _add(entry, "title", item.title)
        _add(entry, "published", _time(item.published_at))
        _add(entry, "updated", _time(item.updated_at))
        _add(entry, "link", rel="alternate", type="text/html", href=feed.link(item.address))
        _add(entry, "content", html, type="html")
    return _xml(root)


def json_feed(feed: Feed) -> bytes:
    """The feed as JSON Feed, with the same ids."""
    value = {
        "version": JSON_FEED,
        "title": feed.title,
        "home_page_url": feed.link(feed.page),
        "feed_url": feed.link(feed.address),
        "language": feed.language,
        "authors": [{"name": feed.config.author}],
        "items": [
            {
                "id": feed.id(item.name),
                "url": feed.link(item.address),
                "title": item.title,
                "summary": " ".join(item.lines),
                "content_html": html,
                "date_published": _time(item.published_at),
                "date_modified": _time(item.updated_at),
            }
            for item, html in _entries(feed)
        ],
    }
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode()


def _entries(feed: Feed) -> Iterator[tuple[FeedItem, str]]:
    """The newest items with their content. The first one has fewer papers where it is too long for a feed."""
    room = MAX_CONTENT_BYTES
    for place, item in enumerate(feed.items[:MAX_ENTRIES]):
        lines = Markup().join(Markup("<p>{}</p>").format(line) for line in item.lines)
        papers = [_paper(feed, paper) for paper in item.papers]
        sizes = [len(escape(str(part)).encode()) for part in (lines, *papers)]
        fitting = sum(size <= room for size in accumulate(sizes)) - 1
        if place and fitting < len(papers):
            return
        room -= sum(sizes)
        html = lines + (Markup("<ol>{}</ol>").format(Markup().join(papers[:fitting])) if papers else "")
        if fitting < len(papers):
            others = counted(labels(feed.language), "others", len(papers) - fitting)
            html += Markup('<p><a href="{}">{}</a></p>').format(feed.link(item.address), others)
        yield item, str(html)


def _paper(feed: Feed, paper: FeedPaper) -> Markup:
    parts = [Markup('<a href="{}">{}</a>').format(feed.link(paper.address), paper.title)]
    if paper.picture:
        parts.append(Markup('<img src="{}" alt="" width="240">').format(feed.link_on_site(paper.picture)))
    if paper.one_line:
        parts.append(escape(paper.one_line))
    if facts := [fact for fact in (paper.votes, *paper.badges, paper.label) if fact]:
        parts.append(Markup("<small>{}</small>").format(" · ".join(facts)))
    return Markup("<li>{}</li>").format(Markup("<br>").join(parts))


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _add(parent: Element, name: str, text: str | None = None, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = text


def _xml(root: Element) -> bytes:
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode").encode() + b"\n"


def robots(config: SiteConfig) -> bytes:
    """robots.txt: everything may be read, and where the sitemaps are where the site's address is known."""
    sitemaps = (addresses.in_tree(language, config, keys.SITEMAP) for language in config.languages)
    lines = [f"Sitemap: {addresses.absolute(config, address)}" for address in sitemaps if config.site_url]
    return "\n".join(["User-agent: *", "Allow: /", *lines, ""]).encode()


def sitemap_index(overview: Overview, language: str, config: SiteConfig) -> bytes:
    """sitemap.xml: the months' parts."""
    pages = ((keys.sitemap(each), None) for each in overview.months)
    return _sitemap("sitemapindex", "sitemap", pages, language, config)


def sitemap(month: MonthOfDays, language: str, config: SiteConfig) -> bytes:
    """The pages of a month: its year's calendar, its days, and the papers that they list."""
    return _sitemap("urlset", "url", _pages(month), language, config)


def _pages(month: MonthOfDays) -> Iterator[tuple[str, date | None]]:
    for year in {listed.day.year for listed in month.days}:
        yield keys.archive_file(year), None
    changed: dict[str, date] = {}
    for listed in month.days:
        times = [entry.updated_at.date() for entry in listed.papers]
        yield keys.day_page(listed.day), max(times, default=listed.day)
        changed |= {entry.id: entry.updated_at.date() for entry in listed.papers}
    for paper_id, day in changed.items():
        yield keys.paper_file(paper_id), day


def _sitemap(
    root_name: str, name: str, pages: Iterable[tuple[str, date | None]], language: str, config: SiteConfig
) -> bytes:
    root = Element(root_name, {"xmlns": SITEMAPS})
    for address, changed in pages:
        item = SubElement(root, name)
        _add(item, "loc", addresses.absolute(config, addresses.in_tree(language, config, address)))
        if changed:
            _add(item, "lastmod", str(changed))
    return _xml(root)
