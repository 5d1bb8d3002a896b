"""Whatever stays down for a day or two, every promise is kept once it is back."""

import pytest

from tests.simulation.faults import Fault
from tests.simulation.history import run


@pytest.mark.parametrize(
    ("calls", "hours"),
    [
        ("publish", 48.0),  # SNS takes every mail, and its answers are lost
        ("web:list", 50.0),
        ("model", 30.0),
        ("put:site/", 12.0),
        ("put:mailed/", 30.0),
        ("send:PublishQueue", 12.0),
    ],
)
def test_an_outage_costs_nothing_for_good(calls: str, hours: float) -> None:
    outage = {f"outage:{calls}@0.0": Fault("outage", hours)}
    assert run(3, outage).broken == ()
