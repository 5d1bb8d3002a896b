import posixpath
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from functions.publish.index.context import Around
from functions.publish.index.year import Year
from functions.publish.model.digest import Digest, Missing
from functions.publish.render import page
from functions.publish.render.templating import asset, assets
from shared.model.facts import Code, Picture
from shared.model.manifest import RefusedRow
from shared.model.span import Day
from tests.factories import html_reader
from tests.factories.digests import (
    DAY,
    EDITION,
    SENTENCE,
    analysis,
    digest,
    draft_paper,
    facts,
    paper,
    summarised,
    whole_analysis,
)
from tests.factories.html_reader import Element

LABEL = "자동 발췌 · LLM 미사용"


def _page(shown: Digest) -> Element:
    return html_reader.read(page.render(shown, EDITION))


def _section(document: Element, name: str) -> Element:
    return document.one("section", **{"aria-labelledby": name})


def test_ten_papers_are_in_full_the_rest_folded_and_late_ones_stand_apart() -> None:
    papers = [paper(number) for number in range(1, 15)]
    document = _page(digest([*papers, paper(15, late=True)]))

    assert [article.attributes["id"] for article in document.all("article")] == [f"2602.{n:05}" for n in range(1, 16)]
    assert len(_section(document, "glance").all("article")) == 5
    assert len(_section(document, "in-full").all("article")) == 5
    others = _section(document, "others").all("article")
    assert len(others) == 4
    assert "시간 절반" in others[0].one("details").text
    assert [article.attributes["id"] for article in _section(document, "late").all("article")] == ["2602.00015"]
    assert "늦게 올라온 논문" in _section(document, "late").text


def test_a_paper_shows_title_line_votes_and_code_and_everything_else_when_it_is_opened() -> None:
    document = _page(digest([paper(1), paper(2, facts=facts(code=None)), paper(3), paper(4)]))
    first, second, *_ = _section(document, "glance").all("article")
    title, line, badges, inside = (part for part in first.parts if isinstance(part, Element))
    assert title.one("a").attributes["href"] == "../papers/2602.00001/index.html"
    assert line.text == "읽는 시간을 절반으로 줄이는 도구를 제안한다."
    assert badges.text.startswith("좋아요 99 Example University 코드")
    assert "open" not in inside.attributes
    assert "코드" not in [badge.text for badge in second.all("span", class_="badge")]


def test_a_day_of_three_papers_is_open_and_an_empty_day_shows_the_last_list() -> None:
    few = _page(digest([paper(number) for number in range(1, 4)]))
    assert all("open" in article.all("details")[0].attributes for article in few.all("article"))
    entry = Year(year=2026).with_digest(digest([paper(1)])).on(DAY).papers
    around = Around(previous=Day(DAY))
    empty = html_reader.read(page.render(digest([], day=date(2026, 2, 21), status="empty"), EDITION, around, entry))
    last = _section(empty, "last")
    assert last.one("h2").text == "마지막 목록: 2026년 2월 20일 (금)"
    assert last.one("li").one("a").attributes["href"] == "../papers/2602.00001/index.html"
    assert "top5.md" not in {link.text for link in empty.all("a")}


def test_the_others_are_grouped_by_the_theme_that_most_of_them_share() -> None:
    tags = {11: ("Video", "Agent"), 12: ("Agent",), 13: ("Video", "Agent"), 14: ("Robotics",)}
    papers = [paper(number, analysis=analysis(tags=tags.get(number, ()))) for number in range(1, 15)]
    others = _section(_page(digest(papers)), "others")
    assert [heading.text for heading in others.all("h3")] == ["Agent 3", "그 밖의 주제 1"]
    assert [article.attributes["id"][-2:] for article in others.all("article")] == ["11", "12", "13", "14"]


def test_the_ranks_lead_to_every_paper_and_each_paper_back() -> None:
    document = _page(digest([paper(1), paper(2)]))
    ranks = document.one("nav", id="ranks")
    assert [link.attributes["href"] for link in ranks.all("a")] == ["#2602.00001", "#2602.00002"]
    assert all(article.one("a", href="#ranks") for article in document.all("article"))


def test_the_head_has_one_line_of_numbers_and_the_times_stand_at_the_foot() -> None:
    read = digest([paper(n) for n in range(1, 5)], revision=3)
    document = _page(read.model_copy(update={"closed_at": read.closed_at + timedelta(minutes=7)}))
    head = document.one("header", class_="day").text
    assert head == (
        "2026년 2월 20일 (금) 논문 4편 중 4편이 코드를 공개했고, 좋아요는 최대 99개다. 많이 다룬 주제: Agent 2편"
    )
    foot = document.one("footer").text
    assert foot.startswith("모두 정리됨 · 목록 읽음 2026-02-21 09:15 KST · 발행 2026-02-21 09:22 KST · 3판")


def test_a_day_of_few_papers_names_no_themes() -> None:
    head = _page(digest([paper(facts=facts(code=None))])).one("header", class_="day").text
    assert head.endswith("논문 1편, 좋아요는 최대 99개다.")


def test_a_whole_analysis_shows_every_field_in_order_and_empty_fields_have_no_heading() -> None:
    document = _page(digest([paper(analysis=whole_analysis())]))
    headings = [heading.text for heading in document.all("h4")]
    assert headings == [
        *("핵심 포인트", "개발자 관점", "실무 적용 아이디어", "리스크/한계"),
        *("초록 기반 상세 설명", "주요 수치", "공개 자료"),
    ]
    text = document.one("article").text
    for shown in (
        "도입 난이도 중 ✓ 코드 공개 GPU 불필요 – 가중치 공개: 초록에 없음",
        "신뢰도 상",
        "문제 긴 목록이 문제",
        "Example University",
        "★ 1,234",
        "초록",
    ):
        assert shown in text
    assert [heading.text for heading in _page(digest([paper()])).all("h4")] == headings[:1]


def test_a_statement_leads_to_the_sentence_of_the_paper_that_it_rests_on() -> None:
    article = _page(digest([paper(analysis=whole_analysis())])).one("article")
    marks = article.all("button")
    assert {(mark.text, mark.attributes["popovertarget"]) for mark in marks} == {("1", "2602.00001-1")}
    assert {mark.attributes["aria-label"] for mark in marks} == {"근거 1"}
    sentence = article.one("p", id="2602.00001-1")
    assert sentence.text == f"1 {SENTENCE}"
    assert "popover" in sentence.attributes


def test_a_summary_of_hugging_face_is_labelled_and_the_extracted_sentence_follows_with_its_own_label() -> None:
    drafted = draft_paper(analysis=summarised())
    whole_day = _page(digest([drafted], model="draft"))
    assert LABEL not in whole_day.one("header", class_="day").text
    article = whole_day.one("article")
    assert article.one("small", class_="made").text == "Hugging Face 요약 · AI 작성 · 영문"
    assert article.one("p", class_="lead").text.startswith("A fast reader.")
    assert article.one("p", class_="summary").text == f"초록의 기여 문장 We propose a reader. {LABEL}"
    assert article.one("p", class_="lead").attributes["lang"] == "en"
    assert "근거 문장" not in article.text


def test_what_is_missing_is_told_with_its_reason_at_its_place_and_in_a_list() -> None:
    missing = (
        Missing(id="2602.00001", title="First", reason="failed"),
        Missing(id="2602.00003", title="Third", reason="deadline"),
    )
    document = _page(digest([draft_paper(1), paper(2), draft_paper(3)], missing=missing))
    first, second, third = (article.text for article in document.all("article"))
    assert f"{LABEL} (모델 분석 실패)" in first
    assert LABEL not in second
    assert f"{LABEL} (마감까지 분석이 끝나지 않음)" in third
    assert [item.text for item in _section(document, "missing").all("li")] == [
        "First 모델 분석 실패",
        "Third 마감까지 분석이 끝나지 않음",
    ]


def test_the_language_of_every_title_is_marked_and_an_english_page_needs_no_mark() -> None:
    shown = digest([draft_paper()], model="draft")
    assert all(title.attributes["lang"] == "en" for title in _page(shown).all("h3"))
    english = _page(shown.model_copy(update={"language": "en"}))
    assert english.one("html").attributes["lang"] == "en"
    assert not english.one("article").all("*", lang="en")


def test_a_paper_without_any_analysis_keeps_its_place_and_says_so() -> None:
    bare = paper(analysis=None, source="none", provenance=None)
    article = _page(digest([bare])).one("article")
    assert "분석 없음" in article.text


def test_a_sample_is_labelled_as_an_example_and_its_abstract_as_a_paraphrase() -> None:
    document = _page(digest([paper(source="sample", facts=facts(paraphrased=True))], model="sample"))
    assert "예시" in document.one("header", class_="day").text
    assert "초록 요약(예시)" in [summary.text for summary in document.one("article").all("summary")]


def test_refused_rows_are_told_by_place_and_field() -> None:
    row = RefusedRow(index=4, paper="2602.00009", field="title", value="", reason="is empty")
    assert (
        "목록의 5번째 항목 (2602.00009) title: is empty"
        in _section(_page(digest([paper()], refused_rows=(row,))), "refused").text
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"status": "empty", "day": DAY + timedelta(days=1)}, "주말에는 목록이 없다."),
        ({"status": "empty"}, "이날은 목록에 오른 논문이 없다."),
        ({"status": "not_listed"}, "목록이 아직 올라오지 않았다. 나중에 다시 읽는다."),
        ({"status": "complete"}, "목록에서 읽을 수 있는 논문이 없다."),
    ],
)
def test_an_empty_day_says_why_in_one_sentence(changes: dict[str, object], sentence: str) -> None:
    document = _page(digest().model_copy(update=changes))
    assert document.one("p", class_="empty").text == sentence
    assert not document.all("section")


def _loaded(document: Element) -> Iterator[str]:
    """Every address that a browser asks for by itself."""
    yield from (
        link.attributes["href"]
        for link in document.all("link")
        if link.attributes["rel"] not in ("alternate", "canonical")
    )
    yield from (script.attributes["src"] for script in document.all("script"))
    for image in document.all("img"):
        yield image.attributes["src"]
        yield from (source.split()[0] for source in image.attributes.get("srcset", image.attributes["src"]).split(", "))


@pytest.mark.parametrize(("language", "tree"), [("ko", ""), ("en", "en/")])
def test_the_page_asks_only_for_files_of_the_site(language: str, tree: str) -> None:
    held = Picture(role="thumbnail", address="https://cdn.example/1.png", path="pictures/2602.00001/1-640.webp")
    remote = Picture(role="figure", address="https://cdn.example/2.png")
    document = _page(digest([paper(facts=facts(pictures=(held, remote)))], language=language))

    here = f"{tree}{DAY}/"
    asked = {posixpath.normpath(here + address) for address in _loaded(document)}

    of_this_page = {
        asset for asset in assets() if not asset.startswith(("assets/search", "assets/card.", "assets/age."))
    }
    assert asked == {*of_this_page, "pictures/2602.00001/1-320.webp"}
    assert all({"width", "height"} <= image.attributes.keys() for image in document.all("img"))
    assert "https://cdn.example/2.png" in {link.attributes["href"] for link in document.all("a")}
    assert not any(script.text for script in document.all("script"))
    assert not document.all("style")
    assert not document.all("*", style="")
    policy = document.one("meta", **{"http-equiv": "Content-Security-Policy"}).attributes["content"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; ")


@pytest.mark.parametrize(("language", "tree", "other"), [("ko", "", "en/"), ("en", "en/", "")])
def test_links_within_the_site_are_relative_and_name_their_files(language: str, tree: str, other: str) -> None:
    document = _page(digest([paper()], language=language))
    links = {link.attributes["href"] for link in document.all("a")}
    inside = {link for link in links if not link.startswith(("https://", "#"))}
    assert {posixpath.normpath(f"{tree}{DAY}/{link}") for link in inside} == {
        f"{tree}index.html",
        f"{other}{DAY}/index.html",
        f"{tree}{DAY}/top5.md",
        f"{tree}{DAY}/post.md",
        f"{tree}{DAY}/digest.json",
        f"{tree}papers/2602.00001/index.html",
        *(f"{tree}tags/{tag}/index.html" for tag in ("agent", "llm")),
        f"{tree}feed.xml",
        f"{tree}feed.json",
        *(f"{tree}{room}/index.html" for room in ("archive", "tags", "weekly", "monthly", "search", "about")),
    }
    ids = {element.attributes["id"] for element in document.all("*") if "id" in element.attributes}
    assert {link[1:] for link in links if link.startswith("#")} <= ids


def test_hostile_text_stays_text() -> None:
    title = "<script>alert(1)</script>\x00 {{ 7*7 }} {% raw %} \u202egnp.exe"
    hostile = paper(
        title=title,
        analysis=analysis("<img src=x onerror=alert(1)>", tags=('"><b>',)),
        facts=facts(
            organisation="</p><style>*{}</style>",
            code=Code(address="javascript://a.b/%0Aalert(1)"),
            project_page="java\nscript:alert(2)",
            videos=("data:text/html,x", "https://[", "https:x", 'https://video.example/"onclick=x'),
            pictures=(Picture(role="figure", address="//cdn.example/x.png"),),
        ),
    )
    html = page.render(digest([hostile]), EDITION)
    document = html_reader.read(html)

    assert document.one("h3").text == "<script>alert(1)</script> {{ 7*7 }} {% raw %} gnp.exe"
    assert [script.attributes["src"] for script in document.all("script")] == [
        f"../{asset(name)}" for name in ("reading.js", "stars.js", "shelf.js")
    ]
    assert not document.all("style")
    assert not document.all("img")
    assert "\x00" not in html
    assert "\u202e" not in html
    article = document.one("article")
    assert all(link.attributes["href"].startswith(("https://", "#", "../")) for link in article.all("a"))
    assert [link.text for link in article.all("a")].count("영상") == 1
    assert all("onclick" not in link.attributes for link in article.all("a"))
    assert "코드: javascript://a.b/%0Aalert(1)" in article.text


def test_a_formula_in_a_title_is_readable() -> None:
    assert _page(digest([paper(title="Codebook Size 2^{128}")])).one("h3").text == "Codebook Size 2¹²⁸"


def test_a_withdrawn_paper_is_marked() -> None:
    withdrawn = paper(facts=facts(withdrawn_at=DAY))
    assert "철회 2026-02-20" in _page(digest([withdrawn])).one("article").text


def test_the_cost_is_told_also_when_it_is_not_known() -> None:
    assert "비용: $0.0312" in _page(digest([paper()], cost_usd=0.0312)).text
    assert "비용: 알 수 없음" in _page(digest([paper()], cost_usd=None)).text
