"""All years in a few numbers each: what the archive's and the tags' front pages are made from."""

from collections.abc import Mapping

from functions.publish.catalogue.year import Year
from shared.frozen import Frozen


class YearCount(Frozen):
    """A year in numbers: papers a month and a tag."""

    year: int
    days: int
    months: Mapping[str, int]
    tags: Mapping[str, int]

    @property
    def papers(self) -> int:
        """How many papers its days listed."""
        return sum(self.months.values())


class Overview(Frozen):
    """All years of a language, newest first; stored as `archive/overview.json`."""

    years: tuple[YearCount, ...] = ()

    def with_year(self, year: Year) -> "Overview":
        """The same with this year's numbers."""
        count = YearCount(year=year.year, days=len(year.days), months=year.months, tags=year.tags)
        others = (other for other in self.years if other.year != year.year)
        return Overview(years=tuple(sorted((count, *others), key=lambda known: -known.year)))

    def of_tag(self, tag: str) -> tuple[tuple[int, int], ...]:
        """The years that have papers of a tag, newest first, and how many."""
        return tuple((known.year, known.tags[tag]) for known in self.years if tag in known.tags)

    @property
    def months(self) -> tuple[str, ...]:
        """The months that have days, newest first."""
        return tuple(sorted((month for known in self.years for month in known.months), reverse=True))
