"""Feeds: readers show each day once, revise it where its words change, and never see markup of a title."""

import json
import re
from datetime import datetime, timedelta
from typing import Any
from xml.etree.ElementTree import fromstring

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.publish.index.recent import FeedItem, Recent
from functions.publish.index.year import Year
from functions.publish.model.digest import Digest, Missing
from functions.publish.render import feed, tags
from functions.publish.render.feed import Feed
from functions.publish.settings import SiteConfig, installation
from shared.model.facts import Picture
from tests.factories.digests import DAY, EDITION, READ_AT, analysis, digest, draft_paper, facts, paper

LATER = READ_AT + timedelta(hours=11)
HOSTILE = 'Kites <script>alert(1)</script> & "R" \u202e $x^2$ ]]>'


def of_days(*items: FeedItem, language: str = "ko", config: SiteConfig = EDITION) -> Feed:
    return Feed(
        language=language,
        config=config,
        name="",
        title="Daily Papers",
        page="index.html",
        address="feed.xml",
        items=items,
    )


def item_of(of: Digest) -> FeedItem:
    (found,) = Recent().with_digest(of).items
    return found


def parsed(*items: FeedItem, config: SiteConfig = EDITION, language: str = "ko") -> Any:
    found = feedparser.parse(feed.atom(of_days(*items, language=language, config=config)))
    assert not found.bozo, found.bozo_exception
    return found


def item(**changes: Any) -> FeedItem:
    return item_of(digest([paper(1), paper(2)], **changes))


def test_a_feed_reader_finds_the_day_its_lines_and_its_best_papers() -> None:
    found = parsed(item())
    assert found.version == "atom10"
    assert found.feed.id == "tag:daily-papers.invalid,2026:ko"
    assert [link.href for link in found.feed.links] == [
        "https://papers.example/site/feed.xml",
        "https://papers.example/site/index.html",
    ]
    (entry,) = found.entries
    assert entry.id == "tag:daily-papers.invalid,2026:ko/2026-02-20"
    assert entry.title == "2026년 2월 20일 (금) · 논문 2편"
    assert entry.link == "https://papers.example/site/2026-02-20/index.html"
    assert entry.content[0].value.count("<li>") == 2
    assert "https://papers.example/site/papers/2602.00001/index.html" in entry.content[0].value


def test_the_other_language_has_ids_and_addresses_of_its_own() -> None:
    found = parsed(item(language="en"), language="en")
    assert found.entries[0].id == "tag:daily-papers.invalid,2026:en/2026-02-20"
    assert found.entries[0].link == "https://papers.example/site/en/2026-02-20/index.html"
    assert found.feed.language == "en"


def test_two_installations_share_no_id_and_one_keeps_its_own() -> None:
    def ids(bucket: str, **changes: str) -> list[str]:
        config = EDITION.model_copy(update={"installation": installation(bucket), **changes})
        return re.findall("<id>(.*?)</id>", feed.atom(of_days(item(), config=config)).decode())

    assert not {*ids("one")} & {*ids("two")}
    assert ids("one") == ids("one", site_url="https://elsewhere.example")


def test_an_entry_that_is_too_long_for_a_feed_names_how_many_papers_it_leaves_out() -> None:
    long = [paper(number, "<&>" * 200, analysis=analysis("<&>" * 200)) for number in range(100)]
    atom = feed.atom(of_days(item_of(digest(long))))
    assert len(atom) < 400_000
    content = feedparser.parse(atom).entries[0].content[0].value
    left_out = 100 - content.count("<li>")
    assert left_out > 0
    assert f">그 밖에 {left_out}편</a>" in content


def test_ids_outlive_a_change_of_the_sites_address_and_links_are_relative_without_one() -> None:
    private = EDITION.model_copy(update={"site_url": ""})
    found = feed.atom(of_days(item(), config=private)).decode()
    assert feed.atom(of_days(item())).decode().count("<id>tag:") == found.count("<id>tag:") == 2
    assert 'href="2026-02-20/index.html"' in found
    assert "https://papers.example" not in found


def test_the_json_feed_says_what_the_atom_feed_says() -> None:
    written = json.loads(feed.json_feed(of_days(item()).model_copy(update={"address": "feed.json"})))
    (entry,) = parsed(item()).entries
    assert written["version"] == "https://jsonfeed.org/version/1.1"
    assert written["feed_url"] == "https://papers.example/site/feed.json"
    (other,) = written["items"]
    assert (other["id"], other["url"], other["title"]) == (entry.id, entry.link, entry.title)
    assert datetime.fromisoformat(other["date_published"]) == READ_AT


def test_hostile_words_stay_words() -> None:
    hostile = item_of(digest([paper(1, title=HOSTILE, analysis=analysis(HOSTILE))]))
    content = feed.atom(of_days(hostile)).decode()
    inside = fromstring(content).findtext("{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}content")
    assert inside is not None
    assert "<script" not in inside
    assert "&lt;script&gt;" in inside
    assert "x²" in inside
    assert "\u202e" not in content


@given(st.text(max_size=40))
def test_any_title_leaves_the_feed_well_formed(title: str) -> None:
    found = item_of(digest([paper(1, title=title, analysis=analysis(title))]))
    fromstring(feed.atom(of_days(found)))


def test_an_entry_lists_every_paper_of_the_day_with_its_line_votes_badges_and_label() -> None:
    failed = Missing(id="2602.00012", title="", reason="failed")
    papers = [*(paper(number) for number in range(1, 12)), draft_paper(12)]
    (entry,) = parsed(item_of(digest(papers, missing=(failed,)))).entries
    listed = entry.content[0].value.split("<li>")[1:]
    assert len(listed) == 12
    assert (
        "읽는 시간을 절반으로 줄이는 도구를 제안한다.<br /><small>좋아요 99 · Example University · 코드</small>"
        in listed[0]
    )
    assert "자동 발췌 · LLM 미사용 (모델 분석 실패)</small>" in listed[11]


def test_the_first_ten_papers_show_a_picture_where_they_have_one() -> None:
    shown = facts(pictures=(Picture(role="figure", path="pictures/2602.00001/figure-640.webp"),))
    (entry,) = parsed(item_of(digest([paper(number, facts=shown) for number in range(1, 13)]))).entries
    assert entry.content[0].value.count("https://papers.example/site/pictures/2602.00001/") == 10


def test_a_feed_holds_the_ten_newest_days_and_stays_under_400_kb() -> None:
    few = [item_of(digest([paper(1)], day=DAY - timedelta(back))) for back in range(12)]
    assert len(parsed(*few).entries) == 10
    many = [paper(number, "<&>" * 60, analysis=analysis("가" * 400)) for number in range(60)]
    days = [item_of(digest(many, day=DAY - timedelta(back))) for back in range(12)]
    assert 1 <= len(parsed(*days).entries) < 10
    assert len(feed.atom(of_days(*days))) < 400_000
    assert len(feed.json_feed(of_days(*days))) < 400_000


def test_votes_alone_are_no_news_and_are_the_newest() -> None:
    recent = Recent()
    for votes, closed_at in ((7, READ_AT), (8, LATER)):
        papers = [paper(1, upvotes=10), paper(2, upvotes=votes)]
        recent = recent.with_digest(digest(papers, closed_at=closed_at))
    (found,) = recent.items
    assert found.updated_at == READ_AT
    assert found.papers[1].votes == "좋아요 8"


def test_an_empty_feed_is_one() -> None:
    assert parsed().entries == []


def revised(*steps: tuple[Any, ...]) -> FeedItem:
    recent = Recent()
    for closed_at, upvotes, words in steps:
        papers = [paper(1, upvotes=upvotes, analysis=analysis(words))]
        recent = recent.with_digest(digest(papers, closed_at=closed_at))
    (found,) = recent.items
    return found


def test_a_revision_that_says_nothing_new_is_no_news() -> None:
    found = revised((READ_AT, 10, "가"), (LATER, 10, "가"))
    assert (found.published_at, found.updated_at) == (READ_AT, READ_AT)


def test_a_revision_with_other_words_updates_the_entry_and_keeps_its_id_and_its_date() -> None:
    found = revised((READ_AT, 10, "가"), (LATER, 10, "나"))
    assert (found.name, found.published_at, found.updated_at) == (str(DAY), READ_AT, LATER)


@pytest.mark.parametrize("day_back", [0, 1])
def test_a_day_without_papers_is_no_entry(day_back: int) -> None:
    recent = Recent().with_digest(digest(day=DAY - timedelta(days=day_back)))
    assert recent.items == ()


def test_a_tags_feed_holds_its_papers_newest_first_each_once() -> None:
    year = Year(year=2026)
    for back, numbers in ((3, (1,)), (2, (2,)), (0, (1, 3))):
        year = year.with_digest(digest([paper(number) for number in numbers], day=DAY - timedelta(days=back)))
    found = feedparser.parse(feed.atom(tags.tag_feed("Agent", year, "ko", EDITION)))
    assert not found.bozo
    assert [entry.id.rsplit("/", 1)[1] for entry in found.entries] == ["2602.00001", "2602.00003", "2602.00002"]
    assert found.feed.id == "tag:daily-papers.invalid,2026:ko/tags/agent"
    assert found.feed.title == "Hugging Face Daily Papers: Agent"
    assert found.entries[0].link == "https://papers.example/site/papers/2602.00001/index.html"
    assert datetime.fromisoformat(found.entries[0].updated) == READ_AT
