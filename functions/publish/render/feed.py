"""feed.xml and feed.json: Atom (https://www.rfc-editor.org/rfc/rfc4287) and JSON Feed (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import accumulate
from xml.etree.ElementTree import Element, SubElement, tostring

from markupsafe import Markup, escape

from functions.publish.index.recent import FeedItem, FeedPaper
from functions.publish.render import addresses
from functions.publish.settings import SiteConfig
from functions.publish.text.wording import counted
from shared.languages import labels
from shared.model.frozen import Frozen

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

    name: str
    """Part of its id: empty for the days, else such as `tags/agent`."""
    title: str
    page: str
    address: str
    items: tuple[FeedItem, ...]


def atom(feed: Feed, language: str, config: SiteConfig) -> bytes:
    """The feed as Atom."""
    root = Element("feed", {"xmlns": ATOM, "xml:lang": language})
    _text(root, "id", _id(config, language, feed.name))
    _text(root, "title", feed.title)
    _text(root, "updated", _time(max((item.updated_at for item in feed.items), default=NEVER)))
    _text(SubElement(root, "author"), "name", config.author)
    SubElement(
        root,
        "link",
        {"rel": "self", "type": "application/atom+xml", "href": _address(feed, feed.address, language, config)},
    )
    SubElement(
        root, "link", {"rel": "alternate", "type": "text/html", "href": _address(feed, feed.page, language, config)}
    )
    for item, html in _entries(feed, language, config):
        entry = SubElement(root, "entry")
        _text(entry, "id", _id(config, language, feed.name, item.name))
        _text(entry, "title", item.title)
        _text(entry, "published", _time(item.published_at))
        _text(entry, "updated", _time(item.updated_at))
        SubElement(
            entry,
            "link",
            {"rel": "alternate", "type": "text/html", "href": _address(feed, item.address, language, config)},
        )
        _text(entry, "content", html, type="html")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode").encode() + b"\n"


def json_feed(feed: Feed, language: str, config: SiteConfig) -> bytes:
    """The feed as JSON Feed, with the same ids."""
    value = {
        "version": JSON_FEED,
        "title": feed.title,
        "home_page_url": _address(feed, feed.page, language, config),
        "feed_url": _address(feed, feed.address, language, config),
        "language": language,
        "authors": [{"name": config.author}],
        "items": [
            {
                "id": _id(config, language, feed.name, item.name),
                "url": _address(feed, item.address, language, config),
                "title": item.title,
                "summary": " ".join(item.lines),
                "content_html": html,
                "date_published": _time(item.published_at),
                "date_modified": _time(item.updated_at),
            }
            for item, html in _entries(feed, language, config)
        ],
    }
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode()


def _entries(feed: Feed, language: str, config: SiteConfig) -> Iterator[tuple[FeedItem, str]]:
    """The newest items with their content. The first one has fewer papers where it is too long for a feed."""
    room = MAX_CONTENT_BYTES
    for place, item in enumerate(feed.items[:MAX_ENTRIES]):
        lines = Markup().join(Markup("<p>{}</p>").format(line) for line in item.lines)
        papers = [_paper(feed, paper, language, config) for paper in item.papers]
        sizes = [len(escape(str(part)).encode()) for part in (lines, *papers)]
        fitting = sum(size <= room for size in accumulate(sizes)) - 1
        if place and fitting < len(papers):
            return
        room -= sum(sizes)
        listed = Markup("<ol>{}</ol>").format(Markup().join(papers[:fitting])) if papers else Markup()
        yield item, str(lines + listed + _rest(feed, item, len(papers) - fitting, language, config))


def _rest(feed: Feed, item: FeedItem, count: int, language: str, config: SiteConfig) -> Markup:
    if not count:
        return Markup()
    address = _address(feed, item.address, language, config)
    return Markup('<p><a href="{}">{}</a></p>').format(address, counted(labels(language), "others", count))


def _paper(feed: Feed, paper: FeedPaper, language: str, config: SiteConfig) -> Markup:
    address = _address(feed, paper.address, language, config)
    parts = [Markup('<a href="{}">{}</a>').format(address, paper.title)]
    if paper.picture:
        picture = _on_site(feed, paper.picture, language, config)
        parts.append(Markup('<img src="{}" alt="" width="240">').format(picture))
    if paper.one_line:
        parts.append(escape(paper.one_line))
    if facts := [fact for fact in (paper.votes, *paper.badges, paper.label) if fact]:
        parts.append(Markup("<small>{}</small>").format(" · ".join(facts)))
    return Markup("<li>{}</li>").format(Markup("<br>").join(parts))


def _address(feed: Feed, address: str, language: str, config: SiteConfig) -> str:
    """Of a page in the language's folder."""
    page, _, fragment = address.partition("#")
    found = _on_site(feed, addresses.in_tree(language, config, page), language, config)
    return f"{found}#{fragment}" if fragment else found


def _on_site(feed: Feed, target: str, language: str, config: SiteConfig) -> str:
    """Absolute where the site's address is known, else relative to the feed."""
    if config.site_url:
        return addresses.absolute(config, target)
    return addresses.relative(addresses.in_tree(language, config, feed.address), target)


def _id(config: SiteConfig, *names: str) -> str:
    return AUTHORITY + "/".join(name for name in (config.installation, *names) if name)


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = text
