"""A world for every chain test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.chain.world import World, world


@pytest.fixture
def make_world(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., World]]:
    """Makes worlds that end with the test."""
    with ExitStack() as stack:

        def make(*args: Any, **parameters: Any) -> World:
            return stack.enter_context(world(monkeypatch, *args, **parameters))

        yield make
