"""Publishes one day, week or month in one language: claims its mail, writes its files, digest.json last, then mails."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import shared
from functions.publish import delivery, posting
from functions.publish.delivery import Attributes, MailRecord, Sent, Topic
from functions.publish.index import AnyDigest, LanguageSite, Published
from functions.publish.posting import Channels, Posted
from functions.publish.render import chat, data, mail
from functions.publish.settings import SiteConfig
from functions.publish.site import JSON, SOON, File
from shared.model.span import Span
from shared.store import keys
from shared.store.bucket import Bucket

if TYPE_CHECKING:
    from types_boto3_sns import SNSClient

RENDERED_FROM = ("model", "text", "draft", "store/keys", "languages/*/*.toml")
"""The parts of `shared` that pages follow from."""


@dataclass(frozen=True)
class Dependencies:
    """Services and settings that publish uses."""

    bucket: Bucket
    sns: "SNSClient"
    topic: str
    config: SiteConfig
    channels: Channels | None = None


class Issue(Protocol[Published]):
    """One day, week or month in one language: what its kind decides for itself."""

    @property
    def site(self) -> LanguageSite:
        """The language's folder of the site."""

    @property
    def span(self) -> Span:
        """What it is of."""

    @property
    def pages(self) -> Collection[str]:
        """The addresses of its pages: those of another language are linked to where it has all of them."""

    @property
    def previous(self) -> Published | None:
        """The digest as it was published last."""

    @property
    def wishes(self) -> Collection[bool | None]:
        """The `mail` of each of its reads."""

    def sources(self) -> Mapping[str, object]:
        """What the digest follows from beside the program and its settings, as JSON."""

    def assemble(self) -> Published | None:
        """The digest, not yet stamped; None where there is nothing to publish."""

    def files(self, digest: Published) -> dict[str, File]:
        """All its files but digest.json, by their keys."""


class Outcome(NamedTuple):
    """What came of one day, week or month in one language."""

    digest: AnyDigest
    revised: bool
    mail: Sent
    posted: tuple[Posted, ...]
    withheld: str = ""
    """Why a mail that the schedule's own read would have sent is not sent; empty where it was or was not to be."""


@cache
def version() -> str:
    """A hash of the files that pages follow from: another program renders a digest again when it next looks at it."""
    room, common = Path(__file__).parent, Path(shared.__path__[0])
    digest = hashlib.sha256()
    for folder, patterns in ((room, ("*",)), (common, RENDERED_FROM)):
        found = {path for pattern in patterns for top in folder.glob(pattern) for path in (top, *top.rglob("*"))}
        for file in sorted(path for path in found if path.is_file() and "__pycache__" not in path.parts):
            digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def publish(issue: Issue[Published], services: Dependencies, now: datetime, *, force: bool = False) -> Outcome | None:
    """Writes what is new, or all with `force`, and sends what is claimed. None where there is nothing to publish."""
    bucket, key = services.bucket, keys.mailed(issue.span, issue.site.language)
    record, withheld = delivery.stored(bucket, key), ""
    languages = issue.site.languages_with(issue.pages)
    digest, fingerprint = issue.previous, fingerprint_of({**issue.sources(), "languages": languages}, services.config)
    revised = digest is None or digest.fingerprint != fingerprint
    if digest is None or revised or force:
        assembled = issue.assemble()
        if assembled is None:
            return None
        assembled = assembled.model_copy(update={"languages": languages})
        digest = stamp(assembled, issue.previous, fingerprint, now)
        decided = _decide(digest, issue, record, services, now)
        if decided:
            record = delivery.claim(bucket, key, decided)
            withheld = decided.reason if decided.status == "withheld" and None in issue.wishes else ""
        _write(digest, issue)
    return _deliver(digest, record, revised=revised, services=services, now=now)._replace(withheld=withheld)


def fingerprint_of(sources: Mapping[str, object], config: SiteConfig) -> str:
    """A hash of all that a digest follows from."""
    parts = {**sources, "config": config.model_dump(mode="json"), "program": version()}
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]


def stamp(digest: Published, previous: Published | None, fingerprint: str, now: datetime) -> Published:
    """The digest with its times and its revision, which move only with its content."""
    if previous:
        stamps = {name: getattr(previous, name) for name in digest.stamps}
        if digest.model_copy(update=stamps) == previous:
            read = {"read_at": digest.read_at, "languages": digest.languages}
            return previous.model_copy(update={**read, "fingerprint": fingerprint})
    return digest.revised(previous, now).model_copy(update={"fingerprint": fingerprint})


def write_files(files: Mapping[str, File], site: LanguageSite) -> None:
    """Writes new files first: what readers reach already must not lead to what is not there yet."""
    for key, file in sorted(files.items(), key=lambda item: site.etag(item[0]) is not None):
        site.put(key, *file)


def _write(digest: Published, issue: Issue[Published]) -> None:
    """Writes digest.json before the first page that leads to it, and last with the fingerprint: all files are there."""
    site, files = issue.site, issue.files(digest)
    key = site.key(keys.span_file(digest.span, "digest.json"))
    if issue.previous is None:
        unfinished = digest.model_copy(update={"fingerprint": ""})
        files = {key: File(data.digest_json(unfinished), JSON), **files}
    write_files(files, site)
    site.put(key, data.digest_json(digest), JSON, SOON)


def _decide(
    digest: AnyDigest, issue: Issue[Published], record: MailRecord | None, services: Dependencies, now: datetime
) -> MailRecord | None:
    """What is to be mailed and posted, or why a mail is withheld; None where that is decided already."""
    if not digest.papers:
        return None
    config = services.config
    decided = delivery.decide(issue.wishes, digest.span, record, lambda: mail.render(digest, config), now)
    if decided and services.channels:
        return decided.model_copy(update={"post": chat.of_digest(digest, config)})
    return decided


def _deliver(
    digest: AnyDigest, record: MailRecord | None, *, revised: bool, services: Dependencies, now: datetime
) -> Outcome:
    """Sends what is claimed and not known to be sent."""
    bucket, span, language = services.bucket, digest.span, digest.language
    attributes = Attributes(language, span.kind, str(span))
    posted: tuple[Posted, ...] = ()
    try:
        topic, key = Topic(services.sns, services.topic), keys.mailed(span, language)
        sent = delivery.send(bucket, topic, key, record, attributes, now)
    finally:
        if services.channels:
            posted = posting.post_all(bucket, services.channels, span, language, now)
    return Outcome(digest, revised, sent, posted)
