"""The check, on the papers that the project wrote for it, and on papers of recorded days."""

from functools import cache

import pytest

from tests.bench.grounding import measure
from tests.bench.grounding.papers import Case, cases, recorded_cases


@cache
def rates() -> dict[str, tuple[int, int]]:
    return measure.mutation_rates(cases())


@pytest.mark.parametrize("kind", measure.TARGETS)
def test_what_is_made_false_is_found_as_often_as_promised(kind: str) -> None:
    caught, made = rates()[kind]
    assert 100 * caught / made >= measure.TARGETS[kind], f"{caught} of {made}"


def test_the_analysis_of_another_paper_is_always_found_out() -> None:
    caught, made = measure.swapped_rate([case for case in cases() if case.untuned])
    assert caught == made


@pytest.mark.parametrize("untuned", [False, True], ids=["tuned", "untuned"])
def test_true_items_are_hardly_ever_objected_to(untuned: bool) -> None:
    assert_hardly_any([case for case in cases() if case.untuned == untuned])


@pytest.mark.parametrize("untuned", [False, True], ids=["tuned", "untuned"])
def test_true_items_about_recorded_papers_are_hardly_ever_objected_to(untuned: bool) -> None:
    chosen = [case for case in recorded_cases() if case.untuned == untuned]
    if not chosen:
        pytest.skip("the recorded days are not here")
    assert_hardly_any(chosen)


def assert_hardly_any(chosen: list[Case]) -> None:
    objected, whole = measure.false_alarms(chosen)
    assert 100 * objected / whole <= measure.MOST_FALSE_ALARMS, f"{objected} of {whole}"


def test_a_third_of_the_set_is_untuned() -> None:
    everything = (*cases(), *recorded_cases())
    assert len({case.id for case in cases()}) >= 30
    assert 3 * sum(case.untuned for case in everything) >= len(everything)
