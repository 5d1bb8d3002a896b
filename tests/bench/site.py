"""What `make site` costs a day of an archive, and the memory that it takes."""

import shutil
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from tests.bench.chain import DAY, PROGRAM
from tests.bench.figures import Figure, fresh
from tests.bench.listing import written

DAYS, PAPERS = 20, 30
LONG = 2500
DATA = ("manifests", "enriched", "summaries")
REBUILD = """
import json, sys, time
from local.cli import call
from tests.bench.figures import peak
began, worked = time.perf_counter(), time.process_time()
status = call(["site", "--out", sys.argv[1]])
spent = time.perf_counter() - began, time.process_time() - worked
print(json.dumps([status, *spent, peak()]))
"""


def figures() -> Iterator[Figure]:
    """Seconds of a few weeks, and of ten years by computation."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        _write(out, Path(folder))
        status, seconds, worked, megabytes = fresh(REBUILD, str(out))
        pages = len(list((out / "site/papers").iterdir()))
    if status or pages != DAYS * PAPERS:
        raise RuntimeError(f"the rebuild ended with {status} and has pages of {pages} papers")
    minutes = LONG * worked / DAYS / 60
    how = f"{DAYS} days of {PAPERS} papers, {seconds:.1f} s in all; by computation {LONG} days take {minutes:.0f} min"
    yield Figure("make site", worked / DAYS, "CPU s a day", None, how)
    yield Figure("make site, memory", megabytes, "MB", 256, "at its highest")


def _write(out: Path, folder: Path) -> None:
    """Days of the same papers under other ids, from one day that is carried through the chain."""
    whole = folder / "whole"
    fresh(PROGRAM, "--day", DAY, "--listing", str(written(folder, PAPERS)), "--out", str(whole))
    files = [file for top in DATA for file in (whole / top).rglob("*.json")]
    texts = {file.relative_to(whole).as_posix(): file.read_text() for file in files}
    weekdays = [day for back in range(2 * DAYS) if (day := date.fromisoformat(DAY) - timedelta(back)).weekday() < 5]
    for day in weekdays[:DAYS]:
        for name, text in texts.items():
            file = out / _of_day(name, day)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(_of_day(text, day))
    shutil.rmtree(whole)


def _of_day(text: str, day: date) -> str:
    return text.replace(DAY, str(day)).replace("2602.000", f"{day:%y%m}.{day.day:02}0")
