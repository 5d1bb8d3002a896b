"""The search in a browser, over days that were made for it and over the whole site."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Page, expect

from functions.publish.index.search import SearchDay
from functions.publish.index.search_terms import SearchRecord
from functions.publish.index.search_words import split_terms
from shared.store import keys
from tests.browser.conftest import Visitor
from tests.factories.search_folder import write_search

pytestmark = pytest.mark.extra

SEARCH = "search/index.html"
CLOSED, OPEN = date(2026, 2, 20), date(2026, 3, 9)
DONE = re.compile(r"\d+편 찾음|결과 없음")
MakeSearch = Callable[..., str]
PAPERS: Sequence[dict[str, object]] = (
    {"title": "DyT: Transformers without Normalization", "authors": ["Zhongzhi Li"], "tags": ["Transformer"]},
    {"title": "RAG for Lawyers", "tags": ["RAG", "Law"], "organisation": "Example Lab", "code": True},
    {"title": "Leverage and Storage in Early Worlds", "one_line": "A drag of rags."},
    {"title": "SAM 3D: Segment Anything", "upvotes": 50},
    {"title": "Sam and the Kite", "upvotes": 50},
    {"title": "Sparse Attention Is All You Need", "one_line": "어텐션을 줄이는 비디오생성 방법을 제안한다."},
    {"title": "Group Policies by Reinforcement Learning", "tags": ["RL"]},
    {"title": "World Models for Robots", "tags": ["Robotics", "World Model"]},
    {"title": "Kites", "terms": ["attention", "KITTI"]},
)

QUERIES: Sequence[tuple[str, list[str]]] = (
    ("RAG", ["RAG for Lawyers"]),
    ("rag", ["RAG for Lawyers"]),
    ("retrieval-augmented generation", ["RAG for Lawyers"]),
    ("검색 증강 생성", ["RAG for Lawyers"]),
    ("SAM", ["SAM 3D: Segment Anything"]),
    ("ATTENTION", ["Sparse Attention Is All You Need", "Kites"]),
    ("2602.00000", ["DyT: Transformers without Normalization"]),
    ("arXiv:2602.00000v2", ["DyT: Transformers without Normalization"]),
    ("zhongzhi li", ["DyT: Transformers without Normalization"]),
    ("transformer보다", ["DyT: Transformers without Normalization"]),
    ("policy", ["Group Policies by Reinforcement Learning"]),
    ("강화학습", ["Group Policies by Reinforcement Learning"]),
    ("강화 학습은", ["Group Policies by Reinforcement Learning"]),
    ("로봇만", ["World Models for Robots"]),
    ("비디오 생성", ["Sparse Attention Is All You Need"]),
    ("비디오생성까지", ["Sparse Attention Is All You Need"]),
    ("attention", ["Sparse Attention Is All You Need", "Kites"]),
    ("attenton", ["Sparse Attention Is All You Need", "Kites"]),
    ("atention", ["Sparse Attention Is All You Need", "Kites"]),
    ('"you need"', ["Sparse Attention Is All You Need"]),
    ('"need you"', []),
    ("example lab", ["RAG for Lawyers"]),
    ("kitti", ["Kites"]),
    ("없는낱말", []),
    ("zebra", []),
)


def record(number: int, fields: dict[str, object]) -> SearchRecord:
    return SearchRecord.model_validate({"id": f"2602.{number:05}", **fields})


@pytest.fixture
def made(tmp_path: Path) -> MakeSearch:
    """A site of nothing but the search: papers of a closed month, and of the open one."""

    def make(closed: Sequence[dict[str, object]] = PAPERS, newest: Sequence[dict[str, object]] = ()) -> str:
        days = [
            SearchDay(day=CLOSED, papers=tuple(record(number, fields) for number, fields in enumerate(closed))),
            SearchDay(day=OPEN, papers=tuple(record(100 + place, fields) for place, fields in enumerate(newest))),
        ]
        write_search(tmp_path, days)
        return f"{tmp_path.as_uri()}/"

    return make


def found(page: Page) -> list[str]:
    """The titles that are found, when the search has ended."""
    expect(page.locator("#count")).to_have_text(DONE)
    while page.locator("#more").is_visible():
        page.locator("#more").click()
        page.wait_for_timeout(50)
    return page.locator("#found li > a").all_inner_texts()


@pytest.mark.parametrize("where", ["closed", "open"])
def test_a_query_finds_what_it_means(visit: Visitor, made: MakeSearch, where: str) -> None:
    root = made() if where == "closed" else made(({"title": "Another Paper"},), PAPERS)
    page, wrong = visit(root, SEARCH).page, {}
    for query, titles in QUERIES:
        asked = query.replace("2602.00000", "2602.00100") if where == "open" else query
        page.goto(f"{root}{SEARCH}?q={quote(asked)}")
        if (answer := found(page)) != titles:
            wrong[query] = answer
    assert wrong == {}


def test_nothing_is_loaded_before_the_first_letter_and_results_come_while_somebody_types(
    visit: Visitor, made: MakeSearch
) -> None:
    opened = visit(made(), SEARCH)
    page = opened.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    expect(page.locator("#query")).to_be_focused()
    page.wait_for_timeout(300)
    assert [url for url in asked if "/icon." not in url] == [], "the browser asks for the page's icon late"
    page.keyboard.type("transf")
    expect(page.locator("#found li > a")).to_have_text(["DyT: Transformers without Normalization"])
    expect(page.locator("#found mark")).to_have_text(["Transformers", "Transformer"])
    page.wait_for_url("**?q=transf")
    page.locator("#query").fill("")
    expect(page.locator("#found li")).to_have_count(0)
    assert opened.complaints == []


def test_filters_stand_in_the_address_and_can_be_bookmarked(visit: Visitor, made: MakeSearch) -> None:
    root = made(newest=({"title": "RAG of March", "tags": ["RAG"]},))
    for address, titles in {
        "tag=RAG": {"RAG for Lawyers", "RAG of March"},
        "q=rag&code=1": {"RAG for Lawyers"},
        "org=Example+Lab": {"RAG for Lawyers"},
        "q=rag&from=2026-03": {"RAG of March"},
        "q=rag&to=2026-02": {"RAG for Lawyers"},
    }.items():
        assert set(found(visit(root, f"{SEARCH}?{address}").page)) == titles, address
    page = visit(root, f"{SEARCH}?q=rag").page
    page.locator("summary").click()
    page.get_by_label("코드가 있는 논문만").check()
    page.wait_for_url("**?q=rag&code=1")
    assert found(page) == ["RAG for Lawyers"]


def test_ten_are_shown_at_once_and_more_on_demand(visit: Visitor, made: MakeSearch) -> None:
    page = visit(made([{"title": f"Agent {number}"} for number in range(25)]), f"{SEARCH}?q=agent").page
    items, more = page.locator("#found li"), page.locator("#more")
    expect(page.locator("#count")).to_have_text("25편 찾음")
    expect(items).to_have_count(10)
    more.click()
    expect(items).to_have_count(20)
    expect(items.nth(10).locator("a")).to_be_focused()
    more.click()
    expect(items).to_have_count(25)
    expect(more).to_be_hidden()


def test_a_paper_of_two_days_is_found_once(visit: Visitor, made: MakeSearch, tmp_path: Path) -> None:
    papers = (record(1, {"title": "agent"}),)
    write_search(tmp_path, [SearchDay(day=day, papers=papers) for day in (CLOSED, OPEN)])
    page = visit(f"{tmp_path.as_uri()}/", f"{SEARCH}?q=agent").page
    assert found(page) == ["agent"]
    assert page.locator("#found time").all_inner_texts() == [str(OPEN)]


def test_arrows_go_through_the_hits_and_back_to_the_query(visit: Visitor, made: MakeSearch) -> None:
    page = visit(made(), f"{SEARCH}?q=attention").page
    assert len(found(page)) == 2
    links = page.locator("#found li > a")
    for key, focused in (("ArrowDown", links.nth(0)), ("ArrowDown", links.nth(1)), ("ArrowUp", links.nth(0))):
        page.keyboard.press(key)
        expect(focused).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#query")).to_be_focused()


def test_a_file_that_cannot_be_read_costs_itself_and_is_named(visit: Visitor, made: MakeSearch, tmp_path: Path) -> None:
    root = made(newest=({"title": "RAG of March"},))
    (tmp_path / keys.search_part("open", 0)).unlink()
    page = visit(root, f"{SEARCH}?q=rag").page
    assert found(page) == ["RAG for Lawyers"]
    expect(page.locator("#count")).to_have_text("1편 찾음 · 파일 1개를 읽지 못함")


def test_what_a_title_holds_is_text(visit: Visitor, made: MakeSearch) -> None:
    opened = visit(made([{"title": "kite <img src=x onerror=alert(1)> & <mark>"}]), f"{SEARCH}?q=kite")
    assert found(opened.page) == ["kite <img src=x onerror=alert(1)> & <mark>"]
    assert opened.complaints == []


def test_the_browser_splits_texts_as_the_index_does(visit: Visitor, made: MakeSearch) -> None:
    texts = [
        "The Policies of Two Agents: RAG and LLMs, bias",
        "Mamba-2, GPT-4o, text-to-3D, x^2, snake_case",
        "비디오생성을 위한 확산 모델(Diffusion Model)의 학습",
        "ＧＰＴ Ⅳ naïve Ünïcode Straße ﬁne ½",
        "日本語 한국어 mixed한글words",
        *(str(fields["title"]) for fields in PAPERS),
    ]
    page = visit(made(), SEARCH).page
    for text in texts:
        assert page.evaluate("text => dailySearch.terms(text)", text) == list(split_terms(text)), text


def test_the_whole_site_is_searched_from_disk_and_from_the_server(visit: Visitor, site: Path, root: str) -> None:
    for tree, query in (("", "attention"), ("", "에이전트"), ("en/", "agent")):
        opened = visit(root, f"{tree}{SEARCH}?q={quote(query)}")
        expect(opened.page.locator("#found li").first).to_be_visible()
        links = opened.page.eval_on_selector_all("#found a", "all => all.map(each => each.getAttribute('href'))")
        assert links
        assert all((site / tree / unquote(link.removeprefix("../"))).is_file() for link in links)
        assert opened.complaints == []


def test_without_javascript_the_search_says_so(visit: Visitor, disk: str) -> None:
    expect(visit(disk, SEARCH).page.locator("main")).not_to_contain_text("자바스크립트")
    page = visit(disk, SEARCH, java_script_enabled=False).page
    expect(page.locator("main")).to_contain_text("자바스크립트")
    expect(page.locator("form")).to_be_hidden()
