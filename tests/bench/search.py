"""The search over 36,000 papers in Chromium, from 127.0.0.1: bytes, files and milliseconds of each query."""

import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from http.server import ThreadingHTTPServer
from multiprocessing import get_context
from os import cpu_count, getloadavg
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from functions.publish.index.search import Search, SearchDay
from functions.publish.index.search_terms import SearchRecord
from local.serve import SiteHandler
from shared.model.span import Day
from shared.store import keys
from shared.text.vocabulary import vocabulary
from tests.bench.figures import Figure
from tests.bench.listing import abstracts
from tests.factories.search_folder import MemorySite, write_search

CHROMIUM = shutil.which("chromium")
FIRST, LAST = date(2022, 1, 3), date(2026, 7, 24)
PAPERS_OF_A_DAY = 30
"""1,190 weekdays of 30 papers, 17 of them in a month that is open."""
TARGET_KB, TARGET_MAX_KB, TARGET_FILES, TARGET_MS, TARGET_FOLD_MB = 400.0, 800.0, 40.0, 150.0, 2.0
VISITS = 5
"""Of each query: other processes disturb some."""
KOREAN = (
    "긴 목록을 다루는 에이전트가 스스로 계획을 고쳐 쓰게 하는 학습 방법을 제안한다.",
    "비디오 생성 모델의 추론 시간을 절반으로 줄이는 희소 어텐션을 제안한다.",
    "도구를 쓰는 어시스턴트의 기억을 압축하고 필요한 부분만 다시 불러온다.",
    "로봇의 조작을 강화학습으로 배우며 코드와 가중치를 공개한다.",
)
QUERIES = (
    "agent", "RAG", "RL", "LLM", "attention", "reinforcement learning", "video generation", "language model agent",
    "robot", "benchmark for agents", "Name7Net", "name31", "Author117 Surname4", "Surname9", "2405.00123", "2607.00001",
    '"attention"', "attenton", "benchmrk", "강화학습", "에이전트", "비디오 생성", "로봇만", "transformer보다", "어텐션",
    "확산 모델", "diffusion", "memory compression", "multimodal reasoning", "University 12",
)  # fmt: skip


def figures() -> Iterator[Figure]:
    """Sizes of the index, and what the first ten results of thirty queries cost."""
    if CHROMIUM is None:
        yield Figure("search over 36,000 papers", None, "ms", TARGET_MS, "there is no chromium here")
        return
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        days = list(_days())
        site = write_search(Path(folder), days)
        papers = sum(len(day.papers) for day in days)
        began = time.process_time()
        Search.load(site, Day(LAST)).with_day(days[-1].model_copy(update={"papers": days[-1].papers[1:]}))
        yield from _index(site, Path(folder), papers, 1000 * (time.process_time() - began))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        with _served(folder) as port:
            measured = [_measure_often(browser, port, query) for query in QUERIES]
        browser.close()
    kilobytes, files, milliseconds, least = zip(*measured, strict=True)
    worst = QUERIES[kilobytes.index(max(kilobytes))]
    slow = QUERIES[milliseconds.index(max(milliseconds))]
    how = f"{len(QUERIES)} queries over {papers:,} papers, first ten results, uncompressed"
    load = f"{VISITS} visits each, median; load {getloadavg()[0]:.1f} on {cpu_count()} cores"
    yield Figure("search: kilobytes of a query", median(kilobytes), "KB", TARGET_KB, f"median; {how}")
    yield Figure("search: kilobytes of the heaviest query", max(kilobytes), "KB", TARGET_MAX_KB, worst)
    yield Figure("search: files of a query, most", max(files), "", TARGET_FILES, f"median {median(files):g}")
    slowest = f"{max(milliseconds):.0f}: {slow}"
    yield Figure("search: first ten results", median(milliseconds), "ms", TARGET_MS, f"{load}; slowest {slowest}")
    yield Figure("search: first ten results, undisturbed", median(least), "ms", None, "the fastest visit of each query")


class _Quiet(SiteHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def _served(folder: str) -> Iterator[int]:
    """The port of a server in a process of its own: it does not wait for what drives the browser."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
    process = get_context("fork").Process(target=server.serve_forever, daemon=True)
    process.start()
    try:
        yield server.server_port
    finally:
        process.terminate()
        process.join()
        server.server_close()


def _index(site: MemorySite, folder: Path, papers: int, milliseconds: float) -> Iterator[Figure]:
    size = sum(path.stat().st_size for path in (folder / "search").rglob("*.js"))
    yield Figure("search: all scripts", size / 1e6, "MB", None, f"{papers:,} papers, {len(site.written):,} files")
    yield Figure("search: publishing a day", milliseconds, "ms", None, "CPU, at a month's end")
    years = [
        sum(
            len(text.encode())
            for name, text in site.written.items()
            if name.startswith(f"search/{year}/") and "-" not in name
        )
        for year in range(FIRST.year, LAST.year + 1)
    ]
    opened = sum(len(text.encode()) for name, text in site.written.items() if name.startswith("search/open/"))
    yield Figure("search: index of the open days", opened / 1e3, "KB", None, "written with each day")
    yield Figure(
        "search: parts of a year, written when a month closes", max(years) / 1e6, "MB", TARGET_FOLD_MB, "at its end"
    )


def _measure_often(browser: Browser, port: int, query: str) -> tuple[float, int, float, float]:
    """Kilobytes and files of a query, and its median and least milliseconds. Every visit begins without a cache."""
    visits = [_measure(browser.new_page(), port, query) for _ in range(VISITS)]
    took = [milliseconds for _, _, milliseconds in visits]
    return visits[0][0], visits[0][1], median(took), min(took)


def _measure(page: Page, port: int, query: str) -> tuple[float, int, float]:
    """Kilobytes, files and milliseconds from the question to the first results."""
    page.goto(f"http://127.0.0.1:{port}/{keys.SEARCH}", wait_until="networkidle")
    took, sizes = page.evaluate(
        """query => new Promise((done) => {
          const [input, count, list] = ["query", "count", "found"].map((id) => document.getElementById(id));
          performance.clearResourceTimings();
          const began = performance.now();
          new MutationObserver(() => {
            if (!count.textContent || list.hasAttribute("aria-busy")) return;
            const took = performance.now() - began;
            done([took, performance.getEntriesByType("resource").map((file) => file.decodedBodySize)]);
          }).observe(count, { childList: true });
          input.value = query;
          input.form.requestSubmit();
        })""",
        query,
    )
    page.close()
    return sum(sizes) / 1024, len(sizes), took


class _Dice(random.Random):
    """Papers of words as frequent as real ones are."""

    words = sorted({word.strip(".,:;()") for text in abstracts() for word in text.split() if word[:1].isalpha()})
    weights = tuple(1 / (place + 3) for place in range(len(words)))
    tags = tuple(tag.name for tag in vocabulary())

    def some(self, count: int) -> str:
        return " ".join(self.choices(self.words, self.weights, k=count))

    def paper(self, day: date, place: int, number: int) -> SearchRecord:
        return SearchRecord(
            id=f"{day:%y%m}.{day.day * 100 + place:05}",
            title=f"Name{number}Net: {self.some(8)}",
            one_line=f"{self.choice(KOREAN)} {self.some(6)}" if number % 2 else self.some(26),
            source="draft",
            tags=tuple(dict.fromkeys(self.choices(self.tags, k=4))),
            organisation=f"University {number % 400}",
            authors=tuple(f"Author{self.randrange(9000)} Surname{self.randrange(3000)}" for _ in range(7)),
            keywords=(self.some(2), self.some(2), self.some(2), f"Name{self.randrange(number + 1)}Net"),
            terms=(*self.choices(self.words, k=28), f"Set{number % 500}", f"Rare{number}"),
            upvotes=self.randrange(200),
            code=number % 2 == 0,
        )


def _days() -> Iterator[SearchDay]:
    dice, day, number = _Dice(1), FIRST, 0
    dice.shuffle(dice.words)
    while day <= LAST:
        if day.weekday() < 5:
            papers = tuple(dice.paper(day, place, number + place) for place in range(PAPERS_OF_A_DAY))
            number += PAPERS_OF_A_DAY
            yield SearchDay(day=day, papers=papers)
        day += timedelta(days=1)
