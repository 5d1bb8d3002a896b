"""How long the draft of a paper and the editions of a day take."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from statistics import median

from functions.fetch.lists.rows import read
from functions.publish.index.recent import Recent
from functions.publish.model.digest import Digest, Theme
from functions.publish.render import data, mail, markdown, page, pages
from functions.publish.settings import SiteConfig
from shared.draft.extract import draft
from shared.model.paper import Paper
from tests.bench.figures import Figure
from tests.bench.listing import rows
from tests.factories.digests import drafted

PAPERS = 50
ROUNDS = 21
TARGET_DRAFT, TARGET_RENDER = 5.0, 50.0
READ_AT = datetime(2026, 2, 21, 0, 15, tzinfo=UTC)
EDITION = SiteConfig(languages=("ko", "en"), site_url="https://papers.example/site")


def figures() -> Iterator[Figure]:
    """Milliseconds of each."""
    papers = read(rows(PAPERS)).papers
    drafts = _milliseconds(lambda: [draft(paper.title, paper.abstract) for paper in papers])
    length = sum(len(paper.abstract) for paper in papers) // PAPERS
    how = f"abstracts of {length} characters, {PAPERS} at a time, median of {ROUNDS}"
    yield Figure("draft, a paper", median(drafts) / PAPERS, "ms", TARGET_DRAFT, how)
    day = digest()
    renders = _milliseconds(lambda: render(day))
    how = f"{PAPERS} drafted papers: page, top5, post, digest.json, front, mail; median of {ROUNDS}"
    yield Figure("render, all editions of a day", median(renders[1:]), "ms", TARGET_RENDER, how)
    yield Figure("the first in a process, templates compiled", renders[0], "ms", None, "the same, once")


def digest(listed: Sequence[Paper] = ()) -> Digest:
    """A day of drafts; of made-up papers where none are given."""
    papers = drafted(listed or read(rows(PAPERS)).papers)
    return Digest(
        day=date(2026, 2, 20),
        language="ko",
        status="complete",
        read_at=READ_AT,
        ranked_at=READ_AT,
        closed_at=READ_AT,
        listed=len(papers),
        model="draft",
        papers=papers,
        themes=(Theme(tag="Agent", papers=12), Theme(tag="LLM", papers=9)),
        with_code=PAPERS // 2,
    )


def render(day: Digest) -> None:
    """Every edition of the day."""
    page.render(day, EDITION)
    markdown.top5(day, EDITION)
    markdown.post(day, EDITION)
    data.digest_json(day)
    pages.front(day, Recent().with_digest(day).entries, day.language, EDITION)
    mail.render(day, EDITION)


def _milliseconds(work: Callable[[], object]) -> list[float]:
    """Each round's time."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - began))
    return times
