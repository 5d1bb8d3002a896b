"""What the search in the browser reads: a file a day, an index of each year's closed months, and one of open days."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Self

from functions.publish.index import LanguageSite
from functions.publish.index.search_terms import SearchRecord, build_parts, describe_abstract, spellings, weigh
from functions.publish.model.digest import Digest, DigestPaper
from functions.publish.text import wording
from functions.publish.text.outside import shown
from shared.model.frozen import Frozen
from shared.model.span import Day, Span
from shared.store import keys

FORMAT = 2
"""Raised with every change of what parts and days hold: an index of another format is rebuilt."""
OPEN = "open"
"""The index of the days that are in no year's index yet."""
OPEN_DAYS = timedelta(days=3)
"""A month stays open so long after its end, until its last days were read for the last time."""
MAX_PARTS_OF_OPEN, PARTS_OF_A_MONTH = 8, 16
"""Files: those of a year's index have some 10 KB. A query reads one for each of its words."""
PAPERS_OF_A_PART = 150
"""Of open days, whose parts are all written with each day."""
MAX_KEYWORDS = 6
MAX_AUTHORS = 16
"""Of a paper with hundreds, few are searched for."""


class SearchDay(Frozen):
    """The papers of a day, in its order."""

    day: date
    papers: tuple[SearchRecord, ...] = ()


class Segment(Frozen):
    """An index of some days: how many papers it has of each day from the first one on, and in how many parts."""

    first: date
    papers: tuple[int, ...]
    parts: int
    """0: it must be built again."""

    @property
    def days(self) -> Mapping[date, int]:
        """Its days that have papers, in the order of the index."""
        return {self.first + timedelta(days=place): count for place, count in enumerate(self.papers) if count}


Built = tuple[tuple[str, ...], str]
"""The parts of a segment, and its spellings."""


class SearchParts(Frozen):
    """All that can be searched; stored as `search/parts.json`."""

    format: int = FORMAT
    segments: Mapping[str, Segment] = {}

    @property
    def papers(self) -> Mapping[date, int]:
        """How many papers of each day can be searched."""
        return {day: count for each in self.segments.values() for day, count in each.days.items()}

    @property
    def months(self) -> frozenset[str]:
        """The months of which something can be searched."""
        return frozenset(f"{day:%Y-%m}" for day in self.papers)


@dataclass(frozen=True)
class Search:
    """The search with the day that is published."""

    site: LanguageSite
    parts: SearchParts
    day: SearchDay | None = None
    built: Mapping[str, Built] = field(default_factory=dict)
    """The segments that this day's publication changes."""

    @classmethod
    def load(cls, site: LanguageSite, span: Span) -> Self:
        """The stored list of parts; empty where it is of another format. A segment with a lost part is built again."""
        found = site.find(keys.SEARCH_PARTS, SearchParts)
        parts = found if found and found.format == FORMAT else SearchParts()
        segments = {
            name: segment
            if name not in (OPEN, str(span.first.year)) or _is_whole(site, name, segment)
            else _lost(segment)
            for name, segment in parts.segments.items()
        }
        return cls(site, SearchParts(segments=segments))

    def with_digest(self, digest: Digest) -> Self:
        """The search with the digest's day."""
        papers = tuple(_record(paper, digest.language) for paper in digest.papers)
        return self.with_day(SearchDay(day=digest.day, papers=papers))

    def with_day(self, day: SearchDay) -> Self:
        """The search with a day. Which segment has it follows from the days alone, not from when they came."""
        papers = {each: count for each, count in {**self.parts.papers, day.day: len(day.papers)}.items() if count}
        changed = None if _has_same_terms(day, self._stored(day.day)) else day.day
        found = replace(self, day=day)
        segments, built = {}, {}
        for name, days in parted_days(papers):
            known = self.parts.segments.get(name)
            if known and known.parts and known.days == {each: papers[each] for each in days} and changed not in days:
                segments[name] = known
            elif made := found.build(name, days):
                segments[name], built[name] = made
        return replace(found, parts=SearchParts(segments=segments), built=built)

    def only(self, spans: Collection[Span]) -> Self:
        """The search without days that are no longer there; a segment that held one is built with the next day."""
        days = {span.first for span in spans if isinstance(span, Day)}
        segments = {}
        for name, segment in self.parts.segments.items():
            kept = {day: count for day, count in segment.days.items() if day in days}
            if kept:
                segments[name] = segment if kept == segment.days else segment_of(kept, parts=0)
        return replace(self, parts=SearchParts(segments=segments))

    def files(self) -> Iterator[tuple[str, Frozen]]:
        """The list of parts, and the day as its segment is built from it later."""
        if self.day:
            yield keys.search_day(self.day.day), self.day
        yield keys.SEARCH_PARTS, self.parts

    def build(self, name: str, wanted: Iterable[date]) -> tuple[Segment, Built] | None:
        """The index of these days. One that is lost is left out."""
        days = {day: found.papers for day in wanted if (found := self._stored(day)) and found.papers}
        if not days:
            return None
        papers = [paper for each in days.values() for paper in each]
        months = len({day.month for day in days})
        of_open = min(1 + len(papers) // PAPERS_OF_A_PART, MAX_PARTS_OF_OPEN)
        parts = build_parts(papers, of_open if name == OPEN else months * PARTS_OF_A_MONTH)
        segment = segment_of({day: len(papers) for day, papers in days.items()}, parts=len(parts))
        return segment, (parts, spellings(papers))

    def _stored(self, day: date) -> SearchDay | None:
        if self.day and self.day.day == day:
            return self.day
        return self.site.find(keys.search_day(day), SearchDay)


def parted_days(days: Iterable[date]) -> Iterator[tuple[str, list[date]]]:
    """The segments of these days by their names, the newest months apart."""
    ordered = sorted(days)
    first_open = (ordered[-1] - OPEN_DAYS).replace(day=1) if ordered else date.max
    for name, some in groupby(ordered, key=lambda day: OPEN if day >= first_open else f"{day.year:04}"):
        yield name, list(some)


def segment_of(days: Mapping[date, int], *, parts: int) -> Segment:
    """The segment of these days with their papers, of which there is one at least."""
    first, last = min(days), max(days)
    counts = (days.get(first + timedelta(days=place), 0) for place in range((last - first).days + 1))
    return Segment(first=first, papers=tuple(counts), parts=parts)


def _lost(segment: Segment) -> Segment:
    return segment.model_copy(update={"parts": 0})


def _is_whole(site: LanguageSite, name: str, segment: Segment) -> bool:
    return all(site.etag(site.key(keys.search_part(name, part))) for part in range(segment.parts))


def _has_same_terms(day: SearchDay, known: SearchDay | None) -> bool:
    """Whether both are found in the same way: few votes more make no difference."""
    return known is not None and [weigh(paper) for paper in day.papers] == [weigh(paper) for paper in known.papers]


def _record(paper: DigestPaper, language: str) -> SearchRecord:
    title, line = wording.title(paper, language), shown(paper.one_line)
    tags = tuple(map(shown, paper.tags))
    named = tuple(map(shown, paper.facts.keywords[:MAX_KEYWORDS]))
    keywords, terms = describe_abstract(shown(paper.facts.abstract), named, " ".join((title, line, *tags)))
    return SearchRecord(
        id=paper.id,
        title=title,
        one_line=line,
        source=paper.analysis.line_source if paper.analysis else "",
        tags=tags,
        organisation=shown(paper.facts.organisation or "").strip(),
        authors=tuple(map(shown, paper.facts.authors[:MAX_AUTHORS])),
        keywords=keywords,
        terms=terms,
        upvotes=paper.upvotes,
        code=paper.facts.code is not None,
    )
