"""Makes the whole site anew from the data, day after day, as far as the time of one run reaches; the next goes on."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import NamedTuple, get_args

from functions.publish import period_step
from functions.publish import reconcile as step
from functions.publish.index import shelf
from functions.publish.index.overview import Overview
from functions.publish.index.recent import Recent
from functions.publish.index.recent_periods import RecentPeriods
from functions.publish.render.search import Shard
from functions.publish.tree import Tree
from functions.publish.writing import Dependencies
from shared.model.frozen import Frozen
from shared.model.span import DayOrPeriod, Kind
from shared.store import keys
from shared.store.bucket import Bucket

MOST_TRIES = 2
"""A run may be killed for other reasons than its day, such as a deployment."""


class Progress(Frozen):
    """How far a wish for a new site has come; stored as the marker `open/site/<asked at>` itself."""

    after: str = ""
    """The last day, week or month that was made."""
    tried: str = ""
    """The one that was begun."""
    times: int = 0
    """How often: found again, it killed the last runs."""


class KilledError(RuntimeError):
    """A day, week or month that ended the function that made it."""


class Made(NamedTuple):
    """One day, week or month that was made anew, or what it failed with."""

    name: str
    error: Exception | None = None


def work(surroundings: Dependencies, now: datetime, has_time: Callable[[], bool]) -> Iterator[Made]:
    """Goes on with what was asked for last, and yields each day, week and month that it made."""
    archive = surroundings.archive
    markers = sorted(archive.list(keys.OPEN_SITE))
    if not markers:
        return
    done = archive.find(markers[-1], Progress) or Progress()
    names = known(archive)
    places = [str(name) for name in names]
    start = places.index(done.after) + 1 if done.after in places else 0
    is_whole = start > 0 or not done.after
    if is_whole and start == 0:
        _begin(surroundings, names)
    for place in range(start, len(names)):
        if not has_time():
            return
        after = done.after if place == start else places[place - 1]
        times = done.times if places[place] == done.tried else 0
        if times == MOST_TRIES:
            yield Made(places[place], KilledError(f"{done.tried}: {times} runs did not end; it is passed over"))
        else:
            archive.write(markers[-1], Progress(after=after, tried=places[place], times=times + 1))
            if is_whole and _is_first_of_a_year(place, names):
                _forget(surroundings, names[place], _days(names))
            yield _made(names[place], surroundings, now)
        archive.write(markers[-1], Progress(after=places[place]))
    archive.delete(markers)


def _made(name: DayOrPeriod, surroundings: Dependencies, now: datetime) -> Made:
    """Each fails alone. A week or month waits for its days, as it does with every tick."""
    try:
        if isinstance(name, date):
            step.look(name, surroundings, now, anew=True)
        else:
            period_step.look(name, step.open_reads(surroundings.archive), surroundings, now, anew=True)
    except Exception as error:  # noqa: BLE001 - whatever it was
        return Made(str(name), error)
    return Made(str(name))


def known(archive: Bucket) -> list[DayOrPeriod]:
    """The days that were ever read, oldest first, then the weeks and months, which stand on them."""
    found: set[DayOrPeriod] = set()
    for key in archive.list(keys.MANIFESTS):
        with suppress(ValueError):  # somebody else's key
            found.add(keys.day_or_period_of(key))
    return sorted(found, key=lambda name: (not isinstance(name, date), str(name)))


def _days(names: Iterable[DayOrPeriod]) -> frozenset[date]:
    return frozenset(name for name in names if isinstance(name, date))


def _is_first_of_a_year(place: int, names: Sequence[DayOrPeriod]) -> bool:
    name, before = names[place], names[place - 1] if place else None
    return isinstance(name, date) and not (isinstance(before, date) and before.year == name.year)


def _trees(surroundings: Dependencies) -> Iterator[Tree]:
    for language in surroundings.edition.languages:
        yield Tree(surroundings.archive, language, surroundings.edition)


def _begin(surroundings: Dependencies, names: Sequence[DayOrPeriod]) -> None:
    """Takes out of what all pages share the years, days, weeks and months whose data were deleted."""
    days = _days(names)
    years, periods = {day.year for day in days}, [name for name in names if not isinstance(name, date)]
    for tree in _trees(surroundings):
        overview = tree.find(keys.OVERVIEW, Overview) or Overview()
        tree.write(keys.OVERVIEW, overview.only(years, periods))
        tree.write(keys.RECENT, (tree.find(keys.RECENT, Recent) or Recent()).only(days))
        for kind in get_args(Kind):
            address = keys.periods_file(kind, keys.RECENT)
            if recent := tree.find(address, RecentPeriods):
                tree.write(address, recent.only(periods))


def _forget(surroundings: Dependencies, first: DayOrPeriod, days: frozenset[date]) -> None:
    """Takes days out of a year's lists whose data were deleted."""
    if not isinstance(first, date):
        return
    for tree in _trees(surroundings):
        year = shelf.year_of(tree, first.year)
        for month in year.months:
            kept = year.month(month).only(days)
            if kept != year.month(month):
                tree.write(keys.archive_month(month), kept)
            shard = tree.find(keys.search_file(month), Shard)
            if shard and shard.only(days) != shard:
                tree.write(keys.search_file(month), shard.only(days))
