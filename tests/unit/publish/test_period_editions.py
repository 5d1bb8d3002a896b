"""The editions of a week or month: page, post, data, mail, list and the webhook's message."""

import json
import posixpath
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from markdown_it import MarkdownIt

from functions.publish import site
from functions.publish.index import Indexes, LanguageSite
from functions.publish.index.archive import Archive, Overview
from functions.publish.index.context import Around, PeriodContext
from functions.publish.index.recent import MAX_PERIODS, Recent
from functions.publish.index.year import Year
from functions.publish.model.period_digest import PeriodDigest
from functions.publish.render import chat, data, mail, markdown, page
from functions.publish.settings import Shape
from shared.model.span import Month, parse
from shared.store import aws
from shared.store.bucket import Bucket
from tests.factories import digests, html_reader
from tests.factories.digests import EDITION, analysis, draft_paper, paper
from tests.factories.html_reader import Element
from tests.factories.periods import WEEK, assembled, day, whole

MONTH = parse("2026-02")
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    r"$\mbox{<svg onload=alert(1)>}$",
    "{{ site.title }} {% raw %} `code` | *bold*",
    "\u202egnp.exe\u0000 \u2066 [x](javascript:alert(1))",
)
BLOG = EDITION.model_copy(update={"author": "lim4349"})


def shown(digest: PeriodDigest, around: Around | None = None) -> Element:
    return html_reader.read(page.render_period(digest, EDITION, around or Around()))


def form(text: str) -> list[str]:
    """The lines of a post in their order, each form once: without its numbers, its titles and what is wrapped."""
    lines = [
        re.sub(r"\d[\d,]*(\.\d+)?", "0", line) for line in text.splitlines() if line and not re.match(r"  \S", line)
    ]
    return list(dict.fromkeys(re.sub(r"^0\. \*\*.*", "a paper", line) for line in lines))


def test_a_months_post_has_the_form_that_its_readers_know(recorded: Path) -> None:
    known = form((recorded / "formats" / "monthly-2025-11.md").read_text(encoding="utf-8").replace("0개", "0편"))
    ours = form(markdown.period_post(whole(MONTH), BLOG))
    assert [line for line in ours if line in known] == known


def test_a_months_post_is_dated_by_its_first_day_and_ends_with_its_tags() -> None:
    text = markdown.period_post(whole(MONTH), BLOG)
    assert text.startswith(
        "---\n"
        "title: Hugging Face Papers Monthly Summary - 2026년 2월\n"
        "date: 2026-02-01 09:00:00 +0900\n"
        "categories: ['Daily Papers', '월간']\n"
        "tags: ['huggingface', 'papers', 'monthly', 'ai', 'summary']\n"
        "author: lim4349\n"
        "slug: 2026-02-monthly-papers\n"
        "---\n\n"
        "# Hugging Face Papers 월간 요약 - 2026년 2월\n\n"
        "## 📊 통계\n\n"
        "- **총 논문 수**: 24편\n"
        "- **총 좋아요 수**: 2,524\n"
        "- **평균 좋아요 수**: 105.17\n"
        "- **수집 일수**: 1일\n\n"
        "## 🔥 가장 인기 있는 논문 Top 20\n\n"
        "1. **A Reader for Long Feeds** - 👍 500\n"
        "   - 기관: Example University\n"
        "   - [HF 페이지](https://huggingface.co/papers/2602.00024)\n"
        "   - [논문 링크](https://arxiv.org/abs/2602.00024)\n"
        "   - Abstract: Feeds are long."
    )
    assert text.endswith("\n\n## 🏷️ 인기 태그 Top 2\n\n1. `Agent` - 24회\n2. `LLM` - 24회\n")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_front_matter_is_yaml_in_every_language(language: str) -> None:
    front_matter = yaml.safe_load(markdown.period_post(whole(WEEK, language), BLOG).split("---\n")[1])
    assert front_matter["categories"] == ["Daily Papers", {"ko": "주간", "en": "Weekly"}[language]]
    assert front_matter["tags"] == ["huggingface", "papers", "weekly", "ai", "summary"]
    assert str(front_matter["date"])[:10] == "2026-02-16"


def test_a_tag_that_is_no_code_stays_text() -> None:
    tags = ("`a` {{ site }}", "{% raw %}", "C++")
    text = markdown.period_post(assembled([digests.digest([paper(1, analysis=analysis(tags=tags))])], {}), EDITION)
    assert "{{" not in text.replace("{\\{", "")
    assert "{%" not in text
    items = MarkdownIt("commonmark").render(text.split("---\n", 2)[2]).rpartition("<ol>")[2]
    assert re.findall(r"<li>(.*) - ", items) == ["<code>C++</code>", "`a` {{ site }}", "{% raw %}"]


def test_the_page_leads_to_each_papers_page_and_to_its_place_on_its_day() -> None:
    top = shown(whole()).one("section", **{"aria-labelledby": "top"})
    links = [link.attributes["href"] for link in top.all("a")]
    assert len(links) == 20 * 2
    assert links[:2] == ["../../papers/2602.00024/index.html", "../../2026-02-17/index.html#2602.00024"]
    assert "좋아요 500 실린 날 76" in top.all("li")[0].text


def test_the_page_has_papers_first_with_marks_then_themes_with_their_best_then_numbers() -> None:
    document = shown(whole())
    assert document.one("h1").text == "2026년 8주차"
    assert "2026년 2월 16일 (월) ~ 2026년 2월 22일 (일)" in document.text
    numbers = document.one("section", **{"aria-labelledby": "statistics"})
    assert [value.text for value in numbers.all("dd")] == ["24편 전주 2편", "2,524", "105.17", "1일", "24편"]
    headings = [heading.text for heading in document.one("main").all("h2")]
    assert headings == ["가장 인기 있는 논문 Top 20", "주제별 논문 수와 가장 인기 있는 논문", "통계"]
    first, second = document.one("section", **{"aria-labelledby": "top"}).all("li")[:2]
    assert "뒤늦게 오름 24위에서 1위로" in first.text
    assert "뒤늦게" not in second.text
    assert "코드" in second.text
    agent, llm = document.one("section", **{"aria-labelledby": "tags"}).all("li")
    assert agent.text == "Agent 24편 전주 2편 A Reader for Long Feeds"
    best = [theme.all("a")[-1].attributes["href"] for theme in (agent, llm)]
    assert best == ["../../papers/2602.00024/index.html", "../../papers/2602.00001/index.html"]


def test_a_late_bloomer_below_the_best_follows_them_once() -> None:
    ids = {f"2602.{number:05}": 100 - number for number in range(1, 26)}
    top = shown(assembled([day(16, ids)], {**ids, "2602.00025": 79})).one("section", **{"aria-labelledby": "top"})
    places = [item.attributes["value"] for item in top.all("li")]
    assert places == [*map(str, range(1, 21))]
    late = shown(assembled([day(16, ids)], {**ids, "2602.00023": 78, "2602.00025": 89}))
    ranks = [item.attributes["value"] for item in late.one("section", **{"aria-labelledby": "top"}).all("li")]
    assert len(ranks) == len({*ranks})


def test_the_page_compares_with_the_week_before() -> None:
    before = assembled([digests.digest([paper(number) for number in range(1, 4)])], {})
    week = assembled([digests.digest([paper(number) for number in range(1, 8)])], {}, before)
    document = shown(week)
    assert "Agent 7편 전주 3편" in document.one("section", **{"aria-labelledby": "tags"}).text
    assert "7편 전주 3편" in document.one("section", **{"aria-labelledby": "statistics"}).text


def test_it_links_to_the_weeks_around_it_only_where_they_have_pages() -> None:
    around = shown(whole(), Around(WEEK.previous, None)).one("nav", class_="around")
    assert [link.attributes["href"] for link in around.all("a")] == ["../2026-W07/index.html", "../index.html"]
    alone = shown(whole()).one("nav", class_="around")
    assert [link.attributes["href"] for link in alone.all("a")] == ["../index.html"]


def test_what_no_model_wrote_is_labelled_beside_each_paper() -> None:
    label = "자동 발췌 · LLM 미사용"
    drafts = assembled([digests.digest([draft_paper(1), draft_paper(2)])], {})
    mixed = assembled([digests.digest([paper(1), draft_paper(2)])], {})
    for each, count in ((drafts, 2), (mixed, 1)):
        top = shown(each).one("section", **{"aria-labelledby": "top"})
        assert top.text.count(label) == count
        assert mail.render(each, EDITION).body.count(label) == count


def test_every_link_within_the_site_is_relative_in_both_trees() -> None:
    for language, tree in (("ko", ""), ("en", "en/")):
        document = html_reader.read(
            page.render_period(whole(language=language), EDITION, Around(WEEK.previous, WEEK.following))
        )
        links = [link.attributes["href"].split("#")[0] for link in document.all("a")]
        inside = {posixpath.normpath(f"{tree}weekly/2026-W08/{link}") for link in links if link and ":" not in link}
        for address in ("2026-02-17/index.html", "weekly/2026-W07/index.html", "weekly/2026-W08/post.md"):
            assert f"{tree}{address}" in inside


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_text(text: str) -> None:
    week = assembled([digests.digest([paper(1, title=text, analysis=analysis(text, tags=(text,)))])], {})
    main = shown(week).one("main")
    assert {element.name for element in main.all("*")}.isdisjoint({"script", "img", "svg"})
    assert all(link.attributes["href"].startswith(("../", "https://")) for link in main.all("a"))
    assert all(character == "\n" or character.isprintable() for character in mail.render(week, EDITION).body)


def test_the_data_keeps_its_schema_and_reads_back_as_the_same() -> None:
    digest = whole()
    rendered = json.loads(data.digest_json(digest))
    published = json.loads(data.schema(PeriodDigest))
    jsonschema.Draft202012Validator.check_schema(published)
    validator = jsonschema.Draft202012Validator(published)
    validator.validate(rendered)
    assert not validator.is_valid({key: value for key, value in rendered.items() if key != "statistics"})
    assert (rendered["schema"], rendered["period"], rendered["first"]) == ("period.v1", "2026-W08", "2026-02-16")
    assert PeriodDigest.model_validate_json(data.digest_json(digest)) == digest


def test_the_mail_has_the_numbers_the_themes_the_five_best_and_the_way_to_the_rest() -> None:
    sent = mail.render(whole(), EDITION)
    assert sent.subject == "[Daily Papers] 2026-W08: A Reader for Long Feeds, A Reader for Long Feeds +22"
    assert sent.body.startswith(
        "Daily Papers, 2026년 8주차\n"
        "2026년 2월 16일 (월) ~ 2026년 2월 22일 (일)\n"
        "\n"
        "총 논문 수 24편, 총 좋아요 수 2,524, 평균 좋아요 수 105.17, 수집 일수 1일, 코드 공개 24편\n"
        "이번 주에 가장 많이 다룬 주제: Agent 24편, LLM 24편.\n"
    )
    assert (
        "\n1. A Reader for Long Feeds [좋아요 500, 실린 날 76, 코드, Example University, Agent]\n"
        "   읽는 시간을 절반으로 줄이는 도구를 제안한다.\n"
        "   https://papers.example/site/papers/2602.00024/index.html\n"
    ) in sent.body
    assert sent.body.count("papers/2602.00024/") == 1, "among the best, and a late bloomer"
    assert "\n6. " not in sent.body
    assert sent.body.endswith("\n전체 보기: https://papers.example/site/weekly/2026-W08/index.html\n")


def test_a_late_bloomer_that_is_not_among_the_best_has_a_place_of_its_own_in_the_mail() -> None:
    ids = {f"2602.{number:05}": 100 - number for number in range(1, 21)}
    body = mail.render(assembled([day(16, ids)], {**ids, "2602.00020": 92}), EDITION).body
    assert "\n[뒤늦게 오른 논문]\n\n8. A Reader for Long Feeds [좋아요 92, 실린 날 80, 코드, " in body


def test_a_private_site_sends_its_readers_to_hugging_face() -> None:
    private = EDITION.model_copy(update={"site_is_reachable": False})
    for period, address in ((WEEK, "week/2026-W08"), (MONTH, "month/2026-02")):
        body = mail.render(whole(period), private).body
        assert EDITION.site_url not in body
        assert f"https://huggingface.co/papers/{address}\n" in body
        assert chat.of_digest(whole(period), private).address == ""


@pytest.mark.parametrize("shape", ["slack", "discord", "teams"])
def test_the_webhooks_message_has_the_themes_and_the_five_best(shape: Shape) -> None:
    posted = chat.payload(chat.of_digest(whole(), EDITION), shape)
    assert "2026년 8주차" in posted
    assert "Agent 24편" in posted
    assert posted.count("/papers/2602.") == 5


def test_the_newest_twelve_are_listed_newest_first_each_once() -> None:
    recent = Recent(kind="monthly")
    months = [Month.of(MONTH.first.replace(year=2025 + number // 12, month=number % 12 + 1)) for number in range(15)]
    for period in (*months[::2], *months[1::2], months[-1]):
        recent = recent.with_digest(whole(period, papers=2))
    assert [known.span for known in recent.entries] == months[::-1][:MAX_PERIODS]
    read = Recent.model_validate_json(recent.model_dump_json())
    assert [each.span for each in read.entries] == [each.span for each in recent.entries]
    document = html_reader.read(page.render_list("monthly", recent.entries, "ko", EDITION)).one("main")
    assert [heading.all("a")[0].attributes["href"] for heading in document.all("h2")][:2] == [
        "2026-03/index.html",
        "2026-02/index.html",
    ]
    assert document.all("li")[0].all("a")[0].attributes["href"] == "../papers/2602.00002/index.html"


def test_the_list_says_where_nothing_was_published_yet() -> None:
    assert "아직 발행한 것이 없다." in html_reader.read(page.render_list("weekly", (), "ko", EDITION)).text


def files(digest: PeriodDigest) -> dict[str, site.File]:
    indexes = Indexes[PeriodDigest](Archive(Overview(), Year(year=2026)), Recent(kind=digest.period.kind))
    language = LanguageSite(Bucket(aws.s3(), "bucket"), digest.language, EDITION)
    context = PeriodContext(EDITION, digest, indexes.with_digest(digest), Year(year=2026), Year(year=2026), ())
    return site.files(language, context, site.PERIOD_EDITIONS) | site.index_files(language, context)


def test_the_post_is_written_twice_and_the_indexes_last() -> None:
    written = files(whole())
    indexes = ["site/archive/overview.json", "site/entries/2026/2026-W08.json", "site/weekly/recent.json"]
    assert list(written)[-3:] == indexes
    assert written["site/_posts/2026-02-16-weekly-papers.md"] == written["site/weekly/2026-W08/post.md"]
    assert "site/en/weekly/2026-W08/index.html" in files(whole(language="en"))
