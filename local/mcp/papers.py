"""Papers as lines of an answer: in short for lists, and one with its analysis and the sentences that it rests on."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from functions.publish.index.search_terms import SearchRecord
from functions.publish.model.digest import DigestPaper
from functions.publish.model.period_digest import PeriodPaper
from functions.publish.render import addresses
from local.mcp.texts import quoted
from shared.model.analysis import Analysis, Graded, Number, Provenance, Resource, Result
from shared.model.facts import Facts
from shared.model.texts import declarations

MAX_AUTHORS = 12
MAX_NAME_CHARS = 300
"""Of a title, a name or an address."""
MAKERS = {
    "model": "a model",
    "draft": "sentences of the abstract, chosen without a model",
    "sample": "written by hand, as a sample",
}
MARKS = {"draft": "from the abstract", "sample": "sample", "huggingface": "Hugging Face's model"}
"""Who wrote a one-line, where it is not the model of the analysis."""


def _names(*texts: str) -> str:
    return ", ".join(quoted(text, MAX_NAME_CHARS) for text in texts)


def _lines(first: str, *others: str) -> str:
    return "\n   ".join(filter(None, (first, *others)))


def _tags(organisation: str | None, tags: tuple[str, ...], code: str = "") -> str:
    parts = (_names(organisation or "").strip(), f"tags: {_names(*tags)}" if tags else "", code)
    return " · ".join(filter(None, parts))


def _line(line: str, source: str) -> str:
    return f"{quoted(line)} ({MARKS[source]})" if line and source in MARKS else quoted(line)


def _code(facts: Facts) -> str:
    if facts.code is None:
        return ""
    stars = facts.repository.stars if facts.repository else facts.code.stars
    return f"code: {_names(facts.code.address)}" + ("" if stars is None else f" ({stars:,} stars)")


def in_day(place: int, paper: DigestPaper) -> str:
    """A paper of a day's list."""
    marks = [
        f"{place}. {_names(paper.id)}",
        f"{paper.upvotes:,} votes",
        *(["withdrawn"] if paper.facts.withdrawn else []),
        *(["listed late"] if paper.late else []),
        *([f"meets your interest {_names(*paper.interests)}"] if paper.interests else []),
        *([f"also listed {', '.join(map(str, paper.listed_before))}"] if paper.listed_before else []),
        _names(paper.title),
    ]
    line = _line(paper.one_line, paper.analysis.line_source) if paper.analysis else ""
    return _lines(" · ".join(marks), line, _tags(paper.facts.organisation, paper.tags, _code(paper.facts)))


def in_period(place: int, paper: PeriodPaper) -> str:
    """A paper of a week's or month's list."""
    gained = f" ({paper.gained:+,} since its day)" if paper.gained else ""
    first = f"{place}. {_names(paper.id)} · {paper.day} · {paper.upvotes:,} votes{gained} · {_names(paper.title)}"
    line = _line(paper.one_line, paper.source)
    return _lines(first, line, _tags(paper.facts.organisation, paper.tags, _code(paper.facts)))


def in_search(place: int, day: str, paper: SearchRecord, *, is_known: bool) -> str:
    """A paper that was found; in short where it stands above with another day."""
    first = f"{place}. {_names(paper.id)} · {day} · {paper.upvotes:,} votes"
    if is_known:
        return f"{first} · as above"
    line = _line(paper.one_line, paper.source)
    return _lines(f"{first} · {_names(paper.title)}", line, _tags(paper.organisation, paper.tags))


def whole(days: Iterable[date], paper: DigestPaper) -> Iterator[str]:
    """All that is known of a paper that these days list, an item each."""
    facts = paper.facts
    yield f"Title: {_names(paper.title)}"
    gained = f", {paper.gained:+,} since its first read" if paper.gained else ""
    yield f"Votes: {paper.upvotes:,}{gained}. Listed: {', '.join(map(str, days))}."
    if facts.withdrawn:
        yield "The paper was withdrawn."
    more = f" and {len(facts.authors) - MAX_AUTHORS} more" if len(facts.authors) > MAX_AUTHORS else ""
    organisation = f" ({_names(facts.organisation.strip())})" if facts.organisation else ""
    yield f"Authors: {_names(*facts.authors[:MAX_AUTHORS])}{more}{organisation}"
    if facts.published_at:
        yield f"Published: {facts.published_at:%Y-%m-%d}"
    yield f"Links: {'; '.join(filter(None, _links(paper.id, facts)))}"
    if paper.analysis:
        yield f"Analysis: {_made(paper.analysis.provenance)}"
        yield from _fields(paper.analysis)
    else:
        yield "Analysis: none."
    paraphrased = " (a paraphrase)" if facts.paraphrased else ""
    yield f"Abstract{paraphrased}: {quoted(facts.abstract)}"


def _links(paper_id: str, facts: Facts) -> Iterator[str]:
    yield _names(addresses.arxiv(paper_id))
    yield _names(addresses.hugging_face(paper_id))
    yield _code(facts)
    if facts.repository and facts.repository.licence:
        yield f"licence {_names(facts.repository.licence)}"
    if facts.project_page:
        yield f"project: {_names(facts.project_page)}"
    for kind, linked in (("models", facts.hub.models), ("datasets", facts.hub.datasets)) if facts.hub else ():
        if linked.total:
            yield f"{linked.total} {kind} on the Hub: {_names(*linked.first)}"


def _made(provenance: Provenance) -> str:
    if provenance.source != "model":
        return f"{MAKERS[provenance.source]}."
    read = "whole text" if provenance.text_read == "text" else "abstract"
    made = f", {provenance.made_at:%Y-%m-%d}" if provenance.made_at else ""
    found = f" The check left out: {_names(*provenance.findings)}." if provenance.findings else ""
    return f"by {_names(provenance.model)}{made}, from the {read}.{found}"


class Citations:
    """The sentences of the paper that an analysis cites, each by its number."""

    def __init__(self, analysis: Analysis) -> None:
        self._places = {placed.text: placed.place for placed in analysis.places}
        self._numbers: dict[str, int] = {}

    def cite(self, sources: Sequence[str]) -> str:
        """The numbers of sentences: ` [1][4]`."""
        numbers = [self._numbers.setdefault(each, len(self._numbers) + 1) for each in sources if each]
        return " " + "".join(f"[{number}]" for number in numbers) if numbers else ""

    def listed(self) -> str:
        """The cited sentences, with the section where that is known."""
        return "".join(
            f"\n [{number}] {quoted(sentence)}{self._section(sentence)}" for sentence, number in self._numbers.items()
        )

    def _section(self, sentence: str) -> str:
        place = self._places.get(sentence)
        return f" ({_names(f'{place.number} {place.heading}'.strip())})" if place else ""


def _fields(analysis: Analysis) -> Iterator[str]:
    """The fields that the paper's page shows, by their names in digest.json, and the sentences that they cite."""
    citations = Citations(analysis)
    for name, declared in declarations(type(analysis)).items():
        value = getattr(analysis, name)
        if not value or not declared.editions & {"page", "whole"} or isinstance(value, Provenance):
            continue
        by = MARKS.get(analysis.one_line_from or "", "") if name == "one_line" else ""
        note = declared.kind if declared.kind in ("advice", "idea") else by
        title = f"{name} ({note})" if note else name
        if not isinstance(value, tuple):
            yield f"{title}: {_item(value, citations)}"
        elif all(isinstance(each, str) for each in value):
            yield f"{title}: {_names(*value)}"
        else:
            yield f"{title}:" + "".join(f"\n - {_item(each, citations)}" for each in value)
    if cited := citations.listed():
        yield f"Sentences of the paper:{cited}"


def _item(value: Any, citations: Citations) -> str:
    match value:
        case Graded():
            return f"{value.grade} ({_names(*value.reasons)})" if value.reasons else value.grade
        case Resource():
            return f"{value.kind}: {quoted(value.text)} {_names(value.address or '')}".strip()
        case Number():
            text = f"{_names(value.value)}: {quoted(value.measures)}"
        case Result():
            against = f" against {_names(value.baseline, value.compared_with)}" if value.baseline else ""
            on = f" on {_names(value.on)}" if value.on else ""
            text = f"{_names(value.measure)}: {_names(value.value)}{against}{on}"
        case _:
            role = getattr(value, "role", None) or getattr(value, "kind", None)
            text = f"{role}: {quoted(value.text)}" if role else quoted(value.text)
    return text + citations.cite([source for source in value.sources if source != value.text])
