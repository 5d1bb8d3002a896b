"""The archive's calendar, the tags' pages, the sitemap, a paper's page and its citation."""

from datetime import date, timedelta
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from functions.publish.index.archive import MAX_TAGGED, Overview
from functions.publish.index.records import Listing, PaperRecord, Votes
from functions.publish.index.year import Year
from functions.publish.render import data, feed, pages, tags
from functions.publish.render import paper as paper_pages
from functions.publish.render.paper import Listed
from functions.publish.settings import SiteConfig
from shared.model.sources import ArxivRecord
from shared.model.span import Month, Week
from shared.store import keys
from tests.factories import html_reader
from tests.factories.digests import DAY, EDITION, READ_AT, digest, facts, paper
from tests.factories.html_reader import Element

SITE = "https://papers.example/site/"


def year(*days: tuple[date, int]) -> Year:
    known = Year(year=2026)
    for day, papers in days:
        known = known.with_digest(digest([paper(number) for number in range(1, papers + 1)], day=day))
    return known


def calendar(
    known: Year, overview: Overview, language: str = "ko", address: str = "archive/2026/index.html"
) -> Element:
    return html_reader.read(pages.calendar(address, known, overview, language, EDITION))


def test_the_calendar_links_each_day_with_its_count_and_says_why_a_day_has_none() -> None:
    known = year((DAY, 3), (date(2026, 2, 21), 0))
    page = calendar(known, Overview().with_year(known))
    links = {link.attributes["href"]: link.text for link in page.one("ul", class_="week").all("a")}
    assert links == {
        "../../2026-02-20/index.html": "20 금 3편 A Reader for Long Feeds",
        "../../2026-02-21/index.html": "21 토 목록 없음",
    }


def test_the_archive_leads_to_each_day_of_the_newest_year_and_to_the_years() -> None:
    known = year((DAY, 3))
    overview = Overview().with_year(known).with_year(Year(year=2025).with_digest(digest([], day=date(2025, 12, 1))))
    document = calendar(known, overview, address=keys.ARCHIVE).one("main")
    assert [link.attributes["href"] for link in document.all("a")] == [
        "2026/index.html",
        "2025/index.html",
        "../2026-02-20/index.html",
    ]


def test_months_come_newest_first_with_their_papers() -> None:
    known = year((date(2026, 1, 5), 2), (DAY, 3))
    headings = [heading.text for heading in calendar(known, Overview()).one("main").all("h2")]
    assert headings == ["2026년 2월 논문 3편", "2026년 1월 논문 2편"]


def test_the_calendar_names_the_weeks_and_months_that_were_published() -> None:
    known = year((DAY, 1))
    overview = Overview().with_year(known).with_period(Week.parse("2026-W08")).with_period(Month.parse("2026-02"))
    links = [link.attributes["href"] for link in calendar(known, overview).all("a")]
    assert {"../../weekly/2026-W08/index.html", "../../monthly/2026-02/index.html"} <= set(links)


def tag_page(known: Year, overview: Overview, address: str) -> Element:
    return html_reader.read(tags.tag_page("Agent", known, overview, address, "ko", EDITION))


def links(page: Element) -> set[str]:
    return {link.attributes["href"] for link in page.one("main").all("a")}


def test_a_month_of_a_tag_lists_its_papers_and_the_year_leads_to_its_months() -> None:
    known = year((date(2026, 1, 5), 2), (DAY, MAX_TAGGED))
    month = tag_page(known, Overview().with_year(known), keys.tag_month("Agent", date(2026, 1, 1)))
    assert [heading.text for heading in month.one("main").all("h2")] == ["2026년 1월 2편"]
    assert {"../../../../papers/2602.00002/index.html", "../../../../tags/agent/index.html"} <= links(month)
    assert "../../02/agent/index.html" in links(month)
    whole = tag_page(known, Overview().with_year(known), keys.tag_file("Agent", year=2026))
    assert links(whole) == {
        "../index.html",
        "../feed.xml",
        *(f"../../../archive/2026/{each}/agent/index.html" for each in ("01", "02")),
    }


def test_a_tag_of_few_papers_has_them_all_on_its_page_and_leads_to_no_month() -> None:
    known = year((date(2026, 1, 5), 2), (DAY, MAX_TAGGED - 2))
    for address in (keys.tag_file("Agent"), keys.tag_file("Agent", year=2026)):
        page = tag_page(known, Overview().with_year(known), address)
        assert len([item for listed in page.all("ul", class_="entries") for item in listed.all("li")]) == MAX_TAGGED
        assert not [link for link in links(page) if "archive" in link]


def test_a_tags_own_page_stays_short_and_leads_to_months_and_years() -> None:
    known = year((date(2026, 1, 5), 2), (DAY, MAX_TAGGED + 10))
    earlier = Year(year=2025).with_digest(digest([paper(9)], day=date(2025, 12, 1)))
    page = tag_page(known, Overview().with_year(known).with_year(earlier), keys.tag_file("Agent"))
    assert len(page.one("ul", class_="entries").all("li")) == MAX_TAGGED
    assert {"../../archive/2026/02/agent/index.html", "2025/index.html"} <= links(page)
    assert "2026/index.html" not in links(page), "its own months are named"
    assert page.one("figcaption").text.startswith("달마다 실린 논문 수: 1월 2, 2월 20, 3월 0")


def test_a_page_that_another_language_may_lack_leads_to_what_it_has() -> None:
    known = year((DAY, 3))
    tagged = tag_page(known, Overview().with_year(known), keys.tag_file("Agent"))
    archived, first = calendar(known, Overview()), calendar(known, Overview(), address=keys.ARCHIVE)
    led = [page.one("nav", class_="languages").one("a").attributes["href"] for page in (tagged, archived, first)]
    assert led == ["../../en/tags/index.html", "../../en/archive/index.html", "../en/archive/index.html"]
    translations = [
        [link for link in page.all("link") if "hreflang" in link.attributes] for page in (tagged, archived, first)
    ]
    assert [len(each) for each in translations] == [0, 0, 3], "a page of another kind is no translation"


@pytest.mark.parametrize(("counts", "heights"), [({1: 4, 2: 2}, (100, 50)), ({}, (0, 0))])
def test_the_course_is_drawn_against_its_highest_month(counts: dict[int, int], heights: tuple[int, int]) -> None:
    known = year(*((date(2026, month, 5), papers) for month, papers in counts.items()))
    bars = tags.course("Agent", known)
    assert len(bars) == 12
    assert (bars[0].height, bars[1].height) == heights


def test_robots_txt_names_the_sitemap_of_each_language_where_the_sites_address_is_known() -> None:
    assert feed.robots(EDITION).decode() == (
        f"User-agent: *\nAllow: /\nSitemap: {SITE}sitemap.xml\nSitemap: {SITE}en/sitemap.xml\n"
    )
    assert feed.robots(EDITION.model_copy(update={"site_url": ""})) == b"User-agent: *\nAllow: /\n"


def test_the_sitemap_names_days_and_papers_with_when_they_last_changed() -> None:
    known = year((DAY, 1))
    of_month = fromstring(feed.sitemap(known.month("2026-02"), "en", EDITION))
    named = {url[0].text: url[1].text if len(url) > 1 else None for url in of_month}
    assert named == {
        f"{SITE}en/archive/2026/index.html": None,
        f"{SITE}en/2026-02-20/index.html": "2026-02-21",
        f"{SITE}en/papers/2602.00001/index.html": "2026-02-21",
    }
    index = fromstring(feed.sitemap_index(Overview().with_year(known), "en", EDITION))
    assert [part[0].text for part in index] == [f"{SITE}en/sitemap-2026-02.xml"]


VOTES = (Votes(at=READ_AT, upvotes=10), Votes(at=READ_AT + timedelta(hours=12), upvotes=40))
RECORD = PaperRecord(id="2602.00001", title="A", listings=(Listing(day=DAY, rank=2, votes=VOTES),))


def paper_page(record: PaperRecord = RECORD, **changes: Any) -> Element:
    shown = paper(1, **changes)
    return html_reader.read(paper_pages.render(Listed(digest([shown]), shown, record), EDITION))


def test_a_papers_page_tells_when_it_was_listed_and_its_votes_over_time() -> None:
    page = paper_page()
    assert page.one("link", rel="canonical").attributes["href"] == f"{SITE}papers/2602.00001/index.html"
    assert "../../2026-02-20/index.html#2602.00001" in {link.attributes["href"] for link in page.all("a")}
    assert page.one("figcaption").text == "좋아요: 10 ( 2026-02-21 09:15 KST ) → 40 ( 2026-02-21 21:15 KST )"
    assert page.one("polyline").attributes["points"].split() == ["6.0,66.0", "314.0,6.0"]


def test_a_papers_page_has_the_keywords_of_hugging_face() -> None:
    page = paper_page(facts=facts(keywords=("feeds", "readers")))
    assert "키워드 (Hugging Face) feeds, readers" in page.one("article").text
    assert "키워드" not in paper_page().text


@pytest.mark.parametrize("votes", [(), VOTES[:1], (VOTES[0], Votes(at=VOTES[1].at, upvotes=10))])
def test_votes_that_never_moved_are_not_drawn(votes: tuple[Votes, ...]) -> None:
    assert paper_pages.chart(votes) is None


def test_a_paper_that_was_listed_before_says_on_which_day() -> None:
    page = paper_page(listed_before=(date(2025, 4, 10),))
    (link,) = (link for link in page.all("a") if link.text == "4월 10일에 실림")
    assert link.attributes["href"] == "../../2025-04-10/index.html#2602.00001"


def test_pages_are_described_to_those_who_link_to_them() -> None:
    page = paper_page()
    told = {
        meta.attributes["property"]: meta.attributes["content"]
        for meta in page.all("meta")
        if "property" in meta.attributes
    }
    assert told["og:title"] == "A Reader for Long Feeds · Daily Papers"
    assert told["og:description"] == "읽는 시간을 절반으로 줄이는 도구를 제안한다."
    assert told["og:image"].startswith(f"{SITE}assets/card.")


def test_a_citation_is_one_entry_whatever_the_title_holds() -> None:
    known = facts(arxiv=ArxivRecord(read_at=READ_AT, primary_category="cs.CL", doi="10.1/x"))
    assert data.bibtex("2602.00001", "Reading 50% of $x^{2}$ & more", known) == (
        "@misc{park2026reading-2602.00001,\n"
        "  title = {Reading 50\\% of $x^{2}$ \\& more},\n"
        "  author = {Ada Park and Bo Kim and Chi Lee and Dan Oh and Eve Yun},\n"
        "  year = {2026},\n"
        "  eprint = {2602.00001},\n"
        "  archivePrefix = {arXiv},\n"
        "  primaryClass = {cs.CL},\n"
        "  doi = {10.1/x},\n"
        "  url = {https://arxiv.org/abs/2602.00001},\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("GPT_4 and $x_1$", "GPT\\_4 and $x_1$"),
        ("A $5 budget_", "A \\$5 budget\\_"),
        ("50\\% or 50\\\\% of C#", "50\\% or 50\\\\\\% of C\\#"),
    ],
)
def test_a_citation_is_fit_for_latex(title: str, line: str) -> None:
    assert data.bibtex("2602.00001", title, facts()).splitlines()[1] == f"  title = {{{line}}},"


@pytest.mark.parametrize("title", ["a } b", "} a {", "{{a}", "a\n@misc{evil, title={x}}\n}"])
def test_braces_that_do_not_match_cannot_end_a_citation(title: str) -> None:
    found = data.bibtex("2602.00001", title, facts())
    line = found.splitlines()[1]
    assert line.count("{") == line.count("}")
    assert found.count("\n@") == 0


def test_the_page_for_missing_pages_works_at_any_address() -> None:
    page = html_reader.read(pages.not_found("en", EDITION))
    addresses = [part.attributes["href"] for name in ("a", "link") for part in page.all(name)]
    absolute = page.one("link", rel="canonical").attributes["href"]
    assert absolute.startswith(SITE)
    assert all(address.startswith(("/site/", "#", SITE)) for address in addresses)
    assert page.one("link", rel="stylesheet").attributes["href"].startswith("/site/assets/")
    private = html_reader.read(pages.not_found("en", SiteConfig(languages=("ko", "en"))))
    assert "index.html" in {link.attributes["href"] for link in private.all("a")}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_about_page_says_what_can_be_wrong(language: str) -> None:
    page = html_reader.read(pages.about(language, EDITION))
    assert {"무엇이 틀릴 수 있는가", "What it can get wrong"} & {heading.text for heading in page.all("h2")}
    assert len(page.all("p", class_="paragraph")) >= 8
