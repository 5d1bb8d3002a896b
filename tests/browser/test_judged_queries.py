"""The judged queries, asked on the page of the search."""

from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, Visitor
from tests.factories.judged_queries import SHOWN, judged_queries, search_days
from tests.factories.search_folder import write_search

pytestmark = pytest.mark.extra

LEAST = 27


def test_the_wanted_paper_is_among_the_first_three(visit: Visitor, recorded: Path, tmp_path: Path) -> None:
    write_search(tmp_path, list(search_days(recorded / "data" / "huggingface")))
    page = visit(f"{tmp_path.as_uri()}/", "search/index.html").page
    missed = []
    table = judged_queries()
    for query, wanted in table:
        page.goto(f"{tmp_path.as_uri()}/search/index.html?q={quote(query)}")
        expect(page.locator("#found:not([aria-busy]) li").first).to_be_visible(timeout=PATIENCE)
        found = page.locator("#found li > a").evaluate_all("all => all.map(each => each.href.split('/').at(-2))")
        if not set(found[:SHOWN]) & set(wanted):
            missed.append((query, found[:SHOWN]))
    assert len(table) - len(missed) >= LEAST, missed
