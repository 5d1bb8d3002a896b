"""Every address on the site, in a language's tree."""

import re
from datetime import date

from shared.model.span import Kind, Period
from shared.store.keys.bucket import safe

PICTURES = "pictures"
FRONT = "index.html"
NOT_FOUND = "404.html"
ABOUT = "about/index.html"
ARCHIVE = "archive/index.html"
OVERVIEW = "archive/overview.json"
TAGS = "tags/index.html"
SEARCH = "search/index.html"
RECENT = "recent.json"
SITEMAP = "sitemap.xml"
ATOM = "feed.xml"
JSON_FEED = "feed.json"

_TOGETHER = re.compile(
    r"(?:[a-z]{2}/)?(?:papers/[^/]{6}|tags/|(?:weekly|monthly)/[^/]+/|archive/|search/|assets/|\d{4}-\d\d-\d\d/)"
)
"""Addresses that are listed together. None comes to more than a few thousand keys, which is one page of a listing: ten
thousand numbers of an arXiv month, all years' pages of all tags, 27 files a year of `search/` and `archive/`."""
_NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")


def tree(language: str, first_language: str) -> str:
    """The folder of a language's pages under the site: empty for the first language, else `en/`."""
    return "" if language == first_language else f"{language}/"


def day_page(day: date) -> str:
    """The address of a day's page in a language's tree."""
    return f"{day}/index.html"


def day_file(day: date, name: str) -> str:
    """The address of a day's other edition: `top5.md`, `post.md`, `digest.json`."""
    return f"{day}/{name}"


def jekyll_post(day: date) -> str:
    """The address of the Jekyll post, in the folder and form that Jekyll asks for."""
    return f"_posts/{day}-daily-papers.md"


def period_file(period: Period, name: str = "index.html") -> str:
    """The address of a week's or month's page, and of its other editions: `post.md`, `digest.json`."""
    return f"{period.kind}/{period}/{name}"


def period_post(period: Period) -> str:
    """The address of the week's or month's Jekyll post, dated by its first day."""
    return f"_posts/{period.first}-{period.kind}-papers.md"


def periods_file(kind: Kind, name: str = "index.html") -> str:
    """The address of the list of weeks or months, and of what it is made from: `recent.json`."""
    return f"{kind}/{name}"


def pictures(paper_id: str) -> str:
    """The prefix of a paper's stored pictures on the site."""
    return f"{PICTURES}/{safe(paper_id)}/"


def picture(paper_id: str, name: str, width: int) -> str:
    """The address of a picture in one of its widths; its name is the hash of its content."""
    return f"{pictures(paper_id)}{name}-{width}.webp"


def paper_file(paper_id: str, name: str = "index.html") -> str:
    """The address of a paper's page and of what lies beside it: `cite.bib`, `paper.json`."""
    return f"papers/{safe(paper_id)}/{name}"


def archive_folder(year: int) -> str:
    """Where a year's calendar lies, and the lists that its months are made from."""
    return f"archive/{year}/"


def archive_file(year: int) -> str:
    """The address of a year's calendar."""
    return f"{archive_folder(year)}index.html"


def archive_month(month: str) -> str:
    """The address of the list that a month of the calendar is made from: `archive/2026/02.json`."""
    return f"{archive_folder(int(month[:4]))}{month[5:]}.json"


def slug(tag: str) -> str:
    """A tag as part of an address."""
    return _NOT_IN_SLUGS.sub("-", tag.lower()).strip("-")


def tag_file(tag: str, name: str = "index.html", year: int | None = None) -> str:
    """The address of a tag's page (the newest year's, or one year's) and of its feed."""
    return f"tags/{slug(tag)}/{f'{year}/' if year else ''}{name}"


def search_file(month: str, kind: str = "json") -> str:
    """The address of a month's part of the search: `search/2026-02.json`, and as a script."""
    return f"search/{month}.{kind}"


def sitemap(year: int) -> str:
    """The address of a year's part of the sitemap."""
    return f"sitemap-{year}.xml"


def together(address: str) -> str:
    """The prefix whose listing tells what is at an address, and at those that are written with it."""
    found = _TOGETHER.match(address)
    return found[0] if found else address
