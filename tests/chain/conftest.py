"""A world for every chain test."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from typing import Any

import pytest

from functions.enrich import handler as enrich
from functions.fetch import handler as fetch
from functions.publish import handler as publish
from functions.subscribe import handler as subscribe
from functions.summarize import handler as summarize
from shared.store import aws, web
from tests.chain.day_with_a_model import MODELS, PAPERS, Start
from tests.chain.world import FRIDAY, World, world
from tests.factories.model_stub import Behaviour, ModelStub, running, well


@pytest.fixture(autouse=True)
def metrics_of_this_test() -> None:
    """Metrics that are disabled are kept, and would be written by the next test that enables them."""
    for room in (fetch, enrich, summarize, publish, subscribe):
        room.metrics.clear_metrics()


@pytest.fixture
def make_world(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., World]]:
    """Makes worlds that end with the test."""
    with ExitStack() as stack:

        def make(*args: Any, **parameters: Any) -> World:
            return stack.enter_context(world(monkeypatch, *args, **parameters))

        yield make


@pytest.fixture(params=MODELS, ids=["bedrock", "openai"])
def start(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Starts a day with a stub for one of the services."""
    with running() as stub:
        monkeypatch.setenv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", stub.address)
        monkeypatch.setenv("OPENAI_BASE_URL", f"{stub.address}/v1")
        monkeypatch.setenv("OPENAI_API_KEY", "a-key")
        aws.bedrock_runtime.cache_clear()
        worlds: list[AbstractContextManager[World]] = []

        def begin(behaviour: Behaviour = well, **parameters: str) -> tuple[World, ModelStub]:
            stub.behaviour = behaviour
            given = {"Model": request.param, "PapersInFull": "2", **parameters}
            worlds.append(world(monkeypatch, {FRIDAY: PAPERS}, **given))
            return worlds[-1].__enter__(), stub

        yield begin
        web.client().close()
        for made in worlds:
            made.__exit__(None, None, None)
