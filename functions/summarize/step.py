"""Has one paper analysed in one language."""

import hashlib
from collections.abc import Callable
from datetime import datetime

from functions.summarize.llm import FinalError, SlowModelError, Summarizer, TooSlowError
from shared.model.analysis import Analysis
from shared.model.facts import EnrichedPaper
from shared.model.manifest import Manifest, Plan
from shared.model.messages import PaperEnriched, PaperSummarized
from shared.store import keys
from shared.store.bucket import Bucket
from shared.store.queue import Queue
from shared.store.retry import LONGEST_REASON, Failure

STEP = "summarize"
"""The step's name in the keys of its failures."""
WAITED_FOR = 2
"""Attempts at a model that gives no answer in time: each is a minute of Lambda, and perhaps an answer paid for."""
Models = Callable[[str], Summarizer]
"""The summarizer that a model's name means."""


def summarize(
    message: PaperEnriched, archive: Bucket, publish_queue: Queue, models: Models, attempt: int, now: datetime
) -> None:
    """Stores the day's choice of an analysis, then has publish look. What was paid for is never made twice."""
    manifest = archive.read_once(keys.manifest(message.day, message.read_at), Manifest)
    paper = archive.read(keys.enriched(message.day, message.id), EnrichedPaper)
    plan = manifest.listed(message.id).plan
    model = models("draft" if plan == "draft" else manifest.model)
    key = keys.summary(message.day, message.language, message.id)
    if model.costs_money:
        try:
            archive.write(key, _analysis(message, manifest, paper, model, archive, now))
        except SlowModelError as error:
            if attempt >= WAITED_FOR:
                raise TooSlowError(f"{error}, attempt {attempt}") from error
            raise
    else:
        archive.create(key, model.analyse(paper, message.day, message.language, plan))
    publish_queue.send([PaperSummarized(day=message.day, id=message.id, language=message.language)])


def give_up(
    message: PaperEnriched, error: FinalError, attempts: int, archive: Bucket, publish_queue: Queue, now: datetime
) -> None:
    """Settles a paper that no further attempt would help: it has failed for good, and publish is told to look."""
    reason = f"{type(error).__name__}: {error}"[:LONGEST_REASON]
    failure = Failure(reason=reason, attempt=attempts, of=attempts, at=now, cost_usd=error.cost_usd)
    archive.write(keys.failure(message.day, STEP, message.id, message.language), failure)
    publish_queue.send([PaperSummarized(day=message.day, id=message.id, language=message.language)])


def _analysis(
    message: PaperEnriched, manifest: Manifest, paper: EnrichedPaper, model: Summarizer, archive: Bucket, now: datetime
) -> Analysis:
    """The stored analysis of this text by this model, else a new one, stored."""
    plan = manifest.listed(message.id).plan
    key = keys.analysis(message.id, message.language, origin(paper, manifest.model, manifest.prompt_version, plan))
    if key in archive.list(key):
        return archive.read(key, Analysis)
    analysis = model.analyse(paper, message.day, message.language, plan)
    made = {"prompt_version": manifest.prompt_version, "made_at": now}
    analysis = analysis.model_copy(update={"provenance": analysis.provenance.model_copy(update=made)})
    archive.write(key, analysis)
    return analysis


def origin(paper: EnrichedPaper, model: str, prompt_version: str, plan: Plan) -> str:
    """A hash of all that an analysis follows from."""
    parts = (paper.title, paper.facts.abstract, model, prompt_version, plan)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
