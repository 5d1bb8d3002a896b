"""What the models of a month cost, by day and language. Failed attempts count: they were paid for."""

from collections.abc import Iterator, Sequence
from datetime import date

import click

from local.operate.installation import Installation, Objects, newest_manifest
from local.operate.options import echo_all, of_installation
from local.operate.status import known_days, read_digests
from shared.model.frozen import Frozen
from shared.model.span import Month


class DayCost(Frozen):
    """USD of one day in one language; None where the model's price is not known."""

    day: date
    language: str
    papers: int
    usd: float | None


@click.command("cost")
@click.argument("month")
@of_installation
def show_cost(installation: Installation, month: str) -> None:
    """Shows what the models of a month cost, such as 2026-02."""
    try:
        wanted = Month.parse(month)
    except ValueError as error:
        raise click.BadParameter(f"{error}, got {month!r}", param_hint="MONTH") from None
    echo_all(lines(read_cost(installation.bucket, wanted)))


def read_cost(objects: Objects, month: Month) -> list[DayCost]:
    """The published days of the month, oldest first."""
    costs = []
    for day in (day for day in known_days(objects) if Month.of(day) == month):
        manifest = newest_manifest(objects, day)
        for language, digest in sorted(read_digests(objects, day, manifest.languages if manifest else ()).items()):
            papers = sum(paper["source"] == "model" for paper in digest["papers"])
            costs.append(DayCost(day=day, language=language, papers=papers, usd=digest.get("cost_usd")))
    return costs


def lines(costs: Sequence[DayCost]) -> Iterator[str]:
    """A line a day and language, then the total."""
    for each in costs:
        yield f"{each.day}  {each.language}  {each.papers:3} analysed  {_usd(each.usd)}"
    known = [each.usd for each in costs if each.usd is not None]
    unknown = len(costs) - len(known)
    note = f", without {unknown} of unknown price (set ModelPrice)" if unknown else ""
    yield f"total  {_usd(sum(known))}{note}"


def _usd(amount: float | None) -> str:
    return "unknown" if amount is None else f"${amount:.4f}"
