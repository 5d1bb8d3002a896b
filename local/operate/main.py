"""The commands for operators, against a folder or a deployed stack."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click

from local.operate import backfill, cost, doctor, pause, redrive, resend, status
from local.operate.objects import FolderObjects, Objects
from local.operate.stack import Stack, StackError, find_stack
from shared.model.span import DayOrPeriod, Month, parse

FAILED = 1
"""The exit code of a command that could not do all of its work. Wrong use is click's own, 2."""
_STEPS = ("enrich", "summarize", "publish")


def _of_stack(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives the command the stack of `--stack`, and its errors one line."""

    @click.option("--stack", "stack_name", required=True, envvar="STACK", help="The name of the deployed stack.")
    @wraps(command)
    def run(stack_name: str, **arguments: Any) -> Any:
        try:
            return command(stack=find_stack(stack_name), **arguments)
        except StackError as error:
            raise click.ClickException(str(error)) from error

    return run


def _of_objects(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives the command the objects of `--stack`, or else of the folder `--out`."""

    @click.option("--stack", "stack_name", envvar="STACK", help="The name of the deployed stack.")
    @click.option("--out", default="out", type=click.Path(file_okay=False), help="The folder of a local run.")
    @wraps(command)
    def run(stack_name: str | None, out: str, **arguments: Any) -> Any:
        try:
            objects: Objects = find_stack(stack_name).bucket if stack_name else FolderObjects(Path(out).expanduser())
            return command(objects=objects, **arguments)
        except StackError as error:
            raise click.ClickException(str(error)) from error

    return run


def _print(lines: Iterable[str]) -> None:
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


@click.command("status")
@click.option("--days", default=status.DAYS, show_default=True, help="How many days, newest first.")
@_of_objects
def show_status(objects: Objects, days: int) -> None:
    """Shows what became of the last days."""
    found = status.read_status(objects, days)
    if not found:
        raise click.ClickException("no day was read yet")
    _print(status.show_status(found))


@click.command("cost")
@click.argument("month")
@_of_objects
def show_cost(objects: Objects, month: str) -> None:
    """Shows what the models of a month cost, such as 2026-02."""
    try:
        wanted = Month.parse(month)
    except ValueError as error:
        raise click.BadParameter(f"{error}, got {month!r}", param_hint="MONTH") from None
    _print(cost.show_cost(cost.read_cost(objects, wanted)))


@click.command("backfill")
@click.argument("days", metavar="FROM..TO")
@click.option("--mail", is_flag=True, help="Mail each day. Without it nobody is mailed.")
@click.option("--dry-run", is_flag=True, help="Only say which days would be read.")
@_of_stack
def run_backfill(stack: Stack, days: str, *, mail: bool, dry_run: bool) -> None:
    """Reads past days that are missing. Run again, it goes on where it stopped."""
    try:
        wanted = backfill.missing_days(stack.bucket, backfill.parse_range(days))
    except backfill.RangeError as error:
        raise click.BadParameter(str(error), param_hint="FROM..TO") from None
    click.echo(f"{len(wanted)} days to read")
    if dry_run:
        _print(map(str, wanted))
        return
    late = 0
    for day, settled in backfill.backfill(wanted, stack.fetch, stack.bucket, mail=mail):
        click.echo(f"{day}  {'published' if settled else 'still open, see status'}")
        late += not settled
    if late:
        raise SystemExit(FAILED)


@click.command("replay")
@click.argument("day", type=DayType())
@click.option("--from", "step", default="enrich", show_default=True, type=click.Choice(_STEPS))
@click.option("--paper", help="Only this paper, such as 2602.13515.")
@click.option("--mail", is_flag=True, help="Mail the day if it was not mailed yet.")
@_of_stack
def run_replay(stack: Stack, day: date, step: str, paper: str | None, *, mail: bool) -> None:
    """Works on a day again from a step on. What the step and later ones stored is replaced."""
    stack.fetch({"day": str(day), "mail": mail, "replay_from": step} | ({"paper": paper} if paper else {}))
    click.echo(f"{day} is worked on again from {step} on; daily-papers status shows when it is published.")


@click.command("resend")
@click.argument("span", metavar="DAY", type=SpanType())
@click.argument("language")
@click.option("--yes", is_flag=True, help="Do not ask.")
@_of_stack
def run_resend(stack: Stack, span: DayOrPeriod, language: str, *, yes: bool) -> None:
    """Mails a day, week or month again to everybody who chose it."""
    resend.find_mail(stack, span, language)
    addresses = ", ".join(f"{count} by {protocol}" for protocol, count in resend.count_addresses(stack).items())
    click.echo(f"The topic has these confirmed subscriptions: {addresses or 'none'}.")
    click.echo("SNS mails all of them whose filter policy takes the language and period. It cannot mail one address.")
    if not yes:
        click.confirm(f"Mail {span} in {language} again?", abort=True)
    click.echo(f"Sent as {resend.resend(stack, span, language)}.")


@click.command("redrive")
@_of_stack
def run_redrive(stack: Stack) -> None:
    """Sends dead letters back to their queues, once their cause is mended."""
    letters = list(redrive.redrive(stack))
    _print(f"{letter.outcome}: {letter.body}" for letter in letters)
    click.echo(f"{len(letters)} dead letters")


@click.command("doctor")
@click.option("--ring", is_flag=True, help="Set an alarm off to see its mail arrive.")
@_of_stack
def run_doctor(stack: Stack, *, ring: bool) -> None:
    """Looks at schedules, keys, model, queues, subscriptions and site, and says what to do."""
    checks = list(doctor.examine(stack))
    _print(f"{'ok  ' if check.is_well else 'LOOK'}  {check.name:28} {check.advice}".rstrip() for check in checks)
    if ring:
        doctor.ring(stack)
        click.echo("An alarm was set off: its mail arrives at the operators' addresses within minutes.")
    if not all(check.is_well for check in checks):
        raise SystemExit(FAILED)


@click.command("pause")
@_of_stack
def run_pause(stack: Stack) -> None:
    """Stops the schedules that read lists, and the alarm that would miss them."""
    pause.pause(stack)
    click.echo("Paused. The next deployment resumes, as does daily-papers resume.")


@click.command("resume")
@_of_stack
def run_resume(stack: Stack) -> None:
    """Starts the schedules again. fetch makes up for the days that were missed."""
    pause.resume(stack)
    click.echo("Resumed.")


COMMANDS = (
    show_status,
    show_cost,
    run_backfill,
    run_replay,
    run_resend,
    run_redrive,
    run_doctor,
    run_pause,
    run_resume,
)
