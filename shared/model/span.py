"""Weeks and months, by their names: `2026-W08`, `2026-02`."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, ClassVar, Literal, Self

from pydantic import PlainSerializer, PlainValidator

Kind = Literal["weekly", "monthly"]
DAY = timedelta(days=1)
_WEEK = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


@dataclass(frozen=True)
class _Days:
    """Days in a row, known by the first; made by `of`."""

    first: date

    @classmethod
    def of(cls, day: date) -> Self:
        """The one that holds the day."""
        raise NotImplementedError

    @property
    def last(self) -> date:
        """Its last day."""
        raise NotImplementedError

    @property
    def days(self) -> tuple[date, ...]:
        """All its days, in order."""
        return tuple(self.first + number * DAY for number in range((self.last - self.first).days + 1))

    @property
    def ended_at(self) -> datetime:
        """When it is over: its days are UTC days."""
        return datetime.combine(self.last + DAY, time(), UTC)

    @property
    def previous(self) -> Self:
        """The one before."""
        return self.of(self.first - DAY)

    @property
    def following(self) -> Self:
        """The one after."""
        return self.of(self.last + DAY)


@dataclass(frozen=True)
class Week(_Days):
    """An ISO week, Monday to Sunday: `2026-W08`."""

    kind: ClassVar[Kind] = "weekly"
    unit: ClassVar[Literal["week", "month"]] = "week"

    def __str__(self) -> str:
        year, number, _ = self.first.isocalendar()
        return f"{year:04}-W{number:02}"

    @classmethod
    def of(cls, day: date) -> Self:
        """The week that holds the day."""
        return cls(day - day.weekday() * DAY)

    @classmethod
    def parse(cls, name: object) -> Self:
        """The week of this name. Raises ValueError where there is none."""
        with suppress(ValueError):  # no year has 54 weeks
            if isinstance(name, str) and (found := _WEEK.fullmatch(name)):
                return cls(date.fromisocalendar(int(found[1]), int(found[2]), 1))
        raise ValueError("must be a week such as 2026-W08")

    @property
    def last(self) -> date:
        """Its Sunday."""
        return self.first + 6 * DAY


@dataclass(frozen=True)
class Month(_Days):
    """A calendar month: `2026-02`."""

    kind: ClassVar[Kind] = "monthly"
    unit: ClassVar[Literal["week", "month"]] = "month"

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"

    @classmethod
    def of(cls, day: date) -> Self:
        """The month that holds the day."""
        return cls(day.replace(day=1))

    @classmethod
    def parse(cls, name: object) -> Self:
        """The month of this name. Raises ValueError where there is none."""
        with suppress(ValueError):  # no year has 13 months
            if isinstance(name, str) and (found := _MONTH.fullmatch(name)):
                return cls(date(int(found[1]), int(found[2]), 1))
        raise ValueError("must be a month such as 2026-02")

    @property
    def last(self) -> date:
        """The day before the next first."""
        return (self.first + 31 * DAY).replace(day=1) - DAY


Period = Week | Month
DayOrPeriod = date | Week | Month
"""What has manifests, markers, an edition and a mail."""


def parse(name: object) -> Period:
    """The period of this name. Raises ValueError where there is none."""
    if isinstance(name, Week | Month):
        return name
    return Week.parse(name) if "W" in str(name) else Month.parse(name)


_AS_NAME = PlainSerializer(str, return_type=str)
NamedWeek = Annotated[Week, PlainValidator(Week.parse), _AS_NAME]
NamedMonth = Annotated[Month, PlainValidator(Month.parse), _AS_NAME]
NamedPeriod = Annotated[Period, PlainValidator(parse), _AS_NAME]
"""Periods as events and values tell them."""
