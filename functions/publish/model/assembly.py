"""Assembles the digest of a day in a language from what the bucket holds."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from functions.publish.model.closing import Close, DayState
from functions.publish.model.digest import Digest, DigestPaper, Missing, Theme
from shared.draft.extract import draft
from shared.model.analysis import Analysis
from shared.model.facts import EnrichedPaper, facts_from_listing, with_newest_row
from shared.model.frozen import Frozen
from shared.model.interests import Interest, matching
from shared.model.manifest import ListedPaper, Manifest
from shared.model.prices import total
from shared.model.sources import ArxivRecord
from shared.text.vocabulary import tags

MAX_THEMES = 4
"""As many as the day's two lines can name."""


class Content(Frozen):
    """What is known of the day's papers, by id."""

    enriched: Mapping[str, EnrichedPaper]
    analyses: Mapping[str, Analysis]
    unreadable: tuple[str, ...] = ()
    """Papers whose analysis is stored but unreadable."""
    arxiv: Mapping[str, ArxivRecord] = {}
    """What arXiv answered by the newest read: its index may have lagged when the facts were gathered."""
    listed_before: Mapping[str, tuple[date, ...]] = {}
    """The earlier days that listed the papers."""
    previous: Digest | None = None
    """The digest as it was published last in this language."""


def sources(state: DayState, language: str, close: Close) -> Mapping[str, object]:
    """What a digest follows from beside the program and its settings."""
    part = f"/{language}/"
    return {
        "reads": sorted(str(manifest.read_at) for manifest in state.manifests),
        "enriched": dict(state.enriched),
        "summaries": {key: etag for key, etag in state.summaries.items() if part in key},
        "close": close.model_dump(),
    }


def assemble(
    state: DayState,
    language: str,
    close: Close,
    content: Content,
    ranked_at: datetime | None,
    interests: Sequence[Interest] = (),
) -> Digest:
    """The digest, not yet stamped. `ranked_at`: the read whose ranking was published first in any language."""
    ranked = _ranked_manifest(state, ranked_at)
    papers = _papers(state, ranked, content, interests)
    newest = state.newest
    missing = {**close.missing, **dict.fromkeys(content.unreadable, "failed")}
    return Digest(
        day=state.day,
        language=language,
        status=close.status,
        languages=newest.languages,
        read_at=newest.read_at,
        ranked_at=ranked.read_at,
        closed_at=newest.read_at,
        listed=len(papers),
        model=newest.model,
        papers=papers,
        themes=_themes(papers),
        with_code=sum(paper.facts.code is not None for paper in papers),
        missing=tuple(
            Missing(id=paper.id, title=paper.title, reason=missing[paper.id])
            for paper in papers
            if paper.id in missing and paper.id not in content.analyses
        ),
        refused_rows=newest.refused,
        analysed_later=_analysed_later(papers, content.previous),
        cost_usd=total([*(paper.provenance.cost_usd for paper in papers if paper.provenance), close.failed_cost_usd]),
    )


def _papers(
    state: DayState, ranked: Manifest, content: Content, interests: Sequence[Interest]
) -> tuple[DigestPaper, ...]:
    votes = {listed.paper.id: listed.paper.upvotes for listed in ranked.papers}
    return tuple(
        _paper(row, content, interests).model_copy(
            update={
                "rank": place,
                "late": late,
                "gained": row.paper.upvotes - votes.get(row.paper.id, row.paper.upvotes),
                "listed_before": content.listed_before.get(row.paper.id, ()),
            }
        )
        for place, (row, late) in enumerate(_in_order(state, ranked), start=1)
    )


def _analysed_later(papers: Iterable[DigestPaper], previous: Digest | None) -> tuple[str, ...]:
    """The papers that had no model's analysis when the page was published before, and have one now."""
    if previous is None:
        return ()
    without = {paper.id for paper in previous.papers if paper.source != "model"}
    later = (paper.id for paper in papers if paper.source == "model" and paper.id in without)
    return tuple(dict.fromkeys([*previous.analysed_later, *later]))


def _ranked_manifest(state: DayState, ranked_at: datetime | None) -> Manifest:
    """The read of that time; on the first closing, the newest that has papers."""
    for manifest in state.manifests:
        if manifest.read_at == ranked_at and manifest.papers:
            return manifest
    with_papers = [manifest for manifest in state.manifests if manifest.papers]
    return max(with_papers or state.manifests, key=lambda manifest: manifest.read_at)


def _in_order(state: DayState, ranked: Manifest) -> list[tuple[ListedPaper, bool]]:
    """The newest rows in the order of the ranked read. The papers that it lacks follow, as late, as they came."""
    ranks: dict[str, tuple[datetime, int]] = {}
    for manifest in sorted(state.manifests, key=lambda manifest: (manifest is not ranked, manifest.read_at)):
        for listed in manifest.papers:
            ranks.setdefault(listed.paper.id, (manifest.read_at, listed.rank))
    on_time = {listed.paper.id for listed in ranked.papers}
    ordered = sorted(state.rows.items(), key=lambda item: (item[0] not in on_time, ranks[item[0]]))
    return [(row.listed, paper_id not in on_time) for paper_id, row in ordered]


def _paper(row: ListedPaper, content: Content, interests: Sequence[Interest]) -> DigestPaper:
    """The paper by itself, with its rank in its own list."""
    enriched = content.enriched.get(row.paper.id)
    facts = (
        with_newest_row(enriched.facts, row.paper, content.arxiv.get(row.paper.id))
        if enriched
        else facts_from_listing(row.paper)
    )
    analysis = content.analyses.get(row.paper.id)
    if analysis is None and facts.abstract:
        analysis = draft(row.paper.title, facts.abstract, facts.summary)
    by_words = row.interests
    if by_words is None:
        by_words = matching(interests, row.paper, tags(row.paper.title, row.paper.abstract))
    by_model = matching(interests, row.paper, analysis.tags if analysis else ())
    return DigestPaper(
        id=row.paper.id,
        rank=row.rank,
        title=row.paper.title,
        upvotes=row.paper.upvotes,
        facts=facts,
        analysis=analysis,
        source=analysis.provenance.source if analysis else "none",
        provenance=analysis.provenance if analysis else None,
        interests=by_words,
        interests_of_model=tuple(each for each in by_model if each not in by_words),
    )


def _themes(papers: tuple[DigestPaper, ...]) -> tuple[Theme, ...]:
    """The tags that most papers carry; equal ones by name."""
    counted = Counter(tag for paper in papers if paper.analysis for tag in paper.analysis.tags)
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Theme(tag=tag, papers=count) for tag, count in ordered[:MAX_THEMES])
