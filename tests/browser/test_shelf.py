"""Stars, the reading list, the filter of a day, and papers that are new."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import STORAGE_IS_REFUSED, Visitor, articles
from tests.browser.site import SAMPLE_DAY

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
