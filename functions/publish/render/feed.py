"""feed.xml and feed.json: Atom (https://www.rfc-editor.org/rfc/rfc4287) and JSON Feed (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from markupsafe import Markup

from functions.publish.index.feeds import Feed, FeedItem
from functions.publish.model.digest import Edition
from functions.publish.render import addresses

ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"
NEVER = datetime(2026, 1, 1, tzinfo=UTC)
"""The time of a feed that has no entry yet."""
AUTHORITY = "tag:daily-papers.invalid,2026:"
"""Ids are tag: URIs (https://www.rfc-editor.org/rfc/rfc4151), so that they outlive a change of the site's address."""


def atom(feed: Feed, language: str, edition: Edition) -> bytes:
    """The feed as Atom."""
    root = Element("feed", {"xmlns": ATOM, "xml:lang": language})
    _text(root, "id", _id(language, feed.name))
    _text(root, "title", feed.title)
    _text(root, "updated", _time(max((item.updated_at for item in feed.items), default=NEVER)))
    _text(SubElement(root, "author"), "name", edition.author)
    SubElement(
        root,
        "link",
        {"rel": "self", "type": "application/atom+xml", "href": _address(feed, feed.address, language, edition)},
    )
    SubElement(
        root, "link", {"rel": "alternate", "type": "text/html", "href": _address(feed, feed.page, language, edition)}
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
            {"rel": "alternate", "type": "text/html", "href": _address(feed, item.address, language, edition)},
        )
        _text(entry, "content", _html(feed, item, language, edition), type="html")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode").encode() + b"\n"


def json_feed(feed: Feed, language: str, edition: Edition) -> bytes:
    """The feed as JSON Feed, with the same ids."""
    told = {
        "version": JSON_FEED,
        "title": feed.title,
        "home_page_url": _address(feed, feed.page, language, edition),
        "feed_url": _address(feed, feed.address, language, edition),
        "language": language,
        "authors": [{"name": edition.author}],
        "items": [
            {
                "id": _id(language, feed.name, item.name),
                "url": _address(feed, item.address, language, edition),
                "title": item.title,
                "summary": " ".join(item.lines),
                "content_html": _html(feed, item, language, edition),
                "date_published": _time(item.published_at),
                "date_modified": _time(item.updated_at),
            }
            for item in feed.items
        ],
    }
    return f"{json.dumps(told, ensure_ascii=False, indent=1)}\n".encode()


def _html(feed: Feed, item: FeedItem, language: str, edition: Edition) -> str:
    lines = Markup().join(Markup("<p>{}</p>").format(line) for line in item.lines)
    papers: Sequence[Markup] = [
        Markup('<li><a href="{}">{}</a><br>{}</li>').format(
            _address(feed, paper.address, language, edition), paper.title, paper.one_line
        )
        for paper in item.papers
    ]
    return str(lines + (Markup("<ol>{}</ol>").format(Markup().join(papers)) if papers else Markup()))


def _address(feed: Feed, address: str, language: str, edition: Edition) -> str:
    """Absolute where the site's address is known, else relative to the feed."""
    page, _, fragment = address.partition("#")
    target = addresses.in_tree(language, edition, page)
    origin = addresses.in_tree(language, edition, feed.address)
    found = addresses.absolute(edition, target) if edition.site_url else addresses.relative(origin, target)
    return f"{found}#{fragment}" if fragment else found


def _id(*names: str) -> str:
    return AUTHORITY + "/".join(name for name in names if name)


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = text
