"""The records of papers: read before a day is put together, and with this day in them after."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from functions.publish.index.record import Listing, PaperRecord, votes_over_reads
from functions.publish.model.digest import Digest
from functions.publish.tree import Tree
from shared.model.manifest import Manifest
from shared.store import keys


class Records(NamedTuple):
    """The records of papers by id; the prefixes that were listed for them, and what lies there with its MD5."""

    known: Mapping[str, PaperRecord]
    listed: frozenset[str]
    there: Mapping[str, str]


NO_RECORDS = Records({}, frozenset(), {})


def records_of(tree: Tree, papers: Iterable[str], day: date, *, anew: bool) -> Records:
    """What other days than this one know of these papers; `anew`, only days that are still there."""
    known: dict[str, PaperRecord] = {}
    there: dict[str, str] = {}
    addresses = {paper_id: keys.paper_file(paper_id, "paper.json") for paper_id in papers}
    listed = {tree.key(keys.together(address)) for address in addresses.values()}
    for prefix in sorted(listed):
        there |= tree.archive.list(prefix)
    for paper_id, address in addresses.items():
        key = tree.key(address)
        if key in there and (record := tree.archive.read_if_readable(key, PaperRecord)):
            known[paper_id] = record.only(_there(tree, record, day)) if anew else record
    return Records(known, frozenset(listed), there)


def _there(tree: Tree, record: PaperRecord, day: date) -> set[date]:
    """The days of a record that have a digest. Few papers have more than one."""
    days = {listing.day for listing in record.listings}
    return {other for other in days if other == day or tree.digest(other)}


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
