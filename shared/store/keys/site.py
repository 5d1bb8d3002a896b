"""Every address on the site, in a language's tree."""

import re
from datetime import date
from functools import lru_cache

from shared.model.span import Day, Span
from shared.store.keys.bucket import safe

PICTURES = "pictures"
FRONT = "index.html"
NOT_FOUND = "404.html"
ABOUT = "about/index.html"
SIGN_UP = "subscribe/index.html"
ARCHIVE = "archive/index.html"
OVERVIEW = "archive/overview.json"
TAGS = "tags/index.html"
SEARCH = "search/index.html"
SEARCH_PARTS = "search/parts.json"
SEARCH_PARTS_SCRIPT = "search/parts.js"
SEARCH_GLOSSARY = "search/glossary.js"
RECENT = "recent.json"
FEED_ITEMS = "entries"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
LATEST = "latest.json"
LLMS = "llms.txt"
SCHEMA, PERIOD_SCHEMA = "digest.schema.json", "period.schema.json"
"""At the site's root, once for all languages."""
ATOM = "feed.xml"
JSON_FEED = "feed.json"

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


def span_file(span: Span, name: str = "index.html") -> str:
    """The address of the page of a day, week or month, and of the files beside it: `post.md`, `digest.json`."""
    return f"{list_file(span.kind, str(span))}/{name}"


def span_post(span: Span) -> str:
    """The address of its post, in the folder and form that Jekyll asks for, dated by its first day."""
    return f"_posts/{span.first}-{span.kind}-papers.md"


def list_file(kind: str, name: str = "index.html") -> str:
    """The address of the list of a kind of span, and of the files beside it. The front page is the list of days."""
    return name if kind == Day.kind else f"{kind}/{name}"


def feed_item(span: Span) -> str:
    """The address of a day, week or month as feeds show it: `entries/2026/2026-02-20.json`."""
    return f"{FEED_ITEMS}/{span.first.year:04}/{span}.json"


def pictures(paper_id: str) -> str:
    """The prefix of a paper's stored pictures on the site."""
    return f"{PICTURES}/{safe(paper_id)}/"


def picture(paper_id: str, name: str, width: int) -> str:
    """The address of a picture in one of its widths; its name is the hash of its content."""
    return f"{pictures(paper_id)}{name}-{width}.webp"


def paper_file(paper_id: str, name: str = "index.html") -> str:
    """The address of a paper's page and of the files beside it: `cite.bib`, `paper.json`."""
    return f"papers/{safe(paper_id)}/{name}"


def archive_folder(year: int) -> str:
    """The folder of a year's calendar, and of the lists that its months are made from."""
    return f"archive/{year}/"


def archive_file(year: int) -> str:
    """The address of a year's calendar."""
    return f"{archive_folder(year)}index.html"


def archive_month(month: str) -> str:
    """The address of the list that a month of the calendar is made from: `archive/2026/02.json`."""
    return f"{archive_folder(int(month[:4]))}{month[5:]}.json"


def archive_day(day: date) -> str:
    """The address of the list of a day of the calendar: `archive/2026/02-20.json`."""
    return f"{archive_folder(day.year)}{day:%m-%d}.json"


@lru_cache(maxsize=256)
def slug(tag: str) -> str:
    """A tag as part of an address."""
    return _NOT_IN_SLUGS.sub("-", tag.lower()).strip("-")


def tag_file(tag: str, name: str = "index.html", year: int | None = None) -> str:
    """The address of a tag's page (the newest papers, or the way to a year's months) and of its feed."""
    return f"tags/{slug(tag)}/{f'{year}/' if year else ''}{name}"


def tag_month(tag: str, day: date) -> str:
    """The address of the page with a tag's papers of the day's month."""
    return f"{archive_folder(day.year)}{day:%m}/{slug(tag)}/index.html"


def search_day(day: date) -> str:
    """The address of what is searched of a day: `search/2026/2026-02-20.json`."""
    return f"search/{day:%Y}/{day}.json"


def search_papers(day: date, few: int) -> str:
    """The address of the script with a few of the day's papers: `search/2026/2026-02-20-0.js`."""
    return f"search/{day:%Y}/{day}-{few}.js"


def search_part(segment: str, part: int | str) -> str:
    """The address of a part of a segment of the search's index, by its number: `search/2026/0.js`."""
    return f"search/{segment}/{part}.js"


def sitemap(month: str) -> str:
    """The address of a month's part of the sitemap: `sitemap-2026-02.xml`."""
    return f"sitemap-{month}.xml"
