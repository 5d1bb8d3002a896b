"""What a reader's browser works on: how heavy pages are without pictures, and the search over ten years of papers."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from functions.publish.index.recent import Recent
from functions.publish.index.search import SearchRecord, Shard
from functions.publish.render import data, page, pages
from functions.publish.render.templating import asset, assets
from shared.store import keys
from tests.bench import editions
from tests.bench.figures import Figure
from tests.bench.listing import abstracts

CHROMIUM = shutil.which("chromium")
PAPERS_OF_A_DAY = 30
TARGET_DAY, TARGET_FRONT = 150.0, 60.0
MONTHS, DAYS_OF_A_MONTH, PAPERS_OF_A_LISTING = 60, 20, 30
"""36,000 papers: five years of working days."""
TARGET_LOAD, TARGET_QUERY = 5_000.0, 100.0
ROUNDS = 9
KOREAN = (
    "긴 목록을 다루는 에이전트가 스스로 계획을 고쳐 쓰게 하는 학습 방법을 제안한다.",
    "여러 벤치마크에서 정확도 91.5%에 이르며 추론에 드는 시간을 절반으로 줄인다.",
    "도구를 쓰는 어시스턴트의 기억을 압축하고 필요한 부분만 다시 불러온다.",
    "코드와 가중치를 공개하며, 한 대의 GPU로 실험을 되풀이할 수 있다.",
)
QUERIES = {"a frequent word": "에이전트가", "two words": "attention 벤치마크에서", "a word that is nowhere": "없는낱말"}
LOADED = f"document.getElementById('count').textContent.includes('{MONTHS * DAYS_OF_A_MONTH * PAPERS_OF_A_LISTING:,}')"
ASK = """query => {
  const input = document.getElementById("query");
  input.value = query;
  const began = performance.now();
  input.form.requestSubmit();
  return performance.now() - began;
}"""


def figures() -> Iterator[Figure]:
    """Kilobytes of pages, milliseconds of the search."""
    yield from _weights()
    if CHROMIUM is None:
        yield Figure("search over 36,000 papers", None, "ms", TARGET_QUERY, "there is no chromium here")
        return
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        size = _write(Path(folder))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield from _search(browser.new_page(), Path(folder), size)
        browser.close()


def _weights() -> Iterator[Figure]:
    day = editions.digest()
    day = day.model_copy(update={"papers": day.papers[:PAPERS_OF_A_DAY], "listed": PAPERS_OF_A_DAY})
    shared_files = sum(len(assets()[asset(name)]) for name in ("style.css", "reading.js"))
    sizes = {
        f"a day of {PAPERS_OF_A_DAY}": (page.render(day, editions.EDITION), TARGET_DAY),
        "the front page": (pages.front(day, Recent().with_digest(day).entries, "ko", editions.EDITION), TARGET_FRONT),
    }
    for name, (html, target) in sizes.items():
        how = f"bytes without pictures, {shared_files / 1024:.0f} KB of them the stylesheet and the script"
        yield Figure(f"weight of {name}", (len(html.encode()) + shared_files) / 1024, "KB", target, how)


def _write(folder: Path) -> int:
    """The search's page and its months in a folder. Answers the bytes of the months."""
    months = [f"{2026 - number // 12}-{12 - number % 12:02}" for number in range(MONTHS)]
    scripts = {
        keys.search_file(month, "js"): data.search_script(Shard(month=month, papers=tuple(_papers(month))))
        for month in months
    }
    html = pages.search(months, "ko", editions.EDITION).encode()
    for name, body in {**assets(), **scripts, keys.SEARCH: html}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(body)
    return sum(map(len, scripts.values()))


def _papers(month: str) -> Iterator[SearchRecord]:
    texts = abstracts()
    for number in range(DAYS_OF_A_MONTH * PAPERS_OF_A_LISTING):
        day, place = divmod(number, PAPERS_OF_A_LISTING)
        attention = "Attention " if number % 20 == 0 else ""
        yield SearchRecord(
            id=f"{month[2:4]}{month[5:]}.{number:05}",
            day=date(int(month[:4]), int(month[5:]), DAYS_OF_A_MONTH - day),
            title=f"{attention}Paper {number}: {texts[number % len(texts)][:60]}",
            one_line=KOREAN[number % len(KOREAN)],
            points=tuple(KOREAN[(number + other) % len(KOREAN)] for other in range(1, 4)),
            tags=("Agent", "LLM"),
            organisation="Example University",
            upvotes=PAPERS_OF_A_LISTING - place,
        )


def _search(opened: Page, folder: Path, size: int) -> Iterator[Figure]:
    began = time.perf_counter()
    opened.goto(f"{folder.as_uri()}/{keys.SEARCH}")
    opened.wait_for_function(LOADED)
    loaded = 1000 * (time.perf_counter() - began)
    how = f"from disk, {MONTHS} months, {size / 1024**2:.0f} MB; results come from the first month on"
    yield Figure("search: all of 36,000 papers read", loaded, "ms", TARGET_LOAD, how)
    for name, query in QUERIES.items():
        times = []
        for _ in range(ROUNDS):
            opened.evaluate(ASK, "")
            times.append(opened.evaluate(ASK, query))
        found = opened.locator("#count").inner_text()
        yield Figure(f"search: {name}", median(times), "ms", TARGET_QUERY, f"{found}; median of {ROUNDS}")
