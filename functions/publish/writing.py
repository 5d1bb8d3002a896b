"""Writes a closed day in one language: first the claim of its mail, then its files, last the digest; then the mail."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from functions.publish import site
from functions.publish.delivery import mailing, webhook
from functions.publish.delivery.webhook import Posted, Webhook
from functions.publish.index import shelf
from functions.publish.index.records import NO_RECORDS, Records, records_of, with_listings
from functions.publish.model.assembly import Content, assemble, inputs
from functions.publish.model.closing import Close, DayState
from functions.publish.model.digest import Digest, Edition
from functions.publish.render import webhook as message
from functions.publish.site import File
from functions.publish.tree import Tree
from shared.model.analysis import Analysis
from shared.model.facts import EnrichedPaper
from shared.store import keys
from shared.store.bucket import Bucket, same

if TYPE_CHECKING:
    from types_boto3_sns import SNSClient


class Dependencies(NamedTuple):
    """What publish works with."""

    archive: Bucket
    sns: "SNSClient"
    topic: str
    edition: Edition
    webhook: Webhook | None = None


class Published(NamedTuple):
    """What came of a language of a day."""

    digest: Digest
    revised: bool
    mailed: bool
    posted: Posted


class Language(NamedTuple):
    """A language of a day that is to be closed: how, what was published before, and the ranking to keep."""

    name: str
    close: Close
    previous: Digest | None
    ranked_at: datetime | None
    anew: bool = False
    """Whether all files are made again, though nothing has changed."""


def publish(state: DayState, language: Language, surroundings: Dependencies, now: datetime) -> Published:
    """Writes what is new, and nothing where the same was published already; sends the mail that is claimed."""
    archive, sns, topic, edition, hook = surroundings
    known = inputs(state, language.name, language.close, edition)
    mail = keys.mailed(state.day, language.name)
    digest = language.previous
    revised = digest is None or digest.inputs != known
    if digest is None or revised or language.anew:
        tree = Tree(archive, language.name, edition)
        records = records_of(tree, state.rows, state.day, anew=language.anew)
        digest = _digest(state, language, surroundings, records, known, now)
        record = mailing.decide(digest, state.manifests, mailing.stored(archive, mail), edition, now)
        files = _files(digest, language, records, state, tree)
        if record and hook:
            payload = message.payload(message.of_day(digest, edition), hook.shape)
            webhook.claim(archive, keys.webhook(state.day, language.name), record, payload)
        if record:
            mailing.claim(archive, mail, record)
        write(files, archive, records)
    attributes = mailing.Attributes(language.name, "daily", str(state.day))
    try:
        mailed = mailing.send(archive, sns, topic, mail, attributes, now)
    finally:
        posted = webhook.post(archive, hook, keys.webhook(state.day, language.name), now)
    return Published(digest, revised, mailed, posted)


def _digest(
    state: DayState, language: Language, surroundings: Dependencies, records: Records, known: str, now: datetime
) -> Digest:
    """The digest as it is now. Another read that changed nothing else is no new revision."""
    content = _content(state, language, surroundings.archive).model_copy(update={"records": records.known})
    interests = surroundings.edition.interests
    digest = assemble(state, language.name, language.close, content, language.ranked_at, interests)
    was = language.previous
    if was is None:
        return digest.model_copy(update={"closed_at": now, "inputs": known})
    stamps: dict[str, Any] = {
        "closed_at": was.closed_at,
        "revision": was.revision,
        "inputs": known,
        "analysed_later": _analysed_later(was, digest),
    }
    if digest.model_copy(update=stamps) == was.model_copy(update={"inputs": known}):
        return was.model_copy(update={"inputs": known})
    stamps["closed_at"] = now
    if digest.model_copy(update={**stamps, "read_at": was.read_at}) != was.model_copy(update=stamps):
        stamps["revision"] = was.revision + 1
    return digest.model_copy(update=stamps)


def _analysed_later(was: Digest, digest: Digest) -> tuple[str, ...]:
    """The papers that had no model's analysis when the page was published before, and have one now."""
    without = {paper.id for paper in was.papers if paper.source != "model"}
    later = (paper.id for paper in digest.papers if paper.source == "model" and paper.id in without)
    return tuple(dict.fromkeys([*was.analysed_later, *later]))


def _content(state: DayState, language: Language, archive: Bucket) -> Content:
    """The stored values; one that cannot be read costs its paper and not the day.

    What a model wrote and was published stands until there is something else: a draft never replaces an analysis.
    """
    enriched: dict[str, EnrichedPaper] = {}
    analyses: dict[str, Analysis] = {}
    unreadable: list[str] = []
    for paper_id in state.rows:
        facts_key, analysis_key = keys.enriched(state.day, paper_id), keys.summary(state.day, language.name, paper_id)
        if facts_key in state.enriched and (facts := archive.read_if_readable(facts_key, EnrichedPaper)):
            enriched[paper_id] = facts
        if analysis_key in state.summaries:
            analysis = archive.read_if_readable(analysis_key, Analysis)
            analyses |= {paper_id: analysis} if analysis else {}
            unreadable += [] if analysis else [paper_id]
    for paper in language.previous.papers if language.previous else ():
        if paper.source == "model" and paper.analysis:
            analyses.setdefault(paper.id, paper.analysis)
    return Content(enriched=enriched, analyses=analyses, unreadable=tuple(unreadable))


def _files(digest: Digest, language: Language, records: Records, state: DayState, tree: Tree) -> dict[str, File]:
    """All files in the order in which they are written."""
    was = language.previous
    first = was is None or bool(digest.papers and not was.papers)
    listed = with_listings(records.known, digest, state.manifests)
    return site.files(digest, shelf.shelf(tree, digest, listed, first=first, anew=language.anew), tree.edition)


def write(files: Mapping[str, File], archive: Bucket, records: Records = NO_RECORDS) -> None:
    """Writes the files whose content is not there yet."""
    there, listed = dict(records.there), set(records.listed)
    for address, file in files.items():
        key, prefix = keys.SITE + address, keys.SITE + keys.together(address)
        if prefix not in listed:
            there |= archive.list(prefix)
            listed.add(prefix)
        if not same(file.body, there.get(key)):
            archive.put(key, file.body, file.content_type, file.cache_control)
