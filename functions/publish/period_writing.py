"""Writes a closed week or month in one language: first the claim of its mail, then its files, last the digest."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from functions.publish import period_site as site
from functions.publish.delivery import period_delivery as delivery
from functions.publish.delivery.period_delivery import Delivered
from functions.publish.index import shelf
from functions.publish.index.overview import Overview
from functions.publish.index.recent_periods import RecentPeriods
from functions.publish.model.digest import Digest
from functions.publish.model.period_assembly import assemble, inputs, papers_of
from functions.publish.model.period_closing import PeriodState
from functions.publish.model.period_digest import PeriodDigest
from functions.publish.period_site import Archived
from functions.publish.render.period_page import Around
from functions.publish.site import File
from functions.publish.tree import Tree
from functions.publish.writing import Dependencies, write
from shared.model.span import Period
from shared.store import keys
from shared.store.bucket import Bucket

_STAMPS = ("read_at", "published_at", "updated_at", "revision", "inputs")
"""What is no content: another read that changed nothing else is no new revision."""


class PublishedPeriod(NamedTuple):
    """What came of a language of a week or month."""

    digest: PeriodDigest
    revised: bool
    delivered: Delivered


def publish(
    state: PeriodState, language: str, surroundings: Dependencies, now: datetime, *, anew: bool = False
) -> PublishedPeriod | None:
    """Writes what is new, and nothing where the same was published already; sends what is claimed.

    None where the days have no paper: there is no page and no mail.
    """
    tree = Tree(surroundings.archive, language, surroundings.edition)
    days = _days(state.period, tree)
    was, before = published(state.period, tree), published(state.period.previous, tree)
    known = inputs(state, days, before, surroundings.edition)
    digest = was if was and was.inputs == known and not anew else None
    if digest is None:
        listed = [paper for day in _digests(days, tree.archive) for paper in papers_of(day, state.upvotes)]
        if not listed:
            return None
        digest = _stamped(assemble(state, language, listed, before, now), was, known)
        files = _files(digest, tree)
        delivery.claim(digest, state, surroundings, now)
        write(files, tree.archive)
    return PublishedPeriod(digest, digest is not was, delivery.send(digest, surroundings, now))


def published(period: Period, tree: Tree) -> PeriodDigest | None:
    """The digest as it was published last. One that cannot be read counts as not published."""
    return tree.archive.find(tree.key(keys.period_file(period, "digest.json")), PeriodDigest)


def _days(period: Period, tree: Tree) -> dict[str, str]:
    """The keys of the days' digests, in order, with their content's MD5: one listing a month."""
    there: dict[str, str] = {}
    for month in sorted({f"{day:%Y-%m}-" for day in period.days}):
        there |= tree.archive.list(tree.key(month))
    wanted = [tree.key(keys.day_file(day, "digest.json")) for day in period.days]
    return {key: there[key] for key in wanted if key in there}


def _digests(days: Mapping[str, str], archive: Bucket) -> Iterator[Digest]:
    """One after another, so that a month never lies in memory at once. One that cannot be read costs its day."""
    for key in days:
        if digest := archive.read_if_readable(key, Digest):
            yield digest


def _stamped(digest: PeriodDigest, was: PeriodDigest | None, known: str) -> PeriodDigest:
    """The digest with its times and its revision, which move only with its content."""
    if was is None:
        return digest.model_copy(update={"inputs": known})
    past: dict[str, Any] = {name: getattr(was, name) for name in _STAMPS}
    if digest.model_copy(update=past) == was:
        return was.model_copy(update={"read_at": digest.read_at, "inputs": known})
    stamps = {"published_at": was.published_at, "revision": was.revision + 1, "inputs": known}
    return digest.model_copy(update=stamps)


def _files(digest: PeriodDigest, tree: Tree) -> dict[str, File]:
    """All that the digest changes: its own editions, the pages that link to it, the list and what feeds stand on."""
    period = digest.period
    overview = (tree.find(keys.OVERVIEW, Overview) or Overview()).with_period(period)
    there = overview.of_kind(period.kind)
    beside = (published(other, tree) for other in _around(period, there) if other)
    pages = [(each, _around(each.period, there)) for each in (digest, *(found for found in beside if found))]
    known = tree.find(keys.periods_file(period.kind, keys.RECENT), RecentPeriods)
    recent = (known or RecentPeriods()).with_digest(digest)
    year = shelf.year_of(tree, Overview.year_of_period(period))
    return site.files(digest, pages, recent, Archived(overview, year), tree.edition)


def _around(period: Period, there: Sequence[Period]) -> Around:
    """The ones before and after that were published: a week without papers is passed over."""
    return Around(
        previous=max((other for other in there if other.first < period.first), key=_first, default=None),
        following=min((other for other in there if other.first > period.first), key=_first, default=None),
    )


def _first(period: Period) -> date:
    return period.first
