"""Indexes: stored values that the pages of other days are built from, one file or a few each."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Generic, Protocol, Self, TypeVar

from functions.publish.model.digest import Digest
from functions.publish.model.period_digest import PeriodDigest
from functions.publish.settings import SiteConfig
from shared.model.frozen import Frozen
from shared.model.span import Day, Period, Span
from shared.store import keys
from shared.store.bucket import JSON, Bucket, md5, same

YEAR = "2026"
"""A year of the archive, the search's index or the entries of feeds is listed at once."""
AFTER_NUMBERS = ":"
"""The character after 9: what a folder holds beside its days or years is listed at once."""
ROOT = ("", AFTER_NUMBERS)
"""The files beside a language's folders."""
PAPERS_LISTED_BY = len("papers/2602.1")
"""Characters: ten thousand numbers of an arXiv month. With all ids, a listing would have more pages every year."""

AnyDigest = Digest | PeriodDigest
Value = TypeVar("Value", bound=Frozen)
Kind = TypeVar("Kind")
Published = TypeVar("Published", Digest, PeriodDigest)
Indexed_contra = TypeVar("Indexed_contra", bound=AnyDigest, contravariant=True)


class Listings:
    """The site's keys, each with its MD5. A part is listed once: there is one publisher, which notes what it writes."""

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


class LanguageSite:
    """A language's folder of the site in the bucket. Languages share their listings."""

    def __init__(self, bucket: Bucket, language: str, config: SiteConfig, listings: Listings | None = None) -> None:
        self.bucket, self.language, self.config = bucket, language, config
        self._listings = listings or Listings(bucket)

    def of(self, language: str) -> "LanguageSite":
        """Another language's folder."""
        return LanguageSite(self.bucket, language, self.config, self._listings)

    def key(self, address: str) -> str:
        """The key of an address in the language's folder."""
        return f"{keys.SITE}{keys.tree(self.language, self.config.languages[0])}{address}"

    def etag(self, key: str) -> str | None:
        """The MD5 of what is stored under a key of the site."""
        return self.listing(key).get(key)

    def put(self, key: str, body: bytes, content_type: str = JSON, cache_control: str = "") -> None:
        """Writes a file, unless just this content is stored."""
        if not same(body, self.etag(key)):
            self.bucket.put(key, body, content_type, cache_control)
            self.listing(key)[key] = md5(body)

    def listing(self, key: str) -> dict[str, str]:
        """The keys under the prefix that a key shares with its neighbours, each with its MD5."""
        folder = self.key("")
        start = folder if key.startswith(folder) else keys.SITE
        return self._listings.part(start, key.removeprefix(start))

    def find(self, address: str, kind: type[Value]) -> Value | None:
        """The value at an address, if there is one that can be read."""
        key = self.key(address)
        return self.bucket.read_if_readable(key, kind) if self.etag(key) else None

    def day(self, day: date) -> Digest | None:
        """The digest of a day as it was published last."""
        return finished(self.shown_day(day))

    def shown_day(self, day: date) -> Digest | None:
        """The digest of a day that is published, or that its page shows though it is not."""
        return self._shown(Day(day), Digest)

    def period(self, period: Period) -> PeriodDigest | None:
        """The digest of a week or month as it was published last."""
        return finished(self._shown(period, PeriodDigest))

    def languages_with(self, pages: Collection[str]) -> tuple[str, ...]:
        """The languages that have all these pages, and this one: no other is linked to."""
        return tuple(each for each in self.config.languages if each == self.language or self._has(each, pages))

    def _has(self, language: str, pages: Iterable[str]) -> bool:
        other = self.of(language)
        return all(other.etag(other.key(page)) for page in pages)

    def _shown(self, span: Span, kind: type[Published]) -> Published | None:
        """None where it cannot be read, or is another language's: the first one may have changed."""
        found = self.find(keys.span_file(span, "digest.json"), kind)
        return found if found and found.language == self.language else None


def finished(digest: Published | None) -> Published | None:
    """The digest if all its files are written: then it has a fingerprint."""
    return digest if digest and digest.fingerprint else None


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


class Index(Protocol[Indexed_contra]):
    """What the pages of other days are built from. A value that is absent or unreadable counts as empty."""

    @classmethod
    def load(cls, site: LanguageSite, span: Span) -> Self:
        """The part that a digest of this span belongs to."""

    def with_digest(self, digest: Indexed_contra) -> Self:
        """The index with this digest's entries in place of its earlier ones."""

    def only(self, spans: Collection[Span]) -> Self:
        """The index without days, weeks and months that are no longer there."""

    def files(self) -> Iterator[tuple[str, Frozen]]:
        """What is stored, by its address in the language's folder."""


class Indexes(Generic[Indexed_contra]):
    """All indexes that a span belongs to, as one."""

    def __init__(self, *indexes: Index[Any]) -> None:
        self._indexes = indexes

    def __getitem__(self, kind: type[Kind]) -> Kind:
        """The index of this kind."""
        return next(index for index in self._indexes if isinstance(index, kind))

    def with_digest(self, digest: Indexed_contra) -> "Indexes[Indexed_contra]":
        """The indexes with this digest."""
        return Indexes(*(index.with_digest(digest) for index in self._indexes))

    def only(self, spans: Collection[Span]) -> "Indexes[Indexed_contra]":
        """The indexes without days, weeks and months that are no longer there."""
        return Indexes(*(index.only(spans) for index in self._indexes))

    def replaced(self, other: Index[Indexed_contra]) -> "Indexes[Indexed_contra]":
        """The indexes with another value of one kind."""
        return Indexes(*(other if type(index) is type(other) else index for index in self._indexes))

    def files(self) -> Iterator[tuple[str, Frozen]]:
        """What is stored."""
        for index in self._indexes:
            yield from index.files()
