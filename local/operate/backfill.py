"""Reads past days that are missing, one after the other. A day that was read is skipped on the next run."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import click

from local.endings import IN_PART
from local.operate.installation import Installation
from local.operate.objects import Objects
from local.operate.options import echo_all, of_installation
from local.operate.status import known_days


class RangeError(ValueError):
    """The range of days cannot be used."""


@click.command("backfill")
@click.argument("days", metavar="FROM..TO")
@click.option("--mail", is_flag=True, help="Mail each day. Without it nobody is mailed.")
@click.option("--again", is_flag=True, help="Read days again that were read before.")
@click.option("--dry-run", is_flag=True, help="Only print which days would be read.")
@of_installation
def run_backfill(installation: Installation, days: str, *, mail: bool, again: bool, dry_run: bool) -> None:
    """Reads past days that are missing, or one day. Run again, it goes on where it stopped."""
    try:
        wanted = parse_range(days)
    except RangeError as error:
        raise click.BadParameter(str(error), param_hint="FROM..TO") from None
    wanted = wanted if again else missing_days(installation.bucket, wanted)
    click.echo(f"{len(wanted)} days to read")
    if dry_run:
        echo_all(map(str, wanted))
        return
    late = 0
    for day, settled in backfill(wanted, installation, mail=mail):
        click.echo(f"{day}  {'published' if settled else 'still open, see status'}")
        late += not settled
    if late:
        raise SystemExit(IN_PART)


def parse_range(text: str) -> list[date]:
    """The days of `2026-02-01..2026-02-14`, both included. Raises RangeError."""
    first, separator, last = text.partition("..")
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last if separator else first)
    except ValueError:
        raise RangeError(f"RANGE: {text!r} is not two dates such as 2026-02-01..2026-02-14") from None
    if end < start:
        raise RangeError(f"RANGE: {text!r} ends before it begins")
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]


def missing_days(objects: Objects, wanted: Sequence[date]) -> list[date]:
    """Those of the days that were never read."""
    known = set(known_days(objects))
    return [day for day in wanted if day not in known]


def backfill(days: Sequence[date], installation: Installation, *, mail: bool) -> Iterator[tuple[date, bool]]:
    """Reads each day and waits until it is published. Yields the day and whether it was settled in time."""
    for day in days:
        installation.fetch({"day": str(day), "mail": mail})
        yield day, installation.wait(day)
