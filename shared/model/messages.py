"""The messages between the functions: frozen, versioned, in the past tense, distinguished by `kind`.

A message carries a day and an id, never the paper: the paper is in the bucket, under a key computed from them. Readers
ignore fields that they do not know, so that a stack can be updated while messages are under way.
"""

import re
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AwareDatetime, BeforeValidator, Field, StringConstraints, TypeAdapter, ValidationError

from shared.model.frozen import Frozen
from shared.model.paper import PaperId

_DAY_FIRST = re.compile(r"\d{4}-\d{2}-\d{2}")


def _iso(value: object) -> object:
    """Otherwise pydantic takes numbers, and text of digits, for seconds since 1970."""
    if isinstance(value, date) or (isinstance(value, str) and _DAY_FIRST.match(value)):
        return value
    raise ValueError("must be text such as 2026-02-20")


Day = Annotated[date, BeforeValidator(_iso)]
Moment = Annotated[AwareDatetime, BeforeValidator(_iso)]
"""In ISO 8601, and nothing that only looks like it."""
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
"""Part of keys, so nothing else than two letters."""


class PaperFound(Frozen):
    """fetch -> enrich: a read of the list named a paper that has no analysis yet."""

    kind: Literal["paper.found.v1"] = "paper.found.v1"
    day: Day
    id: PaperId
    read_at: Moment


class PaperEnriched(Frozen):
    """enrich -> summarize, one per language: the paper's facts are in the bucket."""

    kind: Literal["paper.enriched.v1"] = "paper.enriched.v1"
    day: Day
    id: PaperId
    read_at: Moment
    language: LanguageCode


class PaperSummarized(Frozen):
    """summarize -> publish: the paper has its analysis in this language."""

    kind: Literal["paper.summarized.v1"] = "paper.summarized.v1"
    day: Day
    id: PaperId
    language: LanguageCode


class PaperFailed(Frozen):
    """enrich or summarize -> publish: no attempt at the paper follows, its failure is stored."""

    kind: Literal["paper.failed.v1"] = "paper.failed.v1"
    day: Day
    id: PaperId
    language: LanguageCode | None = None
    """None: in all languages."""


class ClockTicked(Frozen):
    """TickSchedule -> publish: every open day may be due."""

    kind: Literal["clock.ticked.v1"] = "clock.ticked.v1"
    scheduled_at: Moment


Message = PaperFound | PaperEnriched | PaperSummarized | PaperFailed | ClockTicked
_ADAPTER: TypeAdapter[Message] = TypeAdapter(Annotated[Message, Field(discriminator="kind")])
_Expected = TypeVar("_Expected", bound=Frozen)


class MalformedMessageError(ValueError):
    """A message body that is not one of the contracts, or not one that this queue carries."""


MAX_LOGGED_CHARS = 500
LOGGED = {"day": "day", "id": "paper", "language": "language"}
"""Fields of messages, with their names in the log."""


def read(body: str, *expected: type[_Expected]) -> _Expected:
    """The message in a queue's record. Raises MalformedMessageError naming the field and the value."""
    try:
        message = _ADAPTER.validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "body"
        raise MalformedMessageError(f"{field}: {first['msg']}, got {str(first['input'])[:200]!r}") from error
    if not isinstance(message, expected):
        raise MalformedMessageError(f"kind: this queue does not carry {message.kind!r}")
    return message


def describe(body: str) -> dict[str, Any]:
    """Which day, paper and language a message is about, for the log; the body itself where it cannot be read."""
    try:
        message = read(body, Frozen)
    except MalformedMessageError:
        return {"body": body[:MAX_LOGGED_CHARS]}
    about = message.model_dump(mode="json")
    return {name: about[field] for field, name in LOGGED.items() if about.get(field)}
