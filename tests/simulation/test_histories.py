"""Histories with faults at every call keep every promise."""

import pytest

from tests.simulation.history import run
from tests.simulation.scenario import SCENARIOS

WORLDS = (2, 3, 5, 7, 9, 18, 20, 25, 28, 45)
"""One at least of each date, model, language, source and chat; the pages of two are written and read."""
HISTORIES = 5


def seeds_of(world: int, first: int, count: int) -> range:
    """The seeds of some histories of a world: its faultless run is made once for all of them."""
    return range(world + first * SCENARIOS, world + (first + count) * SCENARIOS, SCENARIOS)


def broken_by(seeds: range) -> dict[int, tuple[str, ...]]:
    """The promises that histories break, by seed."""
    return {seed: broken for seed in seeds if (broken := run(seed).broken)}


@pytest.mark.parametrize("world", WORLDS)
def test_histories_keep_every_promise(world: int) -> None:
    broken = broken_by(seeds_of(world, 0, HISTORIES))
    assert broken == {}, "see each with: python -m tests.simulation --seed <seed>"


@pytest.mark.extra
@pytest.mark.parametrize("world", range(SCENARIOS))
def test_more_histories_keep_every_promise(world: int) -> None:
    broken = broken_by(seeds_of(world, HISTORIES, 2 * HISTORIES))
    assert broken == {}, "see each with: python -m tests.simulation --seed <seed>"
