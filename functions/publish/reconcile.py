"""Looks at a day: closes it in each language where that is due, renders it, and mails it once.

What is done follows from what lies in the bucket: any message may be lost or doubled. One publish runs at a time.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import NamedTuple

from functions.publish import writing
from functions.publish.delivery import mailing
from functions.publish.model.closing import Close, DayState, Wait, decide, settled_markers
from functions.publish.tree import Tree
from functions.publish.writing import Dependencies, Language, Published
from shared.model.manifest import Manifest
from shared.model.span import DayOrPeriod
from shared.store import keys
from shared.store.bucket import Bucket
from shared.store.retry import Failure


class Looked(NamedTuple):
    """What came of a look at a day. It is settled when all its languages are closed."""

    day: date
    settled: bool
    published: tuple[Published, ...] = ()


def open_reads(archive: Bucket) -> dict[DayOrPeriod, datetime]:
    """The days, weeks and months that are not settled, with the time of their oldest open read."""
    found: dict[DayOrPeriod, datetime] = {}
    for key in archive.list(keys.OPEN_DAYS):
        with suppress(ValueError):  # somebody else's key, such as a folder made by hand
            day, read_at = keys.day_or_period_of(key), keys.read_at_of(key)
            found[day] = min(found.get(day, read_at), read_at)
    return found


def reopen(day: date, archive: Bucket) -> None:
    """Marks a day that could not be published, so that the next tick brings it back."""
    reads = [keys.read_at_of(key) for key in archive.list(keys.manifests(day))]
    if reads:
        archive.put(keys.open_marker(day, max(reads)), b"")


def look(day: date, surroundings: Dependencies, now: datetime, *, anew: bool = False) -> Looked:
    """Does all that is due for the day, or makes all its files anew. The markers listed at the start go last."""
    archive = surroundings.archive
    if not anew and _only_waits(day, archive, now):
        return Looked(day, settled=False)
    markers = archive.list(keys.open_markers(day))
    state = _state(day, archive)
    published: tuple[Published, ...] = ()
    settled = bool(state.manifests)
    if state.manifests:
        decisions = _decisions(state, archive, now)
        published = _publish(state, decisions, surroundings, now, anew=anew)
        waiting = any(isinstance(decision, Wait) for decision in decisions.values())
        settled = not waiting and not any(each.posted.outcome == "unanswered" for each in published)
    if settled or not state.manifests:
        archive.delete(settled_markers(markers, state.manifests, now))
    return Looked(day, settled and bool(markers), published)


def _only_waits(day: date, archive: Bucket, now: datetime) -> bool:
    """Whether papers of every language are still on their way: what most looks find, with the fewest calls.

    Without the enriched papers more may count as failed, never fewer: who waits here waits in any case.
    """
    state = _state(day, archive, enriched={})
    decisions = _decisions(state, archive, now) if state.manifests else {}
    return bool(decisions) and all(isinstance(decision, Wait) for decision in decisions.values())


def _state(day: date, archive: Bucket, enriched: Mapping[str, str] | None = None) -> DayState:
    return DayState(
        day=day,
        manifests=tuple(archive.read_once(key, Manifest) for key in archive.list(keys.manifests(day))),
        summaries=archive.list(keys.summaries(day)),
        failures=archive.list(keys.failures(day)),
        enriched=archive.list(keys.enriched_papers(day)) if enriched is None else enriched,
    )


def _decisions(state: DayState, archive: Bucket, now: datetime) -> dict[str, Wait | Close]:
    found: dict[str, Wait | Close] = {}
    for language in state.languages:
        failed = {key for paper_id in state.unsummarised(language) for key in state.failure_keys(language, paper_id)}
        failures = {key: failure for key in failed if (failure := archive.read_if_readable(key, Failure))}
        found[language] = decide(state, language, failures, now)
    return found


def _publish(
    state: DayState, decisions: dict[str, Wait | Close], surroundings: Dependencies, now: datetime, *, anew: bool
) -> tuple[Published, ...]:
    """Writes what can be closed. All languages keep the ranking that was published first in any."""
    archive, edition = surroundings.archive, surroundings.edition
    previous = {language: Tree(archive, language, edition).digest(state.day) for language in decisions}
    ranked_at = min((digest.ranked_at for digest in previous.values() if digest and digest.papers), default=None)
    if ranked_at is None:
        ranked_at = _ranked_when_mailed(state, archive)
    published, errors = [], []
    for language, close in decisions.items():
        if isinstance(close, Close):
            try:
                asked = Language(language, close, previous[language], ranked_at, anew)
                published.append(writing.publish(state, asked, surroundings, now))
            except Exception as error:  # noqa: BLE001 - every language fails alone; what it was is raised below
                errors.append(error)
    if errors:
        raise ExceptionGroup(f"{state.day}: languages that could not be published", errors)
    return tuple(published)


def _ranked_when_mailed(state: DayState, archive: Bucket) -> datetime | None:
    """The read that the mail was made from: where the site was lost, it tells the ranking that was published first."""
    records = [mailing.stored(archive, keys.mailed(state.day, language)) for language in state.languages]
    mailed_at = min((record.at for record in records if record), default=None)
    reads = (manifest.read_at for manifest in state.manifests if manifest.papers)
    return max((at for at in reads if mailed_at and at <= mailed_at), default=None)
