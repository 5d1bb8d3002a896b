"""`daily-papers`, the one command line: commands for this machine, and those of `local.operate` for an installation."""

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any

import click

from local import blog, digest, serve, site
from local.arguments import KINDS, folder_of, read
from local.endings import NOT_DONE, explain
from local.mcp.command import run_mcp
from local.operate import backfill, cost, doctor, pause, redrive, replay, resend, status
from local.operate.options import OUT, with_parameters

COMMANDS = (
    status.show_status,
    cost.show_cost,
    backfill.run_backfill,
    replay.run_replay,
    resend.run_resend,
    redrive.run_redrive,
    doctor.run_doctor,
    pause.run_pause,
    pause.run_resume,
    run_mcp,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Makes and serves the digest on this machine, and looks after a deployed stack.

    Exit codes: 0 all well, 1 done in part or failed, 2 wrong use or no page, 130 interrupted.
    """


def _of_make(command: Callable[..., Any]) -> Callable[..., Any]:
    """An option for each kind of span, as make has them: DAY, WEEK, MONTH."""
    options = (click.option(f"--{unit}", default="", hidden=True) for unit in ("day", *KINDS))
    return reduce(lambda made, option: option(made), options, command)


@cli.command("digest")
@click.argument("span", default="", metavar="[latest | 2026-02-20 | 2026-W08 | 2026-02]")
@_of_make
@click.option("--listing", default="", help="A recorded answer of the list.")
@click.option("--model", default="", help="Such as openai:gpt-5-mini. Without it, no model is used.")
@click.option("--sources", default="", help="all, none, or names separated by commas.")
@click.option(
    "--catch-up",
    "catches_up",
    is_flag=True,
    help="With latest: also the days, weeks and months that the archive has missed, and later votes.",
)
@OUT
@with_parameters
@click.pass_context
def run_digest(
    context: click.Context, /, span: str, parameters: Mapping[str, str], *, catches_up: bool, **given: str
) -> None:
    """Makes a day, week or month. Without one: the bundled sample day."""
    unit = next((unit for unit, kind in KINDS.items() if len(span) == len(kind.example)), "day")
    asked = given | ({unit: span} if span else {})
    context.exit(digest.make(read(asked, parameters, catches_up=catches_up)))


@cli.command("site")
@OUT
@with_parameters
@click.pass_context
def run_site(context: click.Context, out: str, parameters: Mapping[str, str]) -> None:
    """Renders the whole site of the archive again. A stopped run goes on."""
    context.exit(site.make(folder_of(out), parameters))


@cli.command("blog")
@click.argument("folder", metavar="BLOG")
@click.option("--language", default="", help="Such as en. Without it, the archive's first.")
@OUT
@click.pass_context
def run_blog(context: click.Context, folder: str, out: str, language: str) -> None:
    """Writes the archive's posts and their pictures into the folder of a Jekyll blog."""
    context.exit(blog.update(folder_of(folder), folder_of(out), language))


@cli.command("post")
@OUT
@with_parameters
@click.pass_context
def run_post(context: click.Context, out: str, parameters: Mapping[str, str]) -> None:
    """Posts to the chats of CHANNELS what a run with HOLD_POSTS=true has held back."""
    context.exit(digest.post(folder_of(out), parameters))


@cli.command("serve")
@OUT
@click.option("--port", default=serve.PORT, show_default=True)
def run_serve(out: str, port: int) -> None:
    """Shows the site at a loopback address."""
    serve.serve(folder_of(out), port)


for command in COMMANDS:
    cli.add_command(command)


def call(arguments: Sequence[str] | None = None) -> int:
    """Runs a command, by default the process's own, and returns its exit code. An error becomes one line."""
    try:
        return cli.main(arguments, standalone_mode=False) or 0
    except click.ClickException as error:
        print(error.format_message(), file=sys.stderr)
        return error.exit_code
    except OSError as error:
        print(explain(error), file=sys.stderr)
        return NOT_DONE
    except click.Abort:
        print("Nothing was done.", file=sys.stderr)
        return 1
