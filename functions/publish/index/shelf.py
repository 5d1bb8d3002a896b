"""What the bucket knows of a language beyond one day, with this digest in it: of a year or two, and no more."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from functions.publish.index.overview import Overview
from functions.publish.index.recent import Recent
from functions.publish.index.record import PaperRecord
from functions.publish.index.year import Entry, ListedDay, MonthOfDays, Year
from functions.publish.model.digest import Digest
from functions.publish.render import search
from functions.publish.render.page import Around
from functions.publish.render.search import Shard
from functions.publish.tree import Tree
from shared.model.span import Kind
from shared.store import keys

WITH_NEIGHBOURS = 2
"""Days: a neighbour in the same year, and its own."""
RELATED_UNTIL = 3
"""In the first months of a year, papers of the year before are close enough to be related."""


class Shelf(NamedTuple):
    """What the pages of a day need to know of other days. `years` holds the digest's year and those next to it."""

    year: Year
    years: tuple[Year, ...]
    overview: Overview
    recent: Recent
    shard: Shard
    tags: frozenset[str]
    """The tags whose pages the day changes."""
    newest: Digest | None
    """What the front page shows."""
    records: Mapping[str, PaperRecord]
    """Of the digest's papers, with this day."""
    listing: Mapping[date, Digest]
    """The newest digests of the papers whose records changed: this one, and later ones that list them again."""
    unpublished: tuple[Kind, ...]
    """Of weekly and monthly, that of which there is none yet."""
    neighbours: tuple[Digest, ...] = ()
    """The days whose links must be made anew."""

    def around(self, day: date) -> Around:
        """The days with papers before and after this one."""
        days = sorted(known.day for year in self.years for known in year.days if known.papers)
        return Around(
            previous=max((other for other in days if other < day), default=None),
            following=min((other for other in days if other > day), default=None),
        )

    def entry(self, day: date, paper_id: str) -> Entry | None:
        """A paper as a day lists it, if its year is one of those that are here."""
        papers = (entry for year in self.years if year.year == day.year for entry in year.on(day).papers)
        return next((entry for entry in papers if entry.id == paper_id), None)

    def near(self, day: date) -> tuple[date, ...]:
        """The days whose pages link to this one: those with papers before and after it, and the empty ones between."""
        previous, following = self.around(day)
        days = (known.day for year in self.years for known in year.days)
        return tuple(
            other for other in days if (previous or date.min) <= other <= (following or date.max) and other != day
        )


def shelf(tree: Tree, digest: Digest, records: Mapping[str, PaperRecord], *, first: bool, anew: bool) -> Shelf:
    """Reads what there is and adds the digest. `first`: the day is new on the site, or has its first papers.

    `records` are those of the digest's papers that changed, with this day.
    """
    day = digest.day
    known = tree.find(keys.OVERVIEW, Overview) or Overview()
    before = year_of(tree, day.year)
    year = before.with_digest(digest)
    recent = (tree.find(keys.RECENT, Recent) or Recent.of(before.days)).with_digest(digest)
    month = f"{day:%Y-%m}"
    shard = tree.find(keys.search_file(month), Shard) or Shard(month=month)
    found = Shelf(
        year=year,
        years=tuple(sorted((year, *_next_to(year, day, known, tree)), key=lambda other: other.year)),
        overview=known.with_year(year),
        recent=recent,
        shard=shard.with_day(day, search.records(digest)),
        tags=_changed_tags(before.on(day), year.on(day), all_of_them=anew or first),
        newest=next(_front(recent, digest, tree), None),
        records=records,
        listing={day: digest, **dict(_listing_later(records, day, tree))},
        unpublished=tuple(kind for kind in known.kinds_without_any if not _has_any(kind, tree)),
    )
    unknown = first or not before.on(day).papers
    near = found.near(day) if unknown and digest.papers else ()
    return found._replace(neighbours=tuple(other for known in near if (other := tree.digest(known))))


def year_of(tree: Tree, number: int) -> Year:
    """The year as far as its months can be read."""
    there = tree.archive.list(tree.key(keys.archive_folder(number)))
    months = (tree.archive.read_if_readable(key, MonthOfDays) for key in there if key.endswith(".json"))
    return Year(year=number, days=tuple(listed for month in months if month for listed in month.days))


def _next_to(year: Year, day: date, overview: Overview, tree: Tree) -> Iterator[Year]:
    """The year before and the one after, where the day or its neighbours have neighbours there, or papers related."""
    there = sorted(known.year for known in overview.years if known.days)
    before = [known.day < day for known in year.days if known.papers and known.day != day]
    for others, found in (
        (reversed([known for known in there if known < year.year]), before.count(True)),
        ([known for known in there if known > year.year], before.count(False)),
    ):
        for number in others:
            if found >= WITH_NEIGHBOURS and not (number == year.year - 1 and day.month <= RELATED_UNTIL):
                break
            beside = year_of(tree, number)
            yield beside
            found += sum(bool(known.papers) for known in beside.days)  # noqa: PLW2901 - as far as it takes


def _changed_tags(before: ListedDay, after: ListedDay, *, all_of_them: bool) -> frozenset[str]:
    """Those of the papers whose line on the tags' pages is another one. Votes do not stand there."""
    known = {entry.id: entry for entry in before.papers}
    moved = (entry for entry in after.papers if all_of_them or not entry.same_line(known.get(entry.id)))
    gone = {entry.id for entry in before.papers} - {entry.id for entry in after.papers}
    involved = {*(entry.id for entry in moved), *gone}
    return frozenset(tag for entry in (*before.papers, *after.papers) if entry.id in involved for tag in entry.tags)


def _listing_later(records: Mapping[str, PaperRecord], day: date, tree: Tree) -> Iterator[tuple[date, Digest]]:
    """The later digests from which pages of the day's papers are made. Few papers are listed twice."""
    for later in sorted({record.listings[-1].day for record in records.values()} - {day}):
        if digest := tree.digest(later):
            yield later, digest


def _has_any(kind: Kind, tree: Tree) -> bool:
    key = tree.key(keys.periods_file(kind, keys.RECENT))
    return key in tree.archive.list(key)


def _front(recent: Recent, digest: Digest, tree: Tree) -> Iterator[Digest]:
    """The newest days with papers whose digest can be read."""
    for day in recent.with_papers:
        found = digest if day == digest.day else tree.digest(day)
        if found:
            yield found
