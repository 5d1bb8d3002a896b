"""How long a day of 50 papers takes with a model that thinks: what comes to its own seconds is ours."""

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median

from tests.bench.chain import DAY, PROGRAM, ROUNDS, USUAL
from tests.bench.figures import Figure, fresh
from tests.bench.listing import written
from tests.factories import model_stub
from tests.factories.model_stub import Answered, Asked, anything

RUNS = ((2.0, 50, 2.9), (0.5, 16, 2.7))
"""A model's seconds for an answer, how many are asked at once, and the target, which is the best peer's."""
SECONDS_OF_RELEASE_1_0 = 5.7
START_TARGET = 0.6
START = "import time; began = time.perf_counter(); import local.digest; print(time.perf_counter() - began)"


def _answer(seconds: float, asked: Asked) -> Answered:
    return anything(asked)._replace(seconds=seconds)


def figures() -> Iterator[Figure]:
    """Both runs in turn, and what the command takes before it begins."""
    with tempfile.TemporaryDirectory() as folder, model_stub.running() as stub:
        listing = written(Path(folder), USUAL)
        measured: dict[float, list[float]] = {seconds: [] for seconds, _, _ in RUNS}
        for turn in range(ROUNDS):
            for seconds, at_once, _ in RUNS:
                stub.behaviour = partial(_answer, seconds)
                arguments = ("--day", DAY, "--listing", str(listing), "--out", f"{folder}/{turn}-{at_once}")
                model = ("--model", "openai:kite", "--parameters", f"SummarizeConcurrency={at_once}")
                address = {"OPENAI_BASE_URL": f"{stub.address}/v1", "OPENAI_API_KEY": "none"}
                measured[seconds].append(fresh(PROGRAM, *arguments, *model, **address)[0])
    for seconds, at_once, target in RUNS:
        name = f"chain, {USUAL} papers, a model of {seconds:g} s, {at_once} at once"
        how = f"daily-papers digest over a stub on this machine; median of {ROUNDS}"
        yield Figure(name, median(measured[seconds]), "s", target, how, SECONDS_OF_RELEASE_1_0)
    starts = [float(fresh(START)) for _ in range(ROUNDS)]
    yield Figure("start of the command", median(starts), "s", START_TARGET, "import of local.digest in a new process")
