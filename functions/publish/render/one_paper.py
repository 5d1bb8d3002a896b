"""papers/<id>/index.html: all that is known of a paper, each day that listed it, and its votes over time."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import escape

from functions.publish.index.record import PaperRecord, Votes
from functions.publish.index.year import Entry
from functions.publish.model.digest import Digest, DigestPaper, Edition
from functions.publish.render import cite, page, templating
from functions.publish.text import wording
from shared.store import keys

CHART = (320, 72)
"""Width and height of the votes' chart, in its own units."""
MARGIN = 6
"""Around the line, so that its ends are not cut."""


class Chart(NamedTuple):
    """A line through the votes at each read, as points of an SVG."""

    width: int
    height: int
    points: tuple[tuple[float, float], ...]


def render(
    digest: Digest, paper: DigestPaper, record: PaperRecord, related: Sequence[tuple[date, Entry]], edition: Edition
) -> str:
    """The page, from the newest digest that holds the paper."""
    return templating.render(
        "one_paper.html",
        keys.paper_file(paper.id),
        digest.language,
        edition,
        description=wording.shown(paper.analysis.one_line.text) if paper.analysis else "",
        picture=page.best_picture([paper]),
        languages=digest.languages or (digest.language,),
        digest=digest,
        paper=paper,
        record=record,
        related=related,
        chart=chart(record.votes),
        citation=escape(cite.render(paper.id, paper.title, paper.facts)),
        **page.shown_of_papers(digest),
    )


def chart(votes: Sequence[Votes]) -> Chart | None:
    """None where the votes were read once only, or never moved."""
    counts = [read.upvotes for read in votes]
    if len(set(counts)) < 2:
        return None
    width, height = CHART
    start, least = votes[0].at, min(counts)
    seconds = (votes[-1].at - start).total_seconds() or 1.0
    steps = max(counts) - least
    return Chart(
        width,
        height,
        tuple(
            (
                round(MARGIN + (width - 2 * MARGIN) * (read.at - start).total_seconds() / seconds, 1),
                round(height - MARGIN - (height - 2 * MARGIN) * (read.upvotes - least) / steps, 1),
            )
            for read in votes
        ),
    )
