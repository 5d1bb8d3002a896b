"""Reads what is due, writes what it means, and sends a message per paper that has no analysis yet."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

import httpx

from functions.fetch import huggingface, rows
from functions.fetch.due import DAYS_READ_AGAIN, Read, due, newest_ended
from functions.fetch.ranking import rank
from functions.fetch.request import BadEventError, DayRequest, Step
from functions.fetch.settings import FetchSettings
from shared import keys
from shared.archive import Archive
from shared.messages import PaperFound
from shared.outbox import Outbox
from shared.papers import Manifest, latest_rows

PROMPT_VERSION = "1"
"""Part of what an analysis follows from: raised with every change of a prompt."""


class Surroundings(NamedTuple):
    """What fetch works with."""

    settings: FetchSettings
    archive: Archive
    enrich_queue: Outbox
    web: httpx.Client


class DayRead(NamedTuple):
    """What one read of a day came to."""

    manifest: Manifest
    sent: int


def due_days(archive: Archive, now: datetime) -> tuple[date, ...]:
    """The days that are due, from the manifests of the last days."""
    newest = newest_ended(now)
    days = (newest - timedelta(days=back) for back in range(DAYS_READ_AGAIN + 1))
    return due({day: _reads(archive, day, needs_rows=day == newest) for day in days}, now)


def fetch_day(request: DayRequest, surroundings: Surroundings, mail: bool | None, now: datetime) -> DayRead:
    """Reads (or replays) one day. The same `read_at` again finds its own manifest and only sends."""
    archive = surroundings.archive
    earlier = [archive.read(key, Manifest) for key in archive.list(keys.manifests(request.day))]
    read_at = (request.read_at or _new_time(earlier, now)).replace(microsecond=0)
    own = next((manifest for manifest in earlier if manifest.read_at == read_at), None)
    if own is None and request.replay_from:
        own = _replay(request.day, request.replay_from, read_at, mail, earlier, surroundings)
    elif own is None:
        own = _read(request.day, read_at, mail, earlier, surroundings)
    messages = _messages(own, [*earlier, own], archive)
    surroundings.enrich_queue.send(messages)
    return DayRead(own, len(messages))


def _new_time(earlier: Sequence[Manifest], now: datetime) -> datetime:
    """A time that no read of the day has: keys know seconds."""
    return max([now, *(manifest.read_at + timedelta(seconds=1) for manifest in earlier)])


def _reads(archive: Archive, day: date, *, needs_rows: bool) -> list[Read]:
    found = archive.list(keys.manifests(day))
    return [Read(at=keys.read_at_of(key), empty=needs_rows and not archive.read(key, Manifest).papers) for key in found]


def _read(
    day: date, read_at: datetime, mail: bool | None, earlier: Sequence[Manifest], surroundings: Surroundings
) -> Manifest:
    settings, archive, _, web = surroundings
    pages = huggingface.read_pages(web, str(settings.hf_url), day)
    listing = rows.read(row for page in pages for row in huggingface.rows(page, day))
    newest = max(earlier, key=lambda manifest: manifest.read_at, default=None)
    plans = {paper_id: row.listed.plan for paper_id, row in latest_rows(earlier).items()}
    manifest = Manifest(
        day=day,
        read_at=read_at,
        papers=rank(listing.papers, settings.papers_in_full, plans),
        refused=listing.refused,
        odd_fields=listing.odd_fields,
        languages=newest.languages if newest else settings.languages,
        model=newest.model if newest else settings.model,
        prompt_version=newest.prompt_version if newest else PROMPT_VERSION,
        deadline=read_at + timedelta(minutes=settings.deadline_minutes),
        mail=mail,
    )
    archive.put(keys.open_marker(day, read_at), b"")
    for number, page in enumerate(pages):
        archive.put(keys.raw(day, read_at, number), page)
    return _created(archive, manifest)


def _replay(
    day: date,
    step: Step,
    read_at: datetime,
    mail: bool | None,
    earlier: Sequence[Manifest],
    surroundings: Surroundings,
) -> Manifest:
    """Opens the day with today's settings, and deletes what is to be redone. Analyses that were paid for stay."""
    if not earlier:
        raise BadEventError(f"replay_from: {day} was never read, leave replay_from out to read it")
    settings, archive, _, _ = surroundings
    newest = max(earlier, key=lambda manifest: manifest.read_at)
    known = latest_rows(earlier)
    papers = [row.listed.paper for row in known.values()]
    manifest = newest.model_copy(
        update={
            "read_at": read_at,
            "papers": rank(papers, settings.papers_in_full, {}),
            "languages": settings.languages,
            "model": settings.model,
            "prompt_version": PROMPT_VERSION,
            "deadline": read_at + timedelta(minutes=settings.deadline_minutes),
            "mail": mail,
        }
    )
    archive.put(keys.open_marker(day, read_at), b"")
    redone = {
        "enrich": (keys.enriched_papers(day), keys.summaries(day), keys.failures(day)),
        "summarize": (keys.summaries(day), keys.failures(day)),
        "publish": (),
    }[step]
    archive.delete(key for prefix in redone for key in archive.list(prefix))
    return _created(archive, manifest)


def _created(archive: Archive, manifest: Manifest) -> Manifest:
    """Stores the manifest; where another run of the same read was faster, takes that one."""
    key = keys.manifest(manifest.day, manifest.read_at)
    return manifest if archive.create(key, manifest) else archive.read(key, Manifest)


def _messages(own: Manifest, manifests: Sequence[Manifest], archive: Archive) -> list[PaperFound]:
    """A message per paper of the day without a summary in one of the read's languages."""
    summarised = archive.list(keys.summaries(own.day))
    return [
        PaperFound(day=own.day, id=paper_id, read_at=row.read_at)
        for paper_id, row in latest_rows(manifests).items()
        if any(keys.summary(own.day, language, paper_id) not in summarised for language in own.languages)
    ]
