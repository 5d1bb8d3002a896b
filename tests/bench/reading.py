"""What a reader takes in: minutes of words, screens of a phone, and how heavy pages are without pictures."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from functions.fetch.lists.rows import read
from functions.publish.index.recent import Recent
from functions.publish.render import page, pages
from functions.publish.render.templating import asset, assets
from shared.store import keys
from tests.bench import editions
from tests.bench.figures import Figure
from tests.factories import html_reader
from tests.factories.html_reader import Element
from tests.factories.places import REFERENCE

PAPERS_OF_A_DAY = 30
TARGET_DAY, TARGET_FRONT = 130.0, 45.0
LONG_DAY = REFERENCE / "data" / "huggingface" / "2026-02-11.json"
"""Fifty papers."""
TARGET_MINUTES, TARGET_SCREENS = 10.0, 30.0
HANGUL_A_MINUTE, ENGLISH_WORDS_A_MINUTE = 500, 230
PHONE = {"width": 390, "height": 844}
CHROMIUM = shutil.which("chromium")
OF_EVERY_PAGE = ("style.css", "reading.js", "stars.js")


def figures() -> Iterator[Figure]:
    """Of a day of thirty and one of fifty papers."""
    yield from _weights()
    if not LONG_DAY.is_file():
        yield Figure("a day of fifty", None, "", None, f"the recorded answer is not here: {LONG_DAY}")
        return
    html = page.render(editions.digest(read(json.loads(LONG_DAY.read_text(encoding="utf-8"))).papers), editions.EDITION)
    how = f"nothing opened, {HANGUL_A_MINUTE} Hangul or {ENGLISH_WORDS_A_MINUTE} English words a minute"
    yield Figure("to read a day of fifty drafts", minutes(html), "min", TARGET_MINUTES, how)
    if CHROMIUM:
        how = f"at {PHONE['width']} x {PHONE['height']}, nothing opened"
        yield Figure("length of a day of fifty drafts", _screens(html), "screens", TARGET_SCREENS, how)


def _weights() -> Iterator[Figure]:
    day = editions.digest()
    day = day.model_copy(update={"papers": day.papers[:PAPERS_OF_A_DAY], "listed": PAPERS_OF_A_DAY})
    front = pages.front(day, Recent().with_digest(day).entries, "ko", editions.EDITION)
    for name, html, own, target in (
        (f"a day of {PAPERS_OF_A_DAY}", page.render(day, editions.EDITION), "shelf.js", TARGET_DAY),
        ("the front page", front, "age.js", TARGET_FRONT),
    ):
        files = sum(len(assets()[asset(file)]) for file in (*OF_EVERY_PAGE, own))
        how = f"bytes without pictures, {files / 1024:.0f} KB of them the stylesheet and the scripts"
        yield Figure(f"weight of {name}", (len(html.encode()) + files) / 1024, "KB", target, how)


def minutes(html: str) -> float:
    """To read what the page shows while nothing is opened."""
    text = " ".join(_shown(html_reader.read(html).one("main")))
    hangul, words = len(re.findall("[가-힣]", text)), len(re.findall(r"[A-Za-z][\w.+-]*", text))
    return hangul / HANGUL_A_MINUTE + words / ENGLISH_WORDS_A_MINUTE


def _shown(element: Element) -> Iterator[str]:
    for part in element.parts:
        if isinstance(part, str):
            yield part
        elif element.name != "details" or part.name == "summary":
            yield from _shown(part)


def _screens(html: str) -> float:
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        address = Path(folder) / keys.day_page(editions.READ_AT.date())
        for path, body in {
            address: html.encode(),
            **{Path(folder) / name: body for name, body in assets().items()},
        }.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened = browser.new_page(viewport=PHONE)  # type: ignore[arg-type]
        opened.goto(address.as_uri())
        height: float = opened.evaluate("document.documentElement.scrollHeight")
        browser.close()
    return height / PHONE["height"]
