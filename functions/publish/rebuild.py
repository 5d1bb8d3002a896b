"""Makes the whole site anew from the data, day after day, as far as the time of one run reaches; the next goes on."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime
from typing import NamedTuple

from functions.publish import shelf, step
from functions.publish.catalogue.overview import Overview
from functions.publish.editions.search import Shard
from functions.publish.periods import step as period_step
from functions.publish.recent import Recent
from functions.publish.shelf import Tree
from functions.publish.writing import Surroundings
from shared import keys
from shared.archive import Archive
from shared.frozen import Frozen
from shared.periods import DayOrPeriod


class Progress(Frozen):
    """How far a wish for a new site has come; stored as the marker `open/site/<asked at>` itself."""

    after: str = ""
    """The last day, week or month that was made."""


class Made(NamedTuple):
    """One day, week or month that was made anew, or what it failed with."""

    name: str
    error: Exception | None = None


def work(surroundings: Surroundings, now: datetime, has_time: Callable[[], bool]) -> Iterator[Made]:
    """Goes on with what was asked for last, and yields each day, week and month that it made."""
    archive = surroundings.archive
    markers = sorted(archive.list(keys.OPEN_SITE))
    if not markers:
        return
    done = archive.find(markers[-1], Progress) or Progress()
    names = known(archive)
    if not done.after:
        _forget(surroundings, {name for name in names if isinstance(name, date)})
    places = [str(name) for name in names]
    for name in names[places.index(done.after) + 1 if done.after in places else 0 :]:
        if not has_time():
            return
        try:
            _look(name, surroundings, now)
        except Exception as error:  # noqa: BLE001 - each fails alone
            yield Made(str(name), error)
        else:
            yield Made(str(name))
        archive.write(markers[-1], Progress(after=str(name)))
    archive.delete(markers)


def _look(name: DayOrPeriod, surroundings: Surroundings, now: datetime) -> None:
    if isinstance(name, date):
        step.look(name, surroundings, now, anew=True)
    else:
        period_step.look(name, {}, surroundings, now, anew=True)


def known(archive: Archive) -> list[DayOrPeriod]:
    """The days that were ever read, oldest first, then the weeks and months, which stand on them."""
    found: set[DayOrPeriod] = set()
    for key in archive.list(keys.MANIFESTS):
        with suppress(ValueError):  # somebody else's key
            found.add(keys.day_or_period_of(key))
    return sorted(found, key=lambda name: (not isinstance(name, date), str(name)))


def _forget(surroundings: Surroundings, days: set[date]) -> None:
    """Takes days out of the catalogue whose data were deleted."""
    for language in surroundings.edition.languages:
        tree = Tree(surroundings.archive, language, surroundings.edition)
        overview = tree.find(keys.OVERVIEW, Overview) or Overview()
        for count in overview.years:
            year = shelf.year_of(tree, count.year).only(days)
            overview = overview.with_year(year)
            for month in count.months:
                tree.write(keys.archive_month(month), year.month(month))
                shard: Shard | None = tree.find(keys.search_file(month), Shard)
                if shard and any(record.day not in days for record in shard.papers):
                    tree.write(keys.search_file(month), shard.only(days))
        tree.write(keys.OVERVIEW, overview)
        recent = tree.find("recent.json", Recent) or Recent()
        tree.write("recent.json", recent.only(days))
