"""A digest stays within its budget, and what it can pay for goes to the best."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.fetch.plan import Spending, plans, spending
from shared.model.prices import Price


def budget(text: float, full: float, short: float, most: float) -> Spending:
    return Spending({"text": text, "full": full, "short": short, "draft": 0.0}, most)


@pytest.mark.parametrize(
    ("most", "planned"),
    [
        (100, "full full short short short"),
        (23, "full full short short short"),
        (22, "full full short short draft"),
        (20, "full full draft draft draft"),
        (19, "full short draft draft draft"),
        (10, "short short draft draft draft"),
        (1, "short draft draft draft draft"),
        (0, "draft draft draft draft draft"),
    ],
)
def test_the_last_places_lose_first(most: float, planned: str) -> None:
    assert " ".join(plans(5, 2, budget(40, 10, 1, most))) == planned


@pytest.mark.parametrize(
    ("most", "planned"),
    [
        (100, "full full short full short"),
        (32, "full full short full short"),
        (31, "full full short full draft"),
        (30, "full full draft full draft"),
        (29, "full short draft full draft"),
        (11, "short short draft short draft"),
        (1, "draft draft draft short draft"),
    ],
)
def test_what_is_of_interest_is_planned_in_full_and_loses_last(most: float, planned: str) -> None:
    assert " ".join(plans(5, 2, budget(40, 10, 1, most), of_interest={3})) == planned


@pytest.mark.parametrize(
    ("most", "planned"),
    [
        (100, "text full full short"),
        (60, "full full full short"),
        (30, "full full full draft"),
        (12, "full short short draft"),
    ],
)
def test_whole_texts_are_what_a_budget_takes_first(most: float, planned: str) -> None:
    assert " ".join(plans(4, 3, budget(60, 10, 1, most), texts=1)) == planned


def test_whole_texts_go_to_the_first_of_those_in_full() -> None:
    assert plans(5, 1, None, of_interest={2, 4}, texts=2) == ("text", "short", "text", "short", "full")


def test_without_a_price_to_keep_everything_is_planned() -> None:
    assert plans(3, 1, None) == ("full", "short", "short")


@given(st.integers(0, 60), st.integers(1, 20), st.floats(0.1, 5), st.floats(0, 100))
def test_no_plan_exceeds_the_budget_and_no_place_has_less_than_a_later_one(
    papers: int, in_full: int, short: float, most: float
) -> None:
    cost = budget(9 * short, 3 * short, short, most)
    planned = plans(papers, in_full, cost, texts=in_full // 2)
    assert sum(cost.of[plan] for plan in planned) <= most + 1e-6
    order = [("draft", "short", "full", "text").index(plan) for plan in planned]
    assert order == sorted(order, reverse=True)


def test_a_budget_expects_the_thoughts_of_a_model_that_reasons() -> None:
    plain, reasoning = Price(input=1, output=1), Price(input=1, output=1, reasoning=1000)
    costs = [spending("openai:m", price, languages=2, most_usd=1, most_tokens=0) for price in (plain, reasoning)]
    assert [cost.of["short"] for cost in costs if cost] == pytest.approx([0.0028, 0.0048])
