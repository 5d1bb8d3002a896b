"""papers/<id>/index.html: all that is known of a paper, each day that listed it, its votes, and papers close to it."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import escape

from functions.publish.index.context import DayContext
from functions.publish.index.records import PaperRecord, Records, Votes
from functions.publish.index.year import Entry, Year
from functions.publish.model.digest import Digest, DigestPaper
from functions.publish.render import data, page, templating
from functions.publish.settings import SiteConfig
from functions.publish.text.outside import shown
from shared.store import keys
from shared.text.lazy_regex import lazy_regex

CHART = (320, 72)
"""Width and height of the votes' chart, in its own units."""
MARGIN = 6
"""Around the line, so that its ends are not cut."""
MAX_RELATED = 5
COMMON = 0.2
"""A feature that a larger share of all papers has says nothing: agents, language models."""
MIN_SHARED = 2
"""Features: one shared word is chance."""
_WORD = lazy_regex(r"[^\W\d_]{4,}")


class Chart(NamedTuple):
    """A line through the votes at each read, as points of an SVG."""

    width: int
    height: int
    points: tuple[tuple[float, float], ...]


class Listed(NamedTuple):
    """A paper as the newest digest that lists it has it, its record, and the papers close to it."""

    digest: Digest
    paper: DigestPaper
    record: PaperRecord
    related: Sequence[tuple[date, Entry]] = ()


def pages(context: DayContext) -> Iterator[tuple[str, str]]:
    """The pages of the day's papers that the day changes."""
    neighbourhoods = {day: Neighbourhood(context.years, day) for day in context.listing}
    for digest, paper, record in _listed(context):
        entry = context.entry(digest.day, paper.id)
        related = neighbourhoods[digest.day].of(entry) if entry else ()
        yield keys.paper_file(paper.id), render(Listed(digest, paper, record, related), context.config)


def citations(context: DayContext) -> Iterator[tuple[str, str]]:
    """Their BibTeX."""
    for _, paper, _ in _listed(context):
        yield keys.paper_file(paper.id, "cite.bib"), data.bibtex(paper.id, paper.title, paper.facts)


def render(listed: Listed, config: SiteConfig) -> str:
    """The page of one paper."""
    digest, paper, record, related = listed
    return templating.render(
        "one_paper.html",
        keys.paper_file(paper.id),
        digest.language,
        config,
        description=shown(paper.one_line),
        picture=page.best_picture([paper]),
        languages=digest.languages or (digest.language,),
        digest=digest,
        paper=paper,
        record=record,
        related=related,
        chart=chart(record.votes),
        citation=escape(data.bibtex(paper.id, paper.title, paper.facts)),
        **page.shown_of_papers(digest),
    )


def _listed(context: DayContext) -> Iterator[tuple[Digest, DigestPaper, PaperRecord]]:
    """Each paper that the day changes, as the newest digest that lists it has it."""
    for paper_id, record in context.indexes[Records].changed.items():
        digest = context.listing.get(record.listings[-1].day)
        paper = next((each for each in digest.papers if each.id == paper_id), None) if digest else None
        if digest and paper:
            yield digest, paper, record


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


class Neighbourhood:
    """The papers of some years by their features. Made once for a day, asked for each of its papers."""

    def __init__(self, years: Iterable[Year], until: date) -> None:
        self._entries: dict[str, tuple[date, Entry]] = {}
        self._having: defaultdict[str, list[str]] = defaultdict(list)
        for listed in (listed for year in years for listed in year.days if listed.day <= until):
            for entry in listed.papers:
                if entry.id not in self._entries:
                    for feature in _features(entry):
                        self._having[feature].append(entry.id)
                self._entries[entry.id] = (listed.day, entry)

    def of(self, entry: Entry) -> Sequence[tuple[date, Entry]]:
        """The closest other papers, each with the newest day that lists it; equal ones by id, newest first."""
        weights: defaultdict[str, float] = defaultdict(float)
        shared: Counter[str] = Counter()
        for feature, weight in self._weighed(entry):
            shared.update(self._having[feature])
            for other in self._having[feature]:
                weights[other] += weight
        close = [other for other in weights if other != entry.id and shared[other] >= MIN_SHARED]
        close.sort(reverse=True)
        close.sort(key=lambda other: -weights[other])
        return [self._entries[other] for other in close[:MAX_RELATED]]

    def _weighed(self, entry: Entry) -> Iterator[tuple[str, float]]:
        most = max(COMMON * len(self._entries), MIN_SHARED)
        for feature in _features(entry):
            found = len(self._having[feature])
            if 1 < found <= most:
                yield feature, math.log(len(self._entries) / found)


def _features(entry: Entry) -> set[str]:
    return {f"#{tag}" for tag in entry.tags} | set(_WORD.findall(entry.title.lower()))
