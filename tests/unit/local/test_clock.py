"""The clock of a local run, in a process of its own: pytest loads time-machine before any test."""

import subprocess
import sys

from tests.factories.places import ROOT

PROGRAM = """
import sys
from datetime import UTC, datetime, timedelta
from local.clock import Clock
start = datetime(2026, 4, 2, 12, 30, tzinfo=UTC)
with Clock(start, runs=False) as clock:
    clock.jump(start + timedelta(hours=1))
    print(datetime.now(UTC) - start, "pytest" in sys.modules)
"""


def test_a_jump_is_seen_everywhere_and_needs_no_pytest() -> None:
    done = subprocess.run((sys.executable, "-c", PROGRAM), cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1:00:00", "False"]
