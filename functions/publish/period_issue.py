"""A week or month: its reads, whether its days are settled, and its digest in each language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from functions.publish import site as editions
from functions.publish.index import LanguageSite
from functions.publish.index.context import period_context
from functions.publish.model.closing import Close, Decision, PeriodState, decide_period
from functions.publish.model.digest import Digest
from functions.publish.model.period_assembly import assemble, papers_of, sources
from functions.publish.model.period_digest import PeriodDigest
from functions.publish.publish import Dependencies
from functions.publish.site import File
from shared.model.manifest import PeriodManifest
from shared.model.span import Day, Period
from shared.store import keys


@dataclass(frozen=True)
class StoredPeriod:
    """What the bucket holds of a week or month."""

    manifests: tuple[PeriodManifest, ...]
    open_days: frozenset[Day]
    services: Dependencies

    @classmethod
    def load(cls, period: Period, services: Dependencies) -> "StoredPeriod":
        """Its reads, and which of its days are open."""
        bucket, days = services.bucket, {str(day) for day in period.days}
        opened = {name for key in bucket.list(keys.OPEN_DAYS) if (name := key.split("/")[1]) in days}
        manifests = tuple(bucket.read(key, PeriodManifest) for key in bucket.list(keys.manifests(period)))
        return cls(manifests, frozenset(map(Day.parse, opened)), services)

    @property
    def read_times(self) -> frozenset[datetime]:
        """When it was read."""
        return frozenset(manifest.read_at for manifest in self.manifests)

    def decide(self, now: datetime) -> dict[str, Decision]:
        """Whether it can be closed, by language."""
        state = PeriodState(manifests=self.manifests, open_days=frozenset(day.first for day in self.open_days))
        return dict.fromkeys(state.newest.languages, decide_period(state, now))

    def issues(self, decisions: Mapping[str, Decision]) -> list["PeriodIssue"]:
        """Those that can be closed."""
        bucket, config = self.services.bucket, self.services.config
        closed = [language for language, decision in decisions.items() if isinstance(decision, Close)]
        state = PeriodState(manifests=self.manifests)
        return [PeriodIssue(LanguageSite(bucket, language, config), state) for language in closed]


class PeriodIssue:
    """A week or month in one language, to be closed."""

    def __init__(self, site: LanguageSite, state: PeriodState) -> None:
        self.site, self.state = site, state
        self.previous = site.period(state.period)
        self.wishes = frozenset(manifest.mail for manifest in state.manifests)
        self._before = site.period(state.period.previous)
        self._days = self._stored_days()

    def sources(self) -> Mapping[str, object]:
        """Its reads, the digests of its days, and the period before."""
        return sources(self.state, self._days, self._before)

    def assemble(self) -> PeriodDigest | None:
        """None where its days have no paper: there is no page and no mail."""
        listed = [paper for day in self._digests() for paper in papers_of(day, self.state.upvotes)]
        return assemble(self.state, self.site.language, listed, self._before) if listed else None

    def files(self, digest: PeriodDigest) -> dict[str, File]:
        """All its files but digest.json."""
        return editions.files(self.site, period_context(self.site, digest))

    def _stored_days(self) -> dict[str, str]:
        """The keys of the days' digests, in order, with their content's MD5: one listing a month."""
        stored: dict[str, str] = {}
        for month in sorted({f"{day:%Y-%m}-" for day in self.state.period.days}):
            stored |= self.site.bucket.list(self.site.key(month))
        wanted = [self.site.key(keys.day_file(day, "digest.json")) for day in self.state.period.days]
        return {key: stored[key] for key in wanted if key in stored}

    def _digests(self) -> Iterator[Digest]:
        """One after another, so that a month is never in memory at once. One that cannot be read costs its day."""
        for key in self._days:
            if digest := self.site.bucket.read_if_readable(key, Digest):
                yield digest
