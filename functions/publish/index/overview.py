"""All years in a few numbers each: what the archive's and the tags' front pages are made from."""

from collections.abc import Collection, Mapping
from typing import Annotated, get_args

from pydantic import Field, StringConstraints

from functions.publish.index.year import Year
from shared.model.frozen import Frozen
from shared.model.span import Kind, NamedPeriod, Period

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
        """The same with this year's numbers."""
        return self._with(
            YearCount(
                year=year.year,
                days=len(year.days),
                months=year.months,
                tags=year.tags,
                periods=self.of_year(year.year).periods,
            )
        )

    def with_period(self, period: Period) -> "Overview":
        """The same with a week or month that was published, in the year that its name tells."""
        known = self.of_year(self.year_of_period(period))
        periods = tuple(sorted({*known.periods, period}, key=str))
        return self._with(known.model_copy(update={"periods": periods}))

    @staticmethod
    def year_of_period(period: Period) -> int:
        """The year that a week's or month's name begins with."""
        return int(str(period)[:4])

    def only(self, years: Collection[int], periods: Collection[Period]) -> "Overview":
        """The same without years, weeks and months that are no longer there."""
        return Overview(
            years=tuple(
                known.model_copy(update={"periods": tuple(each for each in known.periods if each in periods)})
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

    def of_tag(self, tag: str) -> tuple[tuple[int, int], ...]:
        """The years that have papers of a tag, newest first, and how many."""
        return tuple((known.year, known.tags[tag]) for known in self.years if tag in known.tags)

    def of_kind(self, kind: Kind) -> tuple[Period, ...]:
        """The weeks, or the months, that were published."""
        return tuple(period for known in self.years for period in known.periods if period.kind == kind)

    @property
    def kinds_without_any(self) -> tuple[Kind, ...]:
        """Weekly, monthly: of which none is known."""
        published = {period.kind for known in self.years for period in known.periods}
        return tuple(kind for kind in get_args(Kind) if kind not in published)

    @property
    def months(self) -> tuple[str, ...]:
        """The months that have days, newest first."""
        return tuple(sorted((month for known in self.years for month in known.months), reverse=True))
