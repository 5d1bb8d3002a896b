"""The last days, which scheduled runs care for: what is due of them, and what was lost on its way."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from functions.fetch import sending
from functions.fetch.due import Read, due, last_days
from shared.model.manifest import Manifest
from shared.model.span import Day, Month
from shared.store import keys
from shared.store.bucket import Bucket
from shared.store.queue import Queue

SENT_BY_NOW = timedelta(minutes=30)
"""After a read its messages are sent within seconds, or a minute where Lambda repeats the run."""


def due_days(bucket: Bucket, now: datetime) -> tuple[date, ...]:
    """The days that are due, from the manifests of the last days."""
    days = last_days(now)
    found: defaultdict[date, list[Read]] = defaultdict(list)
    for month in dict.fromkeys(map(Month.of, days)):  # early in March they reach into January
        for key in bucket.list(keys.manifests_of_month(month)):
            match keys.read_of(key):
                case (Day(day), read_at) if day in days:
                    found[day].append(Read(at=read_at, empty=day == days[0] and _is_empty(bucket, key)))
    return due(found, now)


def unsettled_days(bucket: Bucket, now: datetime) -> tuple[date, ...]:
    """The days with a read whose messages were sent long enough ago and that is not settled, newest first."""
    reads = filter(None, map(keys.read_of, bucket.list(keys.OPEN_DAYS)))
    old = {span.first for span, read_at in reads if isinstance(span, Day) and now - read_at > SENT_BY_NOW}
    return tuple(sorted(old, reverse=True))


def send_again(day: date, bucket: Bucket, enrich_queue: Queue) -> int:
    """Sends the papers that no message has reached: a run that died, or could not send, left them."""
    manifests = [bucket.read(key, Manifest) for key in keys.reads(bucket.list(keys.manifests(day)))]
    reached = bucket.list(keys.enriched_papers(day))
    lost = [message for message in sending.papers(day, manifests) if keys.enriched(day, message.id) not in reached]
    enrich_queue.send(lost, sending.delays(lost, manifests))
    return len(lost)


def _is_empty(bucket: Bucket, key: str) -> bool:
    """Whether a read found no row. An unreadable manifest still counts as a read with rows."""
    manifest = bucket.read_if_readable(key, Manifest)
    return manifest is not None and not manifest.papers and not manifest.refused
