import json
import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.publish.index.search import SearchRecord, Shard
from functions.publish.render import data, pages
from functions.publish.render.templating import asset, assets
from shared.model.span import Day
from shared.store import keys
from tests.factories import html_reader
from tests.factories.digests import DAY, EDITION, analysis, digest, facts, paper

NEXT = DAY + timedelta(days=1)


def _record(number: int = 1, **changes: object) -> SearchRecord:
    return SearchRecord(id=f"2602.{number:05}", day=DAY, title="A Reader").model_copy(update=changes)


def _called_with(script: bytes) -> object:
    """What a browser would hand over: JSON is JavaScript, but for what ends a line or the element of a script."""
    called = re.fullmatch(r"addMonth\((.*)\);\n", script.decode())
    assert called, script
    return json.loads(called[1])


def test_a_paper_is_recorded_with_all_that_is_searched_in_plain_unicode_and_in_the_days_order() -> None:
    hostile = paper(
        2,
        title="Fast\u202e $3.2\\times$ <b>",
        analysis=analysis("$x_1$을 줄인다", tags=("Agent\x00",)),
        facts=facts(organisation="Lab\u202e"),
    )
    month = Shard(month="2026-02").with_digest(digest([paper(1), hostile, paper(3, analysis=None)]))
    first, second = month.papers[:2]
    assert first == SearchRecord(
        id="2602.00001",
        day=DAY,
        title="A Reader for Long Feeds",
        one_line="읽는 시간을 절반으로 줄이는 도구를 제안한다.",
        points=("시간 절반",),
        tags=("Agent", "LLM"),
        organisation="Example University",
        upvotes=99,
    )
    assert (second.title, second.one_line, second.tags) == ("Fast 3.2× <b>", "x₁을 줄인다", ("Agent",))
    assert second.organisation == "Lab"


def test_a_day_replaces_only_itself_and_the_newest_day_comes_first() -> None:
    month = Shard(month="2026-02").with_digest(digest([paper(1), paper(2)]))
    both = month.with_digest(digest([paper(9), paper(3)], day=NEXT))
    assert [record.id[-1] for record in both.papers] == ["9", "3", "1", "2"]
    assert [record.id[-1] for record in both.with_digest(digest([paper(5)])).papers] == ["9", "3", "5"]
    assert both.with_digest(digest(day=NEXT)) == month
    assert both.only({Day(DAY)}) == month


def test_the_data_is_the_shard_and_small() -> None:
    month = Shard(month="2026-02", papers=(_record(title="에이전트"),))
    assert Shard.model_validate_json(month.model_dump_json().encode()) == month
    assert b'": ' not in month.model_dump_json().encode()
    assert "에이전트".encode() in month.model_dump_json().encode()


@given(
    st.text() | st.sampled_from(["</script><script>alert(1)</script>", "\u2028\u2029", "<!--<script>", '");alert(1)//'])
)
def test_the_script_is_one_call_with_the_same_data_whatever_a_title_holds(title: str) -> None:
    title = title.encode("utf-8", "ignore").decode()
    month = Shard(month="2026-02", papers=(_record(title=title),))
    script = data.search_script(month)
    assert _called_with(script) == json.loads(month.model_dump_json().encode())
    assert b"<" not in script
    assert not {"\u2028", "\u2029"} & set(script.decode())
    assert script.count(b"\n") == 1


@pytest.mark.parametrize(("language", "label"), [("ko", "검색어"), ("en", "Search papers")])
def test_the_page_has_a_labelled_input_and_names_the_months_newest_first(language: str, label: str) -> None:
    document = html_reader.read(pages.search(["2025-12", "2026-02", "2026-01"], language, EDITION))
    assert document.one("label", **{"for": "query"}).text == label
    assert document.one("input", id="query").attributes["type"] == "search"
    assert document.one("ol", id="found").attributes["data-scripts"] == "2026-02.js 2026-01.js 2025-12.js"
    assert document.one("ol", id="found").attributes["data-papers"] == "../papers/"
    assert document.one("p", id="count").attributes["role"] == "status"


def test_without_javascript_the_page_says_so_and_leads_to_the_archive() -> None:
    document = html_reader.read(pages.search([], "ko", EDITION))
    without = document.one("p", id="without-script")
    assert "자바스크립트" in without.text
    assert without.one("a").attributes["href"] == "../archive/index.html"
    assert "hidden" in document.one("form").attributes


def test_the_scripts_are_small_and_never_make_markup_of_a_text() -> None:
    found, reading = (assets()[asset(name)].decode() for name in ("search.js", "reading.js"))
    assert len(found.encode()) < 6 * 1024
    assert len(reading.encode()) < 4 * 1024
    for script in (found, reading):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function|style|fetch|XMLHttp", script
        )


def test_the_page_of_a_paper_that_is_found_is_where_the_site_has_it() -> None:
    assert keys.paper_file("cs/0601001") == "papers/cs_0601001/index.html"
    assert 'replaceAll("/", "_")' in assets()[asset("search.js")].decode()
