"""What the pages of a digest show of other days, weeks and months: the indexes with the digest in them, and more."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from functions.publish.index import Index, Indexes, LanguageSite
from functions.publish.index.archive import Archive, Overview, changed_tags, new_tags, tag_years, tags_by_month
from functions.publish.index.recent import Recent
from functions.publish.index.records import PaperRecord, Records
from functions.publish.index.search import Search
from functions.publish.index.year import Entry, Year, year_of
from functions.publish.model.digest import Digest
from functions.publish.model.period_digest import PeriodDigest
from functions.publish.settings import SiteConfig
from shared.model.span import PERIODS, Day, Span
from shared.store import keys

WITH_NEIGHBOURS, RELATED_UNTIL = 2, 3
"""Days: a neighbour in the same year, and its own. Months in which papers of the year before are related, too."""

DAY_INDEXES: tuple[type[Index[Digest]], ...] = (Records, Search, Archive, Recent)
PERIOD_INDEXES: tuple[type[Index[PeriodDigest]], ...] = (Archive, Recent)
"""Every index, in the order in which they are written."""


def day_indexes(site: LanguageSite, span: Span) -> Indexes[Digest]:
    """The indexes that a day belongs to, as they are stored."""
    return Indexes(*(kind.load(site, span) for kind in DAY_INDEXES))


def period_indexes(site: LanguageSite, span: Span) -> Indexes[PeriodDigest]:
    """The indexes that a week or month belongs to, as they are stored."""
    return Indexes(*(kind.load(site, span) for kind in PERIOD_INDEXES))


class Around(NamedTuple):
    """The ones before and after a day, week or month that have a page with papers."""

    previous: Span | None = None
    following: Span | None = None

    @classmethod
    def of(cls, span: Span, spans: Collection[Span]) -> "Around":
        """The nearest of these spans."""
        ordered = sorted(spans, key=lambda each: each.first)
        earlier = [each for each in ordered if each.first < span.first]
        later = [each for each in ordered if each.first > span.first]
        return cls(earlier[-1] if earlier else None, later[0] if later else None)


@dataclass(frozen=True)
class PeriodContext:
    """What the pages of a week or month show beside it."""

    config: SiteConfig
    digest: PeriodDigest
    indexes: Indexes[PeriodDigest]
    newest_year: Year
    last_year: Year
    """That of its last day: a week may begin in the year before."""
    neighbours: tuple[PeriodDigest, ...]
    """Those whose pages link to it."""
    newest: Digest | None = None

    def around(self, digest: PeriodDigest) -> Around:
        """The weeks or months before and after: one without papers has no page."""
        return Around.of(digest.period, self.indexes[Archive].overview.of_kind(digest.period.kind))


def period_context(site: LanguageSite, digest: PeriodDigest) -> PeriodContext:
    """Reads the indexes and adds the digest."""
    indexes = period_indexes(site, digest.period).with_digest(digest)
    archive = indexes[Archive]
    last_year = archive.year_of(digest.period.last.year, site)
    alone = PeriodContext(site.config, digest, indexes, archive.newest_year(site), last_year, neighbours=())
    found = (site.find(keys.span_file(span, "digest.json"), PeriodDigest) for span in alone.around(digest) if span)
    newest = next(_newest(Recent.load(site, Day(digest.period.last)), None, site), None)
    return replace(alone, neighbours=tuple(each for each in found if each), newest=newest)


@dataclass(frozen=True)
class DayContext:
    """What the pages of a day show beside it."""

    config: SiteConfig
    digest: Digest
    indexes: Indexes[Digest]
    years: tuple[Year, ...]
    """The digest's year and those next to it."""
    newest_year: Year
    tags: Mapping[str, tuple[Year, ...]]
    """The tags whose pages the day changes, and of which years."""
    by_month: frozenset[str]
    """Those that have a page a month."""
    new_tags: frozenset[str]
    """Those whose months' pages lead to a new one, or are new."""
    newest: Digest | None
    """What the front page shows."""
    listing: Mapping[date, Digest]
    """The newest digests of the papers whose records changed: this one, and later ones that list them again."""
    unpublished: tuple[str, ...]
    """The kinds of periods, such as weekly, of which there is none yet."""
    neighbours: tuple[Digest, ...] = ()
    """The days whose pages link to this one, where it is new to them."""

    @property
    def year(self) -> Year:
        """The digest's year."""
        return self.indexes[Archive].year

    @property
    def overview(self) -> Overview:
        """All years."""
        return self.indexes[Archive].overview

    def around(self, day: date) -> Around:
        """The days with papers before and after this one."""
        return Around.of(Day(day), [Day(known.day) for year in self.years for known in year.days if known.papers])

    def entry(self, day: date, paper_id: str) -> Entry | None:
        """A paper as a day lists it."""
        return next((entry for entry in self.papers_of(day) if entry.id == paper_id), None)

    def papers_of(self, day: date) -> tuple[Entry, ...]:
        """The papers that the day lists, if its year is one of those that are here."""
        return next((year.on(day).papers for year in self.years if year.year == day.year), ())

    def linking(self, day: date) -> tuple[date, ...]:
        """The days whose pages link to this one: those with papers before and after it, and the empty ones between."""
        previous, following = self.around(day)
        first, last = previous.first if previous else date.min, following.first if following else date.max
        days = (known.day for year in self.years for known in year.days)
        return tuple(other for other in days if first <= other <= last and other != day)


def day_context(site: LanguageSite, stored: Indexes[Digest], digest: Digest, *, first: bool, force: bool) -> DayContext:
    """Adds the digest to the stored indexes, and reads what else its pages show.

    `first`: the day is new on the site, or has its first papers.
    """
    day, before, indexes = digest.day, stored[Archive], stored.with_digest(digest)
    archive, records = indexes[Archive], indexes[Records].changed
    tags = changed_tags(before.year.on(day), archive.year.on(day), all_of_them=force or first)
    of_day = archive.year.on(day).tags
    by_month = tags_by_month(tags | of_day, archive.year, day, site)
    new = new_tags(by_month & of_day, before, day, site)
    alone = DayContext(
        site.config,
        digest,
        indexes,
        years=tuple(sorted((archive.year, *_years_beside(archive, before, day, site)), key=lambda year: year.year)),
        newest_year=archive.newest_year(site),
        tags=tag_years(tags | new, archive, before, site),
        by_month=by_month,
        new_tags=new,
        newest=next(_newest(indexes[Recent], digest, site), None),
        listing={day: digest, **dict(_listing_later(records, day, site))},
        unpublished=tuple(kind.kind for kind in PERIODS if not _has_any(kind.kind, before.overview, site)),
    )
    is_new = first or not before.year.on(day).papers
    linking = alone.linking(day) if is_new and digest.papers else ()
    return replace(alone, neighbours=tuple(other for known in linking if (other := site.day(known))))


def _years_beside(archive: Archive, before: Archive, day: date, site: LanguageSite) -> Iterator[Year]:
    """The years before and after, where the day or its neighbours have neighbours there, or papers related."""
    number = archive.year.year
    there = sorted(known.year for known in before.overview.years if known.days)
    earlier = [known.day < day for known in archive.year.days if known.papers and known.day != day]
    for others, count in (
        (reversed([known for known in there if known < number]), earlier.count(True)),
        ([known for known in there if known > number], earlier.count(False)),
    ):
        found = count
        for other in others:
            if found >= WITH_NEIGHBOURS and not (other == number - 1 and day.month <= RELATED_UNTIL):
                break
            beside = year_of(site, other)
            yield beside
            found += sum(bool(known.papers) for known in beside.days)


def _listing_later(records: Mapping[str, PaperRecord], day: date, site: LanguageSite) -> Iterator[tuple[date, Digest]]:
    """The later digests from which pages of the day's papers are made. Few papers are listed twice."""
    for later in sorted({record.listings[-1].day for record in records.values()} - {day}):
        if digest := site.day(later):
            yield later, digest


def _has_any(kind: str, overview: Overview, site: LanguageSite) -> bool:
    return bool(overview.of_kind(kind) or site.etag(site.key(keys.list_file(kind, keys.RECENT))))


def _newest(recent: Recent, digest: Digest | None, site: LanguageSite) -> Iterator[Digest]:
    """The newest days with papers whose digest can be read."""
    for day in recent.days_with_papers:
        if found := digest if digest and day == digest.day else site.day(day):
            yield found
