"""The search of the whole site, and of months that were made for it."""

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Page, expect

from functions.publish.index.search import SearchRecord, Shard
from functions.publish.render import data, pages
from functions.publish.render.templating import assets
from shared.store import keys
from tests.browser.conftest import Visitor
from tests.factories.digests import EDITION

pytestmark = pytest.mark.extra

SEARCH = "search/index.html"
DONE = re.compile("^(?!.*(읽는 중|still to read)).+")
"""What the count says when nothing is left to be read."""
MakeSearch = Callable[[dict[str, list[SearchRecord]]], str]


def normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def expected(site: Path, tree: str, query: str) -> set[str]:
    """The pages of the papers whose record contains every word."""
    shards = (json.loads(path.read_bytes()) for path in (site / tree / "search").glob("*.json"))
    return {
        keys.paper_file(record["id"])
        for shard in shards
        for record in shard["papers"]
        if all(
            word
            in normal(
                "\n".join(
                    [record["title"], record["one_line"], *record["points"], *record["tags"], record["organisation"]]
                )
            )
            for word in normal(query).split()
        )
    }


def found(page: Page) -> list[str]:
    """The pages that are linked to, when all has been read and shown."""
    expect(page.locator("#count")).to_have_text(DONE)
    while page.locator("#more").is_visible():
        page.locator("#more").click()
    links = page.eval_on_selector_all("#found a", "all => all.map(each => each.getAttribute('href'))")
    return [unquote(link.removeprefix("../")) for link in links]


@pytest.fixture
def made(tmp_path: Path) -> MakeSearch:
    """A site of nothing but the search over these months."""

    def make(months: dict[str, list[SearchRecord]]) -> str:
        files = dict(assets())
        files[SEARCH] = pages.search(list(months), "ko", EDITION).encode()
        for month, papers in months.items():
            files[keys.search_file(month, "js")] = data.search_script(Shard(month=month, papers=tuple(papers)))
        for address, body in files.items():
            file = tmp_path / address
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(body)
        return f"{tmp_path.as_uri()}/"

    return make


def record(number: int, title: str, **fields: object) -> SearchRecord:
    about = {"id": f"2602.{number:05}", "day": date(2026, 2, 20), "title": title} | fields
    return SearchRecord.model_validate(about)


@pytest.mark.parametrize(
    ("tree", "query"),
    [
        *(
            ("", query)
            for query in ("에이전트", "어시스턴트", "벤치마크", "attention", "Agent 벤치마크", "alert(1)", "없는말")
        ),
        *(("en/", query) for query in ("attention", "ATTENTION model", "benchmark")),
    ],
)
def test_the_search_finds_exactly_the_papers_whose_record_contains_the_words(
    visit: Visitor, site: Path, root: str, tree: str, query: str
) -> None:
    opened = visit(root, f"{tree}{SEARCH}?q={quote(query)}")
    pages = found(opened.page)
    assert len(pages) == len(set(pages))
    assert set(pages) == expected(site, tree, query)
    assert all((site / tree / page).is_file() for page in pages)
    count = opened.page.locator("#count").inner_text()
    assert count.startswith(str(len(pages)) if pages else ("찾은 논문 없음" if not tree else "No paper found"))
    assert opened.complaints == []


def test_something_is_found_for_korean_and_english_words(site: Path) -> None:
    for query in ("에이전트", "어시스턴트", "벤치마크", "attention"):
        assert expected(site, "", query), query


def test_results_come_while_somebody_types_newest_first_and_the_address_keeps_the_query(
    visit: Visitor, site: Path, root: str
) -> None:
    opened = visit(root, SEARCH)
    page = opened.page
    expect(page.locator("#query")).to_be_focused()
    page.keyboard.type("agent")
    expect(page.locator("#found li").first).to_be_visible()
    assert set(found(page)) == expected(site, "", "agent")
    days = page.locator("#found time").all_inner_texts()
    assert days == sorted(days, reverse=True)
    assert len(set(days)) > 1
    page.wait_for_url("**?q=agent")
    page.locator("#query").fill("")
    expect(page.locator("#found li")).to_have_count(0)
    assert opened.complaints == []


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        (
            "에이전트",
            ["를", "는", "가", "와", "로", "의", "에", "에서", "에게", "까지", "부터", "에서는", "에서의", "로는"],
        ),
        ("모델", ["을", "은", "이", "과", "로", "의", "에서", "부터", "에서는"]),
        ("학습", ["을", "은", "이", "과", "으로", "의", "에", "까지", "으로의"]),
        ("llm", ["을", "를", "은", "는", "이", "가", "과", "와", "으로", "로", "의"]),
    ],
)
def test_a_korean_word_with_a_particle_finds_the_bare_word(
    visit: Visitor, made: MakeSearch, word: str, forms: list[str]
) -> None:
    page = visit(made({"2026-02": [record(1, f"{word} 연구"), record(2, "다른 논문")]}), SEARCH).page
    for form in forms:
        page.locator("#query").fill(word + form)
        page.keyboard.press("Enter")
        expect(page.locator("#found a")).to_have_text([f"{word} 연구"])


@pytest.mark.parametrize(
    ("query", "title"),
    [("모델를", "모델"), ("학습로", "학습"), ("에이전트은", "에이전트"), ("주의", "주사"), ("평가", "평균")],
)
def test_what_only_looks_like_a_particle_is_part_of_the_word(
    visit: Visitor, made: MakeSearch, query: str, title: str
) -> None:
    page = visit(made({"2026-02": [record(1, title)]}), f"{SEARCH}?q={quote(query)}").page
    assert found(page) == []


def test_letters_are_found_however_they_are_written(visit: Visitor, made: MakeSearch) -> None:
    root = made({"2026-02": [record(1, "GPT-4 에이전트"), record(2, "ＧＰＴ-4 wide", points=("한국어",))]})
    for query, count in (("gpt-4", 2), ("ｇｐｔ", 2), (unicodedata.normalize("NFD", "한국어"), 1), ("gpt 한국어", 1)):
        assert len(found(visit(root, f"{SEARCH}?q={quote(query)}").page)) == count, query


def test_every_field_is_searched_and_words_do_not_run_from_one_into_another(visit: Visitor, made: MakeSearch) -> None:
    whole = record(1, "alpha", one_line="beta", points=("gamma", "delta"), tags=("epsilon",), organisation="zeta")
    root = made({"2026-02": [whole]})
    for query in ("alpha beta gamma delta epsilon zeta", "zet", "LPH"):
        assert len(found(visit(root, f"{SEARCH}?q={quote(query)}").page)) == 1, query
    assert found(visit(root, f"{SEARCH}?q=alphabeta").page) == []


def test_fifty_are_shown_at_once_and_more_on_demand(visit: Visitor, made: MakeSearch) -> None:
    page = visit(made({"2026-02": [record(number, "agent") for number in range(120)]}), f"{SEARCH}?q=agent").page
    items, more = page.locator("#found li"), page.locator("#more")
    expect(page.locator("#count")).to_have_text("120편 찾음")
    expect(items).to_have_count(50)
    more.click()
    expect(items).to_have_count(100)
    expect(items.nth(50).locator("a")).to_be_focused()
    more.click()
    expect(items).to_have_count(120)
    expect(more).to_be_hidden()


def test_a_paper_of_two_days_is_found_once_and_as_it_was_last(visit: Visitor, made: MakeSearch) -> None:
    newest = record(1, "agent", day=date(2026, 2, 24), upvotes=1)
    root = made({"2026-01": [record(1, "agent", day=date(2026, 1, 5), upvotes=9)], "2026-02": [newest]})
    page = visit(root, f"{SEARCH}?q=agent").page
    assert found(page) == [keys.paper_file("2602.00001")]
    assert page.locator("#found time").all_inner_texts() == ["2026-02-24"]


def test_a_month_that_cannot_be_read_costs_itself_and_is_told(visit: Visitor, made: MakeSearch, tmp_path: Path) -> None:
    root = made({f"2026-0{month}": [record(month, "agent")] for month in (1, 2, 3)})
    (tmp_path / "search" / "2026-02.js").unlink()
    page = visit(root, f"{SEARCH}?q=agent").page
    assert found(page) == [keys.paper_file("2602.00003"), keys.paper_file("2602.00001")]
    expect(page.locator("#count")).to_have_text("2편 찾음 · 1개월치를 읽지 못함")


def test_without_javascript_the_search_says_so(visit: Visitor, disk: str) -> None:
    expect(visit(disk, SEARCH).page.locator("main")).not_to_contain_text("자바스크립트")
    page = visit(disk, SEARCH, java_script_enabled=False).page
    expect(page.locator("main")).to_contain_text("자바스크립트")
    expect(page.locator("form")).to_be_hidden()
