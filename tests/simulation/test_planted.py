"""The simulation finds what it is there for: each planted fault, within 200 histories."""

from collections.abc import Callable, Mapping

import pytest

from tests.simulation import planted
from tests.simulation.faults import WEIGHTS
from tests.simulation.history import run
from tests.simulation.world import World

MAX_HISTORIES = 200


@pytest.mark.parametrize(
    ("plant", "promise", "weights"),
    [
        (planted.mail_claim_removed, "never mailed", {"publish": 60}),
        (planted.conditional_write_dropped, "what is written once changed", {"invoke": 40}),
        (planted.send_before_write, "sent before it was written", {}),
        (planted.marker_first, "it ends otherwise than without faults", {"put": 6}),
        (planted.mail_before_files, "mailed before it was published", {}),
        (planted.day_page_before_its_parts, "a page before its parts", {}),
    ],
)
def test_a_planted_fault_is_found(plant: Callable[[World], None], promise: str, weights: Mapping[str, float]) -> None:
    for seed in range(MAX_HISTORIES):
        broken = run(seed, plant=plant, weights={**WEIGHTS, **weights}).broken
        if any(each.startswith(promise) for each in broken):
            return
    pytest.fail(f"{plant.__name__} was not found in {MAX_HISTORIES} histories")
