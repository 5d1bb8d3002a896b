"""What every local run needs: OUT locked, an environment without an account, the stack on moto, a clock and a log."""

import fcntl
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

from local import listing, template
from local.arguments import LOCAL, UsageError, Wish
from local.chain import Chain
from local.clock import Clock
from local.cloud import cloud
from local.folder import Folder
from local.log import LOG

TEMPLATE = Path(__file__).parents[1] / "template.yaml"
SCHEDULES = ("TickSchedule",)
"""Those that run here: what is read is the command's to say."""
_Folder = TypeVar("_Folder", bound=Folder)
SWITCH_SECONDS = 0.2
"""A function works so long, or until it waits: in slices of Python's 5 ms, fifty would all be begun and none done."""
LOCK = ".lock"
"""A file of OUT that the run holds. The system lets go of it with the process, however that ends."""
HUGGING_FACE = "https://huggingface.co"
"""Where the template looks for it."""


@contextmanager
def session(
    out: Path,
    parameters: Mapping[str, str],
    kind: type[_Folder],
    *,
    unchecked: Mapping[str, str] | None = None,
    threads: bool = False,
    watch: Callable[[str, int], None] = lambda *_: None,
) -> Iterator[tuple[Chain, _Folder, Path]]:
    """Begins a run over OUT. Yields its chain, its folder, and its log of warnings.

    Raises ParameterError, UsageError, and FolderError as soon as the folder takes nothing more.
    """
    stack = template.stack(TEMPLATE, {**LOCAL, **parameters}, unchecked)
    folder = kind(out.resolve(), stack.names["Bucket"])

    def watch_folder(function: str, done: int) -> None:
        folder.check()
        watch(function, done)

    with (
        locked(folder.path),
        environment(folder.path) as log,
        cloud(stack, folder.answers()),
        Clock(datetime.now(UTC), runs=True) as clock,
        switching(SWITCH_SECONDS if threads else sys.getswitchinterval()),
    ):
        yield Chain(stack, clock, threads=threads, only=SCHEDULES, watch=watch_folder), folder, log


@contextmanager
def switching(seconds: float) -> Iterator[None]:
    """How long a thread works before another one may."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(seconds)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Holds OUT. Raises UsageError where another run holds it, or where it cannot be written."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        file = (out / LOCK).open("a", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"OUT: {str(out)!r} cannot be written: {error.strerror}") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(f"OUT: another run works in {str(out)!r}. Run this again when it has ended.") from None
        yield


@contextmanager
def environment(out: Path) -> Iterator[Path]:
    """The variables of a laptop without an account, and the log of this run alone: two may begin in one second."""
    before = dict(os.environ)
    os.environ |= {
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_DEFAULT_REGION": "ap-northeast-2",
        "POWERTOOLS_LOG_LEVEL": "WARNING",
        "POWERTOOLS_METRICS_DISABLED": "true",
    }
    LOG.path = out / "log" / f"{datetime.now(UTC):%Y-%m-%dT%H%M%S.%fZ}.jsonl"
    try:
        yield LOG.path
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def recorded_list(wish: Wish) -> Iterator[None]:
    """Serves the recorded answer, if there is one, in the place of Hugging Face."""
    if not (wish.listing and wish.day):
        yield
        return
    elsewhere = os.environ.get("HF_URL", HUGGING_FACE)
    with listing.serve(wish.listing, wish.day, elsewhere=elsewhere) as address, patch.dict(os.environ, HF_URL=address):
        yield
