"""Looks at a day: closes it in each language where that is due, renders it, and mails it once.

What is done follows from what lies in the bucket: any message may be lost or doubled. One publish runs at a time.
"""

from contextlib import suppress
from datetime import date, datetime
from typing import NamedTuple

from functions.publish import writing
from functions.publish.closing import Close, DayState, Wait, decide, settled_markers
from functions.publish.writing import Language, Published, Surroundings
from shared import keys
from shared.archive import Archive
from shared.attempts import Failure
from shared.papers import Manifest


class Looked(NamedTuple):
    """What came of a look at a day. It is settled when all its languages are closed."""

    day: date
    settled: bool
    published: tuple[Published, ...] = ()


def open_days(archive: Archive) -> dict[date, datetime]:
    """The days that are not settled, with the time of their oldest open read."""
    found: dict[date, datetime] = {}
    for key in archive.list(keys.OPEN_DAYS):
        with suppress(ValueError):  # somebody else's key, such as a folder made by hand
            day, read_at = keys.day_of(key), keys.read_at_of(key)
            found[day] = min(found.get(day, read_at), read_at)
    return found


def reopen(day: date, archive: Archive) -> None:
    """Marks a day that could not be published, so that the next tick brings it back."""
    reads = [keys.read_at_of(key) for key in archive.list(keys.manifests(day))]
    if reads:
        archive.put(keys.open_marker(day, max(reads)), b"")


def look(day: date, surroundings: Surroundings, now: datetime) -> Looked:
    """Does all that is due for the day. The markers that were there at the start go last."""
    archive = surroundings.archive
    markers = archive.list(keys.open_markers(day))
    state = _state(day, archive)
    published: tuple[Published, ...] = ()
    settled = bool(state.manifests)
    if state.manifests:
        decisions = _decisions(state, archive, now)
        published = _publish(state, decisions, surroundings, now)
        settled = not any(isinstance(decision, Wait) for decision in decisions.values())
    if settled or not state.manifests:
        archive.delete(settled_markers(markers, state.manifests, now))
    return Looked(day, settled and bool(markers), published)


def _state(day: date, archive: Archive) -> DayState:
    return DayState(
        day=day,
        manifests=tuple(archive.read_once(key, Manifest) for key in archive.list(keys.manifests(day))),
        summaries=archive.list(keys.summaries(day)),
        failures=archive.list(keys.failures(day)),
        enriched=archive.list(keys.enriched_papers(day)),
    )


def _decisions(state: DayState, archive: Archive, now: datetime) -> dict[str, Wait | Close]:
    found: dict[str, Wait | Close] = {}
    for language in state.languages:
        failed = {key for paper_id in state.unsummarised(language) for key in state.failure_keys(language, paper_id)}
        failures = {key: failure for key in failed if (failure := archive.read_if_readable(key, Failure))}
        found[language] = decide(state, language, failures, now)
    return found


def _publish(
    state: DayState, decisions: dict[str, Wait | Close], surroundings: Surroundings, now: datetime
) -> tuple[Published, ...]:
    """Writes what can be closed. All languages keep the ranking that was published first in any."""
    previous = {language: writing.previous(state.day, language, surroundings) for language in decisions}
    ranked_at = min((digest.ranked_at for digest in previous.values() if digest and digest.papers), default=None)
    published, errors = [], []
    for language, close in decisions.items():
        if isinstance(close, Close):
            try:
                asked = Language(language, close, previous[language], ranked_at)
                published.append(writing.publish(state, asked, surroundings, now))
            except Exception as error:  # noqa: BLE001 - every language fails alone; what it was is raised below
                errors.append(error)
    if errors:
        raise ExceptionGroup(f"{state.day}: languages that could not be published", errors)
    return tuple(published)
