import json
import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.publish.index import search as index
from functions.publish.index.search import Search, SearchDay, SearchParts
from functions.publish.index.search_parts import build_filter, build_parts, filter_key, spellings
from functions.publish.index.search_terms import SearchRecord, abstract_terms, split_terms, weigh
from functions.publish.render import search
from functions.publish.render.templating import asset, assets
from shared.model.span import Day
from shared.store import keys
from tests.factories import html_reader
from tests.factories.digests import DAY, EDITION, analysis, digest, facts, paper
from tests.factories.search_folder import MemorySite

NEXT_MONTH = date(2026, 3, 2)


def record(number: int = 1, title: str = "A Reader", **fields: object) -> SearchRecord:
    return SearchRecord.model_validate({"id": f"2602.{number:05}", "title": title, **fields})


def a_day(day: date, *titles: str) -> SearchDay:
    return SearchDay(day=day, papers=tuple(record(place, title) for place, title in enumerate(titles)))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The Policies of Two Agents", ["policy", "two", "agent"]),
        ("bias, loss, analysis, Mars", ["bias", "loss", "analysis", "mar"]),
        ("RAG and LLMs", ["rag", "RAG", "llm", "LLM"]),
        ("Mamba-2 GPT-4o", ["mamba", "2", "gpt", "GPT", "4o"]),
        ("비디오생성을", ["비디", "디오", "오생", "생성", "성을"]),
        ("ＧＰＴ 한", ["gpt", "GPT", "한"]),
        ("snake_case  ", ["snake", "case"]),
        ("", []),
    ],
)
def test_a_text_is_split_into_terms(text: str, terms: list[str]) -> None:
    assert list(split_terms(text)) == terms


def test_a_term_weighs_what_its_fields_weigh() -> None:
    whole = record(
        title="Agents", one_line="An agent reads", tags=("Agent",), organisation="Lab", authors=("Ada Lee",), code=True
    )
    weights = weigh(whole)
    assert (weights["agent"], weights["read"], weights["ada"], weights["lab"]) == (17, 3, 4, 4)
    assert {"2602.00001", "tag:agent", "org:lab", "has:code"} <= weights.keys()


def test_an_abstracts_terms_are_names_and_frequent_words_that_no_other_field_holds() -> None:
    text = "We test KITTI and wind. The wind is strong, and kites fly. The reader reads."
    assert abstract_terms(text, "A Reader of kites") == ("KITTI", "wind")


def postings(text: str) -> dict[str, str]:
    return dict(line.split(" ") for line in text.split(";"))


def test_postings_name_the_step_to_the_next_paper_and_a_level(monkeypatch: pytest.MonkeyPatch) -> None:
    papers = [record(0, "kite"), record(1, "wind"), record(2, "other", one_line="kite"), *[record(3, "x")] * 40]
    (part,) = build_parts([*papers, record(4, "kite")])
    assert postings(part.text)["kite"] == "1E2B15E"
    monkeypatch.setattr("functions.publish.index.search_parts.PART_BYTES", 20)
    parts = build_parts(papers)
    assert [part.start for part in parts] == [next(iter(postings(part.text))) for part in parts]
    assert sorted(part.start for part in parts) == [part.start for part in parts]
    assert len(parts) > 1


def test_spellings_are_words_of_several_titles_the_most_frequent_first() -> None:
    papers = [record(1, "attention kites"), record(2, "attention kites"), record(3, "attention once"), record(4, "RAG")]
    assert spellings(papers) == "attention kite"


def test_a_filter_has_all_its_words_and_few_others() -> None:
    encoded = build_filter([record(1, "Attention kites", tags=("Agent",))])
    assert re.fullmatch(r"[A-Za-z0-9+/]+=*", encoded)
    assert (filter_key("attention"), filter_key("tag:agent"), filter_key("RAG")) == ("atte", "tag:agent", "rag")
    assert len(encoded) < 40


def test_a_paper_is_recorded_with_all_that_is_searched_in_plain_unicode() -> None:
    hostile = paper(
        2,
        title="Fast\u202e $3.2\\times$ <b>",
        analysis=analysis("$x_1$을 줄인다", tags=("Agent\x00",)),
        facts=facts(organisation="Lab\u202e", authors=("Ada\u202e Lee",)),
    )
    found = Search(MemorySite(), SearchParts()).with_digest(digest([paper(1), hostile, paper(3, analysis=None)])).day
    assert found is not None
    first, second, third = found.papers
    assert (first.title, first.source, first.upvotes, first.code) == ("A Reader for Long Feeds", "model", 99, True)
    assert first.authors[:2] == ("Ada Park", "Bo Kim")
    assert (second.title, second.one_line, second.tags) == ("Fast 3.2× <b>", "x₁을 줄인다", ("Agent",))
    assert (second.organisation, second.authors) == ("Lab", ("Ada Lee",))
    assert (third.one_line, third.source) == ("", "")


def test_days_of_the_open_month_stay_open_and_are_folded_into_their_year_when_it_closes() -> None:
    site = MemorySite()
    site.publish(a_day(DAY, "kite"))
    week = site.publish(a_day(DAY + timedelta(days=3), "wind", "sea")).parts
    assert [(each.day, each.papers) for each in week.open] == [(DAY + timedelta(days=3), 2), (DAY, 1)]
    closed = site.publish(a_day(NEXT_MONTH, "sand"))
    assert [each.day for each in closed.parts.open] == [NEXT_MONTH]
    assert closed.parts.years[2026].days == ((DAY, 1), (DAY + timedelta(days=3), 2))
    assert keys.search_part(2026, 0) in site.written
    assert closed.parts.months == {"2026-02", "2026-03"}


def test_what_is_published_again_unchanged_changes_nothing_and_what_changed_is_indexed_again() -> None:
    site = MemorySite()
    for day in (a_day(DAY, "kite"), a_day(NEXT_MONTH, "sand")):
        before = site.publish(day).parts
    again = site.publish(a_day(DAY, "kite"))
    assert (again.parts, again.folded) == (before, {})
    changed = site.publish(a_day(DAY, "breeze"))
    assert [each.day for each in changed.parts.open] == [NEXT_MONTH]
    assert "breeze 1E" in changed.folded[2026][0][0].text


def test_votes_alone_make_no_index_again() -> None:
    site = MemorySite()
    site.publish(a_day(DAY, "kite"))
    before = site.publish(a_day(NEXT_MONTH, "sand")).parts
    voted = a_day(DAY, "kite")
    voted = voted.model_copy(
        update={"papers": tuple(each.model_copy(update={"upvotes": 999}) for each in voted.papers)}
    )
    found = site.publish(voted)
    assert (found.parts, found.folded, found.day) == (before, {}, voted)


DAYS = (date(2025, 12, 31), DAY, DAY + timedelta(days=3), NEXT_MONTH)


@pytest.mark.parametrize("order", list(permutations(DAYS)), ids=str)
def test_what_is_indexed_does_not_depend_on_the_order_of_publication(order: Sequence[date]) -> None:
    expected, site = MemorySite(), MemorySite()
    for each in DAYS:
        in_order = expected.publish(a_day(each, f"kite {each}"))
    for each in order:
        found = site.publish(a_day(each, f"kite {each}"))
    assert found.parts == in_order.parts
    assert site.written == expected.written


def test_a_day_that_is_gone_leaves_the_index_and_a_lost_part_is_made_again() -> None:
    site = MemorySite()
    for day in (a_day(DAY, "kite"), a_day(DAY + timedelta(days=3), "wind"), a_day(NEXT_MONTH, "sand")):
        found = site.publish(day)
    kept = found.only({Day(DAY), Day(NEXT_MONTH)}).parts
    assert (kept.years, [each.day for each in kept.open]) == ({}, [NEXT_MONTH, DAY])
    del site.written[keys.search_part(2026, 0)]
    reopened = Search.load(site, Day(NEXT_MONTH)).parts
    assert len(reopened.open) == 3
    assert site.publish(a_day(date(2026, 4, 1), "sun")).folded


def test_an_index_of_another_format_is_made_again() -> None:
    site = MemorySite()
    site.publish(a_day(DAY, "kite"))
    site.stored[keys.SEARCH_PARTS] = SearchParts(format=index.FORMAT + 1)
    assert Search.load(site, Day(DAY)).parts == SearchParts()


@given(
    st.text() | st.sampled_from(["</script><script>alert(1)</script>", "\u2028\u2029", "<!--<script>", '");alert(1)//'])
)
def test_a_script_is_one_call_with_the_same_data_whatever_a_title_holds(title: str) -> None:
    title = title.encode("utf-8", "ignore").decode()
    script = search.script("day", a_day(DAY, title))
    called = re.fullmatch(r"addToSearch\((.*)\);\n", script)
    assert called, script
    kind, day = json.loads(f"[{called[1]}]")
    assert (kind, day["papers"][0]["title"]) == ("day", title)
    assert "<" not in script
    assert not {"\u2028", "\u2029"} & set(script)
    assert script.count("\n") == 1


def test_the_glossary_leads_both_ways_and_spells_acronyms_out() -> None:
    assert "강화학습" in search.glossary()["terms"]["reinforcement learning"]
    assert search.glossary()["acronyms"]["rl"] == ("reinforcement learning",)


@pytest.mark.parametrize(("language", "label"), [("ko", "검색어"), ("en", "Search papers")])
def test_the_page_has_labelled_fields_and_says_which_months_are_not_indexed(language: str, label: str) -> None:
    parts = MemorySite().publish(a_day(DAY, "kite")).parts
    document = html_reader.read(search.page(["2026-02", "2025-12"], parts, language, EDITION))
    assert document.one("label", **{"for": "query"}).text == label
    assert document.one("input", id="query").attributes["type"] == "search"
    assert document.one("ol", id="found").attributes["data-papers"] == "../papers/"
    assert document.one("p", id="count").attributes["role"] == "status"
    assert "2025-12" in document.text
    assert "2026-02" not in document.all("p", class_="why")[-1].text
    named = [each.attributes.get("name") for each in document.one("form", id="search").all("input")]
    assert named == ["q", "tag", "org", "from", "to", "code", "star"]


def test_without_javascript_the_page_says_so_and_leads_to_tags_and_archive() -> None:
    document = html_reader.read(search.page([], SearchParts(), "ko", EDITION))
    without = document.one("p", id="without-script")
    assert "자바스크립트" in without.text
    assert [link.attributes["href"] for link in without.all("a")] == ["../tags/index.html", "../archive/index.html"]
    assert "hidden" in document.one("form").attributes


def test_the_scripts_are_small_and_never_make_markup_of_a_text() -> None:
    names = ("search-terms.js", "search-index.js", "search-view.js", "search.js", "reading.js")
    scripts = [assets()[asset(name)].decode() for name in names]
    assert sum(len(script.encode()) for script in scripts) < 36 * 1024
    for script in scripts:
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function|style|fetch|XMLHttp", script
        )


def test_the_page_of_a_paper_that_is_found_is_where_the_site_has_it() -> None:
    assert keys.paper_file("cs/0601001") == "papers/cs_0601001/index.html"
    assert 'replaceAll("/", "_")' in assets()[asset("search-view.js")].decode()
