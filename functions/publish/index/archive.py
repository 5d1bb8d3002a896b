"""The archive: all years in a few numbers each, and one year's days and papers."""

from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, NamedTuple

from pydantic import Field, StringConstraints

from functions.publish.index import AnyDigest, LanguageSite
from functions.publish.index.year import Year, year_of
from functions.publish.model.period_digest import PeriodDigest
from shared.model.frozen import Frozen
from shared.model.span import Day, NamedPeriod, Period, Span
from shared.store import keys

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

    def beside(self, tag: str, year: int) -> tuple[int, ...]:
        """The years of the tag after and before this one."""
        years = self.of_tag(tag)
        later, earlier = [other for other in years if other > year], [other for other in years if other < year]
        return (*later[-1:], *earlier[:1])

    def of_kind(self, kind: str) -> tuple[Period, ...]:
        """The weeks, or the months, that were published."""
        return tuple(period for known in self.years for period in known.periods if period.kind == kind)

    @property
    def months(self) -> tuple[str, ...]:
        """The months that have days, newest first."""
        return tuple(sorted((month for known in self.years for month in known.months), reverse=True))


class Archive(NamedTuple):
    """The overview, and the year in which a span begins by its name. Only months that changed are stored."""

    overview: Overview
    year: Year
    changed: frozenset[str] = frozenset()

    @classmethod
    def load(cls, site: LanguageSite, span: Span) -> "Archive":
        """The year is put together from its months."""
        return cls(site.find(keys.OVERVIEW, Overview) or Overview(), year_of(site, span.numbers[0]))

    def newest_year(self, site: LanguageSite) -> Year:
        """The newest year that has a day."""
        number = self.overview.newest_year
        return self.year if number in (None, self.year.year) else year_of(site, number)

    def with_digest(self, digest: AnyDigest) -> "Archive":
        """The archive with this digest's day, week or month."""
        if isinstance(digest, PeriodDigest):
            return self._replace(overview=self.overview.with_period(digest.period))
        year = self.year.with_digest(digest)
        return Archive(self.overview.with_year(year), year, self.changed | {f"{digest.day:%Y-%m}"})

    def only(self, spans: Collection[Span]) -> "Archive":
        """The archive without days, weeks and months that are no longer there."""
        year = self.year.only(spans)
        changed = frozenset(month for month in self.year.months if year.month(month) != self.year.month(month))
        return Archive(self.overview.only(spans), year, self.changed | changed)

    def files(self) -> Iterator[tuple[str, Frozen]]:
        """A file a month, so that a day writes no more than its own."""
        yield from ((keys.archive_month(month), self.year.month(month)) for month in sorted(self.changed))
        yield keys.OVERVIEW, self.overview


def tag_years(
    tags: Collection[str], archive: Archive, before: Archive, site: LanguageSite
) -> Mapping[str, tuple[Year, ...]]:
    """The years of each tag whose pages change: this one, and those that link to it where it is new to the tag."""
    number = archive.year.year
    loaded, found = {number: archive.year}, {}
    for tag in tags:
        linking = (*archive.overview.beside(tag, number), *archive.overview.of_tag(tag)[:1])
        years = {number, *(() if number in before.overview.of_tag(tag) else linking)}
        loaded |= {year: year_of(site, year) for year in years - loaded.keys()}
        found[tag] = tuple(loaded[year] for year in sorted(years))
    return found
