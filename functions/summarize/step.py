"""Has one paper analysed in one language."""

import hashlib

from functions.summarize.models import Summarizer
from functions.summarize.models.choice import summarizer
from shared import keys
from shared.analysis import Analysis
from shared.archive import Archive
from shared.facts import EnrichedPaper
from shared.messages import PaperEnriched, PaperSummarized
from shared.outbox import Outbox
from shared.papers import Manifest, Plan


def summarize(message: PaperEnriched, archive: Archive, publish_queue: Outbox) -> None:
    """Stores the day's choice of an analysis, then has publish look. What was paid for is never made twice."""
    manifest = archive.read_once(keys.manifest(message.day, message.read_at), Manifest)
    paper = archive.read(keys.enriched(message.day, message.id), EnrichedPaper)
    plan = manifest.listed(message.id).plan
    model = summarizer("draft" if plan == "draft" else manifest.model)
    key = keys.summary(message.day, message.language, message.id)
    if model.costs_money:
        archive.write(key, _analysis(message, manifest, paper, plan, model, archive))
    else:
        archive.create(key, model.analyse(paper, message.day, message.language, plan))
    publish_queue.send([PaperSummarized(day=message.day, id=message.id, language=message.language)])


def _analysis(
    message: PaperEnriched,
    manifest: Manifest,
    paper: EnrichedPaper,
    plan: Plan,
    model: Summarizer,
    archive: Archive,
) -> Analysis:
    """The stored analysis of this text by this model, else a new one, stored."""
    key = keys.analysis(message.id, message.language, origin(paper, manifest.model, manifest.prompt_version, plan))
    if key in archive.list(key):
        return archive.read(key, Analysis)
    analysis = model.analyse(paper, message.day, message.language, plan)
    archive.write(key, analysis)
    return analysis


def origin(paper: EnrichedPaper, model: str, prompt_version: str, plan: Plan) -> str:
    """A hash of all that an analysis follows from."""
    parts = (paper.title, paper.facts.abstract, model, prompt_version, plan)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
