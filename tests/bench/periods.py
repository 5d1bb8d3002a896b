"""How long a week and a month take: from the digests of their days as they lie in the bucket to all their editions."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from statistics import median
from time import perf_counter

from functions.publish import site
from functions.publish.index import Indexes, LanguageSite
from functions.publish.index.archive import Archive, Overview
from functions.publish.index.context import PeriodContext
from functions.publish.index.recent import Recent
from functions.publish.index.year import Year
from functions.publish.model.digest import Digest
from functions.publish.model.period_assembly import PeriodState, assemble, papers_of
from functions.publish.model.period_digest import PeriodDigest
from functions.publish.render import data, mail
from shared.model.manifest import PeriodManifest, Votes
from shared.model.span import Month, Period, Week
from shared.store import aws
from shared.store.bucket import Bucket
from tests.bench import editions
from tests.bench.figures import Figure

DAYS: dict[Period, int] = {Week.of(date(2026, 2, 20)): 5, Month.of(date(2026, 2, 20)): 20}
PAPERS = 30
"""Of a day."""
ROUNDS = 7
NOW = datetime(2026, 3, 1, 0, 15, tzinfo=UTC)


def figures() -> Iterator[Figure]:
    """Milliseconds of each."""
    for period, days in DAYS.items():
        stored = [data.digest_json(_day(period.first + timedelta(days=number), number)) for number in range(days)]
        state = _state(period, days)
        times = [_milliseconds(stored, state) for _ in range(ROUNDS)]
        read, rendered = (median(column) for column in zip(*times, strict=True))
        papers = days * PAPERS
        how = f"{days} digest.json of {sum(map(len, stored)) / 1e6:.1f} MB together; median of {ROUNDS}"
        yield Figure(f"read and sum up a {period.unit} of {papers}", read, "ms", None, how)
        how = f"page, post, list, calendar, feed, digest.json, mail; median of {ROUNDS}"
        yield Figure(f"render, all editions of a {period.unit} of {papers}", rendered, "ms", None, how)


def _day(day: date, number: int) -> Digest:
    """A day of drafts whose papers no other day has."""
    whole = editions.digest()
    papers = tuple(
        paper.model_copy(update={"id": f"26{number:02}.{place:05}"})
        for place, paper in enumerate(whole.papers[:PAPERS], start=1)
    )
    return whole.model_copy(update={"day": day, "papers": papers, "listed": PAPERS})


def _state(period: Period, days: int) -> PeriodState:
    ids = (f"26{number:02}.{place:05}" for number in range(days) for place in range(1, PAPERS + 1))
    votes = tuple(Votes(id=paper_id, title="A Title", upvotes=7 * place % 101) for place, paper_id in enumerate(ids))
    manifest = PeriodManifest(
        period=period, read_at=NOW, asked_for="period", papers=votes, languages=("ko",), deadline=NOW
    )
    return PeriodState(manifests=(manifest,))


def _milliseconds(stored: Sequence[bytes], state: PeriodState) -> tuple[float, float]:
    """To read and sum up, and to render."""
    began = perf_counter()
    digest = _assembled(stored, state)
    read = perf_counter()
    year = Year(year=digest.first.year)
    indexes = Indexes[PeriodDigest](Archive(Overview(), year), Recent(kind=digest.period.kind))
    context = PeriodContext(editions.EDITION, digest, indexes.with_digest(digest), year, year, ())
    language = LanguageSite(Bucket(aws.s3(), "bucket"), digest.language, editions.EDITION)
    site.files(language, context, site.PERIOD_EDITIONS)
    site.index_files(language, context)
    mail.render(digest, editions.EDITION)
    return 1000 * (read - began), 1000 * (perf_counter() - read)


def _assembled(stored: Sequence[bytes], state: PeriodState) -> PeriodDigest:
    upvotes = state.upvotes
    listed = [paper for each in stored for paper in papers_of(Digest.model_validate_json(each), upvotes)]
    return assemble(state, "ko", listed, None)
