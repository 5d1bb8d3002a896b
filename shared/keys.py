"""Every key of the bucket, and every address on the site: this is the only place that spells them."""

from datetime import UTC, date, datetime, timedelta

READ_AT_FORMAT = "%Y-%m-%dT%H%M%SZ"
SITE = "site/"
OPEN_DAYS = "open/"
PICTURES = "pictures"


def safe(paper_id: str) -> str:
    """A paper's id as one part of a key: old-style ids (`cs/0601001`) hold a slash."""
    return paper_id.replace("/", "_")


def moment(at: datetime) -> str:
    """A time as part of a key, UTC to the second: `2026-02-21T001500Z`."""
    return at.astimezone(UTC).strftime(READ_AT_FORMAT)


def raw(day: date, read_at: datetime, page: int = 0) -> str:
    """One page of the answer, verbatim; the first page has no number."""
    return f"raw/{day}/{moment(read_at)}{f'.{page}' if page else ''}.json"


def raw_arxiv(day: date, read_at: datetime) -> str:
    """The answer of arXiv about the papers that this read found, verbatim."""
    return f"raw/{day}/{moment(read_at)}.arxiv.xml"


def open_markers(day: date) -> str:
    """The prefix of the day's markers."""
    return f"{OPEN_DAYS}{day}/"


def open_marker(day: date, read_at: datetime) -> str:
    """The marker that this read of the day is not settled."""
    return f"{open_markers(day)}{moment(read_at)}"


def manifests(day: date) -> str:
    """The prefix of the day's manifests."""
    return f"manifests/{day}/"


def manifest(day: date, read_at: datetime) -> str:
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


def mailed(edition: object, language: str) -> str:
    """What became of the mail of a day, week or month."""
    return f"mailed/{edition}/{language}.json"


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


def pictures(paper_id: str) -> str:
    """The prefix of a paper's stored pictures on the site."""
    return f"{PICTURES}/{safe(paper_id)}/"


def day_of(key: str) -> date:
    """The day in a key's second part: `open/2026-02-20/…`."""
    return date.fromisoformat(key.split("/")[1])


def read_at_of(key: str) -> datetime:
    """The time in a marker's, manifest's or raw answer's key."""
    name = key.rsplit("/", 1)[-1].split(".", maxsplit=1)[0]
    return datetime.strptime(name, READ_AT_FORMAT).replace(tzinfo=UTC)


def before(prefix: str, today: date, days: int) -> str:
    """Where a listing of the last `days` days under a prefix starts, so that it costs the same in year ten."""
    return f"{prefix}{today - timedelta(days=days)}"
