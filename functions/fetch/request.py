"""What fetch is asked: by a schedule, or by an event that names a day."""

from collections.abc import Mapping
from typing import Literal

from pydantic import ConfigDict, ValidationError

from shared.frozen import Frozen
from shared.times import Day, Moment

Step = Literal["enrich", "summarize", "publish"]


class BadEventError(ValueError):
    """An event that fetch cannot read."""


class ScheduledRun(Frozen):
    """A schedule asks what is due."""

    model_config = ConfigDict(extra="forbid")
    scheduled_at: Moment


class DayRequest(Frozen):
    """An event's wish for one day: always due, and mailed only where it says so."""

    model_config = ConfigDict(extra="forbid")
    day: Day
    mail: bool = False
    replay_from: Step | None = None
    read_at: Moment | None = None
    """When the list was read, where that is not now: the same time again is the same read."""


def read(event: object) -> ScheduledRun | DayRequest:
    """Raises BadEventError naming the field and the value."""
    if not isinstance(event, Mapping) or not ({"day", "scheduled_at"} & event.keys()):
        raise BadEventError(f'event: must be {{"day": "2026-02-20", …}} or {{"scheduled_at": …}}, got {event!r}')
    kind = DayRequest if "day" in event else ScheduledRun
    try:
        return kind.model_validate(event)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise BadEventError(f"{field}: {first['msg']}, got {first['input']!r}") from error
