"""How a command on this machine ends: an exit code, and one line where something is wrong."""

import sys
from collections.abc import Callable, Sequence
from functools import wraps
from typing import ParamSpec

from local.arguments import UsageError
from local.folder import FolderError
from local.run import NoPageError
from local.template import ParameterError

DONE = 0
IN_PART = 1
NOT_DONE = 2
"""Wrong use, no page, or a folder that cannot be used."""

Main = Callable[[Sequence[str]], int]
_Arguments = ParamSpec("_Arguments")


def ends_in_one_line(main: Callable[_Arguments, int]) -> Callable[_Arguments, int]:
    """Turns what a user can cause into one line and an exit code."""

    @wraps(main)
    def run(*arguments: _Arguments.args, **options: _Arguments.kwargs) -> int:
        try:
            return main(*arguments, **options)
        except (UsageError, ParameterError, NoPageError, FolderError) as error:
            print(error, file=sys.stderr)
        except OSError as error:
            print(explain(error), file=sys.stderr)
        return NOT_DONE

    return run


def explain(error: OSError) -> str:
    """The line for an error of the operating system."""
    return f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error)
