"""The check, on the papers that the project wrote for it, and on what real models wrote."""

import pytest

from tests.factories.places import REFERENCE
from tests.quality import measure
from tests.quality.answers import hold, papers
from tests.quality.papers import cases

EVERY = 15
"""Of papers and answers, one in so many: the whole is left to `make bench` and `python -m tests.quality.answers`."""
MIN_FOUND = 80.0
"""Per cent of the false claims about so small a part; the targets are for the whole."""
ANSWERS = REFERENCE / "data/answers"
MAX_FALSE_ALARMS = 1.5
"""Per cent of items; of the whole of the answers 0.6, each one that the files do not judge or judge otherwise."""


@pytest.mark.parametrize("kind", ["number", "unit", "scale", "name"])
def test_what_is_made_false_is_found(kind: str) -> None:
    caught, made = measure.mutation_rates(cases()[:4])[kind]
    assert 100 * caught >= MIN_FOUND * made


def test_true_items_are_hardly_ever_objected_to() -> None:
    objected, whole = measure.false_alarms(cases()[::EVERY])
    assert 100 * objected / whole <= MAX_FALSE_ALARMS


def test_an_objection_to_what_a_real_model_wrote_is_right_or_rare() -> None:
    if not ANSWERS.exists():
        pytest.skip("the recorded answers are not here")
    held = [hold(paper) for paper in list(papers(ANSWERS))[::EVERY]]
    assert not [text for each in held for text in each.missed]
    assert not [each for each in held if each.is_lost]
    false = [found for each in held for found in each.objections if not found.judged.startswith("right")]
    assert 100 * len(false) / sum(each.items for each in held) <= MAX_FALSE_ALARMS
