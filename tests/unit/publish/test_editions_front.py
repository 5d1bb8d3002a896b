import posixpath

from functions.publish.index.recent import RecentSpan
from functions.publish.render import pages
from shared.model.span import Day
from tests.factories import html_reader
from tests.factories.digests import DAY, EDITION, digest, paper
from tests.factories.html_reader import Element

SATURDAY = RecentSpan(span=Day(DAY.replace(day=21)), status="empty", papers=0)
MONDAY = RecentSpan(span=Day(DAY.replace(day=23)), status="not_listed", papers=0)
FRIDAY = RecentSpan(span=Day(DAY), status="complete", papers=7)


def _front(language: str = "ko") -> Element:
    newest = digest([paper(number) for number in range(1, 8)], language=language)
    return html_reader.read(pages.front(newest, (MONDAY, SATURDAY, FRIDAY), language, EDITION))


def test_the_front_page_shows_the_newest_day_that_has_papers_and_leads_to_it() -> None:
    document = _front()
    assert document.one("h1").text == "2026년 2월 20일 (금)"
    assert "논문 7편 중" in document.text
    glance = document.one("section", **{"aria-labelledby": "glance"})
    assert glance.all("a")[0].attributes["href"] == "papers/2602.00001/index.html"
    others = document.one("section", **{"aria-labelledby": "others"})
    assert [link.attributes["href"] for link in others.all("a")] == [
        "papers/2602.00006/index.html",
        "papers/2602.00007/index.html",
    ]


def test_it_says_why_nothing_is_newer() -> None:
    newer = _front().one("ul", class_="newer").all("li")
    assert [item.text for item in newer] == [
        "2026년 2월 23일 (월) 목록이 아직 올라오지 않았다. 나중에 다시 읽는다.",
        "2026년 2월 21일 (토) 주말에는 목록이 없다.",
    ]


def test_it_lists_the_recent_days() -> None:
    days = _front().one("ul", class_="days").all("li")
    assert [day.text for day in days] == [
        "2026년 2월 23일 (월) 목록 대기",
        "2026년 2월 21일 (토) 목록 없음",
        "2026년 2월 20일 (금) 논문 7편",
    ]


def test_every_link_within_the_site_is_relative_in_both_trees() -> None:
    for language, tree in (("ko", ""), ("en", "en/")):
        links = {link.attributes["href"] for link in _front(language).all("a")}
        inside = {
            posixpath.normpath(tree + link.split("#")[0]) for link in links if not link.startswith(("https:", "#"))
        }
        assert "index.html" in inside
        assert "en/index.html" in inside
        assert {link for link in inside if link.startswith(f"{tree}2026")} == {
            *(f"{tree}2026-02-{day}/index.html" for day in (20, 21, 23)),
            *(f"{tree}2026-02-20/{name}" for name in ("top5.md", "post.md", "digest.json")),
        }


def test_before_the_first_day_with_papers_it_says_that_there_is_none() -> None:
    document = html_reader.read(pages.front(None, (SATURDAY,), "ko", EDITION))
    assert "아직 발행한 날이 없다." in document.text
    assert "주말에는 목록이 없다." in document.text
