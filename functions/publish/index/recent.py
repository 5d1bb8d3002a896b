"""The newest days, weeks or months: what their list and their feeds show without reading the archive."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Self

from pydantic import AliasChoices, AwareDatetime, Field

from functions.publish.index import AnyDigest, LanguageSite
from functions.publish.index.year import ListedDay, year_of
from functions.publish.model.digest import Digest, DigestPaper, Status
from functions.publish.model.period_digest import PeriodPaper
from functions.publish.text import phrases, wording
from functions.publish.text.outside import cut
from shared.languages import labels
from shared.model.frozen import Frozen
from shared.model.span import Day, NamedSpan, Span
from shared.store import keys

MAX_DAYS = 14
"""As many as the front page names and the feeds hold."""
MAX_PERIODS = 12
"""A quarter of weeks, a year of months."""
MAX_TEXT = 600
"""Characters of a title or a one-line in an entry."""
MAX_PICTURES = 10
"""Papers of an entry that show their picture."""


class FeedPaper(Frozen):
    """A paper in an entry, by its address in the language's folder."""

    title: str
    one_line: str
    address: str
    label: str = ""
    """Who wrote the one-line, where that was no model of ours."""
    votes: str = ""
    badges: tuple[str, ...] = ()
    picture: str | None = None
    """An address on the site."""


class FeedItem(Frozen):
    """An entry of a feed, in plain Unicode. Under one `name` there is one entry, however often it is revised."""

    name: str
    """`2026-02-20`, `2026-W08`, or a paper's id."""
    address: str
    """In the language's folder."""
    title: str
    lines: tuple[str, ...] = ()
    papers: tuple[FeedPaper, ...] = ()
    published_at: AwareDatetime
    updated_at: AwareDatetime

    def after(self, known: "FeedItem | None") -> "FeedItem":
        """The entry with the time of its first publication, and no new time where it says nothing new."""
        if known is None:
            return self
        times = {"published_at": known.published_at}
        if self.words == known.words:
            times["updated_at"] = known.updated_at
        return self.model_copy(update=times)

    @property
    def words(self) -> tuple[str | tuple[str, ...], ...]:
        """What is news where it changes. Votes are not."""
        papers = ((paper.title, paper.one_line, paper.address, paper.label) for paper in self.papers)
        return (self.address, self.title, self.lines, *papers)


class RecentSpan(Frozen):
    """A day, week or month as the list names it, and its entry in the feeds, if it has papers."""

    span: NamedSpan = Field(validation_alias=AliasChoices("span", "day", "period"))
    """Release 1.0 wrote `day` or `period`."""
    status: Status = "complete"
    papers: int
    item: FeedItem | None = Field(default=None, exclude=True)
    """Stored apart, so that a day writes its own alone; release 1.0 wrote it here."""

    def with_item(self, site: LanguageSite) -> Self:
        """The span with its stored entry."""
        return self if self.item else self.model_copy(update={"item": site.find(keys.feed_item(self.span), FeedItem)})


class Recent(Frozen):
    """The newest ones of a kind, newest first; stored as `recent.json` beside their list."""

    kind: str = Field(default=Day.kind, exclude=True)
    entries: tuple[RecentSpan, ...] = Field(default=(), validation_alias=AliasChoices("entries", "days", "periods"))
    """Release 1.0 wrote `days` or `periods`."""

    @classmethod
    def load(cls, site: LanguageSite, span: Span) -> Self:
        """The newest of the span's kind. Days without a list are those of the year; feeds get them as they change."""
        found = site.find(keys.list_file(span.kind, keys.RECENT), cls)
        if found is None and isinstance(span, Day):
            found = cls(entries=_listed(year_of(site, span.first.year).days))
        entries = tuple(each.with_item(site) for each in found.entries) if found else ()
        return cls(kind=span.kind, entries=entries)

    def with_digest(self, digest: AnyDigest) -> Self:
        """The list with this digest's day, week or month."""
        known = next((each for each in self.entries if each.span == digest.span), None)
        item = _item(digest).after(known.item if known else None) if digest.papers else None
        entry = RecentSpan(span=digest.span, status=digest.status, papers=digest.listed, item=item)
        others = (each for each in self.entries if each.span != digest.span)
        ordered = sorted((entry, *others), key=lambda each: each.span.first, reverse=True)
        most = MAX_DAYS if self.kind == Day.kind else MAX_PERIODS
        kept, older = ordered[:most], (each for each in ordered[most:] if each.papers)
        if not any(each.papers for each in kept):
            kept += list(older)[:1]
        return self.model_copy(update={"entries": tuple(kept)})

    def only(self, spans: Collection[Span]) -> Self:
        """The list without days, weeks and months that are no longer there."""
        return self.model_copy(update={"entries": tuple(each for each in self.entries if each.span in spans)})

    def files(self) -> Iterator[tuple[str, Frozen]]:
        """The entries, and then the list of them."""
        yield from ((keys.feed_item(each.span), each.item) for each in self.entries if each.item)
        yield keys.list_file(self.kind, keys.RECENT), self

    @property
    def days_with_papers(self) -> tuple[date, ...]:
        """The days that the front page can show, newest first."""
        return tuple(each.span.first for each in self.entries if each.papers)

    @property
    def items(self) -> tuple[FeedItem, ...]:
        """The entries of the feeds, newest first."""
        return tuple(each.item for each in self.entries if each.item)


def _listed(days: Sequence[ListedDay]) -> tuple[RecentSpan, ...]:
    newest = sorted(days, key=lambda listed: listed.day, reverse=True)[:MAX_DAYS]
    return tuple(RecentSpan(span=Day(listed.day), status=listed.status, papers=len(listed.papers)) for listed in newest)


def _item(digest: AnyDigest) -> FeedItem:
    """The entry of a digest: its name, a few lines about it, and the best of its papers."""
    title = phrases.span_in_words(digest.span, digest.language)
    if isinstance(digest, Digest):
        title += f" · {wording.counted(labels(digest.language), 'papers', digest.listed)}"
    return FeedItem(
        name=str(digest.span),
        address=keys.span_file(digest.span),
        title=title,
        lines=wording.about(digest),
        papers=tuple(_papers(digest)),
        published_at=digest.updated_at if isinstance(digest, Digest) else digest.published_at,
        updated_at=digest.updated_at,
    )


def _papers(digest: AnyDigest) -> Iterator[FeedPaper]:
    papers: Sequence[DigestPaper | PeriodPaper] = digest.papers
    for place, paper in enumerate(papers):
        pictures = (picture.narrow_path or picture.path for picture in paper.facts.pictures if picture.path)
        yield FeedPaper(
            title=cut(wording.title(paper, digest.language), MAX_TEXT),
            one_line=cut(paper.one_line, MAX_TEXT),
            address=keys.paper_file(paper.id),
            label=wording.label_of_line(paper, digest),
            votes=wording.counted(labels(digest.language), "votes", paper.upvotes),
            badges=wording.badges(paper.facts, digest.language),
            picture=next(pictures, None) if place < MAX_PICTURES else None,
        )
