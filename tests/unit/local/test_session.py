from datetime import UTC, datetime
from pathlib import Path

import time_machine

from local.log import LOG
from local.session import environment


def test_a_run_does_not_read_the_log_of_the_run_that_began_in_the_same_second(tmp_path: Path) -> None:
    logs = []
    for microsecond in (1, 2):
        with (
            time_machine.travel(datetime(2026, 2, 20, 6, 0, 0, microsecond, UTC), tick=False),
            environment(tmp_path) as log,
        ):
            LOG.write("{}\n")
            logs.append(log.read_text(encoding="utf-8"))
    assert logs == ["{}\n", "{}\n"]
