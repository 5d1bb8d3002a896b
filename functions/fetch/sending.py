"""The papers that are sent to enrich after a read."""

from collections.abc import Mapping, Sequence
from datetime import date

from shared.model.manifest import Manifest, latest_rows
from shared.model.messages import Message, PaperFound
from shared.store import keys
from shared.store.bucket import Bucket
from shared.store.queue import MAX_DELAY_SECONDS

SECONDS_A_TEXT = 6
"""Between two messages of papers whose whole text is asked for: one is asked for at a time, without a lock."""


def papers(day: date, manifests: Sequence[Manifest]) -> list[PaperFound]:
    """A message per paper of the day."""
    return [PaperFound(day=day, id=each, read_at=row.read_at) for each, row in latest_rows(manifests).items()]


def wanted(own: Manifest, manifests: Sequence[Manifest], bucket: Bucket) -> list[PaperFound]:
    """A message per paper of the day without a summary in one of the read's languages."""
    summarised = bucket.list(keys.summaries(own.day))
    return [
        message
        for message in papers(own.day, manifests)
        if any(keys.summary(own.day, language, message.id) not in summarised for language in own.languages)
    ]


def unreached(messages: Sequence[PaperFound], own: Manifest, bucket: Bucket) -> list[PaperFound]:
    """The messages of papers that are not under way: no message has reached them, or an attempt at them failed."""
    reached = bucket.list(keys.enriched_papers(own.day))
    failed = bucket.list(keys.failures(own.day))
    return [
        message
        for message in messages
        if keys.enriched(own.day, message.id) not in reached
        or keys.failure(own.day, "enrich", message.id) in failed
        or any(keys.failure(own.day, "summarize", message.id, language) in failed for language in own.languages)
    ]


def delays(messages: Sequence[PaperFound], manifests: Sequence[Manifest]) -> Mapping[Message, int]:
    """The seconds by which the messages are delayed of papers whose whole text is asked for."""
    rows = latest_rows(manifests)
    texts = [message for message in messages if rows[message.id].listed.plan == "text"]
    return {each: min(SECONDS_A_TEXT * number, MAX_DELAY_SECONDS) for number, each in enumerate(texts, start=1)}
