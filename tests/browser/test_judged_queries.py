"""Thirty queries over the recorded days, and the papers that somebody who did not write the search expects first."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from functions.fetch.lists.rows import read
from functions.publish.index.search import Search, SearchDay, SearchParts
from tests.browser.conftest import PATIENCE, Visitor
from tests.factories.digests import digest, drafted
from tests.factories.places import FIXTURES
from tests.factories.search_folder import MemorySite, write_search

pytestmark = pytest.mark.extra

TABLE = FIXTURES / "judged_queries.tsv"
SHOWN = 3
LEAST = 27


def search_days(folder: Path) -> Iterator[SearchDay]:
    """The recorded days with drafts, without a model; rows that came later replace earlier ones."""
    for day in sorted({path.stem for path in folder.rglob("*.json")}):
        rows = {
            row["paper"]["id"]: row
            for path in sorted(folder.rglob(f"{day}.json"))
            for row in json.loads(path.read_bytes())
        }
        papers = drafted(read(rows.values()).papers)
        found = Search(MemorySite(), SearchParts()).with_digest(digest(papers, day=date.fromisoformat(day))).day
        if papers and found:
            yield found


def test_the_wanted_paper_is_among_the_first_three(visit: Visitor, recorded: Path, tmp_path: Path) -> None:
    write_search(tmp_path, list(search_days(recorded / "data" / "huggingface")))
    page = visit(f"{tmp_path.as_uri()}/", "search/index.html").page
    missed = []
    table = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()]
    for query, wanted in table:
        page.goto(f"{tmp_path.as_uri()}/search/index.html?q={quote(query)}")
        expect(page.locator("#found:not([aria-busy]) li").first).to_be_visible(timeout=PATIENCE)
        found = page.locator("#found li > a").evaluate_all("all => all.map(each => each.href.split('/').at(-2))")
        if not set(found[:SHOWN]) & set(wanted.split()):
            missed.append((query, found[:SHOWN]))
    assert len(table) - len(missed) >= LEAST, missed
