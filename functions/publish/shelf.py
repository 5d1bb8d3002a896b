"""What the bucket knows of a language beyond one day, with this digest in it. It does not grow with the years."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple, TypeVar

from functions.publish.catalogue.overview import Overview
from functions.publish.catalogue.record import Listing, PaperRecord, votes_over_reads
from functions.publish.catalogue.year import Entry, MonthOfDays, Year
from functions.publish.digest import Digest, Edition
from functions.publish.editions import search
from functions.publish.editions.page import Around
from functions.publish.editions.search import Shard
from functions.publish.recent import Recent
from shared import keys
from shared.archive import Archive
from shared.frozen import Frozen
from shared.papers import Manifest
from shared.periods import Kind

WITH_NEIGHBOURS = 2
"""Days: a neighbour in the same year, and its own."""
RELATED_UNTIL = 3
"""In the first months of a year, papers of the year before are close enough to be related."""

Value = TypeVar("Value", bound=Frozen)


class Tree(NamedTuple):
    """A language's folder of the site in the bucket."""

    archive: Archive
    language: str
    edition: Edition

    def key(self, address: str) -> str:
        """The key of an address in the language's tree."""
        return f"{keys.SITE}{keys.tree(self.language, self.edition.languages[0])}{address}"

    def find(self, address: str, kind: type[Value]) -> Value | None:
        """The value that lies at an address, if there is one that can be read."""
        return self.archive.find(self.key(address), kind)

    def write(self, address: str, value: Frozen) -> None:
        """Stores a value at an address."""
        self.archive.write(self.key(address), value)

    def digest(self, day: date) -> Digest | None:
        """The digest as it was published last. One that cannot be read counts as not published."""
        return self.find(keys.day_file(day, "digest.json"), Digest)


class Records(NamedTuple):
    """The records of papers by id; the prefixes that were listed for them, and what lies there with its MD5."""

    known: Mapping[str, PaperRecord]
    listed: frozenset[str]
    there: Mapping[str, str]


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


def records(tree: Tree, papers: Iterable[str]) -> Records:
    """What earlier days know of these papers."""
    known: dict[str, PaperRecord] = {}
    there: dict[str, str] = {}
    addresses = {paper_id: keys.paper_file(paper_id, "paper.json") for paper_id in papers}
    listed = {tree.key(keys.together(address)) for address in addresses.values()}
    for prefix in sorted(listed):
        there |= tree.archive.list(prefix)
    for paper_id, address in addresses.items():
        key = tree.key(address)
        if key in there and (record := tree.archive.read_if_readable(key, PaperRecord)):
            known[paper_id] = record
    return Records(known, frozenset(listed), there)


def with_listings(
    known: Mapping[str, PaperRecord], digest: Digest, manifests: Iterable[Manifest]
) -> dict[str, PaperRecord]:
    """The records of the digest's papers with this day in them; only those whose page this changes."""
    reads = tuple(manifests)
    found = {}
    for paper in digest.papers:
        listing = Listing(day=digest.day, rank=paper.rank, votes=votes_over_reads(reads, paper.id))
        record = (known.get(paper.id) or PaperRecord(id=paper.id, title=paper.title)).with_listing(listing)
        if record.listings[-1].day == digest.day or record != known.get(paper.id):
            found[paper.id] = record
    return found


def shelf(tree: Tree, digest: Digest, records: Mapping[str, PaperRecord], *, first: bool) -> Shelf:
    """Reads what there is and adds the digest. `first`: the day is new on the site, or has its first papers.

    `records` are those of the digest's papers that changed, with this day.
    """
    day = digest.day
    known = tree.find(keys.OVERVIEW, Overview) or Overview()
    before = year_of(tree, day.year)
    year = before.with_digest(digest)
    recent = (tree.find("recent.json", Recent) or Recent.of(before.days)).with_digest(digest)
    month = f"{day:%Y-%m}"
    shard = tree.find(keys.search_file(month), Shard) or Shard(month=month)
    found = Shelf(
        year=year,
        years=tuple(sorted((year, *_next_to(year, day, known, tree)), key=lambda other: other.year)),
        overview=known.with_year(year),
        recent=recent,
        shard=shard.with_day(day, search.records(digest)),
        tags=before.on(day).tags | year.on(day).tags,
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
    there = [known.year for known in overview.years if known.days]
    days = [known.day for known in year.days if known.papers]
    earlier = max((other for other in there if other < year.year), default=None)
    later = min((other for other in there if other > year.year), default=None)
    if earlier and (day.month <= RELATED_UNTIL or sum(other < day for other in days) < WITH_NEIGHBOURS):
        yield year_of(tree, earlier)
    if later and sum(other > day for other in days) < WITH_NEIGHBOURS:
        yield year_of(tree, later)


def _listing_later(records: Mapping[str, PaperRecord], day: date, tree: Tree) -> Iterator[tuple[date, Digest]]:
    """The later digests from which pages of the day's papers are made. Few papers are listed twice."""
    for later in sorted({record.listings[-1].day for record in records.values()} - {day}):
        if digest := tree.digest(later):
            yield later, digest


def _has_any(kind: Kind, tree: Tree) -> bool:
    key = tree.key(keys.periods_file(kind, "recent.json"))
    return key in tree.archive.list(key)


def _front(recent: Recent, digest: Digest, tree: Tree) -> Iterator[Digest]:
    """The newest days with papers whose digest can be read."""
    for day in recent.with_papers:
        found = digest if day == digest.day else tree.digest(day)
        if found:
            yield found
