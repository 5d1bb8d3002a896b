"""Days, weeks and months: what is read, published and mailed as one. Each kind is declared once, here."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Annotated, ClassVar, Self, get_args

from pydantic import PlainSerializer, PlainValidator

ONE_DAY = timedelta(days=1)
EVENING_AFTER = timedelta(hours=11)
"""After a day's end: its list is read a second time, and a weekday's that is still empty is an empty day."""
SATURDAY = 5


@dataclass(frozen=True)
class _Span:
    """Days in a row, known by the first. Its text is its name, as in keys and events."""

    first: date

    kind: ClassVar[str]
    """Its folder on the site, its labels, and what a subscription's filter policy chooses by."""
    unit: ClassVar[str]
    """The parameter of the list at Hugging Face, and the key of the event that asks for it."""
    has_list: ClassVar[bool] = True
    """Whether Hugging Face has a list of it; else the lists of its days are read."""
    max_days: ClassVar[int]
    example: ClassVar[str]
    pattern: ClassVar[re.Pattern[str]]
    first_of: ClassVar[Callable[..., date]]
    """The first day, from the numbers of its name."""
    mailed_within: ClassVar[timedelta]
    """After its end. What closes later is a backfill, which is not mailed; schedules read no later either."""
    waits_for_days: ClassVar[timedelta] = timedelta(0)
    """After its end: how long a day that is unread or not listed yet holds it up."""

    @classmethod
    def of(cls, day: date) -> Self:
        """The one that holds the day."""
        raise NotImplementedError

    @classmethod
    def parse(cls, name: object) -> Self:
        """The span of this name. Raises ValueError where there is none."""
        if isinstance(name, cls):
            return name
        with suppress(ValueError):  # no year has 54 weeks or 13 months
            if isinstance(name, str) and (found := cls.pattern.fullmatch(name)):
                return cls(cls.first_of(*map(int, found.groups())))
        raise ValueError(f"must be a {cls.unit} such as {cls.example}")

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of its name: year and week, year and month."""
        found = self.pattern.fullmatch(str(self))
        return tuple(map(int, found.groups())) if found else ()

    @property
    def last(self) -> date:
        """Its last day."""
        return self.of(self.first + self.max_days * ONE_DAY).first - ONE_DAY

    @property
    def days(self) -> tuple[date, ...]:
        """All its days, in order."""
        return tuple(self.first + number * ONE_DAY for number in range((self.last - self.first).days + 1))

    @property
    def ended_at(self) -> datetime:
        """When it is over: its days are UTC days."""
        return datetime.combine(self.last + ONE_DAY, time(), UTC)

    @property
    def previous(self) -> Self:
        """The one before."""
        return self.of(self.first - ONE_DAY)

    @property
    def following(self) -> Self:
        """The one after."""
        return self.of(self.last + ONE_DAY)


@dataclass(frozen=True)
class Day(_Span):
    """A UTC day: `2026-02-20`."""

    kind = "daily"
    unit = "date"
    max_days = 1
    example = "2026-02-20"
    pattern = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
    first_of = date
    mailed_within = timedelta(hours=24)

    def __str__(self) -> str:
        return str(self.first)

    @classmethod
    def of(cls, day: date) -> Self:
        """The day itself."""
        return cls(day)

    @property
    def is_weekday(self) -> bool:
        """Whether Hugging Face lists papers on it."""
        return self.first.weekday() < SATURDAY


@dataclass(frozen=True)
class Week(_Span):
    """An ISO week, Monday to Sunday: `2026-W08`."""

    kind = "weekly"
    unit = "week"
    max_days = 7
    example = "2026-W08"
    pattern = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)
    first_of = staticmethod(partial(date.fromisocalendar, day=1))
    mailed_within = timedelta(days=6)
    waits_for_days = timedelta(days=3)

    def __str__(self) -> str:
        year, number, _ = self.first.isocalendar()
        return f"{year:04}-W{number:02}"

    @classmethod
    def of(cls, day: date) -> Self:
        """The week that holds the day."""
        return cls(day - day.weekday() * ONE_DAY)


@dataclass(frozen=True)
class Month(_Span):
    """A calendar month: `2026-02`."""

    kind = "monthly"
    unit = "month"
    max_days = 31
    example = "2026-02"
    pattern = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
    first_of = staticmethod(partial(date, day=1))
    mailed_within = timedelta(days=20)
    waits_for_days = timedelta(days=7)

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"

    @classmethod
    def of(cls, day: date) -> Self:
        """The month that holds the day."""
        return cls(day.replace(day=1))


Period = Week | Month
"""What is made of days, in the order of their length."""
Span = Day | Period
PERIODS: tuple[type[Period], ...] = get_args(Period)
KINDS: tuple[str, ...] = (Day.kind, *(period.kind for period in PERIODS))
"""What readers and chats can ask for: `daily`, `weekly`, `monthly`."""


def parse(name: object) -> Period:
    """The period of this name. Raises ValueError where there is none."""
    for kind in PERIODS:
        with suppress(ValueError):
            return kind.parse(name)
    raise ValueError(" or ".join(f"must be a {kind.unit} such as {kind.example}" for kind in PERIODS))


def parse_span(name: str) -> Span:
    """The day, week or month of this name. Raises ValueError where there is none."""
    with suppress(ValueError):
        return Day.parse(name)
    return parse(name)


_AS_NAME = PlainSerializer(str, return_type=str)
NamedPeriod = Annotated[Period, PlainValidator(parse), _AS_NAME]
NamedSpan = Annotated[Span, PlainValidator(lambda name: name if isinstance(name, Span) else parse_span(name)), _AS_NAME]
"""Spans as events and values name them."""
