"""What a local run shows: its progress, the mail as the reader gets it, and where everything is."""

import json
import sys
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any

from shared.model.span import DayOrPeriod
from shared.store import keys

FILES = ("index.html", "top5.md", "post.md", "digest.json")
STEPS = {"EnrichFunction": "enrich", "SummarizeFunction": "summarize"}


class Progress:
    """Papers through each step, on one line of a terminal, else a line when a step is through."""

    def __init__(self) -> None:
        self._done: dict[str, int] = {}
        self._all: dict[str, int] = {}
        self._began = monotonic()

    def start(self, day: date, papers: int, languages: int) -> None:
        """A day's list was read."""
        self._done = dict.fromkeys(STEPS, 0)
        self._all = {"EnrichFunction": papers, "SummarizeFunction": papers * languages}
        print(f"fetch      {papers} papers listed on {day}")

    def settled(self, function: str, done: int) -> None:
        """A function is through with this many messages."""
        if function not in self._done:
            return
        self._done[function] += done
        through, of = self._done[function], self._all[function]
        last = through >= of
        if sys.stdout.isatty() or last:
            print(f"\r{STEPS[function]:<10} {through}/{of}", end="\n" if last else "", flush=True)

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return monotonic() - self._began


def report(out: Path, day: DayOrPeriod, progress: Progress, log: Path) -> int:
    """Prints what came out, and answers the exit status."""
    digests = sorted((out / keys.SITE).glob(f"**/{day}/digest.json"), key=lambda path: len(path.parts))
    if not digests:
        print(f"No page was made for {day}; the reason is in {log}", file=sys.stderr)
        return 2
    if any((out / keys.open_markers(day)).glob("*")):
        print(f"{day} could not be published again; the reason is in {log}", file=sys.stderr)
        return 2
    for mail in sorted((out / "mail").glob(f"{day}-*.txt")):
        print(f"\n--- {mail.name} ---\n{mail.read_text(encoding='utf-8')}")
    problems = [problem for path in digests for problem in _problems(json.loads(path.read_bytes()))]
    for problem in problems:
        print(problem)
    for path in digests:
        made = (name for name in FILES if (path.parent / name).exists())
        print(f"{path.parent.relative_to(out)}/  {' '.join(made)}")
    if log.exists():
        print(f"Warnings and errors are in {log}")
    print(f"In {progress.seconds:.1f} s.\n\n{(digests[0].parent / 'index.html').as_uri()}")
    return 1 if problems else 0


def _problems(digest: dict[str, Any]) -> list[str]:
    missing = [
        f"{digest['language']}: {paper['id']} has a draft only ({paper['reason']})"
        for paper in digest.get("missing", ())
    ]
    refused = [
        f"row {row['index']} of the list was refused: {row['field']} {row['reason']}, got {row['value']}"
        for row in digest.get("refused_rows", ())
    ]
    return missing + refused
