"""Every key of the bucket."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import lru_cache

from shared.model.span import Day, Month, Span, parse_span

READ_AT_FORMAT = "%Y-%m-%dT%H%M%SZ"
SITE = "site/"
OPEN_DAYS = "open/"
OPEN_SITE = "open/site/"
"""The prefix of requests to rebuild the site."""
MANIFESTS = "manifests/"
SINCE = "since/"
"""The prefix of the first day that the stack is to publish."""


def safe(paper_id: str) -> str:
    """A paper's id as one part of a key: old-style ids (`cs/0601001`) hold a slash."""
    return paper_id.replace("/", "_")


def moment(at: datetime) -> str:
    """A time as part of a key, UTC to the second: `2026-02-21T001500Z`."""
    return at.astimezone(UTC).strftime(READ_AT_FORMAT)


def raw(span: Span | date, read_at: datetime, page: int = 0) -> str:
    """One page of the answer, verbatim; the first page has no number."""
    return f"raw/{span}/{moment(read_at)}{f'.{page}' if page else ''}.json"


def raw_arxiv(day: date, read_at: datetime) -> str:
    """The answer of arXiv about the papers that this read found, verbatim."""
    return f"raw/{day}/{moment(read_at)}.arxiv.xml"


def open_markers(span: Span | date) -> str:
    """The prefix of the day's markers."""
    return f"{OPEN_DAYS}{span}/"


def open_marker(span: Span | date, read_at: datetime) -> str:
    """The marker that this read of the day is not settled."""
    return f"{open_markers(span)}{moment(read_at)}"


def open_site(asked_at: datetime) -> str:
    """The marker that the whole site is to be rebuilt."""
    return f"{OPEN_SITE}{moment(asked_at)}"


def since(day: date) -> str:
    """The marker of the first day that the stack is to publish."""
    return f"{SINCE}{day}"


def first_since(stored: Iterable[str]) -> date | None:
    """The first day of these markers; somebody else's are passed over."""
    days: list[date] = []
    for key in stored:
        with suppress(ValueError):
            days.append(date.fromisoformat(key.removeprefix(SINCE)))
    return min(days, default=None)


def manifests(span: Span | date) -> str:
    """The prefix of the day's manifests."""
    return f"{MANIFESTS}{span}/"


def manifests_of_month(month: Month) -> str:
    """The prefix of the manifests of a month's days, and of the month itself."""
    return f"{MANIFESTS}{month}"


def manifest(span: Span | date, read_at: datetime) -> str:
    """What one read of the list means."""
    return f"{manifests(span)}{moment(read_at)}.json"


def enriched_papers(day: date) -> str:
    """The prefix of the day's enriched papers."""
    return f"enriched/{day}/"


def enriched(day: date, paper_id: str) -> str:
    """A paper's facts."""
    return f"{enriched_papers(day)}{safe(paper_id)}.json"


def sources(paper_id: str) -> str:
    """What the sources answered about a paper, so that nothing is asked twice a day."""
    return f"sources/{safe(paper_id)}.json"


def texts(paper_id: str) -> str:
    """The prefix of a paper's whole texts."""
    return f"texts/{safe(paper_id)}/"


def text(paper_id: str, sha256: str) -> str:
    """A paper's whole text, under its hash. It is nobody's to republish: never under the site."""
    return f"{texts(paper_id)}{sha256}.md"


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


def mailed(span: Span | date, language: str) -> str:
    """What became of the mail of a day, week or month."""
    return f"mailed/{span}/{language}.json"


def channel(span: Span | date, language: str, name: str) -> str:
    """What became of a channel's message about a day, week or month."""
    return f"mailed/{span}/{language}.{name}.json"


def notice(span: Span | date, cause: str, language: str = "") -> str:
    """The notice of a cause to the operators, about a day, week or month: sent once."""
    return f"notices/{span}/{cause}{f'.{language}' if language else ''}.json"


def day_of(key: str) -> date:
    """The day in a key's second part: `open/2026-02-20/…`. Raises ValueError where there is none."""
    return Day.parse(key.split("/")[1]).first


def span_of(key: str) -> Span:
    """The day, week or month in a key's second part: `open/2026-W08/…`. Raises ValueError where there is none."""
    return parse_span(key.split("/")[1])


@lru_cache(maxsize=1024)
def read_of(key: str) -> tuple[Span, datetime] | None:
    """What a marker or a manifest is of, and the time of its read. None for somebody else's key."""
    with suppress(ValueError):
        return span_of(key), read_at_of(key)
    return None


def reads(stored: Iterable[str]) -> list[str]:
    """The keys that are a read's, of markers or manifests: a folder that the console made holds a key of its own."""
    return [key for key in stored if read_of(key)]


def days_read(stored: Iterable[str]) -> set[date]:
    """The days of these markers or manifests. Those of weeks and months, and somebody else's, are passed over."""
    reads = filter(None, map(read_of, stored))
    return {span.first for span, _ in reads if isinstance(span, Day)}


def read_at_of(key: str) -> datetime:
    """The time in a marker's, manifest's or raw answer's key."""
    name = key.rsplit("/", 1)[-1].split(".", maxsplit=1)[0]
    return datetime.strptime(name, READ_AT_FORMAT).replace(tzinfo=UTC)


def sign_ups(day: date) -> str:
    """The prefix of the caps on a day's sign-ups."""
    return f"signups/{day}/"
