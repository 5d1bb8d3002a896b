"""The records of papers: each day that listed a paper, and its votes at every read of those days' lists."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from pydantic import AwareDatetime

from functions.publish.index import LanguageSite
from functions.publish.index.archive import Archive
from functions.publish.model.digest import Digest
from shared.model.frozen import Frozen
from shared.model.manifest import Manifest, latest_rows
from shared.model.span import Day, Span
from shared.store import keys


class Votes(Frozen):
    """The votes that a read of the list gave."""

    at: AwareDatetime
    upvotes: int


class Listing(Frozen):
    """A day that listed the paper."""

    day: date
    rank: int
    votes: tuple[Votes, ...] = ()


class PaperRecord(Frozen):
    """What is known of a paper over all days; stored as `paper.json` once more than one day has listed it."""

    id: str
    title: str
    listings: tuple[Listing, ...] = ()

    def with_listing(self, listing: Listing) -> "PaperRecord":
        """The record with this day's listing."""
        others = (other for other in self.listings if other.day != listing.day)
        ordered = tuple(sorted((listing, *others), key=lambda known: known.day))
        return self.model_copy(update={"listings": ordered})

    def before(self, day: date) -> tuple[date, ...]:
        """The days before this one that listed the paper."""
        return tuple(listing.day for listing in self.listings if listing.day < day)

    def only(self, spans: Collection[Span]) -> "PaperRecord":
        """The record without days that are no longer there."""
        kept = tuple(known for known in self.listings if Day(known.day) in spans)
        return self.model_copy(update={"listings": kept})

    @property
    def votes(self) -> tuple[Votes, ...]:
        """The votes over time."""
        return tuple(sorted((votes for listing in self.listings for votes in listing.votes), key=lambda read: read.at))


class Records(NamedTuple):
    """The records of a day's papers. `reads` are the day's, from which the votes over time are taken."""

    site: LanguageSite
    known: Mapping[str, PaperRecord] = {}
    reads: tuple[Manifest, ...] = ()
    stored: frozenset[str] = frozenset()
    """The papers that have a file."""
    changed: Mapping[str, PaperRecord] = {}
    """Those whose page the day changes."""

    @classmethod
    def load(cls, site: LanguageSite, span: Span) -> "Records":  # noqa: ARG003 - `of` says of which papers
        """None are read yet."""
        return cls(site)

    def of(self, reads: Iterable[Manifest], previous: Digest | None, archive: Archive) -> "Records":
        """The records of the papers that these reads of a day list.

        A paper that has a page, no record and no place in the previous digest of the day is on one other day.
        """
        manifests = tuple(reads)
        known: dict[str, PaperRecord] = {}
        sought = set[str]()
        placed = {paper.id for paper in previous.papers} if previous else frozenset[str]()
        for paper_id in latest_rows(manifests):
            if record := self.site.find(keys.paper_file(paper_id, "paper.json"), PaperRecord):
                known[paper_id] = record
            elif paper_id not in placed and self.site.etag(self.site.key(keys.paper_file(paper_id))):
                sought.add(paper_id)
        stored = frozenset(known)
        days = {manifest.day for manifest in manifests}
        for record in _find_listings(sought, days, archive, self.site):
            known[record.id] = known.get(record.id, record).with_listing(record.listings[0])
        return self._replace(known=known, reads=manifests, stored=stored)

    def with_digest(self, digest: Digest) -> "Records":
        """The records with this day in them."""
        changed = {}
        for paper in digest.papers:
            listing = Listing(day=digest.day, rank=paper.rank, votes=votes_over_reads(self.reads, paper.id))
            known = self.known.get(paper.id)
            record = (known or PaperRecord(id=paper.id, title=paper.title)).with_listing(listing)
            if record.listings[-1].day == digest.day or record != known:
                changed[paper.id] = record
        return self._replace(known={**self.known, **changed}, changed=changed)

    def only(self, spans: Collection[Span]) -> "Records":
        """The records without days that are no longer there."""
        return self._replace(known={paper_id: record.only(spans) for paper_id, record in self.known.items()})

    def files(self) -> Iterator[tuple[str, Frozen]]:
        """A file for each paper of several days, beside its page."""
        for paper_id, record in self.changed.items():
            if len(record.listings) > 1 or paper_id in self.stored:
                yield keys.paper_file(paper_id, "paper.json"), record

    @property
    def days(self) -> frozenset[date]:
        """The days that listed the papers."""
        return frozenset(listing.day for record in self.known.values() for listing in record.listings)


def _find_listings(
    sought: Collection[str], days: Collection[date], archive: Archive, site: LanguageSite
) -> Iterator[PaperRecord]:
    """The record of each paper on each other day of the archive that lists it, in the years until all are found."""
    missing = set(sought)
    for number in archive.overview.nearest_years(archive.year.year) if missing else ():
        for listed in archive.year_of(number, site).days:
            found = [(rank, entry) for rank, entry in enumerate(listed.papers, start=1) if entry.id in sought]
            if not found or listed.day in days:
                continue
            stored = keys.reads(site.bucket.list(keys.manifests(listed.day)))
            reads = [site.bucket.read_once(key, Manifest) for key in stored]
            for rank, entry in found:
                missing.discard(entry.id)
                listing = Listing(day=listed.day, rank=rank, votes=votes_over_reads(reads, entry.id))
                yield PaperRecord(id=entry.id, title=entry.title, listings=(listing,))
        if not missing:
            return


def votes_over_reads(manifests: Iterable[Manifest], paper_id: str) -> tuple[Votes, ...]:
    """The paper's votes at each read, oldest first; reads that changed nothing are left out, but the last."""
    reads = [
        Votes(at=manifest.read_at, upvotes=listed.paper.upvotes)
        for manifest in sorted(manifests, key=lambda manifest: manifest.read_at)
        for listed in manifest.papers
        if listed.paper.id == paper_id
    ]
    moved = [read for place, read in enumerate(reads) if place == 0 or read.upvotes != reads[place - 1].upvotes]
    return (*moved, *(read for read in reads[-1:] if read not in moved))
