"""Histories with faults at every call keep every promise."""

import pytest

from tests.simulation.history import run


def broken_by(seeds: range) -> dict[int, tuple[str, ...]]:
    """The promises that histories break, by seed."""
    return {seed: broken for seed in seeds if (broken := run(seed).broken)}


@pytest.mark.parametrize("seeds", [range(first, first + 5) for first in range(0, 50, 5)], ids=str)
def test_histories_keep_every_promise(seeds: range) -> None:
    assert broken_by(seeds) == {}, "see each with: python -m tests.simulation --seed <seed>"


@pytest.mark.extra
@pytest.mark.parametrize("seeds", [range(first, first + 25) for first in range(50, 500, 25)], ids=str)
def test_more_histories_keep_every_promise(seeds: range) -> None:
    assert broken_by(seeds) == {}, "see each with: python -m tests.simulation --seed <seed>"
