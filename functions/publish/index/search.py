"""What the search in the browser reads: the papers of a month, in plain Unicode."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Self

from functions.publish.index import LanguageSite
from functions.publish.model.digest import Digest, DigestPaper, statements
from functions.publish.text import wording
from functions.publish.text.plain import shown
from shared.model.frozen import Frozen
from shared.model.span import Day, Span
from shared.store import keys


class SearchRecord(Frozen):
    """What is searched of a paper, and shown of it where it is found."""

    id: str
    day: date
    title: str
    one_line: str = ""
    points: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    organisation: str = ""
    upvotes: int = 0


class Shard(Frozen):
    """The papers of a month (`2026-02`), the newest day first, each day in its order."""

    month: str
    papers: tuple[SearchRecord, ...] = ()

    @classmethod
    def load(cls, site: LanguageSite, span: Span) -> Self:
        """The shard of the month in which the span begins."""
        month = f"{span.first:%Y-%m}"
        return site.find(keys.search_file(month), cls) or cls(month=month)

    def with_digest(self, digest: Digest) -> Self:
        """The shard with the papers of this digest as those of its day."""
        others = (record for record in self.papers if record.day != digest.day)
        found = (_record(paper, digest) for paper in digest.papers)
        ordered = sorted((*found, *others), key=lambda record: record.day, reverse=True)
        return self.model_copy(update={"papers": tuple(ordered)})

    def only(self, spans: Collection[Span]) -> Self:
        """The shard without days that are no longer there."""
        return self.model_copy(update={"papers": tuple(each for each in self.papers if Day(each.day) in spans)})

    def files(self) -> Iterator[tuple[str, Frozen]]:
        """The shard itself."""
        yield keys.search_file(self.month), self


def _record(paper: DigestPaper, digest: Digest) -> SearchRecord:
    analysis = paper.analysis
    return SearchRecord(
        id=paper.id,
        day=digest.day,
        title=wording.title(paper, digest.language),
        one_line=shown(paper.one_line),
        points=tuple(shown(each.text) for _, value in paper.fields("search").texts for each in statements(value)),
        tags=tuple(map(shown, analysis.tags)) if analysis else (),
        organisation=shown(paper.facts.organisation or ""),
        upvotes=paper.upvotes,
    )
