"""Histories with faults at every call keep every promise."""

import pytest

from tests.simulation.faults import Fault
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


@pytest.mark.extra
def test_a_copy_of_a_message_is_content_with_the_abstract_that_the_first_one_fell_back_to() -> None:
    faults = {
        "FetchFunction:create:manifests/2026-02-20/2026-02-21T021500Z.json#1": Fault("killed before", 5.3),
        'FetchFunction:invoke:{"scheduled_at": "2026-02-21T02:15:00Z"}/2#1': Fault("twice", 11.1),
        "SummarizeFunction:model:2602.00002.ko#1": Fault("throttled", 33.4),
        "SummarizeFunction:model:2602.00002.ko#2": Fault("killed after", 19.7),
        "SummarizeFunction:model:2602.00002.ko#4": Fault("refused", 6.0),
    }
    assert run(624, faults).broken == ()
