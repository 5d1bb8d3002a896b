"""`daily-papers`, the one command line: commands for this machine, and those of `local.operate` for an installation."""

import shlex
import sys
from collections.abc import Sequence

import click

from local import digest, serve, site
from local.arguments import KINDS
from local.endings import Main
from local.mcp import command
from local.operate import backfill, cost, doctor, pause, redrive, replay, resend, status

OUT = click.option("--out", default="out", show_default=True, help="The folder of the archive.")
PARAMETERS = click.option(
    "--parameter", "parameters", multiple=True, metavar="NAME=VALUE", help="A parameter of template.yaml. Repeatable."
)
PARAMETERS_OF_MAKE = click.option("--parameters", "more", default="", hidden=True)
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
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Makes and serves the digest on this machine, and looks after a deployed stack.

    Exit codes: 0 all well, 1 done in part or failed, 2 wrong use or no page, 130 interrupted.
    """


@cli.command("digest")
@click.argument("span", default="", metavar="[latest | 2026-02-20 | 2026-W08 | 2026-02]")
@click.option("--day", default="", hidden=True)
@click.option("--week", default="", hidden=True)
@click.option("--month", default="", hidden=True)
@click.option("--listing", default="", help="A recorded answer of the list.")
@click.option("--model", default="", help="Such as openai:gpt-5-mini. Without it, no model is used.")
@click.option("--sources", default="", help="all, none, or names separated by commas.")
@OUT
@PARAMETERS
@PARAMETERS_OF_MAKE
def run_digest(span: str, parameters: Sequence[str], more: str, **given: str) -> None:
    """Makes a day, week or month. Without one: the bundled sample day."""
    _run(digest.main, given | ({_unit(span): span} if span else {}), parameters, more)


@cli.command("site")
@OUT
@PARAMETERS
@PARAMETERS_OF_MAKE
def run_site(out: str, parameters: Sequence[str], more: str) -> None:
    """Renders the whole site of the archive again. A stopped run goes on."""
    _run(site.main, {"out": out}, parameters, more)


@cli.command("serve")
@OUT
@click.option("--port", default=serve.PORT, show_default=True)
def run_serve(out: str, port: int) -> None:
    """Shows the site at a loopback address."""
    _run(serve.main, {"out": out, "port": str(port)})


@cli.command("mcp")
@OUT
@click.option("--site", default="", metavar="ADDRESS", help="A published site, in place of the folder.")
@click.option(
    "--port", type=click.IntRange(0, 65_535), help="Serves streamable HTTP at a loopback port. Without one: stdio."
)
def run_mcp(out: str, site: str, port: int | None) -> None:
    """Answers agents from an archive: a read-only server of the Model Context Protocol."""
    _run(command.main, {"out": out, "site": site, "port": "" if port is None else str(port)})


def _unit(span: str) -> str:
    """The kind of span that a text looks like."""
    return next((unit for unit, kind in KINDS.items() if len(span) == len(kind.example)), "day")


def _run(main: Main, given: dict[str, str], parameters: Sequence[str] = (), more: str = "") -> None:
    arguments = [f"--{name}={value}" for name, value in given.items()]
    if parameters or more:
        arguments.append(f"--parameters={' '.join(filter(None, (shlex.join(parameters), more)))}")
    raise SystemExit(main(arguments))


for each in COMMANDS:
    cli.add_command(each)


def run() -> None:
    """The program. Ends it with the exit code."""
    try:
        code = cli.main(standalone_mode=False) or 0
    except click.ClickException as error:
        print(error.format_message(), file=sys.stderr)
        code = error.exit_code
    except click.Abort:
        print("Nothing was done.", file=sys.stderr)
        code = 1
    sys.exit(code)
