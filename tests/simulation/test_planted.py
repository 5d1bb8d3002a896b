"""The simulation finds what it is there for: each planted fault, within 200 histories."""

from collections.abc import Callable, Mapping

import pytest

from tests.simulation import planted
from tests.simulation.faults import WEIGHTS, Fault
from tests.simulation.history import run
from tests.simulation.scenario import SCENARIOS, scenario
from tests.simulation.world import World

MAX_HISTORIES = 200


def no_direction(_: int) -> None:
    """The seed's own faults."""


def first_mails_killed(seed: int) -> Mapping[str, Fault]:
    """publish dies where it calls SNS for a day the first and the second time."""
    chosen = scenario(seed % SCENARIOS)
    calls = (f"{day}/{language}#{nth}" for day in chosen.lists.days for language in chosen.languages for nth in (1, 2))
    return {f"PublishFunction:publish:{call}": Fault("killed before") for call in calls}


@pytest.mark.parametrize(
    ("plant", "promise", "direct", "weights"),
    [
        (planted.mail_claim_removed, "never mailed", first_mails_killed, {}),
        (planted.conditional_write_dropped, "what is written once changed", no_direction, {"invoke": 40}),
        (planted.send_before_write, "sent before it was written", no_direction, {}),
        (planted.marker_first, "it ends otherwise than without faults", no_direction, {"put": 6}),
        (planted.mail_before_files, "mailed before it was published", no_direction, {}),
        (planted.day_page_before_its_parts, "a page before its parts", no_direction, {}),
    ],
)
def test_a_planted_fault_is_found(
    plant: Callable[[World], None],
    promise: str,
    direct: Callable[[int], Mapping[str, Fault] | None],
    weights: Mapping[str, float],
) -> None:
    for seed in range(MAX_HISTORIES):
        broken = run(seed, direct(seed), plant, {**WEIGHTS, **weights}).broken
        if any(each.startswith(promise) for each in broken):
            return
    pytest.fail(f"{plant.__name__} was not found in {MAX_HISTORIES} histories")
