"""Histories with faults at every call keep every promise."""

import pytest

from tests.simulation.history import run
from tests.simulation.scenario import SCENARIOS

SMALL_WORLDS = (1, 5, 9, 19, 25, 28, 37, 42, 45, 46)
"""They have all first days, both models, two languages, every source, whole texts and pages, each act of operators."""
SEEDS = 500
FIRST_SEEDS = 5 * SCENARIOS
"""Five histories of a world. A world's histories share its faultless run, which takes as long as one of them."""


def broken_by(seeds: range) -> dict[int, tuple[str, ...]]:
    """The promises that histories break, by seed."""
    return {seed: broken for seed in seeds if (broken := run(seed).broken)}


@pytest.mark.parametrize("world", SMALL_WORLDS)
def test_histories_keep_every_promise(world: int) -> None:
    assert broken_by(range(world, FIRST_SEEDS, SCENARIOS)) == {}, (
        "see each with: python -m tests.simulation --seed <seed>"
    )


@pytest.mark.extra
@pytest.mark.parametrize("world", range(SCENARIOS))
def test_more_histories_keep_every_promise(world: int) -> None:
    first = FIRST_SEEDS if world in SMALL_WORLDS else 0
    seeds = range(world + first, SEEDS, SCENARIOS)
    assert broken_by(seeds) == {}, "see each with: python -m tests.simulation --seed <seed>"
