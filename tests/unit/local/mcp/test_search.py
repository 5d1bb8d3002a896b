"""The published index is searched as the page searches it, and an index that is hostile costs nothing."""

from datetime import UTC, date, datetime
from pathlib import Path
from time import process_time

import pytest

from functions.publish.index.search import SearchDay, SearchParts, segment_of
from functions.publish.index.search_terms import LEVELS, SearchRecord, encode
from functions.publish.render.data import Latest
from local.mcp.archive import Archive
from local.mcp.index import decode_postings, read_part
from local.mcp.search import Found, search
from tests.factories.judged_queries import SHOWN, judged_queries, search_days
from tests.factories.search_folder import MemorySite, write_search

NEWEST = date(2026, 2, 20)
LEAST = 29
"""Of 30: a misspelt word is not put right, and the answer says that no paper has it."""


def archive(stored: MemorySite) -> Archive:
    def read(address: str) -> bytes | None:
        value = stored.stored.get(address)
        text = value.model_dump_json() if value else stored.written.get(address)
        return None if text is None else text.encode()

    newest = Latest(
        language="ko",
        day=NEWEST,
        status="complete",
        revision=1,
        closed_at=datetime(2026, 2, 21, tzinfo=UTC),
        papers=1,
        data="",
        page="",
        periods={},
    )
    return Archive("site", read, "", newest)


def site(*titles: str, day: date = NEWEST) -> MemorySite:
    made = MemorySite()
    papers = tuple(SearchRecord(id=f"2602.{number:05}", title=title) for number, title in enumerate(titles, 1))
    made.publish(SearchDay(day=day, papers=papers))
    return made


def find(made: MemorySite, query: str) -> Found:
    return search(archive(made), query, lambda _: True)


def titles(made: MemorySite, query: str) -> list[str]:
    shown = archive(made)
    return [shown.search_day(hit.day).papers[hit.place].title for hit in find(made, query).hits]


@pytest.mark.extra
def test_judged_queries_find_the_wanted_paper_among_the_first_three(recorded: Path, tmp_path: Path) -> None:
    made = archive(write_search(tmp_path, list(search_days(recorded / "data" / "huggingface"))))
    table = judged_queries()
    missed = []
    for query, wanted in table:
        hits = search(made, query, lambda _: True).hits[: 2 * SHOWN]
        ids = dict.fromkeys(made.search_day(hit.day).papers[hit.place].id for hit in hits)
        if not set(list(ids)[:SHOWN]) & set(wanted):
            missed.append((query, list(ids)[:SHOWN]))
    assert len(table) - len(missed) >= LEAST, missed


def test_papers_with_all_words_come_first_and_those_with_the_rarer_half_after_them() -> None:
    made = site("Memory of robots", "Robots that read", "Memory", "Robots walk", "Robots swim")
    assert titles(made, "robots memory")[:2] == ["Memory of robots", "Memory"]
    assert [hit.has_all for hit in find(made, "robots memory").hits][:2] == [True, False]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("강화학습", "RL for robots"),
        ("강화학습의", "RL for robots"),
        ("reinforcement learning", "RL for robots"),
        ("RL", "Reinforcement Learning for robots"),
        ("diffusions", "Diffusion"),
        ("tokenization", "Tokenizations of code"),
        ("arXiv:2602.00002v3", "Another"),
    ],
)
def test_a_word_is_found_in_the_languages_and_forms_of_the_glossary(query: str, title: str) -> None:
    made = site("Cats and dogs", title, "Of nothing else")
    assert titles(made, query) == [title]


def test_words_that_are_too_many_are_named() -> None:
    found = find(site("Kite"), "kite lantern harbor bridges mountains riverside")
    assert (found.left_out, set(found.unknown)) == (
        ("kite",),
        {"lantern", "harbor", "bridges", "mountains", "riverside"},
    )


def test_a_day_that_is_not_asked_for_is_not_found() -> None:
    made = site("Kite", day=date(2026, 2, 18))
    assert not search(archive(made), "kite", lambda day: day > date(2026, 2, 18)).hits


@pytest.mark.parametrize("number", [0, 1, len(LEVELS), 45, 46, 47, 99, 2_115, 2_116, 99_000])
def test_postings_are_read_as_they_were_written(number: int) -> None:
    step, level = divmod(number + len(LEVELS), len(LEVELS))
    text = encode(number + len(LEVELS)) + encode(len(LEVELS) * 3)
    assert decode_postings(text) == {step - 1: LEVELS[level], step + 2: LEVELS[0]}


HOSTILE_PARTS = (
    b"",
    b"<html>",
    b"addToSearch()",
    b'addToSearch("part","2026",0,"a b c")',
    b"(" + b"[" * 99_999 + b")",
    b'("\x00 x;")',
    b"\xff(1)",
)


@pytest.mark.parametrize("script", HOSTILE_PARTS)
def test_a_part_that_cannot_be_read_finds_nothing(script: bytes) -> None:
    assert isinstance(read_part(script), dict)
    made = site("Kite")
    made.written = dict.fromkeys(made.written, script.decode(errors="replace"))
    assert find(made, "kite") == Found((), ("kite",))


def test_an_index_that_claims_too_much_is_left_out() -> None:
    made = site("Kite")
    odd = segment_of({NEWEST: 1}, parts=8)
    made.stored["search/parts.json"] = SearchParts(
        segments={
            "../../x": odd,
            "2025": odd.model_copy(update={"papers": (10**12,)}),
            "2024": odd.model_copy(update={"first": date.max, "papers": (1, 1)}),
        }
    )
    started = process_time()
    assert find(made, "kite") == Found((), ("kite",))
    assert decode_postings("~" * 1_000_000) == {}
    assert process_time() - started < 1
