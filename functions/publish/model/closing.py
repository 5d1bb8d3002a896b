"""Whether a day, week or month can be closed: pure functions of what the bucket holds and the time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from functions.publish.model.digest import Reason, Status
from shared.model.frozen import Frozen
from shared.model.manifest import LatestRow, Manifest, PeriodManifest, latest_rows
from shared.model.prices import total
from shared.model.span import EVENING_AFTER, Day, Period
from shared.store import keys
from shared.store.retry import Failure

DEAD_READ_AFTER = timedelta(hours=6)
"""Lambda stops retrying a failed run after at most six hours. A marker without a manifest is then stale."""


AFTER_ITS_DAYS = timedelta(minutes=20)
"""Two ticks: a week or month waits longer than its days, which may have been read by the same run."""


class Wait(Frozen):
    """Papers, or days, are still on their way."""

    pending: tuple[str, ...]


class Close(Frozen):
    """It is rendered, with the reason for each paper that has no analysis."""

    status: Status
    missing: Mapping[str, Reason] = {}
    failed_cost_usd: float | None = 0.0
    """What models were paid for the analyses that failed; None where a price is not known."""


Decision = Wait | Close


class DayState(Frozen):
    """What the bucket holds of a day: the reads, and keys with the MD5 of their content."""

    day: date
    manifests: tuple[Manifest, ...]
    enriched: Mapping[str, str] = {}
    """Not yet listed while nothing failed and nothing is published."""
    summaries: Mapping[str, str]
    failures: Mapping[str, str]

    @property
    def rows(self) -> dict[str, LatestRow]:
        """The day's papers by id."""
        return latest_rows(self.manifests)

    @property
    def newest(self) -> Manifest:
        """The newest read."""
        return max(self.manifests, key=lambda manifest: manifest.read_at)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the day is made in now: a page in one that was given up stays as it is."""
        return self.newest.languages

    def unsummarised(self, language: str) -> tuple[str, ...]:
        """The ids that have no summary in the language."""
        return tuple(
            paper_id for paper_id in self.rows if keys.summary(self.day, language, paper_id) not in self.summaries
        )

    def failure_keys(self, language: str, paper_id: str) -> tuple[str, ...]:
        """The keys of the paper's failures; one of enrich counts while the facts are not there."""
        found = [keys.failure(self.day, "summarize", paper_id, language)]
        if keys.enriched(self.day, paper_id) not in self.enriched:
            found.append(keys.failure(self.day, "enrich", paper_id))
        return tuple(key for key in found if key in self.failures)


class PeriodState(Frozen):
    """The reads of a week or month, at least one, and its days that are not settled."""

    manifests: tuple[PeriodManifest, ...]
    open_days: frozenset[date] = frozenset()
    absent_days: frozenset[date] = frozenset()
    """Unread, or not listed yet."""

    @property
    def newest(self) -> PeriodManifest:
        """The newest read."""
        return max(self.manifests, key=lambda manifest: manifest.read_at)

    @property
    def period(self) -> Period:
        """What it is of."""
        return self.newest.period

    @property
    def upvotes(self) -> dict[str, int]:
        """The votes now by paper, each of the newest read that has it."""
        in_order = sorted(self.manifests, key=lambda manifest: manifest.read_at)
        return {votes.id: votes.upvotes for manifest in in_order for votes in manifest.papers}


def decide_period(state: PeriodState, now: datetime) -> Decision:
    """Close when all its days are settled, or the time is up."""
    awaited = {
        *(state.open_days if now < state.newest.deadline + AFTER_ITS_DAYS else ()),
        *(state.absent_days if now < state.period.ended_at + state.period.waits_for_days else ()),
    }
    if awaited:
        return Wait(pending=tuple(sorted(map(str, awaited))))
    return Close(status="deadline" if state.open_days or state.absent_days else "complete")


def decide_day(state: DayState, language: str, failures: Mapping[str, Failure], now: datetime) -> Decision:
    """Close as soon as every paper is settled, or at the deadline with what is there.

    `failures` holds the stored failures, by key, of the papers without a summary.
    """
    if not state.rows:
        unreadable = any(manifest.refused for manifest in state.manifests)
        status = "complete" if unreadable else _empty_status(state.day, state.manifests)
        return Close(status=status)
    unsummarised = state.unsummarised(language)
    failed = {
        paper_id
        for paper_id in unsummarised
        if any(failures[key].final for key in state.failure_keys(language, paper_id) if key in failures)
    }
    pending = tuple(paper_id for paper_id in unsummarised if paper_id not in failed)
    if pending and now < max(manifest.deadline for manifest in state.manifests):
        return Wait(pending=pending)
    missing: dict[str, Reason] = {paper_id: "failed" if paper_id in failed else "deadline" for paper_id in unsummarised}
    return Close(
        status="deadline" if pending else "complete",
        missing=missing,
        failed_cost_usd=total(failure.cost_usd for failure in failures.values()),
    )


def _empty_status(day: date, manifests: Sequence[Manifest]) -> Status:
    """A weekday's empty list may still come; one that is empty in the evening too is an empty day."""
    read_at = max(manifest.read_at for manifest in manifests)
    return "not_listed" if Day(day).is_weekday and read_at - Day(day).ended_at < EVENING_AFTER else "empty"


def settled_markers(markers: Iterable[str], read_times: Collection[datetime], now: datetime) -> tuple[str, ...]:
    """Those of the markers whose read is in the digest, and those of reads that died."""
    reads = ((marker, keys.read_of(marker)) for marker in markers)
    return tuple(
        marker for marker, read in reads if read and (read[1] in read_times or now - read[1] > DEAD_READ_AFTER)
    )
