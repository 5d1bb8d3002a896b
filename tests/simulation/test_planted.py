"""The simulation finds what it is there for: each planted fault, within 200 histories."""

import json
from collections.abc import Callable, Mapping

import pytest

from shared.model.span import ONE_DAY
from tests.simulation import planted
from tests.simulation.faults import Fault
from tests.simulation.history import run
from tests.simulation.scenario import SCENARIOS, scenario
from tests.simulation.world import World

MAX_HISTORIES = 200
SHORTEST = 1
"""The history that takes the least time: it is tried first."""


def no_direction(_: int) -> None:
    """The seed's own faults."""


def first_mails_killed(seed: int) -> Mapping[str, Fault]:
    """publish dies where it calls SNS for a day the first and the second time."""
    chosen = scenario(seed % SCENARIOS)
    calls = (f"{day}/{language}#{nth}" for day in chosen.lists.days for language in chosen.languages for nth in (1, 2))
    return {f"PublishFunction:publish:{call}": Fault("killed before") for call in calls}


def first_reads_twice(seed: int) -> Mapping[str, Fault]:
    """Each day's first read is invoked twice at once."""
    times = (f"{day + ONE_DAY}T00:15:00Z" for day in scenario(seed % SCENARIOS).lists.days)
    events = (json.dumps({"scheduled_at": time}) for time in times)
    return {f"FetchFunction:invoke:{event}/1#1": Fault("twice at once") for event in events}


@pytest.mark.parametrize(
    ("plant", "promise", "direct"),
    [
        (planted.mail_claim_removed, "never mailed", first_mails_killed),
        (planted.conditional_write_dropped, "what is written once changed", first_reads_twice),
        (planted.send_before_write, "sent before it was written", no_direction),
        (planted.marker_first, "a marker goes before its read is published", no_direction),
        (planted.mail_before_files, "mailed before it was published", no_direction),
        (planted.day_page_before_its_parts, "a page before its parts", no_direction),
    ],
)
def test_a_planted_fault_is_found(
    plant: Callable[[World], None],
    promise: str,
    direct: Callable[[int], Mapping[str, Fault] | None],
) -> None:
    for seed in (SHORTEST, *range(MAX_HISTORIES)):
        broken = run(seed, direct(seed), plant).broken
        if any(each.startswith(promise) for each in broken):
            return
    pytest.fail(f"{plant.__name__} was not found in {MAX_HISTORIES} histories")
