"""What feeds tell: of days, of weeks and months, of a tag's papers. In plain Unicode."""

from pydantic import AwareDatetime

from functions.publish.model.digest import Digest, DigestPaper
from functions.publish.text import wording
from shared.languages import labels
from shared.model.frozen import Frozen
from shared.store import keys

PAPERS = 5
"""As many as a reader of the feed sees of a day: the best of it."""


class FeedPaper(Frozen):
    """A paper in an entry, by its address in the language's tree."""

    title: str
    one_line: str
    address: str


class FeedItem(Frozen):
    """An entry: the same `name` again is the same entry, revised."""

    name: str
    """`2026-02-20`, `2026-W08`, or a paper's id."""
    address: str
    """In the language's tree."""
    title: str
    lines: tuple[str, ...] = ()
    papers: tuple[FeedPaper, ...] = ()
    published_at: AwareDatetime
    updated_at: AwareDatetime

    def after(self, known: "FeedItem | None") -> "FeedItem":
        """The same with the time of its first publication, and no new time where it tells nothing new."""
        if known is None:
            return self
        same = self.model_copy(update={"published_at": known.published_at, "updated_at": known.updated_at})
        return known if same == known else self.model_copy(update={"published_at": known.published_at})


class Feed(Frozen):
    """A feed and what it is of, by addresses in the language's tree."""

    name: str
    """Part of its id: empty for the days, else such as `tags/agent`."""
    title: str
    page: str
    address: str
    items: tuple[FeedItem, ...]


def of_day(digest: Digest) -> FeedItem:
    """The entry of a day: its two lines, and the best of its papers."""
    count = wording.counted(labels(digest.language), "papers", len(digest.papers))
    page = keys.day_page(digest.day)
    return FeedItem(
        name=str(digest.day),
        address=page,
        title=f"{wording.day_in_words(digest.day, digest.language)} · {count}",
        lines=wording.two_lines(digest),
        papers=tuple(_paper(paper, page) for paper in digest.papers[:PAPERS]),
        published_at=digest.closed_at,
        updated_at=digest.closed_at,
    )


def _paper(paper: DigestPaper, page: str) -> FeedPaper:
    return FeedPaper(
        title=wording.shown(paper.title),
        one_line=wording.shown(paper.analysis.one_line.text) if paper.analysis else "",
        address=f"{page}#{paper.id}",
    )
