"""A folder that holds the search alone, as the days of an archive would leave it."""

from collections.abc import Sequence
from pathlib import Path

from functions.publish.index import LanguageSite, Value
from functions.publish.index.search import Search, SearchDay, SearchParts, segment_of
from functions.publish.render import pages
from functions.publish.render.templating import assets
from shared.model.frozen import Frozen
from shared.model.span import Day
from shared.store import keys
from tests.factories.digests import EDITION


class MemorySite(LanguageSite):
    """The indexes of a language's folder, in memory."""

    def __init__(self) -> None:
        self.stored: dict[str, Frozen] = {}
        self.written: dict[str, str] = {}

    def key(self, address: str) -> str:
        return address

    def etag(self, key: str) -> str | None:
        return "stored" if key in self.stored or key in self.written else None

    def find(self, address: str, kind: type[Value]) -> Value | None:
        value = self.stored.get(address)
        return value if isinstance(value, kind) else None

    def publish(self, day: SearchDay) -> Search:
        """Adds a day as its publication would."""
        found = Search.load(self, Day(day.day)).with_day(day)
        self.stored |= dict(found.files())
        self.written |= dict(pages.search_scripts(found))
        return found


def write_search(folder: Path, days: Sequence[SearchDay], language: str = "ko") -> MemorySite:
    """Writes page, scripts and index of these days, the oldest first. They are indexed once, with the last one."""
    site = MemorySite()
    for day in days:
        site.stored[keys.search_day(day.day)] = day
        site.written |= dict(pages.search_scripts(Search(site, SearchParts(), day)))
    unbuilt = segment_of({day.day: len(day.papers) for day in days}, parts=0)
    site.stored[keys.SEARCH_PARTS] = SearchParts(segments={"open": unbuilt})
    page = pages.search([], site.publish(days[-1]).parts, language, EDITION).encode()
    written = {address: text.encode() for address, text in site.written.items()}
    for address, body in {**assets(), **written, keys.SEARCH: page}.items():
        path = folder / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    return site
