"""The archive: all years in a few numbers each, and one year's days and papers."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Annotated, NamedTuple

from pydantic import Field, StringConstraints

from functions.publish.index import AnyDigest, LanguageSite
from functions.publish.index.year import ListedDay, MonthOfDays, Year, year_of
from functions.publish.model.period_digest import PeriodDigest
from shared.model.frozen import Frozen
from shared.model.span import Day, NamedPeriod, Period, Span
from shared.store import keys

MAX_TAGGED = 10
"""Papers that a tag's feed and its own page hold. A tag that has more in a year has a page a month, which hold all."""
MonthName = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]


class YearCount(Frozen):
    """A year in numbers: papers a month and a tag."""

    year: Annotated[int, Field(ge=1, le=9999)]
    days: int
    months: Mapping[MonthName, int]
    tags: Mapping[str, int]
    periods: tuple[NamedPeriod, ...] = ()
    """The weeks and months that were published: `2026-W08`, `2026-02`."""

    @property
    def papers(self) -> int:
        """How many papers its days listed."""
        return sum(self.months.values())


class Overview(Frozen):
    """All years of a language, newest first; stored as `archive/overview.json`."""

    years: tuple[YearCount, ...] = ()

    def with_year(self, year: Year) -> "Overview":
        """The overview with this year's numbers."""
        counts = {"days": len(year.days), "months": year.months, "tags": year.tags}
        return self._with(self.of_year(year.year).model_copy(update=counts))

    def with_period(self, period: Period) -> "Overview":
        """The overview with a week or month that was published, in the year that its name begins with."""
        known = self.of_year(period.numbers[0])
        periods = tuple(sorted({*known.periods, period}, key=str))
        return self._with(known.model_copy(update={"periods": periods}))

    def only(self, spans: Collection[Span]) -> "Overview":
        """The overview without years, weeks and months that are no longer there."""
        years = {span.first.year for span in spans if isinstance(span, Day)}
        return Overview(
            years=tuple(
                known.model_copy(update={"periods": tuple(each for each in known.periods if each in spans)})
                for known in self.years
                if known.year in years
            )
        )

    @property
    def newest_year(self) -> int | None:
        """The newest that has a day: a week may have brought a year without one."""
        return next((known.year for known in self.years if known.days), None)

    def nearest_years(self, year: int) -> list[int]:
        """The years that have days, this one and those next to it first."""
        return sorted((known.year for known in self.years if known.days), key=lambda other: abs(other - year))

    def of_year(self, year: int) -> YearCount:
        """The year's numbers; none where it is not known."""
        empty = YearCount(year=year, days=0, months={}, tags={})
        return next((known for known in self.years if known.year == year), empty)

    def _with(self, count: YearCount) -> "Overview":
        others = (other for other in self.years if other.year != count.year)
        return Overview(years=tuple(sorted((count, *others), key=lambda known: -known.year)))

    def of_tag(self, tag: str) -> tuple[int, ...]:
        """The years that have papers of a tag, newest first."""
        return tuple(known.year for known in self.years if tag in known.tags)

    def of_kind(self, kind: str) -> tuple[Period, ...]:
        """The weeks, or the months, that were published."""
        return tuple(period for known in self.years for period in known.periods if period.kind == kind)

    @property
    def months(self) -> tuple[str, ...]:
        """The months that have days, newest first."""
        return tuple(sorted((month for known in self.years for month in known.months), reverse=True))


class Archive(NamedTuple):
    """The overview, and the year in which a span begins by its name. Only days and months that changed are stored."""

    overview: Overview
    year: Year
    changed: frozenset[date] = frozenset()
    closed: frozenset[str] = frozenset()
    """The months that have a list."""

    @classmethod
    def load(cls, site: LanguageSite, span: Span) -> "Archive":
        """The year is put together from its months and days."""
        year = year_of(site, span.numbers[0])
        closed = frozenset(month for month in year.months if site.etag(site.key(keys.archive_month(month))))
        return cls(site.find(keys.OVERVIEW, Overview) or Overview(), year, closed=closed)

    def newest_year(self, site: LanguageSite) -> Year:
        """The newest year that has a day."""
        return self.year_of(self.overview.newest_year or self.year.year, site)

    def year_of(self, number: int, site: LanguageSite) -> Year:
        """A year: what is here of it, else what is stored."""
        return self.year if number == self.year.year else year_of(site, number)

    def with_digest(self, digest: AnyDigest) -> "Archive":
        """The archive with this digest's day, week or month."""
        if isinstance(digest, PeriodDigest):
            return self._replace(overview=self.overview.with_period(digest.period))
        year = self.year.with_digest(digest)
        return self._replace(overview=self.overview.with_year(year), year=year, changed=self.changed | {digest.day})

    def only(self, spans: Collection[Span]) -> "Archive":
        """The archive without days, weeks and months that are no longer there."""
        year = self.year.only(spans)
        gone = {listed.day for listed in self.year.days} - {listed.day for listed in year.days}
        return self._replace(overview=self.overview.only(spans), year=year, changed=self.changed | gone)

    def files(self) -> Iterator[tuple[str, Frozen]]:
        """A file a day, and the list of a closed month where one of its days changed, or there is none yet."""
        for day in sorted(self.changed):
            listed = tuple(each for each in self.year.days if each.day == day)
            yield keys.archive_day(day), MonthOfDays(days=listed)
        months = {f"{day:%Y-%m}" for day in self.changed}
        newest = max(self.year.months, default="")
        for month in sorted({*self.year.months, *months}):
            if month < newest and (month in months or (self.changed and month not in self.closed)):
                yield keys.archive_month(month), self.year.month(month)
        yield keys.OVERVIEW, self.overview


def tag_years(
    tags: Collection[str], archive: Archive, before: Archive, site: LanguageSite
) -> Mapping[str, tuple[Year, ...]]:
    """The years of each tag whose pages change: this one, and what was the newest where this one is new to the tag."""
    number = archive.year.year
    loaded, found = {number: archive.year}, {}
    for tag in tags:
        known = before.overview.of_tag(tag)
        years = {number, *(() if number in known else known[:1])}
        loaded |= {year: year_of(site, year) for year in years - loaded.keys()}
        found[tag] = tuple(loaded[year] for year in sorted(years))
    return found


def tags_by_month(tags: Collection[str], year: Year, day: date, site: LanguageSite) -> frozenset[str]:
    """The tags that have a page a month: more papers in the year than their own page holds, now or once before."""
    counts = year.tags
    return frozenset(
        tag for tag in tags if counts.get(tag, 0) > MAX_TAGGED or site.etag(site.key(keys.tag_month(tag, day)))
    )


def new_tags(tags: Collection[str], before: Archive, day: date, site: LanguageSite) -> frozenset[str]:
    """Those of the tags whose months' pages are new: all of them, or that of the day's month.

    What was there before was stored after all pages.
    """
    of_year, of_month = before.year.tags, Year(year=day.year, days=before.year.month(f"{day:%Y-%m}").days).tags
    return frozenset(
        tag
        for tag in tags
        if of_year.get(tag, 0) <= MAX_TAGGED or tag not in of_month or not site.etag(site.key(keys.tag_month(tag, day)))
    )


def changed_tags(before: ListedDay, after: ListedDay, *, all_of_them: bool) -> frozenset[str]:
    """Those of the papers whose line on the tags' pages changed."""
    known = {entry.id: entry for entry in before.papers}
    moved = (entry for entry in after.papers if all_of_them or entry != known.get(entry.id))
    gone = {entry.id for entry in before.papers} - {entry.id for entry in after.papers}
    involved = {*(entry.id for entry in moved), *gone}
    return frozenset(tag for entry in (*before.papers, *after.papers) if entry.id in involved for tag in entry.tags)
