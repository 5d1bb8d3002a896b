"""The order of a list, and what is planned for each place."""

import random
from datetime import UTC, datetime

import pytest

from functions.fetch.plan import rank
from shared.model.interests import parse
from shared.model.manifest import ListedPaper
from shared.model.paper import Paper
from tests.factories.days import paper

EARLY, LATE = datetime(2026, 2, 18, tzinfo=UTC), datetime(2026, 2, 19, tzinfo=UTC)
IN_ORDER = (
    paper("2602.00009", 9, published_at=EARLY),
    paper("2602.00001", 5, published_at=LATE),
    paper("2602.00008", 5, published_at=EARLY),
    paper("2602.00007", 5, published_at=EARLY),
    paper("cs/0601001", 5),
    paper("2602.00006", 5),
    paper("2602.00005", 0, published_at=LATE),
)


@pytest.mark.parametrize("seed", range(5))
def test_votes_then_time_then_id_decide_whatever_the_order_of_the_list(seed: int) -> None:
    shuffled = random.Random(seed).sample(IN_ORDER, len(IN_ORDER))
    ranked = rank(shuffled, 10, {})
    assert [listed.paper.id for listed in ranked] == [each.id for each in IN_ORDER]
    assert [listed.rank for listed in ranked] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("extreme", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_time_at_the_end_of_all_times_can_be_compared(extreme: str) -> None:
    odd = Paper.model_validate({"id": "2602.00002", "title": "x", "abstract": "", "published_at": extreme})
    assert len(rank([odd, paper("2602.00001", 0, published_at=EARLY), paper("2602.00003", 0)], 10, {})) == 3


@pytest.mark.parametrize(
    ("in_full", "plans"),
    [(1, ["full", "short", "short"]), (2, ["full", "full", "short"]), (10, ["full", "full", "full"])],
)
def test_the_best_are_planned_in_full(in_full: int, plans: list[str]) -> None:
    assert [listed.plan for listed in rank(IN_ORDER[:3], in_full, {})] == plans


@pytest.mark.parametrize("wanted", ["quantum widgets", "organisation:Example Lab", "author:Ada Park", "tag:RAG"])
def test_a_paper_that_meets_an_interest_is_planned_in_full_however_few_votes_it_has(wanted: str) -> None:
    liked = Paper(
        id="2602.00004",
        title="Quantum Widgets",
        abstract="We study retrieval-augmented generation (RAG).",
        organisation="Example Lab",
        authors=("Ada Park",),
    )
    ranked = rank([*IN_ORDER[:3], liked], 1, {}, None, parse(wanted))
    assert [listed.plan for listed in ranked] == ["full", "short", "short", "full"]
    assert ranked[-1].paper == liked
    assert [listed.interests for listed in ranked] == [(), (), (), (wanted.partition(":")[2] or wanted,)]


def test_a_paper_keeps_the_plan_of_an_earlier_read() -> None:
    ranked = rank(IN_ORDER[:3], 1, {"2602.00009": "short", "2602.00008": "draft"})
    assert [listed.plan for listed in ranked] == ["short", "short", "draft"]


def test_an_empty_list_has_no_places() -> None:
    assert rank([], 10, {}) == ()


def test_a_plan_to_read_the_whole_text_is_stored_so_that_earlier_releases_read_it_as_full() -> None:
    (best, second) = rank(IN_ORDER[:2], 2, {}, texts=1)
    assert (best.plan, second.plan) == ("text", "full")
    assert best.model_dump(mode="json")["plan"] == "full"
    assert ListedPaper.model_validate_json(best.model_dump_json()) == best
    assert "whole_text" not in second.model_dump()
