"""The record of a paper: each day that listed it, and its votes at every read of those days' lists."""

from collections.abc import Collection, Iterable
from datetime import date

from pydantic import AwareDatetime

from shared.model.frozen import Frozen
from shared.model.manifest import Manifest


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
        """The same with this day's listing."""
        others = (other for other in self.listings if other.day != listing.day)
        ordered = tuple(sorted((listing, *others), key=lambda known: known.day))
        return self.model_copy(update={"listings": ordered})

    def before(self, day: date) -> tuple[date, ...]:
        """The days before this one that listed the paper."""
        return tuple(listing.day for listing in self.listings if listing.day < day)

    def only(self, days: Collection[date]) -> "PaperRecord":
        """The same without days that are no longer there."""
        return self.model_copy(update={"listings": tuple(known for known in self.listings if known.day in days)})

    @property
    def votes(self) -> tuple[Votes, ...]:
        """The votes over time."""
        return tuple(sorted((votes for listing in self.listings for votes in listing.votes), key=lambda read: read.at))


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
