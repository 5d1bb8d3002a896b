"""Gathers the facts around the papers of a batch: the sources are asked about all of them at once."""

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import cache
from time import monotonic
from typing import NamedTuple

from functions.enrich.gathering import Gatherer, Gathering, stated
from functions.enrich.pictures.storing import with_stored
from functions.enrich.sources.answers import Answers
from shared.model.facts import EnrichedPaper, facts_from_listing
from shared.model.manifest import Manifest
from shared.model.messages import PaperEnriched, PaperFound, read
from shared.model.paper import Paper
from shared.store import keys
from shared.store.bucket import Bucket
from shared.store.queue import Queue
from shared.store.retry import Delivery, TryAgainLaterError


class Begun(NamedTuple):
    """A paper whose sources are being asked; None where its facts are stored already."""

    manifest: Manifest
    paper: Paper
    gathering: Gathering | None
    may_return: bool = False
    """Whether the message may come back once for a text that could not be had now."""


def begin(
    message: PaperFound, bucket: Bucket, gatherer: Gatherer, enriched: Collection[str], number: int, now: datetime
) -> Begun:
    """Asks the sources, and does not wait for them.

    `enriched`: the keys of the day's papers that have their facts. `number`: how often the message was received.
    """
    manifest = bucket.read_once(keys.manifest(message.day, message.read_at), Manifest)
    listed = manifest.listed(message.id)
    paper, whole = listed.paper, listed.plan == "text"
    if keys.enriched(message.day, message.id) in enriched:
        return Begun(manifest, paper, None)
    facts = facts_from_listing(paper)
    kept = _find_kept(message.id, bucket) if gatherer.remembers(message.id, facts, whole=whole) else Answers()
    gathering = gatherer.start(message.id, facts, kept, now, whole=whole)
    return Begun(manifest, paper, gathering, number == 1)


def store(message: PaperFound, begun: Begun, bucket: Bucket) -> list[PaperEnriched]:
    """Stores the paper's facts where they are not there yet. Returns what is to be sent then, in any case.

    Raises TryAgainLaterError where the whole text could not be had yet: the message comes back once.
    """
    if begun.gathering:
        bucket.write(keys.enriched(message.day, message.id), _assemble(begun, begun.gathering, bucket))
    return [
        PaperEnriched(day=message.day, id=message.id, read_at=message.read_at, language=language)
        for language in begun.manifest.languages
    ]


def _assemble(begun: Begun, gathering: Gathering, bucket: Bucket) -> EnrichedPaper:
    paper, facts = begun.paper, gathering.facts
    answers, pictures = gathering.answers(), gathering.stored_pictures()
    _keep(paper.id, gathering.kept, answers, bucket)
    text = gathering.asked_text()
    if text and text.again_in is not None and begun.may_return:
        raise TryAgainLaterError(f"the whole text of {paper.id}: {text.answer.reason}", text.again_in)
    if pictures is None and facts.pictures:
        facts = facts.model_copy(update={"pictures": with_stored(paper.id, facts.pictures, bucket)})
    facts = stated(facts, paper.id, begun.manifest.arxiv, answers, pictures)
    return EnrichedPaper(id=paper.id, title=paper.title, facts=facts)


def _find_kept(paper_id: str, bucket: Bucket) -> Answers:
    """What the sources answered before."""
    key = keys.sources(paper_id)
    try:
        kept = bucket.read(key, Answers) if key in bucket.list(key) else Answers()
    except ValueError:  # what an older or newer version kept: then the sources are asked again
        return Answers()
    has_expired = kept.text and not bucket.list(keys.text(paper_id, kept.text.sha256))
    return kept.without_text() if has_expired else kept


def _keep(paper_id: str, kept: Answers, answers: Answers, bucket: Bucket) -> None:
    worth = kept.with_newer(answers)
    if worth != kept:
        bucket.write(keys.sources(paper_id), worth)


class Batch(NamedTuple):
    """Papers whose sources are being asked."""

    papers: Mapping[PaperFound, Begun]
    started: float
    """On the monotonic clock."""


def begin_all(deliveries: Iterable[Delivery], bucket: Bucket, gatherer: Gatherer, now: datetime) -> Batch:
    """Has the sources asked about all papers. What fails here fails again in its own attempt, which records why."""
    enriched = cache(lambda day: bucket.list(keys.enriched_papers(day)))
    papers: dict[PaperFound, Begun] = {}
    started = monotonic()
    for delivery in deliveries:
        with suppress(Exception):
            message = read(delivery.body, PaperFound)
            if message not in papers:
                papers[message] = begin(message, bucket, gatherer, enriched(message.day), delivery.number, now)
    return Batch(papers, started)


def finish_all(batch: Batch, bucket: Bucket, summarize_queue: Queue) -> dict[PaperFound, float]:
    """Stores each paper's facts, then sends for all at once. Returns what is done, with its seconds until then."""
    following: dict[PaperFound, list[PaperEnriched]] = {}
    seconds: dict[PaperFound, float] = {}
    for message, begun in batch.papers.items():
        with suppress(Exception):
            following[message] = store(message, begun, bucket)
            seconds[message] = monotonic() - batch.started
    sent = summarize_queue.send_accepted([each for found in following.values() for each in found])
    return {message: seconds[message] for message, found in following.items() if sent.issuperset(found)}
