"""feed.xml and feed.json: Atom (https://www.rfc-editor.org/rfc/rfc4287) and JSON Feed (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from markupsafe import Markup

from functions.publish.index.recent import FeedItem
from functions.publish.render import addresses
from functions.publish.settings import SiteConfig
from shared.model.frozen import Frozen

ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"
NEVER = datetime(2026, 1, 1, tzinfo=UTC)
"""The time of a feed that has no entry yet."""
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
    _text(root, "id", _id(language, feed.name))
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
    for item in feed.items:
        entry = SubElement(root, "entry")
        _text(entry, "id", _id(language, feed.name, item.name))
        _text(entry, "title", item.title)
        _text(entry, "published", _time(item.published_at))
        _text(entry, "updated", _time(item.updated_at))
        SubElement(
            entry,
            "link",
            {"rel": "alternate", "type": "text/html", "href": _address(feed, item.address, language, config)},
        )
        _text(entry, "content", _html(feed, item, language, config), type="html")
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
                "id": _id(language, feed.name, item.name),
                "url": _address(feed, item.address, language, config),
                "title": item.title,
                "summary": " ".join(item.lines),
                "content_html": _html(feed, item, language, config),
                "date_published": _time(item.published_at),
                "date_modified": _time(item.updated_at),
            }
            for item in feed.items
        ],
    }
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode()


def _html(feed: Feed, item: FeedItem, language: str, config: SiteConfig) -> str:
    lines = Markup().join(Markup("<p>{}</p>").format(line) for line in item.lines)
    papers: Sequence[Markup] = [
        Markup('<li><a href="{}">{}</a><br>{}</li>').format(
            _address(feed, paper.address, language, config), paper.title, paper.one_line
        )
        for paper in item.papers
    ]
    return str(lines + (Markup("<ol>{}</ol>").format(Markup().join(papers)) if papers else Markup()))


def _address(feed: Feed, address: str, language: str, config: SiteConfig) -> str:
    """Absolute where the site's address is known, else relative to the feed."""
    page, _, fragment = address.partition("#")
    target = addresses.in_tree(language, config, page)
    origin = addresses.in_tree(language, config, feed.address)
    found = addresses.absolute(config, target) if config.site_url else addresses.relative(origin, target)
    return f"{found}#{fragment}" if fragment else found


def _id(*names: str) -> str:
    return AUTHORITY + "/".join(name for name in names if name)


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = text
