"""A day whose papers a stub of a language model analyses, and what became of it."""

from collections.abc import Callable

import pytest

from shared.store import keys
from shared.store.retry import Failure
from tests.chain.world import FRIDAY, World, row
from tests.factories.model_stub import Behaviour, ModelStub, well

PAPERS = [row("2602.00001", 5), row("2602.00002", 9), row("2602.00003", 1)]
BAD = "2602.00001"
OTHERS = ["2602.00002", "2602.00003"]
MODELS = ("bedrock:global.amazon.nova-2-lite-v1:0", "openai:small")
Start = Callable[..., tuple[World, ModelStub]]

ONE_IS_ENOUGH = pytest.mark.parametrize("start", [MODELS[1]], indirect=True, ids=["openai"])


def sources(world: World) -> dict[str, str]:
    """Where each paper's analysis came from."""
    return {paper.id: paper.source for paper in world.digest().papers}


def one_bad(behaviour: Behaviour) -> Behaviour:
    """Behaves like this for the one paper, and well for the others."""
    return lambda asked: behaviour(asked) if BAD in asked.title else well(asked)


def failure(world: World, paper_id: str = BAD) -> Failure:
    """What lies in the bucket of the paper's failure."""
    return world.archive.read(keys.failure(FRIDAY, "summarize", paper_id, "ko"), Failure)
