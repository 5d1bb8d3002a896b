"""Whatever stays down for a day or two, every promise is kept once it is back."""

import pytest

from tests.simulation.faults import Fault
from tests.simulation.history import run


@pytest.mark.parametrize(
    ("calls", "hours", "seed"),
    [
        ("publish", 48.0, 3),  # SNS takes every mail, and its answers are lost
        ("post", 48.0, 2),  # and so does the chat
        ("web:list", 50.0, 3),
        ("model", 30.0, 3),
        ("put:site/", 12.0, 3),
        ("put:site/en/", 14.0, 5),
        ("put:mailed/", 30.0, 3),
        ("send:PublishQueue", 12.0, 3),
    ],
)
def test_an_outage_costs_nothing_for_good(calls: str, hours: float, seed: int) -> None:
    outage = {f"outage:{calls}@0.0": Fault("outage", hours)}
    assert run(seed, outage).broken == ()
