"""The records of papers: each day that listed a paper, and its votes at every read of those days' lists."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from pydantic import AwareDatetime

from functions.publish.index import LanguageSite
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
    """What is known of a paper over all days; stored beside its page as `paper.json`."""

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
    changed: Mapping[str, PaperRecord] = {}
    """Those whose page the day changes."""

    @classmethod
    def load(cls, site: LanguageSite, span: Span) -> "Records":  # noqa: ARG003 - `of` says of which papers
        """None are read yet."""
        return cls(site)

    def of(self, reads: Iterable[Manifest]) -> "Records":
        """The records of the papers that these reads list."""
        manifests = tuple(reads)
        addresses = {paper_id: keys.paper_file(paper_id, "paper.json") for paper_id in latest_rows(manifests)}
        found = ((paper_id, self.site.find(address, PaperRecord)) for paper_id, address in addresses.items())
        return self._replace(known={paper_id: record for paper_id, record in found if record}, reads=manifests)

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
        """A file a paper, beside its page."""
        yield from ((keys.paper_file(paper_id, "paper.json"), record) for paper_id, record in self.changed.items())

    @property
    def days(self) -> frozenset[date]:
        """The days that listed the papers."""
        return frozenset(listing.day for record in self.known.values() for listing in record.listings)


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
