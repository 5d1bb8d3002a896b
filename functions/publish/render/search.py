"""search/: the papers of each month as data for the search in the browser, and its page."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from functions.publish.model.digest import Digest, DigestPaper, Edition
from functions.publish.render import templating
from functions.publish.text.wording import shown
from shared.model.frozen import Frozen
from shared.store import keys

_NOT_IN_SCRIPTS = str.maketrans({"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029"})
"""What ends a script element or a line of a script, as JSON may spell it too: it can only be within a text."""


class SearchRecord(Frozen):
    """What is searched of a paper, and shown of it where it is found: plain Unicode."""

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

    def with_day(self, day: date, found: Iterable[SearchRecord]) -> "Shard":
        """The same with these papers as those of the day."""
        others = (record for record in self.papers if record.day != day)
        ordered = sorted((*found, *others), key=lambda record: record.day, reverse=True)
        return Shard(month=self.month, papers=tuple(ordered))

    def only(self, days: Collection[date]) -> "Shard":
        """The same without days that are no longer there."""
        return Shard(month=self.month, papers=tuple(record for record in self.papers if record.day in days))


def records(digest: Digest) -> tuple[SearchRecord, ...]:
    """The day's papers in their order."""
    return tuple(_record(paper, digest.day) for paper in digest.papers)


def _record(paper: DigestPaper, day: date) -> SearchRecord:
    analysis = paper.analysis
    return SearchRecord(
        id=paper.id,
        day=day,
        title=shown(paper.title),
        one_line=shown(analysis.one_line.text) if analysis else "",
        points=tuple(shown(point.text) for point in analysis.key_points) if analysis else (),
        tags=tuple(map(shown, analysis.tags)) if analysis else (),
        organisation=shown(paper.facts.organisation or ""),
        upvotes=paper.upvotes,
    )


def data(shard: Shard) -> bytes:
    """The shard as JSON."""
    return shard.model_dump_json().encode()


def script(shard: Shard) -> bytes:
    """The same as a call: a page that was opened from disk may load scripts and nothing else."""
    return f"addMonth({shard.model_dump_json().translate(_NOT_IN_SCRIPTS)});\n".encode()


def page(months: Sequence[str], language: str, edition: Edition) -> str:
    """The page that searches these months, newest first."""
    here = keys.SEARCH
    scripts = [keys.search_file(month, "js") for month in sorted(months, reverse=True)]
    return templating.render("search.html", here, language, edition, scripts=scripts)
