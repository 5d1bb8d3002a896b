"""A week or month: whether it can be closed, and its digest, put together from those of its days and the votes now."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from functions.publish.model.closing import Close, Decision, Wait
from functions.publish.model.digest import Digest, DigestPaper
from functions.publish.model.period_digest import NamedPaper, PeriodDigest, PeriodPaper, Statistics, TagCount, Votes
from shared.model.frozen import Frozen
from shared.model.manifest import PeriodManifest
from shared.model.span import Period

AFTER_ITS_DAYS = timedelta(minutes=20)
"""Two ticks: a week or month waits longer than its days, which may have been read by the same run."""
TOP = 20
LATE_BLOOMERS = 5
MAX_TAGS_WITH_BEST = 10
"""Tags whose best paper is named: as many as the page and the post show."""
MIN_GAINED = 10
"""Votes: fewer are no rise that a reader would notice."""
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_NOT_KEPT = {"pictures": (), "videos": (), "summary": None, "keywords": (), "hub": None, "missing": ()}
"""Of a paper's facts: the day's page has them."""


class PeriodState(Frozen):
    """The reads of a week or month, at least one, and its days that are not settled."""

    manifests: tuple[PeriodManifest, ...]
    open_days: frozenset[date] = frozenset()
    absent_days: frozenset[date] = frozenset()
    """Unread, or not listed yet."""

    @property
    def newest(self) -> PeriodManifest:
        """The newest read."""
        return max(self.manifests, key=lambda manifest: manifest.read_at)

    @property
    def period(self) -> Period:
        """What it is of."""
        return self.newest.period

    @property
    def upvotes(self) -> dict[str, int]:
        """The votes now by paper, each of the newest read that has it."""
        in_order = sorted(self.manifests, key=lambda manifest: manifest.read_at)
        return {votes.id: votes.upvotes for manifest in in_order for votes in manifest.papers}


def decide_period(state: PeriodState, now: datetime) -> Decision:
    """Close when all its days are settled, or the time is up."""
    awaited = {
        *(state.open_days if now < state.newest.deadline + AFTER_ITS_DAYS else ()),
        *(state.absent_days if now < state.period.ended_at + state.period.waits_for_days else ()),
    }
    if awaited:
        return Wait(pending=tuple(sorted(map(str, awaited))))
    return Close(status="deadline" if state.open_days or state.absent_days else "complete")


def sources(state: PeriodState, days: Mapping[str, str], before: PeriodDigest | None) -> Mapping[str, object]:
    """What a digest follows from; `days` are the keys of the days' digests with their content's MD5."""
    return {
        "reads": sorted(str(manifest.read_at) for manifest in state.manifests),
        "days": dict(days),
        "before": before.fingerprint if before else None,
    }


def papers_of(digest: Digest, upvotes: Mapping[str, int]) -> list[PeriodPaper]:
    """The papers of a day as the period knows them; one without new votes keeps those of its day."""
    return [_paper(paper, digest, upvotes.get(paper.id, paper.upvotes)) for paper in digest.papers]


def assemble(
    state: PeriodState, language: str, listed: Sequence[PeriodPaper], before: PeriodDigest | None
) -> PeriodDigest:
    """The digest, not yet stamped. `listed` are the papers of its days, in order."""
    papers = _ranked(listed)
    bloomers = (paper for paper in papers if paper.gained >= MIN_GAINED and paper.rank < paper.rank_then)
    gained = sorted(bloomers, key=lambda paper: -paper.gained)
    tags = _tags(papers, before)
    return PeriodDigest(
        period=state.period,
        first=state.period.first,
        last=state.period.last,
        language=language,
        read_at=state.newest.read_at,
        published_at=state.newest.read_at,
        updated_at=state.newest.read_at,
        statistics=Statistics(
            papers=len(papers),
            upvotes=sum(paper.upvotes for paper in papers),
            days=len({paper.day for paper in listed}),
            with_code=sum(paper.facts.code is not None for paper in papers),
            papers_before=before.statistics.papers if before else None,
        ),
        missing_days=tuple(sorted((state.open_days | state.absent_days) - {paper.day for paper in listed})),
        papers=tuple(papers[:TOP]),
        late_bloomers=tuple(gained[:LATE_BLOOMERS]),
        tags=tags,
        best=_best_by_tag(papers, tags[:MAX_TAGS_WITH_BEST]),
        votes=tuple(Votes(id=each.id, day=each.day, then=each.upvotes_then, now=each.upvotes) for each in papers),
    )


def _paper(paper: DigestPaper, digest: Digest, upvotes: int) -> PeriodPaper:
    return PeriodPaper(
        id=paper.id,
        title=paper.title,
        day=digest.day,
        upvotes=upvotes,
        upvotes_then=paper.upvotes - paper.gained,
        facts=paper.facts.model_copy(
            update={**_NOT_KEPT, "arxiv": paper.facts.arxiv if paper.facts.withdrawn else None}
        ),
        one_line=paper.analysis.one_line.text if paper.analysis else "",
        tags=paper.tags,
        source=paper.analysis.line_source if paper.analysis else paper.source,
    )


def _ranked(listed: Sequence[PeriodPaper]) -> list[PeriodPaper]:
    """Each paper once, as its first day has it, by its votes now; equal ones as the list itself orders them."""
    once: dict[str, PeriodPaper] = {}
    for paper in listed:
        once.setdefault(paper.id, paper)
    then = sorted(once.values(), key=lambda paper: _order(paper, paper.upvotes_then), reverse=True)
    rank_then = {paper.id: place for place, paper in enumerate(then, start=1)}
    now = sorted(then, key=lambda paper: _order(paper, paper.upvotes), reverse=True)
    return [
        paper.model_copy(update={"rank": place, "rank_then": rank_then[paper.id]})
        for place, paper in enumerate(now, start=1)
    ]


def _order(paper: PeriodPaper, upvotes: int) -> tuple[int, datetime, str]:
    return upvotes, paper.facts.published_at or _LONG_AGO, paper.id


def _tags(papers: Sequence[PeriodPaper], before: PeriodDigest | None) -> tuple[TagCount, ...]:
    """The most frequent first; equal ones by name."""
    counted = Counter(tag for paper in papers for tag in paper.tags)
    known = {count.tag: count.papers for count in before.tags} if before else {}
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        TagCount(tag=tag, papers=count, before=known.get(tag, 0) if before else None) for tag, count in ordered
    )


def _best_by_tag(papers: Sequence[PeriodPaper], tags: Sequence[TagCount]) -> dict[str, NamedPaper]:
    """The best paper of each tag; none is named twice."""
    found: dict[str, NamedPaper] = {}
    named: set[str] = set()
    for tag in (count.tag for count in tags):
        if best := next((paper for paper in papers if tag in paper.tags and paper.id not in named), None):
            named.add(best.id)
            found[tag] = NamedPaper(id=best.id, title=best.title)
    return found
