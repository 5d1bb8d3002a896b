"""Rebuilds the whole site from the data, day after day, as far as the time of one run reaches; the next goes on."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from functions.publish.index import Indexes, LanguageSite
from functions.publish.index.context import day_indexes, period_indexes
from functions.publish.index.year import stored_months
from functions.publish.publish import Dependencies
from functions.publish.reconcile import reconcile
from shared.model.frozen import Frozen
from shared.model.span import PERIODS, Day, Span
from shared.store import keys
from shared.store.bucket import Bucket

MAX_TRIES = 2
"""A run may be killed for other reasons than its day, such as a deployment."""


class Progress(Frozen):
    """How far a rebuild has come; stored as the marker `open/site/<asked at>` itself."""

    after: str = ""
    """The last day, week or month that was rebuilt."""
    tried: str = ""
    """The one that was begun."""
    times: int = 0
    """How often: found again, it killed the last runs."""


class KilledError(RuntimeError):
    """A day, week or month that ended the function that rebuilt it."""


class Rebuilt(NamedTuple):
    """One day, week or month that was rebuilt, or what it failed with."""

    name: str
    error: Exception | None = None


def work(services: Dependencies, now: datetime, has_time: Callable[[], bool]) -> Iterator[Rebuilt]:
    """Goes on with what was asked for last, and yields each day, week and month that it rebuilt."""
    bucket = services.bucket
    markers = sorted(bucket.list(keys.OPEN_SITE))
    if not markers:
        return
    done = bucket.find(markers[-1], Progress) or Progress()
    spans = read_spans(bucket)
    names = [str(span) for span in spans]
    start = names.index(done.after) + 1 if done.after in names else 0
    is_whole = start > 0 or not done.after
    for place, span in enumerate(spans[start:], start=start):
        if not has_time():
            return
        if is_whole:
            _forget(services, spans, place)
        after = done.after if place == start else names[place - 1]
        times = done.times if names[place] == done.tried else 0
        if times == MAX_TRIES:
            yield Rebuilt(names[place], KilledError(f"{done.tried}: {times} runs did not end; it is passed over"))
        else:
            bucket.write(markers[-1], Progress(after=after, tried=names[place], times=times + 1))
            yield _rebuild(span, services, now)
        bucket.write(markers[-1], Progress(after=names[place]))
    bucket.delete(markers)


def _rebuild(span: Span, services: Dependencies, now: datetime) -> Rebuilt:
    """Each fails alone. A week or month waits for its days, as it does with every tick."""
    try:
        reconcile(span, services, now, force=True)
    except Exception as error:  # noqa: BLE001 - whatever it was
        return Rebuilt(str(span), error)
    return Rebuilt(str(span))


def read_spans(bucket: Bucket) -> list[Span]:
    """The days that were ever read, oldest first, then the weeks and months, which are made of them."""
    found = {span for span, _ in filter(None, map(keys.read_of, bucket.list(keys.MANIFESTS)))}
    return sorted(found, key=lambda span: (not isinstance(span, Day), str(span)))


def _forget(services: Dependencies, spans: Sequence[Span], place: int) -> None:
    """Takes out of the indexes what is no longer there: of all years before the first day, then of each year."""
    span, previous = spans[place], spans[place - 1] if place else None
    config = services.config
    for language in config.languages if isinstance(span, Day) else ():
        site = LanguageSite(services.bucket, language, config)
        if previous is None:
            for kind in PERIODS:
                _keep(site, period_indexes(site, kind.of(span.first)), spans)
        if not isinstance(previous, Day) or previous.first.year != span.first.year:
            for month in {span, *stored_months(site, span.first.year)}:
                _keep(site, day_indexes(site, month), spans)


def _keep(site: LanguageSite, indexes: Indexes[Any], spans: Collection[Span]) -> None:
    for address, value in indexes.only(spans).files():
        if site.etag(site.key(address)):
            site.put(site.key(address), value.model_dump_json(by_alias=True).encode())
