"""Figures beside their targets, in tables whose columns are aligned."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from tests.factories.places import ROOT

STATUS = Path("/proc/self/status")


class Figure(NamedTuple):
    """What was measured, and how."""

    name: str
    value: float | None
    """None: it cannot be measured here; `how` says why."""
    unit: str
    target: float | None
    how: str
    before: float | None = None
    """Release 1.0's, measured then by the same means."""


def report(figures: Sequence[Figure]) -> str:
    """The figures, one a line."""
    rows = [
        (
            figure.name,
            "-" if figure.value is None else f"{figure.value:.2f}",
            "" if figure.target is None else f"{figure.target:g}",
            "" if figure.before is None else f"{figure.before:g}",
            figure.unit,
            figure.how,
        )
        for figure in figures
    ]
    return table([("", "measured", "target", "1.0", "", "how"), *rows], numbers=(1, 2, 3))


def table(rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> str:
    """The rows in aligned columns, those of numbers to the right."""
    widths = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if place in numbers else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=False))
        ).rstrip()
        for row in rows
    )


def fresh(program: str, *arguments: str, **environment: str) -> Any:
    """What a new process prints on its last line, read as JSON."""
    command = (sys.executable, "-c", program, *arguments)
    variables = os.environ | environment
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"a measured process ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def peak() -> float | None:
    """The most megabytes that this process held, where Linux says so: `ru_maxrss` also counts what was before exec."""
    found = re.search(r"VmHWM:\s+(\d+) kB", STATUS.read_text()) if STATUS.exists() else None
    return int(found[1]) / 1024 if found else None
