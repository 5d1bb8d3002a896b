"""Options and argument types that the commands share."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click
from botocore.exceptions import BotoCoreError, ClientError

from local.arguments import UsageError, parse_pairs
from local.endings import explain
from local.folder import FolderError
from local.operate.folder import FolderInstallation
from local.operate.installation import Installation, OperateError
from local.operate.stack import find_stack
from local.template import ParameterError
from shared.model.span import DayOrPeriod, parse


def of_stack(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives the command the stack of `--stack`."""

    @click.option("--stack", "name", required=True, envvar="STACK", help="The name of the deployed stack.")
    @wraps(command)
    def run(name: str, **arguments: Any) -> Any:
        return _call(lambda: command(stack=find_stack(name), **arguments))

    return run


def of_installation(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives the command the stack of `--stack`, or else the folder of `--out`."""

    @click.option("--stack", "name", envvar="STACK", help="The name of the deployed stack.")
    @click.option("--out", default="out", show_default=True, help="The folder of a local archive, without --stack.")
    @click.option(
        "--parameter",
        "parameters",
        multiple=True,
        metavar="NAME=VALUE",
        help="A parameter of template.yaml, for a folder. Repeatable.",
    )
    @wraps(command)
    def run(name: str | None, out: str, parameters: Sequence[str], **arguments: Any) -> Any:
        if name and parameters:
            raise click.UsageError("--parameter is for a folder: the parameters of a stack are set by make deploy")

        def find() -> Installation:
            return find_stack(name) if name else FolderInstallation(Path(out).expanduser(), parse_pairs(parameters))

        return _call(lambda: command(installation=find(), **arguments))

    return run


def _call(command: Callable[[], Any]) -> Any:
    """Runs a command. Its errors become one line."""
    try:
        return command()
    except (UsageError, ParameterError) as error:
        raise click.UsageError(str(error)) from error
    except (OperateError, FolderError, ClientError, BotoCoreError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(explain(error)) from error


def echo_all(lines: Iterable[str]) -> None:
    """Prints each line as soon as it is there."""
    for line in lines:
        click.echo(line)


class DayType(click.ParamType[date]):
    """A date such as 2026-02-20."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or click's error with the value."""
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date such as 2026-02-20", param, ctx)


class SpanType(click.ParamType[DayOrPeriod]):
    """A day, a week or a month."""

    name = "day, week or month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> DayOrPeriod:
        """The span, or click's error with the value."""
        try:
            return date.fromisoformat(value) if value.count("-") == 2 else parse(value)
        except ValueError:
            self.fail(f"{value!r} is none of 2026-02-20, 2026-W08 and 2026-02", param, ctx)
