"""How long a day takes from its list to its mail, as `make digest` runs it."""

import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from tests.bench.figures import Figure, fresh
from tests.bench.listing import written

USUAL, BIG = 50, 200
PAPERS = (10, USUAL, BIG)
ROUNDS = 3
DAY = "2026-02-20"
TARGET_SECONDS = {USUAL: 3.0}
PROGRAM = """
import sys, time
from local.cli import call
began, worked = time.perf_counter(), time.process_time()
status = call(["digest", *sys.argv[1:]])
seconds, worked = time.perf_counter() - began, time.process_time() - worked
print(f"\\n[{seconds}, {worked}]")
sys.exit(status)
"""


def figures() -> Iterator[Figure]:
    """Seconds for each size of day, and what a paper costs on a big day over what it costs on a day of 50."""
    seconds: defaultdict[int, list[float]] = defaultdict(list)
    worked: defaultdict[int, list[float]] = defaultdict(list)
    commands: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        listings = {papers: written(Path(folder), papers) for papers in PAPERS}
        for turn in range(ROUNDS):
            for papers, listing in listings.items():
                began = time.perf_counter()
                out = f"{folder}/{turn}-{papers}"
                wall, processor = fresh(PROGRAM, "--day", DAY, "--listing", str(listing), "--out", out)
                seconds[papers].append(wall)
                worked[papers].append(processor)
                if papers == USUAL:
                    commands.append(time.perf_counter() - began)
    for papers in PAPERS:
        how = f"daily-papers digest, {median(worked[papers]):.2f} s of it at work; sizes in turn, median of {ROUNDS}"
        yield Figure(f"chain, {papers} papers", median(seconds[papers]), "s", TARGET_SECONDS.get(papers), how)
    yield Figure(f"the whole command for {USUAL}", median(commands), "s", None, "with Python's start and imports")
    growth = median(growths(seconds[USUAL], USUAL, seconds[BIG], BIG))
    how = f"seconds a paper, per round, median of {ROUNDS} ratios"
    yield Figure(f"chain, {BIG} papers over {USUAL}", growth, "x", 1.0, how)


def growths(small: Sequence[float], few: int, big: Sequence[float], many: int) -> list[float]:
    """What a paper costs among many over what it costs among few, round by round: 1 is linear."""
    return [(slow / many) / (fast / few) for fast, slow in zip(small, big, strict=True)]
