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
from functions.publish.index.search_terms import (
    DIGITS,
    LEVELS,
    SearchRecord,
    build_parts,
    describe_abstract,
    encode,
    part_of,
    spellings,
    weigh,
)
from functions.publish.index.search_words import find_meanings, glossary, split_terms
from functions.publish.render import pages
from functions.publish.render.templating import asset, assets
from shared.model.span import Day
from shared.store import keys
from tests.factories import html_reader
from tests.factories.digests import DAY, EDITION, analysis, digest, facts, paper
from tests.factories.search_folder import MemorySite

NEXT_MONTH, LATER = date(2026, 3, 2), date(2026, 3, 9)


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


def test_a_term_weighs_what_its_fields_weigh_and_its_paper_a_little_more_with_votes() -> None:
    whole = record(
        title="Agents", one_line="An agent reads", tags=("Agent",), organisation="Lab", authors=("Ada Lee",), code=True
    )
    weights = weigh(whole)
    assert weights["agent"] > weights["ada"] == weights["lab"] > weights["read"]
    assert {"2602.00001", "tag:agent", "org:lab", "has:code"} <= weights.keys()
    assert weigh(whole.model_copy(update={"upvotes": 500}))["agent"] > weights["agent"]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Retrieval-Augmented Generation", {"RAG"}),
        ("large language models", {"LLM"}),
        ("pre-training", {"pretraining"}),
        ("강화 학습을", {"RL"}),
        ("비디오생성", {"video", "generation"}),
        ("추론", {"reasoning", "inference"}),
        ("가상 피팅", {"virtual", "try"}),
        ("LLM", set()),
        ("rag", set()),
        ("방법을", set()),
    ],
)
def test_a_phrase_is_found_by_what_it_means(text: str, terms: set[str]) -> None:
    assert set(find_meanings(text)) >= terms
    assert terms or not set(find_meanings(text))


def test_an_abstract_is_described_by_what_it_is_about_and_by_its_other_words() -> None:
    text = "We propose KITTI and wind. The wind is strong, a wind carries kites: it reads of large language models."
    about, others = describe_abstract(text, ("flight",), "A Reader of kites")
    assert about == ("flight", "wind")
    assert others == ("KITTI", "carries", "reads", "language", "models", "LLM")


def postings(text: str) -> dict[str, list[int]]:
    """The numbers of each term's postings, read as the browser reads them."""
    found, term, half = {}, "", len(DIGITS) // 2
    for line in text.split(";") if text else ():
        head, digits = line.split(" ")
        term = term[: DIGITS.index(head[0])] + head[1:]
        numbers, number = [], 0
        for place in map(DIGITS.index, digits):
            number = number * half + (place if place < half else place - half + 1)
            if place < half:
                numbers.append(number)
                number = 0
        found[term] = numbers
    return found


def test_postings_name_the_step_to_the_next_paper_and_a_level() -> None:
    papers = [record(0, "kite"), record(1, "wind"), record(2, "other", one_line="kite"), *[record(3, "x")] * 40]
    (part,) = build_parts([*papers, record(4, "kite")], 1)
    found = postings(part)["kite"]
    assert [number // len(LEVELS) for number in found] == [1, 2, 41]
    assert found[0] % len(LEVELS) > found[1] % len(LEVELS)


def test_what_begins_with_the_same_letters_is_in_one_part_and_so_are_the_ids_of_a_month() -> None:
    parts = [
        postings(part) for part in build_parts([record(n, t) for n, t in enumerate(("Kites", "KITTI", "wind"))], 64)
    ]
    assert len({place for place, part in enumerate(parts) if {"kite", "kitti", "KITTI"} & part.keys()}) == 1
    assert part_of("2602.10388", 64) == part_of("2602.11111", 64) != part_of("2603.10388", 64)
    assert sum(map(len, parts)) == len({term for part in parts for term in part})


@pytest.mark.parametrize("name", ["Law; Order", ";", " ; a", "a\u2003;b"])
def test_no_name_breaks_the_lines_of_a_part(name: str) -> None:
    (part,) = build_parts([record(1, "kite", organisation=name, tags=(name,)), record(2, "sand", tags=("Zoo",))], 1)
    found = postings(part)
    assert {"kite", "sand", "tag:zoo"} <= found.keys()
    assert all(found.values())


def test_terms_share_no_letters_that_a_browser_counts_as_two() -> None:
    (part,) = build_parts([record(1, "\U00020000\U00020001 \U00020000\U00020002")], 1)
    assert {f"{DIGITS[0]}\U00020000\U00020001", f"{DIGITS[0]}\U00020000\U00020002"} <= set(re.split("[ ;]", part))


@given(st.lists(st.integers(min_value=0, max_value=10**7), max_size=20))
def test_numbers_are_read_as_they_were_written(numbers: list[int]) -> None:
    assert postings(f"{DIGITS[0]}kite {''.join(map(encode, numbers))}")["kite"] == numbers


def test_spellings_are_the_words_of_titles_the_most_frequent_first(monkeypatch: pytest.MonkeyPatch) -> None:
    papers = [record(1, "attention kites"), record(2, "attention kites"), record(3, "attention once"), record(4, "RAG")]
    assert spellings(papers) == "attention kite once"
    monkeypatch.setattr("functions.publish.index.search_terms.FEW_PAPERS", 3)
    assert spellings(papers) == "attention kite", "of many papers, a word of one title may be misspelt itself"


def test_spellings_are_the_same_in_every_process() -> None:
    assert spellings([record(1, "zebra yacht xylem walrus violin")]) == "zebra yacht xylem walrus violin"


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


def days_of(parts: SearchParts) -> dict[str, list[date]]:
    return {name: list(segment.days) for name, segment in parts.segments.items()}


def test_days_of_the_open_month_stay_open_and_are_indexed_in_their_year_soon_after_its_end() -> None:
    site = MemorySite()
    site.publish(a_day(DAY, "kite"))
    site.publish(a_day(DAY + timedelta(days=3), "wind", "sea"))
    still_open = site.publish(a_day(NEXT_MONTH, "sand")).parts
    assert days_of(still_open) == {"open": [DAY, DAY + timedelta(days=3), NEXT_MONTH]}
    closed = site.publish(a_day(LATER, "sun")).parts
    assert days_of(closed) == {"2026": [DAY, DAY + timedelta(days=3)], "open": [NEXT_MONTH, LATER]}
    assert closed.segments["2026"].papers == (1, 0, 0, 2)
    assert keys.search_part("2026", 0) in site.written
    assert closed.months == {"2026-02", "2026-03"}


def test_what_is_published_again_unchanged_changes_nothing_and_what_changed_is_indexed_again() -> None:
    site = MemorySite()
    for day in (a_day(DAY, "kite", "wind"), a_day(LATER, "sand")):
        before = site.publish(day).parts
    again = site.publish(a_day(DAY, "kite", "wind"))
    assert (again.parts, again.built) == (before, {})
    written = dict(site.written)
    changed = site.publish(a_day(DAY, "breeze", "wind"))
    assert (changed.parts, list(changed.built)) == (before, ["2026"])
    same = [name for name in written if written[name] == site.written[name]]
    assert keys.search_part("2026", part_of("wind", before.segments["2026"].parts)) in same
    assert "breeze" in postings(changed.built["2026"][0][part_of("breeze", before.segments["2026"].parts)])


def test_a_vote_more_makes_no_index_again() -> None:
    site = MemorySite()
    site.publish(a_day(DAY, "kite"))
    before = site.publish(a_day(LATER, "sand")).parts
    voted = SearchDay(day=DAY, papers=(record(0, "kite", upvotes=41),))
    site.publish(voted)
    more = voted.model_copy(update={"papers": (record(0, "kite", upvotes=42),)})
    found = site.publish(more)
    assert (found.parts, found.built, found.day) == (before, {}, more)


DAYS = (date(2025, 12, 31), DAY, DAY + timedelta(days=3), NEXT_MONTH, LATER)


@pytest.mark.parametrize("order", list(permutations(DAYS))[::5], ids=str)
def test_what_is_indexed_does_not_depend_on_the_order_of_publication(order: Sequence[date]) -> None:
    expected, site = MemorySite(), MemorySite()
    for each in DAYS:
        in_order = expected.publish(a_day(each, f"kite {each}"))
    for each in order:
        found = site.publish(a_day(each, f"kite {each}"))
    assert found.parts == in_order.parts
    listed = {keys.search_part(name, 0) for name in found.parts.segments} | {keys.SEARCH_PARTS_SCRIPT}
    assert {name: site.written[name] for name in listed} == {name: expected.written[name] for name in listed}


def test_a_day_that_is_gone_leaves_the_index_and_a_lost_part_is_written_again() -> None:
    site = MemorySite()
    for day in (a_day(DAY, "kite"), a_day(DAY + timedelta(days=3), "wind"), a_day(LATER, "sand")):
        found = site.publish(day)
    kept = found.only({Day(DAY), Day(LATER)})
    assert days_of(kept.parts) == {"2026": [DAY], "open": [LATER]}
    site.stored |= dict(kept.files())
    assert list(site.publish(a_day(LATER, "sand")).built) == ["2026"]
    del site.written[keys.search_part("2026", 0)]
    assert list(site.publish(a_day(LATER, "sand")).built) == ["2026"]


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
    script = pages.script("day", a_day(DAY, title))
    called = re.fullmatch(r"addToSearch\((.*)\);\n", script)
    assert called, script
    kind, day = json.loads(f"[{called[1]}]")
    assert (kind, day["papers"][0]["title"]) == ("day", title)
    assert "<" not in script
    assert not {"\u2028", "\u2029"} & set(script)
    assert script.count("\n") == 1


def test_an_acronym_its_expansion_and_its_korean_name_mean_the_same() -> None:
    assert glossary()["강화학습"] == glossary()["reinforcement learning"] == glossary()["rl"] == ("RL",)
    assert "rope" not in glossary(), "in lower case it is a word"


@pytest.mark.parametrize(("language", "label"), [("ko", "검색어"), ("en", "Search papers")])
def test_the_page_has_labelled_fields_and_says_which_months_are_not_indexed(language: str, label: str) -> None:
    parts = MemorySite().publish(a_day(DAY, "kite")).parts
    document = html_reader.read(pages.search(["2026-02", "2025-12"], parts, language, EDITION))
    assert document.one("label", **{"for": "query"}).text == label
    assert document.one("input", id="query").attributes["type"] == "search"
    assert document.one("ol", id="found").attributes["data-papers"] == "../papers/"
    assert document.one("p", id="count").attributes["role"] == "status"
    assert "2025-12" in document.text
    assert "2026-02" not in document.all("p", class_="why")[-1].text
    named = [each.attributes.get("name") for each in document.one("form", id="search").all("input")]
    assert named == ["q", "tag", "org", "from", "to", "code", "star"]


def test_without_javascript_the_page_says_so_and_leads_to_tags_and_archive() -> None:
    document = html_reader.read(pages.search([], SearchParts(), "ko", EDITION))
    without = document.one("p", id="without-script")
    assert "자바스크립트" in without.text
    assert [link.attributes["href"] for link in without.all("a")] == ["../tags/index.html", "../archive/index.html"]


def test_the_scripts_are_small_and_never_make_markup_of_a_text() -> None:
    scripts = [assets()[asset(name)].decode() for name in ("search.js", "reading.js")]
    assert sum(len(script.encode()) for script in scripts) < 36 * 1024
    for script in scripts:
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function|style|fetch|XMLHttp", script
        )


def test_the_page_of_a_paper_that_is_found_is_where_the_site_has_it() -> None:
    assert keys.paper_file("cs/0601001") == "papers/cs_0601001/index.html"
    assert 'replaceAll("/", "_")' in assets()[asset("search.js")].decode()
