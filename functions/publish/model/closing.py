"""Whether a day can be closed, or changed by a message: by what the bucket holds, the last look, and the time."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from functions.publish.model.digest import Reason, Status
from shared.model.frozen import Frozen
from shared.model.manifest import LatestRow, Manifest, latest_rows
from shared.model.messages import PaperFailed, PaperSummarized
from shared.model.prices import total
from shared.model.span import EVENING_AFTER, Day, Span
from shared.store import keys
from shared.store.retry import Failure

DEAD_READ_AFTER = timedelta(hours=6)
"""Lambda stops retrying a failed run after at most six hours. A marker without a manifest is then stale."""
GOOD_FOR = timedelta(minutes=1)
"""A look is relied on for so long. What another process did meanwhile is seen with the next message or tick."""

Settled = PaperSummarized | PaperFailed


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


class Look(Frozen):
    """What publish saw of a day, and what messages said since."""

    at: datetime
    summarised: Mapping[str, frozenset[str]]
    """The papers that had an analysis, by language."""
    awaited: Mapping[str, frozenset[str]] = {}
    """The papers that are on their way, by language."""

    def news(self, messages: Collection[Settled]) -> Iterator[tuple[str, str]]:
        """The languages and ids of papers that were not analysed yet."""
        for message in messages:
            for language in (message.language,) if message.language else self.summarised:
                if message.id not in self.summarised.get(language, ()):
                    yield language, message.id

    def after(self, messages: Collection[Settled]) -> "Look":
        """The look without the papers that are no longer awaited."""
        settled = frozenset(self.news(messages))
        left = {
            language: frozenset(each for each in ids if (language, each) not in settled)
            for language, ids in self.awaited.items()
        }
        return self.model_copy(update={"awaited": left})


class Looks:
    """The last look at each day."""

    def __init__(self) -> None:
        self._last: dict[Span, Look] = {}

    def is_due(self, day: Day, messages: Collection[Settled], now: datetime) -> bool:
        """Whether the day is to be looked at: a language whose papers are all settled has news."""
        look = self._last.get(day)
        if look is None or now - look.at > GOOD_FOR:
            return True
        self._last[day] = look.after(messages)
        return any(not self._last[day].awaited.get(language) for language, _ in look.news(messages))

    def note(self, span: Span, look: Look | None) -> None:
        """Remembers a look for as long as it is good. None: of a week or month, or of what was not read."""
        if look:
            known = {each: last for each, last in self._last.items() if look.at - last.at <= GOOD_FOR}
            self._last = {**known, span: look}

    def forget(self, span: Span) -> None:
        """Has it looked at with the next message."""
        self._last.pop(span, None)
