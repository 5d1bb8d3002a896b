"""What fetch is asked: by a schedule, or by an event that names a day, a week or a month."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, PlainValidator, ValidationError, create_model

from shared.model.frozen import Frozen
from shared.model.messages import Day, Moment
from shared.model.paper import PaperId
from shared.model.span import PERIODS, NamedPeriod, Period

Step = Literal["enrich", "summarize", "publish"]


class BadEventError(ValueError):
    """An event that fetch cannot read."""


class ScheduledRun(Frozen):
    """A schedule asks what is due."""

    model_config = ConfigDict(extra="forbid")
    scheduled_at: Moment


class DayRequest(Frozen):
    """An event that asks for one day: always due, mailed only if the event says so."""

    model_config = ConfigDict(extra="forbid")
    day: Day
    mail: bool = False
    replay_from: Step | None = None
    paper: PaperId | None = None
    """Of what is stored, this paper alone is redone. Papers without an analysis are sent as with every read."""
    read_at: Moment | None = None
    """When the list was read, where that is not now: the same time again is the same read."""


class PeriodRequest(Frozen):
    """An event that asks for one week or month: always due, mailed only if the event says so."""

    model_config = ConfigDict(extra="forbid")
    period: NamedPeriod
    mail: bool = False
    read_at: Moment | None = None


class SiteRequest(Frozen):
    """An event that has publish render the whole site again from the stored data."""

    model_config = ConfigDict(extra="forbid")
    site: Literal["rebuild", "anew"]
    """`anew` is the word of release 1.0."""


def _request_for(kind: type[Period]) -> type[PeriodRequest]:
    """The event of one kind, which names the period by its unit: `{"week": "2026-W08"}`."""
    named: Any = Annotated[kind, PlainValidator(kind.parse)]
    return create_model(f"{kind.__name__}Request", __base__=PeriodRequest, period=(named, Field(alias=kind.unit)))


Request = ScheduledRun | DayRequest | PeriodRequest | SiteRequest
_KINDS: Mapping[str, type[Request]] = {
    "day": DayRequest,
    **{kind.unit: _request_for(kind) for kind in PERIODS},
    "scheduled_at": ScheduledRun,
    "site": SiteRequest,
}
_EXAMPLES = (
    '{"day": "2026-02-20", …}',
    *(f'{{"{kind.unit}": "{kind.example}", …}}' for kind in PERIODS),
    '{"site": "rebuild"}',
    '{"scheduled_at": …}',
)


def read(event: object) -> Request:
    """Raises BadEventError naming the field and the value."""
    kind = next((_KINDS[name] for name in _KINDS if isinstance(event, Mapping) and name in event), None)
    if kind is None:
        raise BadEventError(f"event: must be one of {', '.join(_EXAMPLES)}, got {event!r}")
    try:
        return kind.model_validate(event)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise BadEventError(f"{field}: {first['msg']}, got {first['input']!r}") from error
