"""What a local run shows: its progress, the mail as the reader gets it, and where everything is."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any

from pydantic import ValidationError

from local.folder import has_files
from shared.model.span import Day, Span
from shared.store import keys
from shared.store.retry import Failure

FILES = ("index.html", "top5.md", "post.md", "digest.json")
MAX_NAMED = 3
"""More papers than this are counted."""
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


def report(out: Path, span: Span, progress: Progress, log: Path) -> int:
    """Prints what came out, and answers the exit status."""
    digests = sorted((out / keys.SITE).glob(f"**/{span}/digest.json"), key=lambda path: len(path.parts))
    if not digests:
        print(f"No page was made for {span}; the reason is in {log}", file=sys.stderr)
        return 2
    if has_files(out / keys.open_markers(span)):
        print(f"{span} could not be published again; the reason is in {log}", file=sys.stderr)
        return 2
    for mail in sorted((out / "mail").glob(f"{span}-*.txt")):
        print(f"\n--- {mail.name} ---\n{mail.read_text(encoding='utf-8')}")
    published = [json.loads(path.read_bytes()) for path in digests]
    problems = [*drafts(published, out, span), *(row for digest in published for row in refused_rows(digest))]
    for problem in problems:
        print(problem)
    for path in digests:
        made = (name for name in FILES if (path.parent / name).exists())
        print(f"{path.parent.relative_to(out)}/  {' '.join(made)}")
    if log.exists():
        print(f"Warnings and errors are in {log}")
    print(f"In {progress.seconds:.1f} s.\n\n{(digests[0].parent / 'index.html').as_uri()}")
    return 1 if problems else 0


def drafts(published: Iterable[Mapping[str, Any]], out: Path, span: Span) -> Iterator[str]:
    """Each reason for drafts once, with the papers that it is true of."""
    files = (out / keys.failures(span.first)).rglob("*.json") if isinstance(span, Day) else ()
    reasons = newest_reasons((path.as_posix(), path.read_bytes()) for path in files)
    found: dict[str, dict[str, list[str]]] = {}
    for digest in published:
        for paper in digest.get("missing", ()):
            reason = reason_of(paper, digest["language"], reasons)
            found.setdefault(reason, {}).setdefault(digest["language"], []).append(paper["id"])
    for reason, languages in found.items():
        papers = "; ".join(
            f"{language}: {', '.join(ids) if len(ids) <= MAX_NAMED else f'{len(ids)} papers'}"
            for language, ids in languages.items()
        )
        yield f"Drafts only ({papers}): {reason}"


def newest_reasons(stored: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """From keys and contents of failures, by `<id>.<language>`, and by `<id>` over all languages."""
    found: dict[str, Failure] = {}
    for key, body in stored:
        name = key.rpartition("/")[2].removesuffix(".json")
        with suppress(ValidationError):
            failure = Failure.model_validate_json(body)
            for each in (name, name.rpartition(".")[0]):
                if each not in found or found[each].at < failure.at:
                    found[each] = failure
    return {name: failure.reason for name, failure in found.items()}


def reason_of(paper: Mapping[str, str], language: str, reasons: Mapping[str, str]) -> str:
    """Why a paper has no analysis: its newest failure, else what the digest says."""
    return reasons.get(f"{paper['id']}.{language}") or reasons.get(paper["id"]) or paper["reason"]


def refused_rows(digest: Mapping[str, Any]) -> Iterator[str]:
    """Each row of the list that was refused, with its field and value."""
    for row in digest.get("refused_rows", ()):
        yield f"row {row['index']} of the list was refused: {row['field']} {row['reason']}, got {row['value']}"
