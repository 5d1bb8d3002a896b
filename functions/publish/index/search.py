"""What the search in the browser reads: a file a day, and an index a year into which closed months are folded."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from functions.publish.index import LanguageSite
from functions.publish.index.search_parts import Part, build_filter, build_parts, spellings
from functions.publish.index.search_terms import SearchRecord, abstract_terms
from functions.publish.model.digest import Digest, DigestPaper
from functions.publish.text import wording
from functions.publish.text.plain import shown
from shared.model.frozen import Frozen
from shared.model.span import Day, Span
from shared.store import keys

FORMAT = 1
"""Raised with every change of what parts and days hold: an index of another format is made again."""
MAX_OPEN_DAYS = 40
"""Days that are searched one by one: more than a month of them comes from days that are read long after."""
MAX_KEYWORDS = 6
MAX_AUTHORS = 16
"""Of a paper with hundreds, few are searched for."""


class SearchDay(Frozen):
    """The papers of a day, in its order."""

    day: date
    papers: tuple[SearchRecord, ...] = ()


class OpenDay(Frozen):
    """A day that is in no index yet, and a filter that says which words it may hold."""

    day: date
    papers: int
    words: str


class IndexedYear(Frozen):
    """A year's index: the first term of each part, and its days with their number of papers, in the index's order."""

    starts: tuple[str, ...]
    days: tuple[tuple[date, int], ...]


class SearchParts(Frozen):
    """All that can be searched; stored as `search/parts.json`."""

    format: int = FORMAT
    years: Mapping[int, IndexedYear] = {}
    open: tuple[OpenDay, ...] = ()

    @property
    def months(self) -> frozenset[str]:
        """The months of which something can be searched."""
        indexed = (day for year in self.years.values() for day, _ in year.days)
        return frozenset(f"{day:%Y-%m}" for day in (*indexed, *(each.day for each in self.open)))


@dataclass(frozen=True)
class Search:
    """The search with the day that is published."""

    site: LanguageSite
    parts: SearchParts
    day: SearchDay | None = None
    folded: Mapping[int, tuple[tuple[Part, ...], str]] = field(default_factory=dict)
    """The parts and spellings of the years that this day's publication indexes."""

    @classmethod
    def load(cls, site: LanguageSite, span: Span) -> Self:
        """The stored list of parts; empty where it is of another format. An index with a lost part is made again."""
        found = site.find(keys.SEARCH_PARTS, SearchParts)
        parts = found if found and found.format == FORMAT else SearchParts()
        number = span.first.year
        lost = number in parts.years and not all(
            site.etag(site.key(keys.search_part(number, part))) for part in range(len(parts.years[number].starts))
        )
        search = cls(site, parts)
        return search.reopened(number) if lost else search

    def with_digest(self, digest: Digest) -> Self:
        """The search with the digest's day."""
        papers = tuple(_record(paper, digest.language) for paper in digest.papers)
        return self.with_day(SearchDay(day=digest.day, papers=papers))

    def with_day(self, day: SearchDay) -> Self:
        """The search with a day, which is open where it is new or changed; when a month closes, its days are folded."""
        if self._is_indexed(day):
            return replace(self, day=day)
        opened = [_open(day)] if day.papers else []
        others = [each for each in self.parts.open if each.day != day.day]
        ordered = tuple(sorted(opened + others, key=lambda each: each.day, reverse=True))
        parts, folded = self.parts.model_copy(update={"open": ordered}), self.folded
        if self._must_fold(day.day, len(ordered)):
            parts, folded = _fold(parts, lambda each: day if each == day.day else self._stored(each))
        return replace(self, day=day, parts=parts, folded=folded)

    def only(self, spans: Collection[Span]) -> Self:
        """The search without days that are no longer there; an index that held one is made again with the next fold."""
        days = {span.first for span in spans if isinstance(span, Day)}
        search = self
        for number, year in self.parts.years.items():
            if not all(day in days for day, _ in year.days):
                search = search.reopened(number)
        kept = tuple(each for each in search.parts.open if each.day in days)
        return replace(search, parts=search.parts.model_copy(update={"open": kept}))

    def files(self) -> Iterator[tuple[str, Frozen]]:
        """The list of parts, and the day as it is folded later."""
        if self.day:
            yield keys.search_day(self.day.day), self.day
        yield keys.SEARCH_PARTS, self.parts

    def _is_indexed(self, day: SearchDay) -> bool:
        """Whether a year's index holds the day as it is."""
        year = self.parts.years.get(day.day.year)
        if not year or day.day not in dict(year.days) or any(each.day == day.day for each in self.parts.open):
            return False
        return self._stored(day.day) == day

    def _must_fold(self, day: date, opened: int) -> bool:
        newest = max((each.day for each in self.parts.open), default=day)
        return opened > MAX_OPEN_DAYS or (day.year, day.month) > (newest.year, newest.month)

    def _stored(self, day: date) -> SearchDay | None:
        if self.day and self.day.day == day:
            return self.day
        return self.site.find(keys.search_day(day), SearchDay)

    def reopened(self, number: int) -> Self:
        """The search without the index of a year, whose days are open again."""
        years = {year: indexed for year, indexed in self.parts.years.items() if year != number}
        found = (self._stored(day) for day, _ in self.parts.years[number].days)
        opened = {each.day: each for each in (*(_open(day) for day in found if day), *self.parts.open)}
        ordered = tuple(opened[day] for day in sorted(opened, reverse=True))
        return replace(self, parts=self.parts.model_copy(update={"years": years, "open": ordered}))


def _open(day: SearchDay) -> OpenDay:
    return OpenDay(day=day.day, papers=len(day.papers), words=build_filter(day.papers))


def _fold(
    parts: SearchParts, read: Callable[[date], SearchDay | None]
) -> tuple[SearchParts, Mapping[int, tuple[tuple[Part, ...], str]]]:
    """The indexes of the years that have open days of closed months, made again; the newest month stays open."""
    newest = parts.open[0].day
    closed = [each for each in parts.open if (each.day.year, each.day.month) != (newest.year, newest.month)]
    years, folded = dict(parts.years), {}
    for number in sorted({each.day.year for each in closed}):
        indexed = [day for day, _ in years[number].days] if number in years else []
        wanted = sorted({*indexed, *(each.day for each in closed if each.day.year == number)})
        days = [found for day in wanted if (found := read(day))]
        papers = [paper for each in days for paper in each.papers]
        made = build_parts(papers)
        listed = tuple((each.day, len(each.papers)) for each in days)
        years[number] = IndexedYear(starts=tuple(part.start for part in made), days=listed)
        folded[number] = made, spellings(papers)
    return SearchParts(years=years, open=tuple(each for each in parts.open if each not in closed)), folded


def _record(paper: DigestPaper, language: str) -> SearchRecord:
    title, line = wording.title(paper, language), shown(paper.one_line)
    tags = tuple(map(shown, paper.tags))
    keywords = " ".join(map(shown, paper.facts.keywords[:MAX_KEYWORDS]))
    said = " ".join((title, line, *tags))
    return SearchRecord(
        id=paper.id,
        title=title,
        one_line=line,
        source=paper.analysis.line_source if paper.analysis else "",
        tags=tags,
        organisation=shown(paper.facts.organisation or "").strip(),
        authors=tuple(map(shown, paper.facts.authors[:MAX_AUTHORS])),
        terms=abstract_terms(f"{keywords}. {keywords}. {shown(paper.facts.abstract)}", said),
        upvotes=paper.upvotes,
        code=paper.facts.code is not None,
    )
