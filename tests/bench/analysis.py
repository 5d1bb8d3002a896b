"""What an analysis by a model costs: prompt tokens, and the time that the chain adds to the model's own."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.bench.chain import DAY, PROGRAM
from tests.bench.figures import Figure, fresh
from tests.bench.listing import written
from tests.factories import model_stub
from tests.factories.model_stub import Answered, Asked, anything
from tests.factories.prompts import estimated_tokens

PAPERS = 50
ROUNDS = 3


def figures() -> Iterator[Figure]:
    """Prompt tokens of both plans, and seconds of a day of 50 with a model that takes its time."""
    for plan, target in (("full", 1500), ("short", 900)):
        tokens = estimated_tokens(plan, "ko")  # type: ignore[arg-type]
        yield Figure(f"prompt, {plan}", tokens, "tokens", target, "estimated, in Korean, without the abstract")
    yield _day("50 papers, model of 2 s, 50 at once, less the 2 s", 2.0, 50, 2.0, 1.5)
    yield _day("50 papers, model of 0.5 s, 16 at once", 0.5, 16, 0.0, 3.7)


def _day(name: str, seconds: float, at_once: int, less: float, target: float) -> Figure:
    def slow(asked: Asked) -> Answered:
        return anything(asked)._replace(seconds=seconds)

    with tempfile.TemporaryDirectory() as folder, model_stub.running() as stub:
        stub.behaviour = slow
        listing = written(Path(folder), PAPERS)
        took = []
        for turn in range(ROUNDS):
            arguments = ("--day", DAY, "--listing", str(listing), "--model", "openai:x", "--out", f"{folder}/{turn}")
            parameters = ("--parameters", f"SummarizeConcurrency={at_once}")
            variables = {"OPENAI_BASE_URL": stub.address, "OPENAI_API_KEY": "bench"}
            took.append(fresh(PROGRAM, *arguments, *parameters, **variables)[0] - less)
    return Figure(name, median(took), "s", target, f"daily-papers digest, median of {ROUNDS}")
