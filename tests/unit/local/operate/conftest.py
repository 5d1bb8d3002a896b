"""A deployed stack, found by its name."""

from collections.abc import Iterator

import pytest

from local.intrinsics import REGION
from local.operate import options, redrive
from tests.factories.operated import RecordingStack, operated


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> Iterator[RecordingStack]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    with operated() as found:
        monkeypatch.setattr(options, "find_stack", lambda _: found)
        monkeypatch.setattr(redrive, "WAIT_SECONDS", 0)  # moto waits in real time
        yield found
