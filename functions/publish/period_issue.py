"""A week or month: its reads, whether its days are settled, and its digest in each language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from functions.publish import site as editions
from functions.publish.index import LanguageSite
from functions.publish.index.context import period_context
from functions.publish.index.year import listed_days
from functions.publish.model.closing import Close, Decision
from functions.publish.model.digest import Digest
from functions.publish.model.period_assembly import PeriodState, assemble, decide_period, papers_of, sources
from functions.publish.model.period_digest import PeriodDigest
from functions.publish.site import File
from shared.model.manifest import PeriodManifest
from shared.model.span import Month, Period
from shared.store import keys
from shared.store.bucket import Bucket


@dataclass(frozen=True)
class StoredPeriod:
    """What the bucket holds of a week or month. Without reads there is no state."""

    state: PeriodState | None
    site: LanguageSite

    @classmethod
    def load(cls, period: Period, site: LanguageSite) -> "StoredPeriod":
        """Its reads, and which of its days are not settled."""
        bucket = site.bucket
        manifests = tuple(bucket.read(key, PeriodManifest) for key in keys.reads(bucket.list(keys.manifests(period))))
        if not manifests:
            return cls(None, site)
        opened, absent = _open_days(period, bucket), _unread_days(period, bucket) | _unlisted_days(period, site)
        return cls(PeriodState(manifests=manifests, open_days=opened, absent_days=absent), site)

    @property
    def read_times(self) -> frozenset[datetime]:
        """When it was read."""
        return frozenset(manifest.read_at for manifest in self.state.manifests) if self.state else frozenset()

    def decide(self, now: datetime) -> dict[str, Decision]:
        """Whether it can be closed, by language."""
        return dict.fromkeys(self.state.newest.languages, decide_period(self.state, now)) if self.state else {}

    def issues(self, decisions: Mapping[str, Decision]) -> list["PeriodIssue"]:
        """Those that can be closed."""
        closed = [language for language, decision in decisions.items() if isinstance(decision, Close)]
        return [PeriodIssue(self.site.of(each), self.state) for each in closed if self.state]


def _open_days(period: Period, bucket: Bucket) -> frozenset[date]:
    opened = keys.days_read(bucket.list(keys.OPEN_DAYS))
    return frozenset(day for day in period.days if day in opened)


def _unread_days(period: Period, bucket: Bucket) -> frozenset[date]:
    """Only from the stack's first day on: a backfill of one day makes no other one late."""
    since = keys.first_since(bucket.list(keys.SINCE)) or date.max
    months = dict.fromkeys(map(Month.of, period.days))
    read = keys.days_read(key for month in months for key in bucket.list(keys.manifests_of_month(month)))
    return frozenset(day for day in period.days if day >= since and day not in read)


def _unlisted_days(period: Period, site: LanguageSite) -> frozenset[date]:
    """The days whose list was empty and may still come."""
    years = {day.year: {each.month for each in period.days if each.year == day.year} for day in period.days}
    listed = (day for year, months in years.items() for day in listed_days(site, year, months))
    return frozenset(day.day for day in listed if day.status == "not_listed" and day.day in period.days)


class PeriodIssue:
    """A week or month in one language, to be closed."""

    def __init__(self, site: LanguageSite, state: PeriodState) -> None:
        self.site, self.state = site, state
        self.previous = site.period(state.period)
        self.wishes = frozenset(manifest.mail for manifest in state.manifests)
        self._before = site.period(state.period.previous)
        self._days = self._stored_days()

    @property
    def span(self) -> Period:
        """What it is of."""
        return self.state.period

    @property
    def pages(self) -> tuple[str]:
        """Its own alone."""
        return (keys.span_file(self.span),)

    def sources(self) -> Mapping[str, object]:
        """Its reads, the digests of its days, and the period before."""
        return sources(self.state, self._days, self._before)

    def assemble(self) -> PeriodDigest | None:
        """None where its days have no paper: there is no page and no mail."""
        listed = [paper for day in self._digests() for paper in papers_of(day, self.state.upvotes)]
        return assemble(self.state, self.site.language, listed, self._before) if listed else None

    def files(self, digest: PeriodDigest) -> dict[str, File]:
        """All its files but digest.json."""
        context = period_context(self.site, digest)
        return editions.files(self.site, context, editions.PERIOD_EDITIONS) | editions.index_files(self.site, context)

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
