"""What the site holds. Each part is listed once, since there is one publisher, and what it writes is noted."""

from collections.abc import Mapping

from shared.store import keys
from shared.store.bucket import Bucket

YEAR = "2026"
"""A year of the archive, the search's index or the entries of feeds is listed at once."""
AFTER_NUMBERS = ":"
"""The character after 9: what a folder holds beside its days or years is listed at once."""
ROOT = ("", AFTER_NUMBERS)
"""The files beside a language's folders."""
PAPERS_LISTED_BY = len("papers/2602.1")
"""Characters: ten thousand numbers of an arXiv month. With all ids, a listing would have more pages every year."""


class Listings:
    """The site's keys, each with its MD5."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self._parts: dict[tuple[str, str, str], dict[str, str]] = {}
        self._new: dict[str, Mapping[str, str] | None] = {}

    def part(self, folder: str, address: str) -> dict[str, str]:
        """What a language's folder holds beside an address: the keys that are written together."""
        prefix, after = part_of(address)
        return self._part(folder, prefix, after)

    def _part(self, folder: str, prefix: str, after: str) -> dict[str, str]:
        place = (folder, prefix, after)
        if place not in self._parts:
            start, first = folder + prefix, folder + after if after else ""
            new = None if (prefix, after) == ROOT else self._listed_whole(folder)
            if new is None:
                self._parts[place] = dict(self._bucket.list(start, first, folders=bool(prefix)))
            else:
                self._parts[place] = {key: new[key] for key in new if key.startswith(start) and key > first}
        return self._parts[place]

    def _listed_whole(self, folder: str) -> Mapping[str, str] | None:
        """All that a folder holds, where no file was at its root: a language that is new. None for any other."""
        if folder not in self._new:
            is_new = not self._part(folder, *ROOT)
            self._new[folder] = self._bucket.list(folder) if is_new else None
        return self._new[folder]


def part_of(address: str) -> tuple[str, str]:
    """The prefix whose listing finds an address together with those that are written with it, and where it starts."""
    folder, slash, name = address.partition("/")
    if folder == "papers":
        return address[:PAPERS_LISTED_BY], ""
    if folder in ("search", "archive", keys.FEED_ITEMS):
        year = address[: len(f"{folder}/{YEAR}")]
        return (year, "") if name[:1].isdecimal() else (folder + slash, folder + slash + AFTER_NUMBERS)
    if not slash:
        return (address, "") if address[:1].isdecimal() else ROOT
    return (address if folder == "_posts" else folder + slash), ""
