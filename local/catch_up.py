"""`daily-papers digest latest --catch-up`: what the schedules of a stack would do now, over a folder that is kept."""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from time import sleep
from typing import Any, NamedTuple

from local.arguments import KINDS
from local.chain import Chain
from local.folder import Folder
from local.report import drafts, refused_rows
from local.run import MAX_RUN, RETRY_SECONDS
from shared.model.messages import ClockTicked
from shared.model.span import Day, Span, parse_span
from shared.store import keys

MAX_CHARACTERS = 300
"""Of a line that names what is wrong."""
SPANS = ("day", *KINDS)
REPORTED_OTHERWISE = frozenset({"enrich", "summarize"})
"""Services whose failed attempts are retried. What they leave undone is named paper by paper."""
NO_FAULTS = frozenset(
    {"A mail that was due is withheld.", "Papers that no message had reached were sent again."},
)
"""Warnings of a stack that a run which catches up expects."""


class CaughtUp(NamedTuple):
    """The days, weeks and months whose lists were read, and what went wrong."""

    read: tuple[Span, ...]
    problems: tuple[str, ...]


def catch_up(chain: Chain, folder: Folder, log: Path) -> CaughtUp:
    """Reads what is due and works until no message is left. A list that cannot be read is asked for three times."""
    names, problems = _read_due(chain)
    folder.check()
    started = chain.clock.now()
    while chain.settle() and (upcoming := chain.hidden()) and upcoming < started + MAX_RUN:
        chain.clock.jump(upcoming)
    post(chain)
    read = tuple(sorted(map(parse_span, names), key=lambda span: (span.first, span.last)))
    return CaughtUp(read, (*problems, *warnings(log)))


def post(chain: Chain) -> None:
    """Looks at all that is open: weeks and months are closed, and messages that were held back are posted."""
    chain.send("PublishQueue", ClockTicked(scheduled_at=chain.clock.now()))
    chain.settle()


def report(out: Path, caught: CaughtUp) -> list[str]:
    """Prints a line for each digest that was due, and returns all that went wrong."""
    problems = list(caught.problems)
    for span in caught.read:
        files = sorted((out / keys.SITE).glob(f"**/{keys.span_file(span, 'digest.json')}"))
        digests = [json.loads(file.read_bytes()) for file in files]
        for digest in digests:
            papers, revision = len(digest["papers"]), digest["revision"]
            status = f"{digest['status']}, " if "status" in digest else ""
            print(f"{span} {digest['language']}: {status}{papers} papers, revision {revision}")
        if not digests and isinstance(span, Day):
            problems.append(f"{span}: it is not published, and the next run tries again")
        elif not digests:
            print(f"{span}: it waits for its days")
        problems += [f"{span}: {line}" for line in drafts(digests, out, span)]
        problems += [f"{span}: {line}" for digest in digests for line in refused_rows(digest)]
    if not caught.read:
        print("Nothing was due.")
    return problems


def _read_due(chain: Chain) -> tuple[set[str], tuple[str, ...]]:
    """The names of what was read, and the error of a run of fetch that failed."""
    fetch, read = chain.functions["FetchFunction"], set[str]()
    for attempt in range(1 + int(fetch.invoke_config["MaximumRetryAttempts"])):
        if attempt:
            sleep(RETRY_SECONDS)
        at = chain.clock.now().replace(microsecond=0)
        try:
            answer = fetch({"scheduled_at": at.isoformat()})
        except Exception as error:  # noqa: BLE001 - whatever it was, what was read before it is worked on
            return read, (f"fetch: {error}",)
        read |= set(answer["read"])
        if not answer["unread"]:
            break
    return read, ()


def warnings(log: Path) -> tuple[str, ...]:
    """What fetch and publish have logged in this run, each once."""
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else ()
    return tuple(dict.fromkeys(_line(record)[:MAX_CHARACTERS] for record in _records(lines)))


def _records(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        with suppress(ValueError):  # a traceback that was printed
            record = json.loads(line)
            if record.get("service") not in REPORTED_OTHERWISE and record.get("message") not in NO_FAULTS:
                yield record


def _line(record: dict[str, Any]) -> str:
    about = " ".join(str(record[name]) for name in (*SPANS, "language", "channel") if name in record)
    cause = str(record.get("exception", "")).strip().rpartition("\n")[2]
    reason = record.get("reason") or cause
    text = f"{about}: {record.get('message', '')}" + (f" ({reason})" if reason else "")
    return " ".join(text.split())
