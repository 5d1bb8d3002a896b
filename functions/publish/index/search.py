"""What the search in the browser reads: a file a day, and an index a year into which closed months are folded."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import Self

from functions.publish.index import LanguageSite
from functions.publish.index.search_parts import Part, build_filter, build_parts, spellings
from functions.publish.index.search_terms import SearchRecord, abstract_terms, weigh
from functions.publish.model.digest import Digest, DigestPaper
from functions.publish.text import wording
from functions.publish.text.plain import shown
from shared.model.frozen import Frozen
from shared.model.span import Day, Span
from shared.store import keys

FORMAT = 1
"""Raised with every change of what parts and days hold: an index of another format is made again."""
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
    def papers(self) -> Mapping[date, int]:
        """How many papers of each day can be searched."""
        return {
            **{day: papers for year in self.years.values() for day, papers in year.days},
            **{each.day: each.papers for each in self.open},
        }

    @property
    def months(self) -> frozenset[str]:
        """The months of which something can be searched."""
        return frozenset(map(_month, self.papers))


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
        """The search with a day. The days of the newest month are open, all others are indexed, whenever they came."""
        papers = {each: count for each, count in {**self.parts.papers, day.day: len(day.papers)}.items() if count}
        changed = None if _has_same_terms(day, self._stored(day.day)) else day.day
        return replace(self, day=day).with_days(papers, changed)

    def with_days(self, papers: Mapping[date, int], changed: date | None) -> Self:
        """The search of these days. A year's index is made again where it is not of its closed days as they are."""
        newest = max(map(_month, papers), default="")
        opened = [each for each in sorted(papers, reverse=True) if _month(each) == newest]
        closed = {
            year: tuple((each, papers[each]) for each in days)
            for year, days in groupby(sorted(papers.keys() - set(opened)), key=lambda each: each.year)
        }
        kept = {
            year: known
            for year, known in self.parts.years.items()
            if known.days == closed.get(year) and changed not in dict(known.days)
        }
        made = {year: self._index(dict(days)) for year, days in closed.items() if year not in kept}
        years = kept | {year: indexed for year, (indexed, _, _) in made.items()}
        parts = SearchParts(years=dict(sorted(years.items())), open=tuple(self._open_days(opened)))
        return replace(self, parts=parts, folded={year: (built, words) for year, (_, built, words) in made.items()})

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

    def _index(self, wanted: Iterable[date]) -> tuple[IndexedYear, tuple[Part, ...], str]:
        """A year's index of these days, its parts and its spellings. A day that is lost is left out."""
        days = [found for day in wanted if (found := self._stored(day))]
        papers = [paper for each in days for paper in each.papers]
        parts = build_parts(papers)
        listed = tuple((each.day, len(each.papers)) for each in days)
        return IndexedYear(starts=tuple(part.start for part in parts), days=listed), parts, spellings(papers)

    def _open_days(self, wanted: Iterable[date]) -> Iterator[OpenDay]:
        known = {each.day: each for each in self.parts.open}
        for day in wanted:
            if day in known and not (self.day and self.day.day == day):
                yield known[day]
            elif found := self._stored(day):
                yield _open(found)

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


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _has_same_terms(day: SearchDay, known: SearchDay | None) -> bool:
    """Whether both are found by the same words: votes are in no index."""
    return known is not None and [weigh(paper) for paper in day.papers] == [weigh(paper) for paper in known.papers]


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
