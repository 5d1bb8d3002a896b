"""A day: what the bucket holds of it, whether it can be closed in each language, and its digest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from functions.publish import delivery
from functions.publish import site as editions
from functions.publish.index import Indexes, LanguageSite, finished
from functions.publish.index.archive import Archive
from functions.publish.index.context import day_context, day_indexes
from functions.publish.index.records import Records
from functions.publish.model.assembly import Content, assemble, sources
from functions.publish.model.closing import Close, DayState, Decision, Look, Wait, decide_day
from functions.publish.model.digest import Digest
from functions.publish.site import File
from shared.model.analysis import Analysis
from shared.model.facts import EnrichedPaper
from shared.model.manifest import Manifest
from shared.model.span import Day
from shared.model.summary import SummarizedPaper
from shared.store import keys
from shared.store.bucket import Bucket
from shared.store.retry import Failure

OPEN_AFTER = timedelta(minutes=30)
"""After its read a day that still waits is shown: most are closed by then."""


@dataclass(frozen=True)
class StoredDay:
    """What the bucket holds of a day."""

    state: DayState
    site: LanguageSite
    force: bool = False
    """Whether all files are written again, though nothing has changed."""

    @classmethod
    def load(cls, day: Day, site: LanguageSite, *, force: bool) -> "StoredDay":
        """Lists each store once, and the papers' facts only where something failed: else they decide nothing."""
        bucket = site.bucket
        state = DayState(
            day=day.first,
            manifests=(),
            summaries=bucket.list(keys.summaries(day.first)),
            failures=bucket.list(keys.failures(day.first)),
        )
        if state.failures:
            state = _with_facts(state, bucket)
        manifests = tuple(bucket.read_once(key, Manifest) for key in keys.reads(bucket.list(keys.manifests(day))))
        return cls(state.model_copy(update={"manifests": manifests}), site, force)

    @property
    def read_times(self) -> frozenset[datetime]:
        """When it was read."""
        return frozenset(manifest.read_at for manifest in self.state.manifests)

    def decide(self, now: datetime) -> dict[str, Decision]:
        """Whether it can be closed, by language."""
        state, found = self.state, {}
        for language in state.languages:
            failed = {key for paper in state.unsummarised(language) for key in state.failure_keys(language, paper)}
            read = ((key, self.site.bucket.read_if_readable(key, Failure)) for key in sorted(failed))
            failures = {key: failure for key, failure in read if failure}
            found[language] = decide_day(state, language, failures, now)
        return found

    def look(self, decisions: Mapping[str, Decision], now: datetime) -> Look:
        """What later messages are held against."""
        ids, waits = frozenset(self.state.rows), {}
        for language, decision in decisions.items():
            if isinstance(decision, Wait):
                waits[language] = frozenset(decision.pending)
        summarised = {language: ids - {*self.state.unsummarised(language)} for language in decisions}
        return Look(at=now, summarised=summarised, awaited=waits)

    def issues(self, decisions: Mapping[str, Decision]) -> list["DayIssue"]:
        """Those that can be closed. All languages keep the ranking that was published first in any."""
        sites = {language: self.site.of(language) for language in decisions}
        shown = {language: each.shown_day(self.state.day) for language, each in sites.items()}
        times = (digest.ranked_at for digest in shown.values() if digest and digest.papers)
        ranked_at = min(times, default=None) or self._ranked_when_mailed()
        state = _with_facts(self.state, self.site.bucket)
        return [
            DayIssue(sites[language], finished(shown[language]), state, close, ranked_at, self.force)
            for language, close in decisions.items()
            if isinstance(close, Close)
        ]

    def waiting(self, decisions: Mapping[str, Decision], now: datetime) -> list["DayIssue"]:
        """Those that wait for half an hour and were never closed."""
        if not self.state.rows or now - min(self.read_times) < OPEN_AFTER:
            return []
        opened = {
            language: Close(status="open", missing=dict.fromkeys(decision.pending, "pending"))
            for language, decision in decisions.items()
            if isinstance(decision, Wait)
        }
        return [issue for issue in self.issues(opened) if issue.previous is None]

    def _ranked_when_mailed(self) -> datetime | None:
        """The read that the mail was made from: where the site was lost, its ranking was published first."""
        state, bucket = self.state, self.site.bucket
        reads = [manifest.read_at for manifest in state.manifests if manifest.papers]
        languages = state.languages if len(reads) > 1 else ()  # else there is no other ranking
        records = [delivery.stored(bucket, keys.mailed(Day(state.day), each)) for each in languages]
        mailed_at = min((record.at for record in records if record), default=None)
        return max((at for at in reads if mailed_at and at <= mailed_at), default=None)


def _with_facts(state: DayState, bucket: Bucket) -> DayState:
    return state.model_copy(update={"enriched": state.enriched or bucket.list(keys.enriched_papers(state.day))})


@dataclass
class DayIssue:
    """A day in one language, to be closed."""

    site: LanguageSite
    previous: Digest | None
    state: DayState
    close: Close
    ranked_at: datetime | None
    force: bool
    indexes: Indexes[Digest] = field(init=False)
    """As they are stored."""

    @property
    def wishes(self) -> frozenset[bool | None]:
        """The `mail` of each of its reads."""
        return frozenset(manifest.mail for manifest in self.state.manifests)

    @property
    def span(self) -> Day:
        """What it is of."""
        return Day(self.state.day)

    @property
    def pages(self) -> list[str]:
        """Its own, and those of its papers."""
        return [keys.day_page(self.state.day), *map(keys.paper_file, self.state.rows)]

    def sources(self) -> Mapping[str, object]:
        """Its reads, and the stored papers and analyses."""
        return sources(self.state, self.site.language, self.close)

    def assemble(self) -> Digest:
        """The digest. Another day that lists its papers must still be there, where all files are made again."""
        day = Day(self.state.day)
        stored = day_indexes(self.site, day)
        records = stored[Records].of(self.state.manifests, self.previous, stored[Archive])
        if self.force:
            known = {Day(each) for each in records.days if each == day.first or self.site.day(each)}
            records = records.only(known)
        self.indexes = stored.replaced(records)
        before = {paper_id: record.before(day.first) for paper_id, record in records.known.items()}
        content = self._content().model_copy(
            update={"arxiv": self.state.newest.arxiv.records, "listed_before": before, "previous": self.previous}
        )
        interests = self.site.config.interests
        return assemble(self.state, self.site.language, self.close, content, self.ranked_at, interests)

    def files(self, digest: Digest) -> dict[str, File]:
        """All its files but digest.json."""
        first = self.previous is None or bool(digest.papers and not self.previous.papers)
        context = day_context(self.site, self.indexes, digest, first=first, force=self.force)
        return editions.files(self.site, context, editions.DAY_EDITIONS) | editions.index_files(self.site, context)

    def _content(self) -> Content:
        """The stored values; one that cannot be read costs its paper and not the day.

        What a model wrote and was published stands until there is something else: a draft never replaces an analysis.
        """
        bucket, state = self.site.bucket, self.state
        enriched: dict[str, EnrichedPaper] = {}
        analyses: dict[str, Analysis] = {}
        unreadable: list[str] = []
        for paper_id in state.rows:
            facts_key, key = keys.enriched(state.day, paper_id), keys.summary(state.day, self.site.language, paper_id)
            facts = None
            if key in state.summaries:
                summary = bucket.read_if_readable(key, SummarizedPaper)
                analyses |= {paper_id: summary.analysis} if summary else {}
                unreadable += [] if summary else [paper_id]
                facts = summary.paper if summary else None
            if facts is None and facts_key in state.enriched:
                facts = bucket.read_if_readable(facts_key, EnrichedPaper)
            enriched |= {paper_id: facts} if facts else {}
        for paper in self.previous.papers if self.previous else ():
            if paper.source == "model" and paper.analysis:
                analyses.setdefault(paper.id, paper.analysis)
        return Content(enriched=enriched, analyses=analyses, unreadable=tuple(unreadable))
