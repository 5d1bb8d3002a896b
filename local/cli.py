"""`daily-papers`, the one command line: commands for this machine, and those of `local.operate` for a stack."""

import shlex
import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

from local import digest, serve, site
from local.operate.main import COMMANDS

INTERRUPTED = 130
"""The exit code of a shell for SIGINT."""
OUT = click.option("--out", default="out", show_default=True, help="The folder of the archive.")
PARAMETERS = click.option(
    "--parameter", "parameters", multiple=True, metavar="NAME=VALUE", help="A parameter of template.yaml. Repeatable."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Makes and serves the digest on this machine, and looks after a deployed stack.

    Exit codes: 0 all well, 1 done in part, 2 wrong use or no page, 130 interrupted.
    """


@cli.command("digest")
@click.argument("span", default="", metavar="[latest | 2026-02-20 | 2026-W08 | 2026-02]")
@click.option("--listing", default="", help="A recorded answer of the list.")
@click.option("--model", default="", help="Such as openai:gpt-5-mini. Without it, no model is used.")
@click.option("--sources", default="", help="all, none, or names separated by commas.")
@OUT
@PARAMETERS
def run_digest(span: str, listing: str, model: str, sources: str, out: str, parameters: Sequence[str]) -> None:
    """Makes a day, week or month. Without one: the bundled sample day."""
    given = {"listing": listing, "model": model, "sources": sources, "out": out, _unit(span): span}
    _run(digest.main, given, parameters)


@cli.command("site")
@OUT
@PARAMETERS
def run_site(out: str, parameters: Sequence[str]) -> None:
    """Renders the whole site of the archive again. A stopped run goes on."""
    _run(site.main, {"out": out}, parameters)


@cli.command("serve")
@OUT
@click.option("--port", default=serve.PORT, show_default=True)
def run_serve(out: str, port: int) -> None:
    """Shows the site at a loopback address."""
    _run(serve.main, {"out": out, "port": str(port)})


def _unit(span: str) -> str:
    if "W" in span:
        return "week"
    return "month" if span.count("-") == 1 else "day"


def _run(main: Callable[[Sequence[str]], int], given: dict[str, str], parameters: Sequence[str] = ()) -> None:
    arguments = [text for name, value in given.items() for text in (f"--{name}", value)]
    if parameters:
        arguments += ["--parameters", shlex.join(parameters)]
    raise SystemExit(main(arguments))


for command in COMMANDS:
    cli.add_command(command)


def run() -> Any:
    """Ends Ctrl-C in one line."""
    try:
        return cli.main(standalone_mode=True)
    except KeyboardInterrupt:
        click.echo("Stopped. What was finished is kept: the same command goes on from there.", err=True)
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    run()
