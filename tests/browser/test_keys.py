"""Keys, and papers that were read."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import STORAGE_IS_REFUSED, Visitor, articles
from tests.browser.site import SAMPLE_DAY

pytestmark = pytest.mark.extra

DAY = f"{SAMPLE_DAY}/index.html"
STILL = {"reduced_motion": "reduce"}


def focused(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.id || document.activeElement.tagName")
    return found


def in_the_middle(page: Page) -> str:
    """The paper that the reader looks at."""
    found: str = page.evaluate("document.elementFromPoint(300, innerHeight / 2).closest('article').id")
    return found


def top_of(page: Page, article: str) -> float:
    found: float = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", article)
    return found


def test_j_and_k_go_from_paper_to_paper_with_a_visible_focus(visit: Visitor, root: str) -> None:
    opened = visit(root, DAY, **STILL)
    page, ids = opened.page, articles(opened.page)
    for key, expected in (("j", ids[0]), ("j", ids[1]), ("j", ids[2]), ("k", ids[1])):
        page.keyboard.press(key)
        assert focused(page) == expected
        assert abs(top_of(page, expected)) < 40
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    for _ in range(len(ids)):
        page.keyboard.press("j")
    assert focused(page) == ids[-1]
    assert opened.complaints == []


def test_j_starts_at_the_paper_that_is_on_the_screen(visit: Visitor, disk: str) -> None:
    page = visit(disk, DAY, **STILL).page
    ids = articles(page)
    page.evaluate("id => scrollBy(0, document.getElementById(id).getBoundingClientRect().top + 50)", ids[3])
    page.keyboard.press("j")
    assert focused(page) == ids[4]


def test_the_keys_work_where_the_keyboard_writes_korean(visit: Visitor, disk: str) -> None:
    page = visit(disk, DAY, **STILL).page
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'ㅓ', code: 'KeyJ', bubbles: true}))")
    assert focused(page) == articles(page)[0]


def test_enter_and_o_open_and_close_a_folded_paper(visit: Visitor, disk: str) -> None:
    page = visit(disk, DAY, **STILL).page
    last = articles(page)[-1]
    details = page.locator(f"[id='{last}'] > details")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.evaluate("id => { const it = document.getElementById(id); it.tabIndex = -1; it.focus() }", last)
    for key, is_open in (("Enter", True), ("o", False), ("o", True)):
        page.keyboard.press(key)
        assert (details.get_attribute("open") is not None) == is_open


def test_on_the_front_page_the_keys_go_over_the_papers_and_o_opens_the_paper(visit: Visitor, disk: str) -> None:
    page = visit(disk, "index.html", **STILL).page
    page.keyboard.press("j")
    page.keyboard.press("j")
    address = page.evaluate("document.activeElement.href")
    page.keyboard.press("o")
    page.wait_for_url(address)


def test_an_address_that_names_a_folded_paper_shows_it(visit: Visitor, disk: str) -> None:
    page = visit(disk, DAY).page
    last = articles(page)[-1]
    page.goto("about:blank")
    page.goto(f"{disk}{DAY}#{last}")
    expect(page.locator(f"[id='{last}'] > details")).to_have_attribute("open", "")


def test_a_slash_opens_the_search_and_is_a_letter_in_it(visit: Visitor, root: str) -> None:
    opened = visit(root, DAY)
    page = opened.page
    page.keyboard.press("/")
    page.wait_for_url("**/search/index.html")
    query = page.locator("#query")
    expect(query).to_be_focused()
    page.keyboard.type("j/k?")
    expect(query).to_have_value("j/k?")
    query.blur()
    page.keyboard.press("/")
    expect(query).to_be_focused()
    assert opened.complaints == []


def test_keys_with_a_modifier_are_the_browsers(visit: Visitor, disk: str) -> None:
    page = visit(disk, DAY).page
    for key in ("Control+j", "Alt+j", "Meta+j"):
        page.keyboard.press(key)
        assert focused(page) == "BODY"


def test_a_question_mark_shows_the_keys_and_escape_closes_them(visit: Visitor, disk: str) -> None:
    page = visit(disk, DAY).page
    dialog = page.locator("#keys")
    page.keyboard.press("?")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("단축키")
    page.keyboard.press("j")
    assert focused(page) not in articles(page)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.locator("#show-keys").click()
    expect(dialog).to_be_visible()
    dialog.get_by_role("button").click()
    expect(dialog).to_be_hidden()


def test_single_letter_keys_can_be_switched_off_and_stay_so(visit: Visitor, disk: str) -> None:
    page = visit(disk, DAY).page
    page.keyboard.press("?")
    page.locator("#keys input").uncheck()
    page.keyboard.press("Escape")
    for _ in ("now", "and after the page is opened again"):
        page.locator("main").click(position={"x": 1, "y": 1})
        for key in ("j", "o", "?", "/"):
            page.keyboard.press(key)
        assert focused(page) == "BODY"
        expect(page.locator("#keys")).to_be_hidden()
        page.reload()
    page.locator("#show-keys").click()
    page.locator("#keys input").check()
    page.keyboard.press("Escape")
    page.locator("main").click(position={"x": 1, "y": 1})
    page.keyboard.press("j")
    assert focused(page) in articles(page)


def test_papers_that_were_looked_at_or_opened_are_dimmed_on_the_next_visit_only(visit: Visitor, root: str) -> None:
    opened = visit(root, "about/index.html", **STILL)
    page = opened.page
    page.clock.install()
    page.goto(root + DAY)
    ids = articles(page)
    page.keyboard.press("j")
    page.wait_for_timeout(300)
    looked_at = in_the_middle(page)
    page.clock.fast_forward(2000)
    assert page.evaluate("localStorage.getItem('daily-papers.read')") is None
    page.clock.fast_forward(1000)
    page.locator(f"[id='{ids[-1]}'] > details > summary").click()
    page.wait_for_timeout(300)
    assert page.locator(".read").count() == 0
    page.reload()
    assert page.eval_on_selector_all("article.read", "all => all.map(each => each.id)") == [looked_at, ids[-1]]
    page.goto(root + "index.html")
    assert page.locator("li.read").count() == sum(
        item.get_attribute("data-id") in (looked_at, ids[-1]) for item in page.locator("main li[data-id]").all()
    )
    assert opened.complaints == []


def test_only_the_newest_two_thousand_are_remembered(visit: Visitor, disk: str) -> None:
    page = visit(disk, DAY).page
    page.evaluate("localStorage.setItem('daily-papers.read', JSON.stringify([...Array(2000).keys()].map(String)))")
    page.reload()
    last = articles(page)[-1]
    page.locator(f"[id='{last}'] > details > summary").click()
    page.wait_for_timeout(200)
    kept = page.evaluate("JSON.parse(localStorage.getItem('daily-papers.read'))")
    assert kept == [*map(str, range(1, 2000)), last]


def test_a_browser_that_remembers_nothing_or_nonsense_shows_the_page_all_the_same(visit: Visitor, disk: str) -> None:
    opened = visit(disk, "about/index.html", **STILL)
    page = opened.page
    for kept in ("'{'", "'17'", "'null'", "'{\"a\":1}'"):
        page.evaluate(f"for (const name of ['read', 'keys']) localStorage.setItem('daily-papers.' + name, {kept})")
        page.goto(disk + DAY)
        page.keyboard.press("j")
        assert focused(page) == articles(page)[0], kept
    page.add_init_script(STORAGE_IS_REFUSED)
    page.reload()
    page.keyboard.press("j")
    assert focused(page) == articles(page)[0]
    page.locator("article summary").first.click()
    page.wait_for_timeout(200)
    assert opened.complaints == []
