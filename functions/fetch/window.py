"""The last days, which scheduled runs care for: what is due of them, and what was lost on its way."""

from datetime import date, datetime, timedelta

from functions.fetch.due import DAYS_READ_AGAIN, Read, due, newest_ended
from shared.model.manifest import Manifest, latest_rows
from shared.model.messages import PaperFound
from shared.store import keys
from shared.store.bucket import Bucket
from shared.store.queue import Queue

SENT_BY_NOW = timedelta(minutes=30)
"""After a read its messages are sent within seconds, or a minute where Lambda repeats the run."""


def due_days(archive: Bucket, now: datetime) -> tuple[date, ...]:
    """The days that are due, from the manifests of the last days."""
    days = last_days(now)
    return due({day: _reads(archive, day, needs_rows=day == days[0]) for day in days}, now)


def send_again(day: date, archive: Bucket, enrich_queue: Queue, now: datetime) -> int:
    """Sends the papers of an open day that no message has reached: a run that died, or could not send, left them."""
    waiting = [keys.read_at_of(key) for key in archive.list(keys.open_markers(day))]
    if not any(now - read_at > SENT_BY_NOW for read_at in waiting):
        return 0
    manifests = [archive.read(key, Manifest) for key in archive.list(keys.manifests(day))]
    reached = archive.list(keys.enriched_papers(day))
    lost = [
        PaperFound(day=day, id=paper_id, read_at=row.read_at)
        for paper_id, row in latest_rows(manifests).items()
        if keys.enriched(day, paper_id) not in reached
    ]
    enrich_queue.send(lost)
    return len(lost)


def last_days(now: datetime) -> tuple[date, ...]:
    """The days that scheduled runs care for, newest first."""
    return tuple(newest_ended(now) - timedelta(days=back) for back in range(DAYS_READ_AGAIN + 1))


def _reads(archive: Bucket, day: date, *, needs_rows: bool) -> list[Read]:
    found = archive.list(keys.manifests(day))
    return [Read(at=keys.read_at_of(key), empty=needs_rows and _is_empty(archive, key)) for key in found]


def _is_empty(archive: Bucket, key: str) -> bool:
    """Whether a read found no row. A manifest that cannot be read is one of a read all the same."""
    try:
        manifest = archive.read(key, Manifest)
    except ValueError:
        return False
    return not manifest.papers and not manifest.refused
