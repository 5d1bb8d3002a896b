"""Reads the list of a week or month again when it is over: what its papers' votes have become."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial
from time import monotonic
from typing import Literal

from functions.fetch import due
from functions.fetch.lists import huggingface, rows
from functions.fetch.request import BadEventError
from functions.fetch.step import CLOCKS_DIFFER, Dependencies, new_time
from shared.model.manifest import Manifest, PeriodManifest, Votes
from shared.model.span import Day, Month, Period, Span
from shared.store import keys
from shared.store.bucket import Bucket

SECONDS = 35.0
"""For one period: a week, a month, the days before them and arXiv fit into the 120 s of fetch."""
MAX_PAGES = 200
"""Of the days of one period: Hugging Face takes 500 requests in five minutes. A month of 1,500 papers has 31 to 60."""


Asked = tuple[Literal["period", "days"], tuple[bytes, ...]]
"""What was asked for, and the answers, verbatim."""


def due_periods(bucket: Bucket, now: datetime) -> tuple[Period, ...]:
    """The week and the month that are due, where the archive has a day of them: a new stack has none to sum up."""
    return tuple(
        period
        for period in due.ended_periods(now)
        if due.period_is_due(period, _read_times(period, bucket), now) and any(_manifests_of_days(period, bucket))
    )


def read_period(
    period: Period, asked_at: datetime | None, mail: bool | None, dependencies: Dependencies, now: datetime
) -> PeriodManifest:
    """Reads it and writes, in this order, marker, answers and manifest. The same time again finds its own manifest."""
    bucket = dependencies.bucket
    earlier = _read_times(period, bucket)
    read_at = (asked_at or new_time(earlier, now)).replace(microsecond=0)
    if read_at in earlier:
        return bucket.read(keys.manifest(period, read_at), PeriodManifest)
    if period.ended_at > now + CLOCKS_DIFFER or read_at > now + CLOCKS_DIFFER:
        raise BadEventError(f"period: {period} cannot be read at {read_at}, it is over at {period.ended_at}")
    newest = _newest_days(period, bucket)
    if not newest:
        raise BadEventError(f"period: the archive has no day of {period}")
    asked_for, pages = _ask(period, {listed.paper.id for listed in newest[-1].papers}, dependencies)
    manifest = PeriodManifest(
        period=period,
        read_at=read_at,
        asked_for=asked_for,
        papers=_votes(period, pages),
        languages=newest[0].languages,
        deadline=read_at + timedelta(minutes=dependencies.settings.deadline_minutes),
        mail=mail,
    )
    return _write(manifest, pages, bucket)


def _read_times(period: Period, bucket: Bucket) -> list[datetime]:
    return [keys.read_at_of(key) for key in keys.reads(bucket.list(keys.manifests(period)))]


def _manifests_of_days(period: Period, bucket: Bucket) -> Iterator[str]:
    """The newest manifest of each day that was read, newest day first."""
    newest: dict[date, str] = {}
    for month in dict.fromkeys(map(Month.of, period.days)):
        for key in bucket.list(keys.manifests_of_month(month)):  # in the order of their time
            match keys.read_of(key):
                case (Day(day), _):
                    newest[day] = key
    yield from (newest[day] for day in reversed(period.days) if day in newest)


def _newest_days(period: Period, bucket: Bucket) -> list[Manifest]:
    """The newest day that was read, and those before it up to the first that has papers."""
    found: list[Manifest] = []
    for key in _manifests_of_days(period, bucket):
        if manifest := bucket.read_if_readable(key, Manifest):
            found.append(manifest)
            if manifest.papers:
                break
    return found


def _ask(period: Period, known: set[str], dependencies: Dependencies) -> Asked:
    """The period's own list; where there is none, or it is not of these papers, the lists of its days."""
    url, overdue = str(dependencies.settings.hf_url), monotonic() + SECONDS
    ask = partial(huggingface.read_pages, dependencies.web, url, overdue=overdue)
    if not period.has_list:
        return "days", _lists_of_days(period, ask, dependencies.bucket)
    with suppress(huggingface.RefusedDateError):
        try:
            own = ask(period)
            if not known or known & {votes.id for votes in _votes(period, own)}:
                return "period", own
        except huggingface.ThrottledError:
            raise
        except huggingface.SourceUnavailableError:
            pass  # where it is down altogether, the first day says so
    return "days", _lists_of_days(period, ask, dependencies.bucket)


def _lists_of_days(period: Period, ask: Callable[[Span], tuple[bytes, ...]], bucket: Bucket) -> tuple[bytes, ...]:
    found: list[bytes] = []
    for key in _manifests_of_days(period, bucket):
        with suppress(huggingface.RefusedDateError):
            found += ask(keys.span_of(key))
        if len(found) > MAX_PAGES:
            break
    if not found:
        raise huggingface.SourceUnavailableError(f"{period}: neither its list nor a list of its days could be read")
    return tuple(found)


def _votes(period: Period, pages: Iterable[bytes]) -> tuple[Votes, ...]:
    """Each paper once. A row that cannot be read costs its paper the new votes."""
    listing = rows.read(row for page in pages for row in huggingface.rows(page, period))
    return tuple(Votes(id=paper.id, title=paper.title, upvotes=paper.upvotes) for paper in listing.papers)


def _write(manifest: PeriodManifest, pages: Iterable[bytes], bucket: Bucket) -> PeriodManifest:
    """Where another run of the same read was faster, its manifest stands."""
    period, read_at = manifest.period, manifest.read_at
    bucket.put(keys.open_marker(period, read_at), b"")
    for number, page in enumerate(pages):
        bucket.put(keys.raw(period, read_at, number), page)
    return bucket.create_or_read(keys.manifest(period, read_at), manifest)
