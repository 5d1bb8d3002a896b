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
from tests.factories.model_stub import Answered, Asked, ModelStub, anything

RUNS = ((2.0, 50, 2.9), (0.5, 16, 2.7))
"""A model's seconds for an answer, how many are asked at once, and the target, which is the best peer's."""
ONE_IN = 10
"""Of so many papers one always fails, in the last run."""
MAX_ADDED_SECONDS = 0.5
SECONDS_OF_RELEASE_1_0 = 5.7
START_TARGET = 0.6
WITH_FAILURES = PROGRAM.replace("sys.exit(status)", "sys.exit(status != 1)")
"""The command's status says that papers are missing."""
START = "import time; began = time.perf_counter(); import local.digest; print(time.perf_counter() - began)"


def _answer(seconds: float, asked: Asked) -> Answered:
    return anything(asked)._replace(seconds=seconds)


def _failing(asked: Asked) -> Answered:
    number = int(asked.title.removeprefix("Paper ").partition(":")[0])
    return Answered(status=503, error=("busy", "")) if number % ONE_IN == 0 else _answer(0, asked)


def _added_by_failures(listing: Path, folder: str, stub: ModelStub, *arguments: str, **address: str) -> Iterator[float]:
    """Seconds with papers that fail less those without, in turn."""
    for turn in range(ROUNDS):
        seconds: list[float] = []
        for behaviour, program in ((_failing, WITH_FAILURES), (partial(_answer, 0), PROGRAM)):
            stub.behaviour = behaviour
            out = ("--out", f"{folder}/failing-{turn}-{len(seconds)}")
            seconds.append(fresh(program, "--day", DAY, "--listing", str(listing), *out, *arguments, **address)[0])
        yield seconds[0] - seconds[1]


def figures() -> Iterator[Figure]:
    """Both runs in turn, papers that fail, and what the command takes before it begins."""
    with tempfile.TemporaryDirectory() as folder, model_stub.running() as stub:
        listing = written(Path(folder), USUAL)
        address = {"OPENAI_BASE_URL": f"{stub.address}/v1", "OPENAI_API_KEY": "none"}
        measured: dict[float, list[float]] = {seconds: [] for seconds, _, _ in RUNS}
        for turn in range(ROUNDS):
            for seconds, at_once, _ in RUNS:
                stub.behaviour = partial(_answer, seconds)
                arguments = ("--day", DAY, "--listing", str(listing), "--out", f"{folder}/{turn}-{at_once}")
                model = ("--model", "openai:kite", "--parameters", f"SummarizeConcurrency={at_once}")
                measured[seconds].append(fresh(PROGRAM, *arguments, *model, **address)[0])
        added = median(_added_by_failures(listing, folder, stub, "--model", "openai:kite", **address))
    for seconds, at_once, target in RUNS:
        name = f"chain, {USUAL} papers, a model of {seconds:g} s, {at_once} at once"
        how = f"daily-papers digest over a stub on this machine; median of {ROUNDS}"
        yield Figure(name, median(measured[seconds]), "s", target, how, SECONDS_OF_RELEASE_1_0)
    how = f"each is tried five times; the clock jumps over back-offs; median of {ROUNDS} differences"
    yield Figure(f"one of {ONE_IN} papers always fails, over none", added, "s", MAX_ADDED_SECONDS, how)
    starts = [float(fresh(START)) for _ in range(ROUNDS)]
    yield Figure("start of the command", median(starts), "s", START_TARGET, "import of local.digest in a new process")
