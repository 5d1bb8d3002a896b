"""Writes a closed day in one language: first the claim of its mail, then its files, last the digest; then the mail."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from functions.publish import mailing, site
from functions.publish.assembly import Content, assemble, inputs
from functions.publish.closing import Close, DayState
from functions.publish.digest import Digest, Edition
from functions.publish.recent import Recent
from functions.publish.site import File
from shared import keys
from shared.analysis import Analysis
from shared.archive import Archive, same
from shared.facts import EnrichedPaper
from shared.frozen import Frozen

if TYPE_CHECKING:
    from types_boto3_sns import SNSClient


_Value = TypeVar("_Value", bound=Frozen)


class Surroundings(NamedTuple):
    """What publish works with."""

    archive: Archive
    sns: "SNSClient"
    topic: str
    edition: Edition


class Published(NamedTuple):
    """What came of a language of a day."""

    digest: Digest
    revised: bool
    mailed: bool


def previous(day: date, language: str, surroundings: Surroundings) -> Digest | None:
    """The digest as it was published last. One that cannot be read counts as not published: it is written anew."""
    key = keys.SITE + site.digest_address(day, language, surroundings.edition)
    return _read_if_there(surroundings.archive, key, Digest)


def _read_if_there(archive: Archive, key: str, kind: type[_Value]) -> _Value | None:
    return archive.read_if_readable(key, kind) if key in archive.list(key) else None


class Language(NamedTuple):
    """A language of a day that is to be closed: how, what was published before, and the ranking to keep."""

    name: str
    close: Close
    previous: Digest | None
    ranked_at: datetime | None


def publish(state: DayState, language: Language, surroundings: Surroundings, now: datetime) -> Published:
    """Writes what is new, and nothing where the same was published already; sends the mail that is claimed."""
    archive, sns, topic, edition = surroundings
    known = inputs(state, language.name, language.close, edition)
    mail = keys.mailed(state.day, language.name)
    digest = language.previous
    revised = digest is None or digest.inputs != known
    if digest is None or revised:
        digest = _digest(state, language, surroundings, known, now)
        record = mailing.decide(digest, state.manifests, mailing.stored(archive, mail), edition, now)
        files = _files(digest, archive, edition)
        if record:
            mailing.claim(archive, mail, record)
        _write(files, digest, archive, edition)
    attributes = mailing.Attributes(language.name, "daily", str(state.day))
    return Published(digest, revised, mailing.send(archive, sns, topic, mail, attributes, now))


def _digest(state: DayState, language: Language, surroundings: Surroundings, known: str, now: datetime) -> Digest:
    """The digest as it is now. Another read that changed nothing else is no new revision."""
    content = _content(state, language, surroundings.archive)
    digest = assemble(state, language.name, language.close, content, language.ranked_at, surroundings.edition.interests)
    was = language.previous
    stamps: dict[str, Any] = {"closed_at": now, "revision": was.revision if was else 1, "inputs": known}
    if was and digest.model_copy(update={**stamps, "read_at": was.read_at}) != was.model_copy(update=stamps):
        stamps["revision"] = was.revision + 1
    return digest.model_copy(update=stamps)


def _content(state: DayState, language: Language, archive: Archive) -> Content:
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


def _files(digest: Digest, archive: Archive, edition: Edition) -> dict[str, File]:
    """All files in the order in which they are written."""
    address = site.digest_address(digest.day, digest.language, edition)
    return {
        **site.shared_files(),
        **site.day_files(digest, edition),
        **_front(digest, archive, edition),
        address: site.digest_file(digest),
    }


def _front(digest: Digest, archive: Archive, edition: Edition) -> dict[str, File]:
    """The front page, which may go on showing another day: the newest with papers whose digest can be read."""
    known = _read_if_there(archive, keys.SITE + site.recent_address(digest.language, edition), Recent) or Recent()
    recent = known.with_digest(digest)
    newest = None
    for day in recent.with_papers:
        address = keys.SITE + site.digest_address(day, digest.language, edition)
        newest = digest if day == digest.day else _read_if_there(archive, address, Digest)
        if newest:
            break
    return site.front_files(digest.language, newest, recent, edition)


def _write(files: dict[str, File], digest: Digest, archive: Archive, edition: Edition) -> None:
    """Writes the files whose content is not there yet."""
    folder = keys.SITE + keys.tree(digest.language, edition.languages[0]) + f"{digest.day}/"
    there = dict(archive.list(folder))
    for address, file in files.items():
        key = keys.SITE + address
        if not key.startswith(folder):
            there |= archive.list(key)
        if not same(file.body, there.get(key)):
            archive.put(key, file.body, file.content_type, file.cache_control)
