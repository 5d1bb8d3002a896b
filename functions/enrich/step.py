"""Gathers the facts around one paper."""

from collections.abc import Iterable

from shared import keys
from shared.archive import Archive
from shared.facts import EnrichedPaper, Facts, facts_from_listing
from shared.messages import PaperEnriched, PaperFound
from shared.outbox import Outbox
from shared.papers import Manifest, Paper


def enrich(message: PaperFound, archive: Archive, summarize_queue: Outbox) -> None:
    """Stores the paper's facts where they are not there yet, then sends a message per language, in any case."""
    manifest = archive.read_once(keys.manifest(message.day, message.read_at), Manifest)
    key = keys.enriched(message.day, message.id)
    if key not in archive.list(key):
        archive.write(key, _enriched(manifest.listed(message.id).paper, archive))
    summarize_queue.send(
        [
            PaperEnriched(day=message.day, id=message.id, read_at=message.read_at, language=language)
            for language in manifest.languages
        ]
    )


def _enriched(paper: Paper, archive: Archive) -> EnrichedPaper:
    stored = archive.list(f"{keys.SITE}{keys.pictures(paper.id)}")
    return EnrichedPaper(id=paper.id, title=paper.title, facts=with_stored_pictures(facts_from_listing(paper), stored))


def with_stored_pictures(facts: Facts, stored: Iterable[str]) -> Facts:
    """The facts with the pictures that the site holds already, the widest `<place>-<width>.webp` of each."""
    widest: dict[str, tuple[int, str]] = {}
    for key in stored:
        number, width = key.rsplit("/", 1)[-1].removesuffix(".webp").split("-")
        widest[number] = max(widest.get(number, (0, "")), (int(width), key.removeprefix(keys.SITE)))
    pictures = (
        picture.model_copy(update={"path": widest[number][1]}) if number in widest else picture
        for number, picture in ((str(place), picture) for place, picture in enumerate(facts.pictures, start=1))
    )
    return facts.model_copy(update={"pictures": tuple(pictures)})
