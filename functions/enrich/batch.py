"""A batch of papers: the sources are asked about all of them at once, and what follows is sent together."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import cache
from time import monotonic
from typing import Any, NamedTuple

from functions.enrich.gathering import Gatherer
from functions.enrich.step import Begun, begin, store
from shared.model.messages import PaperEnriched, PaperFound, read
from shared.store import keys
from shared.store.bucket import Bucket
from shared.store.queue import Queue


class Batch(NamedTuple):
    """Papers whose sources are being asked."""

    papers: Mapping[PaperFound, Begun]
    started: float
    """On the monotonic clock."""


def begin_all(records: Iterable[Mapping[str, Any]], bucket: Bucket, gatherer: Gatherer, now: datetime) -> Batch:
    """Has the sources asked about all papers. What fails here fails again in its own attempt, which records why."""
    enriched = cache(lambda day: bucket.list(keys.enriched_papers(day)))
    papers: dict[PaperFound, Begun] = {}
    started = monotonic()
    for record in records:
        with suppress(Exception):
            message = read(record["body"], PaperFound)
            if message not in papers:
                number = int(record["attributes"].get("ApproximateReceiveCount", 1))
                papers[message] = begin(message, bucket, gatherer, enriched(message.day), number, now)
    return Batch(papers, started)


def finish_all(batch: Batch, bucket: Bucket, summarize_queue: Queue) -> dict[PaperFound, float]:
    """Stores each paper's facts, then sends for all with as few calls as there can be.

    Returns what is done, with the seconds until its facts were stored.
    """
    following: dict[PaperFound, list[PaperEnriched]] = {}
    seconds: dict[PaperFound, float] = {}
    for message, begun in batch.papers.items():
        with suppress(Exception):
            following[message] = store(message, begun, bucket)
            seconds[message] = monotonic() - batch.started
    sent = summarize_queue.send_accepted([each for found in following.values() for each in found])
    return {message: seconds[message] for message, found in following.items() if sent.issuperset(found)}
