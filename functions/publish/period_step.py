"""Looks at an open week or month: publishes it once its days are settled, in each language, and mails it once."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from functions.publish import period_writing as writing
from functions.publish.model.closing import settled_markers
from functions.publish.model.period_closing import PeriodState, days_of, is_closed
from functions.publish.period_writing import PublishedPeriod
from functions.publish.writing import Dependencies
from shared.model.manifest import PeriodManifest
from shared.model.span import DayOrPeriod, Period
from shared.store import keys


class LookedPeriod(NamedTuple):
    """What came of a look at a week or month."""

    period: Period
    published: tuple[PublishedPeriod, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether the webhook must be asked again."""
        return any(each.delivered.posted.outcome == "unanswered" for each in self.published)


def look(
    period: Period,
    still_open: Collection[DayOrPeriod],
    surroundings: Dependencies,
    now: datetime,
    *,
    anew: bool = False,
) -> LookedPeriod:
    """Does all that is due for it, `anew` even where nothing changed. The markers of the start go last."""
    archive = surroundings.archive
    markers = archive.list(keys.open_markers(period))
    manifests = tuple(archive.read(key, PeriodManifest) for key in archive.list(keys.manifests(period)))
    looked = LookedPeriod(period)
    if manifests:
        state = PeriodState(manifests=manifests, open_days=days_of(period, still_open))
        if not is_closed(state, now):
            return looked
        looked = LookedPeriod(period, _published(state, surroundings, now, anew=anew))
    if not looked.waits:
        archive.delete(settled_markers(markers, manifests, now))
    return looked


def _published(
    state: PeriodState, surroundings: Dependencies, now: datetime, *, anew: bool
) -> tuple[PublishedPeriod, ...]:
    """Every language fails alone; what it was is raised at the end."""
    found, errors = [], []
    for language in state.newest.languages:
        try:
            found.append(writing.publish(state, language, surroundings, now, anew=anew))
        except Exception as error:  # noqa: BLE001 - whatever it was
            errors.append(error)
    if errors:
        raise ExceptionGroup(f"{state.period}: languages that could not be published", errors)
    return tuple(published for published in found if published)
