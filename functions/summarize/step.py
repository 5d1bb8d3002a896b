"""Has one paper analysed in one language."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple, Protocol

from functions.summarize.errors import FinalError, LostAnswerError, NoAnswerError
from functions.summarize.prompt.prompt import VERSION
from shared.model.analysis import Analysis, Provenance
from shared.model.facts import EnrichedPaper
from shared.model.manifest import Manifest, Plan
from shared.model.messages import PaperEnriched
from shared.model.prices import total
from shared.model.summary import SummarizedPaper
from shared.store import keys, retry
from shared.store.bucket import Bucket
from shared.store.queue import Queue
from shared.store.retry import spent_before

STEP = "summarize"
"""The step's name in the keys of its failures."""
MAX_TEXT_ATTEMPTS = 2
"""Attempts at a whole text, with the model's pauses between them: then the abstract is read."""
MAX_LOST_ANSWERS = 2
"""Attempts at a model whose answers are lost: each is a minute of Lambda, and perhaps an answer paid for."""


class Summarizer(Protocol):
    """Analyses one paper: a language model, or the extractive draft."""

    costs_money: bool
    """What was paid for is stored and found again, whatever becomes of the day."""

    def analyse(self, paper: EnrichedPaper, language: str, plan: Plan, markdown: str = "") -> Analysis:
        """The analysis, with its provenance. `markdown`: the whole text, where the plan reads it.

        Raises TryAgainLaterError where the model is throttled or down, FinalError where no further attempt would help.
        """


Models = Callable[[str], Summarizer]
"""The summarizer that a model's name means."""


Attempt = retry.Attempt[PaperEnriched]
"""One delivery of a message that asks for an analysis."""


class Summary(NamedTuple):
    """The day's choice of an analysis."""

    analysis: Analysis
    paid: Provenance | None = None
    """What this attempt was charged for; None where the analysis was found or cost nothing."""


def summarize(attempt: Attempt, bucket: Bucket, models: Models, now: datetime) -> Summary | None:
    """Stores the day's choice of an analysis. Publish is then to look. What was paid for is never made twice.

    Returns None where a later read has the day analysed by another model: its messages do the work. A draft is free,
    replaces nothing and is replaced by any analysis, so that it is stored without a look.
    """
    message = attempt.message
    manifest = bucket.read_once(keys.manifest(message.day, message.read_at), Manifest)
    plan = manifest.listed(message.id).plan
    model = models("draft" if plan == "draft" else manifest.model)
    if model.costs_money and _is_superseded(manifest, bucket):
        return None
    paper = bucket.read(keys.enriched(message.day, message.id), EnrichedPaper)
    key = keys.summary(message.day, message.language, message.id)
    if model.costs_money:
        summary = _analyse(attempt, manifest, paper, model, bucket, now)
        if _is_superseded(manifest, bucket):
            return None
        bucket.write(key, SummarizedPaper.of(summary.analysis, paper))
    else:
        summary = Summary(model.analyse(paper, message.language, plan))
        bucket.create(key, SummarizedPaper.of(summary.analysis, paper))
    return summary


def give_up(attempt: Attempt, error: FinalError, bucket: Bucket, publish_queue: Queue, now: datetime) -> None:
    """Settles a paper that no further attempt would help: it has failed for good, and publish is asked to look."""
    last = replace(attempt, number=attempt.of)
    retry.record(error, error.cost_usd, last, bucket, publish_queue, now)


def _is_superseded(manifest: Manifest, bucket: Bucket) -> bool:
    """Whether a later read of the day asks another model: a replay was ordered meanwhile."""
    return (
        bucket.read_once(max(keys.reads(bucket.list(keys.manifests(manifest.day)))), Manifest).model != manifest.model
    )


def _analyse(
    attempt: Attempt, manifest: Manifest, paper: EnrichedPaper, model: Summarizer, bucket: Bucket, now: datetime
) -> Summary:
    """The stored analysis of this text by this model, else a new one, stored. The first that is stored stays."""
    message = attempt.message
    for plan in _plans(manifest.listed(message.id).plan, paper, attempt):
        key = keys.analysis(message.id, message.language, origin(paper, manifest.model, plan))
        if key in bucket.list(key):
            return Summary(bucket.read(key, Analysis))
    if plan == "text" and (fallback := _fallback(message, manifest, paper, bucket)):
        return Summary(fallback)
    markdown = _read_text(paper, bucket) if plan == "text" else ""
    try:
        analysis = model.analyse(paper, message.language, plan, markdown)
    except LostAnswerError as error:
        if attempt.number < MAX_LOST_ANSWERS + (plan == "text"):
            raise
        raise NoAnswerError(f"{error}, attempt {attempt.number}", error.usage, error.cost_usd) from error
    paid = analysis.provenance
    made = {"made_at": now, "cost_usd": total([paid.cost_usd, spent_before(attempt, bucket)])}
    analysis = analysis.model_copy(update={"provenance": paid.model_copy(update=made)})
    return Summary(bucket.create_or_read(key, analysis), paid)


def _fallback(message: PaperEnriched, manifest: Manifest, paper: EnrichedPaper, bucket: Bucket) -> Analysis | None:
    """The analysis of the abstract, where another copy of this message fell back to it after the read."""
    key = keys.analysis(message.id, message.language, origin(paper, manifest.model, "full"))
    found = bucket.find(key, Analysis)
    made_at = found.provenance.made_at if found else None
    return found if made_at and made_at >= message.read_at else None


def _plans(plan: Plan, paper: EnrichedPaper, attempt: Attempt) -> list[Plan]:
    """The plans by which an earlier attempt may have stored an analysis; the last one is this attempt's.

    A model that is throttled by the length of a whole text, or too slow for it, is given the abstract before a draft.
    """
    if plan != "text":
        return [plan]
    tries = min(MAX_TEXT_ATTEMPTS, max(1, attempt.of - 1))
    found: list[Plan] = ["text"] if paper.facts.text else []
    return found if found and attempt.number <= tries else [*found, "full"]


def _read_text(paper: EnrichedPaper, bucket: Bucket) -> str:
    """The whole text; empty where it has expired."""
    key = keys.text(paper.id, paper.facts.text.sha256) if paper.facts.text else ""
    return bucket.get(key).decode("utf-8", errors="replace") if key and key in bucket.list(key) else ""


def origin(paper: EnrichedPaper, model: str, plan: Plan) -> str:
    """A hash of all that an analysis follows from."""
    text = (paper.facts.text.sha256,) if plan == "text" and paper.facts.text else ()
    parts = (paper.title, paper.facts.abstract, model, VERSION, plan, *text)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
