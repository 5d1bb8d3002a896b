"""Reconciles a day, week or month with the bucket: publishes each language that is due, then sends its mail once.

What is done depends on stored objects only: messages may be lost or duplicated. One publish runs at a time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from functions.publish import site as editions
from functions.publish.day_issue import DayIssue, StoredDay
from functions.publish.index import LanguageSite
from functions.publish.index.archive import Archive
from functions.publish.index.context import DayContext, day_context, day_indexes
from functions.publish.index.recent import Recent
from functions.publish.index.records import Records
from functions.publish.model.closing import Decision, Look, Wait, settled_markers
from functions.publish.model.digest import Digest
from functions.publish.period_issue import StoredPeriod
from functions.publish.publish import Dependencies, Issue, Outcome, publish, write_files
from functions.publish.render import data, pages
from functions.publish.site import HTML, JSON, File
from shared.model.span import PERIODS, Day, Span
from shared.store import keys
from shared.store.bucket import Bucket

Stored = StoredDay | StoredPeriod
"""What the bucket holds of a day, week or month."""


class Reconciled(NamedTuple):
    """What came of a day, week or month."""

    span: Span
    outcomes: tuple[Outcome, ...] = ()
    look: Look | None = None
    """What was seen of a day that was read."""

    @property
    def must_post_again(self) -> bool:
        """Whether a message is still to be posted."""
        return any(posted.outcome in ("unanswered", "held") for each in self.outcomes for posted in each.posted)


def open_reads(bucket: Bucket) -> dict[Span, datetime]:
    """The days, weeks and months that are not settled, with the time of their oldest open read."""
    found: dict[Span, datetime] = {}
    for span, read_at in filter(None, map(keys.read_of, bucket.list(keys.OPEN_DAYS))):
        found[span] = min(found.get(span, read_at), read_at)
    return found


def reopen(span: Span, bucket: Bucket) -> None:
    """Marks what could not be published, so that the next tick brings it back."""
    reads = filter(None, map(keys.read_of, bucket.list(keys.manifests(span))))
    if newest := max((read_at for _, read_at in reads), default=None):
        bucket.put(keys.open_marker(span, newest), b"")


def reconcile(span: Span, services: Dependencies, now: datetime, *, force: bool = False) -> Reconciled:
    """Does all that is due, or writes all files again. The markers of what was published are deleted last."""
    site = LanguageSite(services.bucket, services.config.languages[0], services.config)
    stored = StoredDay.load(span, site, force=force) if isinstance(span, Day) else StoredPeriod.load(span, site)
    decisions = stored.decide(now) if stored.read_times else {}
    all_wait = bool(decisions) and all(isinstance(decision, Wait) for decision in decisions.values())
    markers = {} if all_wait else services.bucket.list(keys.open_markers(span))
    if not stored.read_times:
        services.bucket.delete(settled_markers(markers, (), now))
        return Reconciled(span)
    if not all_wait:
        write_frames(span, site)
    outcomes, errors = ([], []) if all_wait else _publish_all(stored, decisions, services, now, force=force)
    if isinstance(stored, StoredDay):
        _show_waiting(stored, decisions, site, now)
    waits = any(isinstance(decision, Wait) for decision in decisions.values())
    look = stored.look(decisions, now) if isinstance(stored, StoredDay) else None
    result = Reconciled(span, tuple(outcomes), look)
    for outcome in outcomes:
        if isinstance(span, Day) and (outcome.revised or markers):
            _reopen_periods(span, outcome, site)
    if errors:
        raise ExceptionGroup(f"{span}: languages that could not be published", errors)
    if not (waits or result.must_post_again):
        services.bucket.delete(settled_markers(markers, stored.read_times, now))
    return result


def _reopen_periods(day: Day, outcome: Outcome, site: LanguageSite) -> None:
    """Marks the weeks and months that were read, where the day brings them papers or is no longer missing.

    A day that is not settled may have been revised by a run that was killed before it came to this.
    """
    for period in (kind.of(day.first) for kind in PERIODS):
        known = None if outcome.digest.papers else site.of(outcome.digest.language).period(period)
        if outcome.digest.papers or (known and day.first in known.missing_days):
            reopen(period, site.bucket)


def _publish_all(
    stored: Stored, decisions: Mapping[str, Decision], services: Dependencies, now: datetime, *, force: bool
) -> tuple[list[Outcome], list[Exception]]:
    """Every language fails alone: what came of them, and what they failed with.

    Pages that were written before another language had the same ones are written again, to link to them.
    """
    found: list[Outcome | None] = []
    errors: list[Exception] = []
    issues: Sequence[Issue[Any]] = stored.issues(decisions)
    for issue in issues:
        try:
            found.append(publish(issue, services, now, force=force))
        except Exception as error:  # noqa: BLE001 - whatever it was
            errors.append(error)
    outcomes = [outcome for outcome in found if outcome]
    are_linked = all(decisions.keys() <= {*outcome.digest.languages} for outcome in outcomes)
    again: Sequence[Issue[Any]] = () if are_linked or errors else stored.issues(decisions)
    for issue in again:
        publish(issue, services, now)
    return outcomes, errors


def _show_waiting(stored: StoredDay, decisions: Mapping[str, Decision], site: LanguageSite, now: datetime) -> None:
    if opened := stored.waiting(decisions, now):
        write_frames(Day(stored.state.day), site)
        for issue in opened:
            show_open(issue, now)


def show_open(issue: DayIssue, now: datetime) -> None:
    """Shows a day that still waits half an hour after its read, with drafts of what is pending.

    Writes the day's page, its papers' pages, digest.json, and the front page, which leads to it. The digest has no
    fingerprint: the day counts as not published, and its closing is revision 1. What a killed run has stored of it
    stands, and its other files are written.
    """
    site, config, language = issue.site, issue.site.config, issue.site.language
    stamps = {"closed_at": now, "revision": 0, "languages": (language,)}
    assembled = issue.assemble().model_copy(update=stamps)
    digest = site.shown_day(assembled.day) or assembled
    whole = day_context(site, issue.indexes, digest, first=True, force=False)
    published = issue.indexes[Recent].days_with_papers
    newest = next((found for day in published if (found := site.day(day))), None)
    indexes = issue.indexes.replaced(whole.indexes[Records])
    context = replace(whole, indexes=indexes, tags={}, newest=newest, neighbours=())
    front = pages.front(newest, whole.indexes[Recent].entries, language, config)
    files = {
        site.key(keys.span_file(digest.span, "digest.json")): File(data.digest_json(digest), JSON),
        **editions.files(site, context, editions.OPEN_DAY_EDITIONS),
        site.key(keys.FRONT): File(front.encode(), HTML),
    }
    write_files(files, site)


def write_frames(span: Span, first: LanguageSite) -> None:
    """Writes the frame of each language that has no front page: the pages that every page leads to, in any language.

    The front pages come last, the site's root after all.
    What is there already stays: it may hold days.
    """
    sites = [first.of(language) for language in reversed(first.config.languages)]
    frames = [(site, _frame(site, span.first)) for site in sites if not site.etag(site.key(keys.FRONT))]
    for site, frame in frames:
        front = site.key(keys.FRONT)
        write_files({key: file for key, file in frame.items() if key != front and not site.etag(key)}, site)
    for site, frame in frames:
        front = site.key(keys.FRONT)
        site.put(front, *frame[front])


def _frame(site: LanguageSite, day: date) -> dict[str, File]:
    """The files of a language without days."""
    indexes, ended_at = day_indexes(site, Day(day)), Day(day).ended_at
    digest = Digest(
        day=day,
        language=site.language,
        status="open",
        read_at=ended_at,
        ranked_at=ended_at,
        closed_at=ended_at,
        listed=0,
        model="",
        papers=(),
    )
    context = DayContext(
        site.config,
        digest,
        indexes,
        years=(),
        newest_year=indexes[Archive].year,
        tags={},
        by_month=frozenset(),
        new_tags=frozenset(),
        newest=None,
        listing={},
        unpublished=tuple(kind.kind for kind in PERIODS),
    )
    return editions.files(site, context, (editions.SCRIPTS, *editions.FRAME, editions.FRONT))
