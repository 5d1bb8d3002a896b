"""Every kind of page as a reader sees it."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from shared.store import keys
from shared.text.mending import mend
from tests.browser import site as sites
from tests.browser.conftest import Visitor
from tests.factories.hostile_rows import HOSTILE, HOSTILE_DAY, SVG

pytestmark = pytest.mark.extra

PHONE = {"width": 390, "height": 844}
MOST_ON_THE_FRONT_PAGE, MOST_OF_A_DAY = 45 * 1024, 130 * 1024
"""Bytes without pictures, a day of at most thirty papers."""
MAX_SHIFT = 0.002
"""Of a cumulative layout shift; Lighthouse prints it as 0."""
SHIFTS = """new Promise(done => new PerformanceObserver(list => done(list.getEntries().map(each => each.value)))
.observe({type: "layout-shift", buffered: true}) || setTimeout(done, 300, []))"""


def test_no_page_complains_or_asks_for_anything_off_the_site(visit: Visitor, site: Path, root: str) -> None:
    complaints = {}
    opened = visit(root, "index.html")
    for address in sites.kinds(site):
        if address == "404.html" and root.startswith("file:"):
            continue  # it stands at every address there is not, and knows the site's
        opened.page.goto(root + address)
        complaints[address] = list(opened.complaints)
        opened.complaints.clear()
    assert len(complaints) > 10
    assert {address: found for address, found in complaints.items() if found} == {}


def test_every_link_within_the_site_leads_somewhere(site: Path) -> None:
    broken = {
        (page, link) for page in sites.kinds(site) for link in sites.links(site, page) if not (site / link).is_file()
    }
    assert broken == set()


def test_no_page_scrolls_sideways_on_a_phone(visit: Visitor, site: Path, disk: str) -> None:
    opened = visit(disk, "index.html", viewport=PHONE)
    wide = {}
    for address in sites.kinds(site):
        opened.page.goto(disk + address)
        opened.page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
        wide[address] = opened.page.evaluate("document.documentElement.scrollWidth")
    assert {address: width for address, width in wide.items() if width > PHONE["width"]} == {}


def test_nothing_moves_while_a_page_is_drawn(visit: Visitor, site: Path, server: str) -> None:
    opened = visit(server, "about/index.html", viewport=PHONE)
    moved = {}
    for address in sites.kinds(site):
        opened.page.goto(server + address)
        if (shift := sum(opened.page.evaluate(SHIFTS))) > MAX_SHIFT:
            moved[address] = shift
    assert moved == {}


@pytest.mark.parametrize("address", [f"{sites.SAMPLE_DAY}/index.html", f"weekly/{sites.WEEK}/index.html", "index.html"])
@pytest.mark.parametrize("tree", ["", "en/"])
def test_the_first_screen_of_a_phone_has_the_first_title_and_its_whole_line(
    visit: Visitor, disk: str, tree: str, address: str
) -> None:
    page = visit(disk, tree + address, viewport=PHONE).page
    line = page.locator("main .lead").first.bounding_box()
    assert line
    assert line["y"] + line["height"] <= PHONE["height"]


def test_a_printed_day_has_the_text_that_is_folded_on_the_screen(visit: Visitor, disk: str) -> None:
    page = visit(disk, f"{sites.SAMPLE_DAY}/index.html").page
    folded = page.locator("article .body").first
    expect(folded).to_be_hidden()
    page.emulate_media(media="print")
    expect(folded).to_be_visible()
    expect(page.locator("#shelf")).to_be_hidden()


@pytest.mark.parametrize(("scheme", "options"), [("light", {}), ("dark", {"runOnly": ["color-contrast"]})])
def test_axe_finds_nothing_on_any_kind_of_page(
    visit: Visitor, site: Path, server: str, scheme: str, options: dict[str, list[str]]
) -> None:
    """The dark scheme differs in its colours alone."""
    opened = visit(server, "index.html", color_scheme=scheme)
    found = []
    for address in sites.kinds(site):
        opened.page.goto(server + address)
        opened.page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
        opened.page.eval_on_selector_all(
            "main article", "all => all.slice(1, 3).forEach(each => each.classList.add('read'))"
        )
        found += [
            (address, violation["id"], violation["nodes"][0]["html"][:120], violation["nodes"][0]["failureSummary"])
            for violation in Axe()
            .run(opened.page, options={"resultTypes": ["violations"], **options})
            .response["violations"]
        ]
    assert found == []


def weight(site: Path, page: str) -> int:
    """Bytes of the page and of what it cannot do without."""
    parts = {link for link in sites.links(site, page) if link.endswith((".css", ".js"))}
    return sum((site / part).stat().st_size for part in {page, *parts})


@pytest.mark.parametrize("tree", ["", "en/"])
def test_pages_are_light_without_their_pictures(site: Path, tree: str) -> None:
    assert weight(site, f"{tree}index.html") < MOST_ON_THE_FRONT_PAGE
    for day in (*sites.RECORDED_DAYS, sites.SAMPLE_DAY, HOSTILE_DAY):
        assert weight(site, f"{tree}{day}/index.html") < MOST_OF_A_DAY, day


def test_hostile_text_stays_text(visit: Visitor, disk: str) -> None:
    opened = visit(disk, f"{HOSTILE_DAY}/index.html")
    page = opened.page
    assert page.locator("main article").count() == len(HOSTILE) + 2
    titles = page.locator("main article :is(h3, h4)").all_inner_texts()
    assert HOSTILE["2602.90001"] in titles
    assert mend(HOSTILE["2602.90004"]) in titles
    assert HOSTILE["2602.90006"] in titles
    assert any("gnp.exe A Title" in title and "\u202e" not in title for title in titles)
    assert page.locator("main mtext", has_text=SVG.replace(" ", "\N{NO-BREAK SPACE}")).count() >= 1
    assert page.locator("main mfrac").count() >= 1
    assert_is_text(opened.page)
    for paper_id in HOSTILE:
        page.goto(disk + keys.paper_file(paper_id))
        assert_is_text(page)
    page.goto(disk + "search/index.html?q=alert(1)")
    page.wait_for_selector("#found li")
    assert page.locator("#found a", has_text="<script>alert(1)</script>").count() == 1
    assert_is_text(page)
    assert opened.complaints == []


def assert_is_text(page: object) -> None:
    """Nothing of a hostile title became an element, an attribute or an address."""
    count = page.locator(  # type: ignore[attr-defined]
        "main :is(script, svg[onload], iframe, style, [onerror], [onload], [onclick], [style]), a[href^='javascript' i]"
    ).count()
    assert count == 0
