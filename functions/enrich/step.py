"""Gathers the facts around one paper."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from functions.enrich.gathering import Gatherer, Gathering, stated
from functions.enrich.pictures import with_stored
from functions.enrich.sources.answers import Answers
from shared.model.facts import EnrichedPaper, facts_from_listing
from shared.model.manifest import Manifest
from shared.model.messages import PaperEnriched, PaperFound
from shared.model.paper import Paper
from shared.store import keys
from shared.store.bucket import Bucket


class Begun(NamedTuple):
    """A paper whose sources are being asked; None where its facts are stored already."""

    manifest: Manifest
    paper: Paper
    gathering: Gathering | None


def begin(message: PaperFound, archive: Bucket, gatherer: Gatherer, enriched: Collection[str], now: datetime) -> Begun:
    """Asks the sources, and does not wait for them. `enriched`: the keys of the day's papers that have their facts."""
    manifest = archive.read_once(keys.manifest(message.day, message.read_at), Manifest)
    paper = manifest.listed(message.id).paper
    if keys.enriched(message.day, message.id) in enriched:
        return Begun(manifest, paper, None)
    facts = facts_from_listing(paper)
    kept = _kept(message.id, archive) if gatherer.remembers(message.id, facts) else Answers()
    return Begun(manifest, paper, gatherer.start(message.id, facts, kept, now))


def store(message: PaperFound, begun: Begun, archive: Bucket) -> list[PaperEnriched]:
    """Stores the paper's facts where they are not there yet. Returns what is to be sent then, in any case."""
    if begun.gathering:
        archive.write(keys.enriched(message.day, message.id), _enriched(begun, begun.gathering, archive))
    return [
        PaperEnriched(day=message.day, id=message.id, read_at=message.read_at, language=language)
        for language in begun.manifest.languages
    ]


def _enriched(begun: Begun, gathering: Gathering, archive: Bucket) -> EnrichedPaper:
    paper, facts = begun.paper, gathering.facts
    answers, pictures = gathering.answers(), gathering.stored_pictures()
    _keep(paper.id, gathering.kept, answers, archive)
    if pictures is None and facts.pictures:
        facts = facts.model_copy(update={"pictures": with_stored(paper.id, facts.pictures, archive)})
    facts = stated(facts, paper.id, begun.manifest.arxiv, answers, pictures)
    return EnrichedPaper(id=paper.id, title=paper.title, facts=facts)


def _kept(paper_id: str, archive: Bucket) -> Answers:
    """What the sources answered before."""
    key = keys.sources(paper_id)
    try:
        return archive.read(key, Answers) if key in archive.list(key) else Answers()
    except ValueError:  # what an older or newer version kept: then the sources are asked anew
        return Answers()


def _keep(paper_id: str, kept: Answers, answers: Answers, archive: Bucket) -> None:
    worth = kept.with_newer(answers)
    if worth != kept:
        archive.write(keys.sources(paper_id), worth)
