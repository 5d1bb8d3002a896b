"""Every key of the bucket, and every address on the site: this is the only place that spells them."""

import re
from datetime import UTC, date, datetime, timedelta

from shared.periods import DayOrPeriod, Kind, Period, parse

READ_AT_FORMAT = "%Y-%m-%dT%H%M%SZ"
SITE = "site/"
OPEN_DAYS = "open/"
OPEN_SITE = "open/site/"
"""Under it: the wish for a new site."""
MANIFESTS = "manifests/"
PICTURES = "pictures"
FRONT = "index.html"
NOT_FOUND = "404.html"
ABOUT = "about/index.html"
ARCHIVE = "archive/index.html"
OVERVIEW = "archive/overview.json"
TAGS = "tags/index.html"
SEARCH = "search/index.html"
SITEMAP = "sitemap.xml"
ATOM = "feed.xml"
JSON_FEED = "feed.json"

_TOGETHER = re.compile(
    r"(?:[a-z]{2}/)?(?:papers/[^/]{6}|tags/|(?:weekly|monthly)/[^/]+/|archive/|search/|assets/|\d{4}-\d\d-\d\d/)"
)
"""Addresses that are listed together. None comes to many more than a thousand keys, which is one page of a listing: ten
thousand numbers of an arXiv month, all years' pages of all tags, 27 files a year of `search/` and `archive/`."""
_NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")


def safe(paper_id: str) -> str:
    """A paper's id as one part of a key: old-style ids (`cs/0601001`) hold a slash."""
    return paper_id.replace("/", "_")


def moment(at: datetime) -> str:
    """A time as part of a key, UTC to the second: `2026-02-21T001500Z`."""
    return at.astimezone(UTC).strftime(READ_AT_FORMAT)


def raw(day: DayOrPeriod, read_at: datetime, page: int = 0) -> str:
    """One page of the answer, verbatim; the first page has no number."""
    return f"raw/{day}/{moment(read_at)}{f'.{page}' if page else ''}.json"


def raw_arxiv(day: date, read_at: datetime) -> str:
    """The answer of arXiv about the papers that this read found, verbatim."""
    return f"raw/{day}/{moment(read_at)}.arxiv.xml"


def open_markers(day: DayOrPeriod) -> str:
    """The prefix of the day's markers."""
    return f"{OPEN_DAYS}{day}/"


def open_marker(day: DayOrPeriod, read_at: datetime) -> str:
    """The marker that this read of the day is not settled."""
    return f"{open_markers(day)}{moment(read_at)}"


def open_site(asked_at: datetime) -> str:
    """The marker that the whole site is to be made anew."""
    return f"{OPEN_SITE}{moment(asked_at)}"


def manifests(day: DayOrPeriod) -> str:
    """The prefix of the day's manifests."""
    return f"{MANIFESTS}{day}/"


def manifest(day: DayOrPeriod, read_at: datetime) -> str:
    """What one read of the list means."""
    return f"{manifests(day)}{moment(read_at)}.json"


def enriched_papers(day: date) -> str:
    """The prefix of the day's enriched papers."""
    return f"enriched/{day}/"


def enriched(day: date, paper_id: str) -> str:
    """A paper's facts."""
    return f"{enriched_papers(day)}{safe(paper_id)}.json"


def sources(paper_id: str) -> str:
    """What the sources answered about a paper, so that nothing is asked twice a day."""
    return f"sources/{safe(paper_id)}.json"


def analysis(paper_id: str, language: str, digest: str) -> str:
    """An analysis, stored once under the hash of all that it follows from."""
    return f"analyses/{safe(paper_id)}/{language}/{digest}.json"


def summaries(day: date) -> str:
    """The prefix of the analyses chosen for the day, all languages."""
    return f"summaries/{day}/"


def summary(day: date, language: str, paper_id: str) -> str:
    """The day's choice of an analysis."""
    return f"{summaries(day)}{language}/{safe(paper_id)}.json"


def failures(day: date) -> str:
    """The prefix of the day's failed attempts."""
    return f"failures/{day}/"


def failure(day: date, step: str, paper_id: str, language: str | None = None) -> str:
    """The last failed attempt of a step at a paper."""
    return f"{failures(day)}{step}/{safe(paper_id)}{f'.{language}' if language else ''}.json"


def mailed(edition: DayOrPeriod, language: str) -> str:
    """What became of the mail of a day, week or month."""
    return f"mailed/{edition}/{language}.json"


def webhook(edition: object, language: str) -> str:
    """What became of the webhook's message about a day, week or month."""
    return f"mailed/{edition}/{language}.webhook.json"


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


def day_of(key: str) -> date:
    """The day in a key's second part: `open/2026-02-20/…`. Raises ValueError where there is none."""
    name = key.split("/")[1]
    day = date.fromisoformat(name)
    if str(day) != name:  # the week `2026-W08` is its Monday to Python
        raise ValueError(f"{key} is not of a day")
    return day


def day_or_period_of(key: str) -> DayOrPeriod:
    """The day, week or month in a key's second part: `open/2026-W08/…`. Raises ValueError where there is none."""
    try:
        return parse(key.split("/")[1])
    except ValueError:
        return day_of(key)


def read_at_of(key: str) -> datetime:
    """The time in a marker's, manifest's or raw answer's key."""
    name = key.rsplit("/", 1)[-1].split(".", maxsplit=1)[0]
    return datetime.strptime(name, READ_AT_FORMAT).replace(tzinfo=UTC)


def before(prefix: str, today: date, days: int) -> str:
    """Where a listing of the last `days` days under a prefix starts, so that it costs the same in year ten."""
    return f"{prefix}{today - timedelta(days=days)}"
