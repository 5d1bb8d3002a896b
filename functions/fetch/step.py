"""Reads what is due, writes what it means, and sends a message per paper that has no analysis yet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

import httpx

from functions.fetch import sending
from functions.fetch.lists import arxiv, huggingface, rows
from functions.fetch.plan import FREE_MODELS, rank, spending
from functions.fetch.request import BadEventError, DayRequest
from functions.fetch.settings import FetchSettings
from shared.model.manifest import ListedPaper, Manifest, Plan, latest_rows
from shared.model.paper import Paper
from shared.model.prices import price
from shared.model.sources import ARXIV, TEXT
from shared.model.span import Day
from shared.store import keys
from shared.store.bucket import Bucket
from shared.store.queue import Queue

CLOCKS_DIFFER = timedelta(minutes=5)
"""By as much as this between those who send events and Lambda."""


@dataclass(frozen=True)
class Dependencies:
    """Services and settings that fetch uses."""

    settings: FetchSettings
    bucket: Bucket
    enrich_queue: Queue
    web: httpx.Client


class Reading(NamedTuple):
    """One read of a day, so far: its list; or its manifest, where this read was made before or repeats earlier ones."""

    day: date
    read_at: datetime
    mail: bool | None
    earlier: Sequence[Manifest]
    manifest: Manifest | None = None
    repeats: bool = False
    """This read was made before: its messages may have been sent."""
    pages: tuple[bytes, ...] = ()
    listing: rows.Listing = rows.Listing((), (), ())

    @property
    def is_replay(self) -> bool:
        """No list was read for it."""
        return self.manifest is not None and not self.repeats

    @property
    def new_papers(self) -> list[str]:
        """The papers that arXiv has not been asked for, or could not answer about."""
        return arxiv.new_papers((paper.id for paper in self.listing.papers), self.earlier)


def read_day(
    request: DayRequest, dependencies: Dependencies, mail: bool | None, now: datetime, overdue: float | None = None
) -> Reading:
    """Reads or replays one day, its list by `overdue`. The same `read_at` again finds its own manifest."""
    bucket = dependencies.bucket
    earlier = [bucket.read(key, Manifest) for key in keys.reads(bucket.list(keys.manifests(request.day)))]
    read_at = (request.read_at or new_time((manifest.read_at for manifest in earlier), now)).replace(microsecond=0)
    reading = Reading(request.day, read_at, mail, earlier)
    if read_at > now + CLOCKS_DIFFER:
        raise BadEventError(f"read_at: {read_at} is in the future: no later read would be the newest")
    own = next((manifest for manifest in earlier if manifest.read_at == read_at), None)
    if request.replay_from:
        return reading._replace(manifest=_replay(reading, own, request, dependencies))
    if own is not None:
        return reading._replace(manifest=own, repeats=True)
    pages = huggingface.read_pages(dependencies.web, str(dependencies.settings.hf_url), Day(request.day), overdue)
    listing = rows.read(row for page in pages for row in huggingface.rows(page, Day(request.day)))
    return reading._replace(pages=pages, listing=listing)


def ask_arxiv(readings: Iterable[Reading], dependencies: Dependencies, now: datetime) -> arxiv.ArxivAnswer:
    """What arXiv states about all new papers, with one request: it takes one in three seconds, over all machines."""
    settings = dependencies.settings
    papers = [paper for reading in readings for paper in reading.new_papers] if ARXIV in settings.sources else []
    return arxiv.ask(dependencies.web, str(settings.arxiv_url), papers, now)


def finish_day(reading: Reading, answer: arxiv.ArxivAnswer, dependencies: Dependencies) -> tuple[Manifest, int]:
    """Writes what the read means where that is not written yet, then sends, in any case. Returns how many papers."""
    own = reading.manifest or _write(reading, answer, dependencies)
    messages = sending.papers(own.day, [own])  # nothing can be analysed before a first read
    if reading.earlier:
        messages = sending.wanted(own, [*reading.earlier, own], dependencies.bucket)
    if reading.repeats:
        messages = sending.unreached(messages, own, dependencies.bucket)
    dependencies.enrich_queue.send(messages, sending.delays(messages, [*reading.earlier, own]))
    return own, len(messages)


def new_time(earlier: Iterable[datetime], now: datetime) -> datetime:
    """A time that no earlier read has: keys know seconds."""
    return max([now, *(read_at + timedelta(seconds=1) for read_at in earlier)])


def _write(reading: Reading, answer: arxiv.ArxivAnswer, dependencies: Dependencies) -> Manifest:
    settings, bucket = dependencies.settings, dependencies.bucket
    day, read_at, mail, earlier, _, _, pages, listing = reading
    newest = max(earlier, key=lambda manifest: manifest.read_at, default=None)
    model = newest.model if newest else settings.model
    plans = {paper_id: row.listed.plan for paper_id, row in latest_rows(earlier).items()}
    manifest = Manifest(
        day=day,
        read_at=read_at,
        papers=_rank(listing.papers, plans, model, settings),
        refused=listing.refused,
        odd_fields=listing.odd_fields,
        languages=newest.languages if newest else settings.languages,
        model=model,
        deadline=read_at + timedelta(minutes=settings.deadline_minutes),
        mail=mail,
        arxiv=arxiv.asked_before(earlier).joined(answer.facts.only(reading.new_papers)),
    )
    bucket.put(keys.open_marker(day, read_at), b"")
    for number, page in enumerate(pages):
        bucket.put(keys.raw(day, read_at, number), page)
    if answer.verbatim is not None and reading.new_papers:
        bucket.put(keys.raw_arxiv(day, read_at), answer.verbatim, "application/atom+xml")
    return bucket.create_or_read(keys.manifest(day, read_at), manifest)


def _rank(
    papers: Sequence[Paper], earlier: Mapping[str, Plan], model: str, settings: FetchSettings
) -> tuple[ListedPaper, ...]:
    known = price(model, settings.model_price, settings.openai_base_url)
    costs = spending(model, known, len(settings.languages), settings.budget_usd, settings.budget_tokens)
    texts = settings.full_text if TEXT in settings.sources and model not in FREE_MODELS else 0
    return rank(papers, settings.papers_in_full, earlier, costs, settings.interests, texts)


def _replay(reading: Reading, own: Manifest | None, request: DayRequest, dependencies: Dependencies) -> Manifest:
    """Opens the day with today's settings, then deletes what is to be redone, in any case.

    The manifest comes first: its deadline keeps the day open until what was deleted is there again.
    """
    if not reading.earlier:
        raise BadEventError(f"replay_from: {reading.day} was never read, leave replay_from out to read it")
    bucket, languages = dependencies.bucket, dependencies.settings.languages
    bucket.put(keys.open_marker(reading.day, reading.read_at), b"")
    key = keys.manifest(reading.day, reading.read_at)
    manifest = own or bucket.create_or_read(key, _build_replay(reading, dependencies.settings))
    bucket.delete(_keys_to_redo(request, languages, bucket))
    return manifest


def _build_replay(reading: Reading, settings: FetchSettings) -> Manifest:
    """All papers of the day, with today's settings."""
    _, read_at, mail, earlier, *_ = reading
    newest = max(earlier, key=lambda manifest: manifest.read_at)
    known = latest_rows(earlier)
    papers = [row.listed.paper for row in known.values()]
    return newest.model_copy(
        update={
            "read_at": read_at,
            "papers": _rank(papers, {}, settings.model, settings),
            "languages": settings.languages,
            "model": settings.model,
            "deadline": read_at + timedelta(minutes=settings.deadline_minutes),
            "mail": mail,
        }
    )


def _keys_to_redo(request: DayRequest, languages: Sequence[str], bucket: Bucket) -> list[str]:
    """The keys of what a replay replaces. What a language has that is no longer asked for stays."""
    day, step = request.day, request.replay_from
    if step == "publish":
        return []
    summaries = [key for language in languages for key in bucket.list(f"{keys.summaries(day)}{language}/")]
    enriched = bucket.list(keys.enriched_papers(day)) if step == "enrich" else ()
    ends = tuple(f".{language}.json" for language in languages)
    failures = [key for key in bucket.list(keys.failures(day)) if "/enrich/" in key or key.endswith(ends)]
    found = [*summaries, *enriched, *failures]
    return [key for key in found if f"/{keys.safe(request.paper)}." in key] if request.paper else found
