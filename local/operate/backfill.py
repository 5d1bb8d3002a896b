"""Reads past days that are missing, one after the other. A day that was read is skipped on the next run."""

from datetime import date, timedelta

import click

from local.endings import IN_PART
from local.operate.installation import Installation
from local.operate.options import echo_all, of_installation
from local.operate.status import known_days


@click.command("backfill")
@click.argument("days", metavar="FROM..TO")
@click.option("--mail", is_flag=True, help="Mail each day. Without it nobody is mailed.")
@click.option("--again", is_flag=True, help="Read days again that were read before.")
@click.option("--dry-run", is_flag=True, help="Only print which days would be read.")
@of_installation
def run_backfill(installation: Installation, days: str, *, mail: bool, again: bool, dry_run: bool) -> None:
    """Reads past days that are missing, or one day. Run again, it goes on where it stopped."""
    wanted = parse_range(days)
    if not again:
        known = set(known_days(installation.bucket))
        wanted = [day for day in wanted if day not in known]
    click.echo(f"{len(wanted)} days to read")
    if dry_run:
        echo_all(map(str, wanted))
        return
    late = 0
    for day in wanted:
        installation.fetch({"day": str(day), "mail": mail})
        settled = installation.wait(day)
        click.echo(f"{day}  {'published' if settled else 'still open, see status'}")
        late += not settled
    if late:
        raise SystemExit(IN_PART)


def parse_range(text: str) -> list[date]:
    """The days of `2026-02-01..2026-02-14`, both included. Raises BadParameter."""
    first, separator, last = text.partition("..")
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last if separator else first)
    except ValueError:
        raise click.BadParameter(f"RANGE: {text!r} is not two dates such as 2026-02-01..2026-02-14") from None
    if end < start:
        raise click.BadParameter(f"RANGE: {text!r} ends before it begins")
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]
