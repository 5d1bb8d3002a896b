"""The check, on the papers that the project wrote for it."""

from functools import cache

import pytest

from tests.bench.grounding import measure
from tests.bench.grounding.papers import cases


@cache
def rates() -> dict[str, tuple[int, int]]:
    return measure.mutation_rates(cases())


@pytest.mark.parametrize("kind", measure.TARGETS)
def test_what_is_made_false_is_found_as_often_as_promised(kind: str) -> None:
    caught, made = rates()[kind]
    assert 100 * caught / made >= measure.TARGETS[kind], f"{caught} of {made}"


def test_the_analysis_of_another_paper_is_always_found_out() -> None:
    caught, made = measure.swapped_rate(cases())
    assert caught == made


def test_true_items_are_hardly_ever_objected_to() -> None:
    objected, whole = measure.false_alarms(cases())
    assert 100 * objected / whole <= measure.MOST_FALSE_ALARMS


def test_the_set_has_enough_papers_of_which_a_third_was_held_out() -> None:
    papers = {case.id: case.held_out for case in cases()}
    assert len(papers) >= 34
    assert 3 * sum(papers.values()) >= len(papers)
