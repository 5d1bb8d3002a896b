"""Options and argument types that the commands share."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import click
from botocore.exceptions import BotoCoreError, ClientError

from local.arguments import parameters_of, parse_pairs
from local.endings import explain
from local.operate.installation import FolderInstallation
from local.operate.stack import find_stack
from shared.model.span import Span, parse_span

OUT = click.option("--out", default="out", show_default=True, help="The folder of the archive.")


def with_parameters(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives the command the `parameters` of template.yaml: one an option, or all in the text that make hands over."""

    @click.option(
        "--parameter", "pairs", multiple=True, metavar="NAME=VALUE", help="A parameter of template.yaml. Repeatable."
    )
    @click.option("--parameters", "text", default="", hidden=True)
    @wraps(command)
    def run(pairs: Sequence[str], text: str, **arguments: Any) -> Any:
        return command(parameters=parse_pairs(pairs) | parameters_of(text), **arguments)

    return run


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
    @with_parameters
    @wraps(command)
    def run(name: str | None, out: str, parameters: Mapping[str, str], **arguments: Any) -> Any:
        if name and parameters:
            raise click.UsageError("--parameter is for a folder: the parameters of a stack are set by make deploy")

        folder = FolderInstallation(Path(out).expanduser(), parameters)
        return _call(lambda: command(installation=find_stack(name) if name else folder, **arguments))

    return run


def _call(command: Callable[[], Any]) -> Any:
    """Runs a command. What AWS and the operating system refuse becomes one line."""
    try:
        return command()
    except (ClientError, BotoCoreError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(explain(error)) from error


def echo_all(lines: Iterable[str]) -> None:
    """Prints each line as soon as it is there."""
    for line in lines:
        click.echo(line)


class SpanType(click.ParamType[Span]):
    """A day, a week or a month."""

    name = "day, week or month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Span:
        """The span, or click's error with the value."""
        try:
            return parse_span(value)
        except ValueError:
            self.fail(f"{value!r} is none of 2026-02-20, 2026-W08 and 2026-02", param, ctx)
