"""The papers that are sent to enrich after a read."""

from collections.abc import Sequence

from shared.model.manifest import Manifest, latest_rows
from shared.model.messages import PaperFound
from shared.store import keys
from shared.store.bucket import Bucket


def wanted(own: Manifest, manifests: Sequence[Manifest], bucket: Bucket) -> list[PaperFound]:
    """A message per paper of the day without a summary in one of the read's languages."""
    summarised = bucket.list(keys.summaries(own.day))
    return [
        PaperFound(day=own.day, id=paper_id, read_at=row.read_at)
        for paper_id, row in latest_rows(manifests).items()
        if any(keys.summary(own.day, language, paper_id) not in summarised for language in own.languages)
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
