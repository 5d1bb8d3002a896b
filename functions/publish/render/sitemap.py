"""sitemap.xml and its part for each year, https://www.sitemaps.org/protocol.html. Its addresses are absolute."""

from collections.abc import Iterable, Iterator
from datetime import date
from xml.etree.ElementTree import Element, SubElement, tostring

from functions.publish.index.overview import Overview
from functions.publish.index.year import Year
from functions.publish.model.digest import Edition
from functions.publish.render import addresses
from shared.store import keys

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def index(overview: Overview, language: str, edition: Edition) -> bytes:
    """sitemap.xml: the years' parts."""
    parts = ((keys.sitemap(known.year), None) for known in overview.years)
    return _listed("sitemapindex", "sitemap", parts, language, edition)


def of_year(year: Year, language: str, edition: Edition) -> bytes:
    """The pages of a year: its calendar, its days, and the papers that they list."""
    return _listed("urlset", "url", _pages(year), language, edition)


def _pages(year: Year) -> Iterator[tuple[str, date | None]]:
    yield keys.archive_file(year.year), None
    changed: dict[str, date] = {}
    for listed in year.days:
        times = [entry.updated_at.date() for entry in listed.papers]
        yield keys.day_page(listed.day), max(times, default=listed.day)
        changed |= {entry.id: entry.updated_at.date() for entry in listed.papers}
    for paper_id, day in changed.items():
        yield keys.paper_file(paper_id), day


def _listed(
    root_name: str, name: str, pages: Iterable[tuple[str, date | None]], language: str, edition: Edition
) -> bytes:
    root = Element(root_name, {"xmlns": NAMESPACE})
    for address, changed in pages:
        item = SubElement(root, name)
        SubElement(item, "loc").text = addresses.absolute(edition, addresses.in_tree(language, edition, address))
        if changed:
            SubElement(item, "lastmod").text = str(changed)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode").encode() + b"\n"
