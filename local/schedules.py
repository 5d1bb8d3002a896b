"""The stack's schedules: when they fire next, and what they say then."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from croniter import croniter

from local.template import ParameterError, Stack

SCHEDULED_TIME = "<aws.scheduler.scheduled-time>"
"""https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html"""


class Schedule(NamedTuple):
    """A schedule of the stack."""

    name: str
    expression: str
    zone: ZoneInfo
    target: dict[str, Any]

    def next_after(self, time: datetime) -> datetime:
        """When it fires next. Rates count from midnight UTC."""
        if rate := re.fullmatch(r"rate\((\d+) (minute|hour|day)s?\)", self.expression):
            every = timedelta(**{f"{rate[2]}s": int(rate[1])})
            midnight = time.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
            return midnight + ((time - midnight) // every + 1) * every
        fires: datetime = croniter(five_fields(self.expression), time.astimezone(self.zone)).get_next(datetime)
        return fires.astimezone(UTC)

    def input(self, time: datetime) -> str:
        """The target's input with the scheduled time in it."""
        return str(self.target["Input"]).replace(SCHEDULED_TIME, time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


def schedules(stack: Stack) -> tuple[Schedule, ...]:
    """Every schedule of the stack. Raises ParameterError for a time zone that there is not."""
    return tuple(
        Schedule(name, about["ScheduleExpression"], _zone(about), about["Target"])
        for name, about in stack.of_kind("AWS::Scheduler::Schedule").items()
    )


def _zone(about: dict[str, Any]) -> ZoneInfo:
    name = about.get("ScheduleExpressionTimezone", "UTC")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ParameterError(f"TimeZone: {name!r} is not a name of the tz database, such as Asia/Seoul") from None


def five_fields(expression: str) -> str:
    """AWS's `cron(minutes hours day month weekday year)` as cron has it. Raises ValueError for what cron cannot say."""
    found = re.fullmatch(r"cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)", expression)
    if not found or found[6] != "*":
        raise ValueError(f"ScheduleExpression: {expression!r} is not cron(minutes hours day month weekday *)")
    weekdays = (
        found[5]
        if re.search("[A-Z]", found[5])
        else re.sub(r"(?<![#/\d])\d", lambda day: str(int(day[0]) - 1), found[5])
    )
    return " ".join(field.replace("?", "*") for field in (found[1], found[2], found[3], found[4], weekdays))
