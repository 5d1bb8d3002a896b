"""Works on a day, week or month again."""

from typing import Any

import click

from local.operate.installation import Installation
from local.operate.options import SpanType, of_installation
from shared.model.span import Day, Span

STEPS = ("enrich", "summarize", "publish")


@click.command("replay")
@click.argument("span", metavar="DAY", type=SpanType())
@click.option("--from", "step", type=click.Choice(STEPS), help="Of a day, the first step to repeat.  [default: enrich]")
@click.option("--paper", help="Of a day, this paper, such as 2602.13515, and those without an analysis.")
@click.option("--mail", is_flag=True, help="Mail it if it was not mailed yet.")
@of_installation
def run_replay(installation: Installation, span: Span, step: str | None, paper: str | None, *, mail: bool) -> None:
    """Works on a day again from a step on. What that step and later ones stored is replaced.

    A week or month is read again.
    """
    installation.fetch(event(span, step, paper, mail=mail))
    click.echo(f"{span} is worked on again; daily-papers status shows when a day is published.")


def event(span: Span, step: str | None, paper: str | None, *, mail: bool) -> dict[str, Any]:
    """What fetch is asked for."""
    if isinstance(span, Day):
        only = {"paper": paper} if paper else {}
        return {"day": str(span), "mail": mail, "replay_from": step or STEPS[0], **only}
    if step or paper:
        raise click.UsageError(f"--from and --paper are for a day: {span} is a {span.unit}")
    return {span.unit: str(span), "mail": mail}
