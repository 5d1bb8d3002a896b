"""`daily-papers digest`: one day, week or month from its list to the page, the post and the mail, on this machine."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from local import catch_up
from local.arguments import LOCAL, Wish, check_model
from local.endings import DONE, IN_PART
from local.folder import Folder
from local.report import Progress, report
from local.run import Run
from local.session import recorded_list, session


def make(wish: Wish) -> int:
    """0: every paper is on the page as asked. 1: one is missing, refused or only drafted. 2: no page."""
    progress, model = Progress(), {"Model": "sample"} if wish.sample_analyses else {}
    begun = session(wish.out, wish.parameters, Folder, unchecked=model, threads=True, watch=progress.settled)
    with recorded_list(wish), begun as (chain, folder, log):
        if wish.catches_up:
            return _end(catch_up.report(folder.path, catch_up.catch_up(chain, folder, log)))
        day = Run(chain, folder, progress).make(wish)
        return report(folder.path, day, progress, log)


def post(out: Path, parameters: Mapping[str, str]) -> int:
    """Posts what was held back. 0: each chat has its messages. 1: one did not take them."""
    with session(out, parameters, Folder) as (chain, folder, log):
        catch_up.post(chain)
        folder.check()
        return _end(catch_up.warnings(log))


def _end(problems: Sequence[str]) -> int:
    for problem in problems:
        print(problem, file=sys.stderr)
    return IN_PART if problems else DONE


def run_event(out: Path, event: Mapping[str, Any], parameters: Mapping[str, str]) -> None:
    """Runs the chain over OUT for an event of fetch. Raises NoPageError, UsageError, ParameterError or FolderError."""
    progress = Progress()
    check_model({**LOCAL, **parameters}["Model"])
    with session(out, parameters, Folder, threads=True, watch=progress.settled) as (chain, folder, _):
        Run(chain, folder, progress).answer(event)
