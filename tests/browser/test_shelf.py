"""Stars, the reading list, the filter of a day, and papers that are new."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import STORAGE_IS_REFUSED, Visitor, articles
from tests.browser.site import SAMPLE_DAY
from tests.factories.hostile_rows import HOSTILE_DAY

pytestmark = pytest.mark.extra

DAY = f"{SAMPLE_DAY}/index.html"


def visible(page: Page) -> list[str]:
    return [article.get_attribute("id") or "" for article in page.locator("article:visible").all()]


def test_a_star_stays_and_the_reading_list_is_exported(visit: Visitor, root: str) -> None:
    opened = visit(root, DAY, accept_downloads=True)
    page, first = opened.page, articles(opened.page)[0]
    page.locator(".star").first.click()
    page.goto(f"{root}papers/{first}/index.html")
    expect(page.locator(".star")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="읽을 목록 1").click()
    for name, begins in (("BibTeX", f"@misc{{{first},"), ("Markdown", "- [SpargeAttention2")):
        with page.expect_download() as download:
            page.get_by_role("button", name=name, exact=True).click()
        assert Path(download.value.path()).read_text("utf-8").startswith(begins)
    page.get_by_role("button", name="빼기: SpargeAttention2").click()
    expect(page.locator(".star")).to_have_attribute("aria-pressed", "false")
    assert opened.complaints == []


def test_a_day_is_narrowed_with_the_keyboard_and_says_how_many_papers_are_left(visit: Visitor, disk: str) -> None:
    page = visit(disk, DAY).page
    everything = visible(page)
    page.locator(".star").nth(2).click()
    page.locator("#shelf summary").press("Enter")
    with_code = page.get_by_role("button", name="코드", exact=True)
    with_code.press("Enter")
    expect(page.locator("#shelf [role=status]")).to_have_text("12편 중 5편 표시")
    assert len(visible(page)) == 5
    page.locator("#shelf").get_by_role("button", name="별표", exact=True).press("Enter")
    assert visible(page) == []
    with_code.press("Enter")
    assert visible(page) == [everything[2]]
    page.locator("#shelf").get_by_role("button", name="별표", exact=True).press("Enter")
    assert visible(page) == everything


def test_a_day_is_ordered_by_the_stars_and_back(visit: Visitor, root: str) -> None:
    opened = visit(root, DAY)
    page = opened.page
    everything = visible(page)
    order = page.get_by_role("button", name="내 별표와 가까운 순")
    expect(order).to_be_hidden()
    page.locator("article .star").last.click()
    order.click()
    near = page.locator("section", has_text="별표한 논문과 태그와 제목이")
    expect(near).to_contain_text("Pretraining 1")
    arranged = visible(page)
    assert sorted(arranged) == sorted(everything)
    assert arranged[0] == everything[-1]
    assert page.locator("main section:visible", has=page.locator("article")).count() == 1
    order.click()
    assert visible(page) == everything
    assert opened.complaints == []


def test_the_stars_are_forgotten_at_once_and_with_them_the_order(visit: Visitor, disk: str) -> None:
    page = visit(disk, DAY).page
    everything = visible(page)
    page.locator("article .star").nth(5).click()
    page.get_by_role("button", name="내 별표와 가까운 순").click()
    page.get_by_role("button", name="읽을 목록 1").click()
    page.get_by_role("button", name="별표 모두 지우기").click()
    page.get_by_role("button", name="닫기").click()
    expect(page.get_by_role("button", name="내 별표와 가까운 순")).to_be_hidden()
    assert visible(page) == everything
    assert page.evaluate("localStorage.getItem('daily-papers.stars')") == "[]"


def test_a_star_of_the_front_page_is_one_of_the_day_of_the_week_and_of_the_search(visit: Visitor, server: str) -> None:
    page = visit(server, "index.html").page
    first = page.locator("main li[data-id]").first
    first.locator(".star").click()
    starred = first.get_attribute("data-id")
    page.goto(f"{server}papers/{starred}/index.html")
    expect(page.locator(".star")).to_have_attribute("aria-pressed", "true")
    page.goto(f"{server}search/index.html?star=1")
    expect(page.locator("#found li")).to_have_count(1)


def test_bibtex_braces_teams_and_leaves_people(visit: Visitor, disk: str) -> None:
    page = visit(disk, DAY, accept_downloads=True).page
    authors = "Kim Ha-neul|Qwen Team|DeepSeek-AI|others"
    page.evaluate("authors => document.querySelector('main article').dataset.authors = authors", authors)
    page.locator(".star").first.click()
    page.get_by_role("button", name="읽을 목록 1").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="BibTeX").click()
    text = Path(download.value.path()).read_text("utf-8")
    assert "author = {Kim Ha-neul and {Qwen Team} and {DeepSeek-AI} and others}" in text


@pytest.mark.parametrize(
    ("now", "age"),
    [
        ("2026-02-24T12:00:00Z", ""),
        ("2026-02-25T02:00:00Z", ""),
        ("2026-02-25T12:00:00Z", "이틀 전 목록이다. 더 새로운 목록이 아직 없다."),
        ("2026-03-26T12:00:00Z", "31일 전 목록이다. 더 새로운 목록이 아직 없다."),
    ],
)
def test_a_list_that_a_newer_one_should_have_followed_says_how_old_it_is(
    visit: Visitor, disk: str, now: str, age: str
) -> None:
    page = visit(disk, "about/index.html", timezone_id="Asia/Seoul").page
    page.clock.set_fixed_time(now)
    page.goto(f"{disk}index.html")
    expect(page.locator("#age")).to_have_attribute("data-day", HOSTILE_DAY)
    expect(page.locator("#age")).to_be_visible(visible=bool(age))
    if age:
        expect(page.locator("#age")).to_have_text(age)


def test_a_paper_that_the_last_visit_did_not_show_is_marked(visit: Visitor, disk: str) -> None:
    page = visit(disk, DAY).page
    ids = articles(page)
    expect(page.get_by_text("새로 올라옴")).to_have_count(0)
    page.evaluate("ids => localStorage.setItem('daily-papers.seen', JSON.stringify(ids))", ids[:-1])
    page.reload()
    expect(page.locator(f"[id='{ids[-1]}'] .badges").first).to_contain_text("새로 올라옴")
    expect(page.get_by_text("새로 올라옴")).to_have_count(1)


def test_a_browser_that_keeps_nothing_shows_the_filter_and_no_stars(visit: Visitor, disk: str) -> None:
    opened = visit(disk, "about/index.html")
    page = opened.page
    page.add_init_script(STORAGE_IS_REFUSED)
    page.goto(disk + DAY)
    expect(page.locator("#shelf summary")).to_be_visible()
    expect(page.locator(".star")).to_have_count(0)
    assert opened.complaints == []


def test_a_page_without_javascript_has_no_empty_place_for_it(visit: Visitor, disk: str) -> None:
    page = visit(disk, DAY, java_script_enabled=False).page
    expect(page.locator("#shelf")).to_be_hidden()
    assert page.locator("article").count() == 12
