"""The contracts between the functions: what is sent is read, and everything else fails alone, by name."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from shared.model import messages
from shared.model.messages import (
    ClockTicked,
    MalformedMessageError,
    Message,
    PaperEnriched,
    PaperFailed,
    PaperFound,
    PaperSummarized,
)
from tests.factories.days import FRIDAY, MORNING

EACH: tuple[Message, ...] = (
    PaperFound(day=FRIDAY, id="2602.00001", read_at=MORNING),
    PaperEnriched(day=FRIDAY, id="cs/0601001", read_at=MORNING, language="ko"),
    PaperSummarized(day=FRIDAY, id="2602.00001", language="ko"),
    PaperFailed(day=FRIDAY, id="2602.00001", language="ko"),
    PaperFailed(day=FRIDAY, id="2602.00001"),
    ClockTicked(scheduled_at=MORNING),
)
KINDS = (PaperFound, PaperEnriched, PaperSummarized, PaperFailed, ClockTicked)
FOUND = json.loads(EACH[0].model_dump_json())


def refused(body: str, *expected: Any) -> str:
    with pytest.raises(MalformedMessageError) as raised:
        messages.read(body, *(expected or KINDS))
    return str(raised.value)


@pytest.mark.parametrize("message", EACH, ids=lambda message: message.kind)
def test_what_is_sent_is_what_is_read(message: Message) -> None:
    assert messages.read(message.model_dump_json(), *KINDS) == message


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('{"kind":"paper.found.v1","day":"2026-02-20","id":"2602.00001","read_at":"2026-02-21T00:15:00Z"}', PaperFound),
        (
            '{"kind":"paper.enriched.v1","day":"2026-02-20","id":"a/0601001","read_at":"2026-02-21T00:15:00Z","language":"ko"}',
            PaperEnriched,
        ),
        ('{"kind":"paper.summarized.v1","day":"2026-02-20","id":"2602.00001","language":"ko"}', PaperSummarized),
        ('{"kind":"clock.ticked.v1","scheduled_at":"2026-02-21T00:20:00Z"}', ClockTicked),
    ],
)
def test_bodies_that_lie_in_queues_during_a_deployment_can_still_be_read(body: str, kind: type) -> None:
    assert isinstance(messages.read(body, *KINDS), kind)


def test_a_time_is_a_moment_whatever_its_zone() -> None:
    body = json.dumps(FOUND | {"read_at": "2026-02-21T09:15:00+09:00"})
    assert messages.read(body, PaperFound).read_at == datetime(2026, 2, 21, 0, 15, tzinfo=UTC)


@pytest.mark.parametrize("message", EACH, ids=lambda message: message.kind)
def test_a_queue_refuses_what_it_does_not_carry(message: Message) -> None:
    others = [kind for kind in KINDS if not isinstance(message, kind)]
    assert refused(message.model_dump_json(), *others) == f"kind: this queue does not carry '{message.kind}'"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "paper.found.v2"}, "body"),
        ({"kind": "paper.lost.v1"}, "body"),
        ({"kind": None}, "body"),
        ({"kind": ["paper.found.v1"]}, "body"),
        ({"day": "2026-02-30"}, "paper.found.v1.day"),
        ({"day": None}, "paper.found.v1.day"),
        ({"id": "../x"}, "paper.found.v1.id"),
        ({"id": "2602.00001\n"}, "paper.found.v1.id"),
        ({"id": 2602.00001}, "paper.found.v1.id"),
        ({"read_at": "soon"}, "paper.found.v1.read_at"),
    ],
)
def test_a_malformed_message_is_refused_by_field_and_value(change: dict[str, Any], field: str) -> None:
    reason = refused(json.dumps(FOUND | change))
    assert reason.startswith(f"{field}: ")
    assert ", got " in reason


@pytest.mark.parametrize("message", EACH, ids=lambda message: message.kind)
def test_a_field_that_a_newer_function_added_is_ignored(message: Message) -> None:
    body = json.dumps(json.loads(message.model_dump_json()) | {"priority": 1, "title": "A paper in a message"})
    assert messages.read(body, *KINDS) == message


@pytest.mark.parametrize("field", ["kind", "day", "id", "read_at"])
def test_a_message_without_a_field_names_it(field: str) -> None:
    body = json.dumps({name: value for name, value in FOUND.items() if name != field})
    assert field in refused(body)


@pytest.mark.parametrize("body", ["", " ", "no json", "null", "7", "[]", "{}", '"x"', "{", "\ud83d", "[" * 10_000])
def test_a_body_that_is_no_message_is_refused(body: str) -> None:
    assert refused(body).startswith("body: ")


def test_a_reason_is_short_however_long_the_body_is() -> None:
    assert len(refused(json.dumps(FOUND | {"id": "x" * 100_000}))) < 500


@given(st.text() | st.dictionaries(st.sampled_from([*FOUND]) | st.text(), st.text() | st.integers()).map(json.dumps))
def test_whatever_a_body_is_it_is_read_or_refused(body: str) -> None:
    with suppress(MalformedMessageError):
        assert isinstance(messages.read(body, *KINDS), KINDS)


@pytest.mark.parametrize(
    "change",
    [{"read_at": "2026-02-21T00:15:00"}, {"read_at": 0}, {"day": 0}, {"day": "0"}],
    ids=["no zone", "a number as time", "a number as day", "digits as day"],
)
def test_a_message_whose_key_would_be_another_one_is_refused(change: dict[str, Any]) -> None:
    refused(json.dumps(FOUND | change))


def test_a_language_that_could_name_another_key_is_refused() -> None:
    refused(json.dumps(json.loads(EACH[1].model_dump_json()) | {"language": "../../site"}))


def test_a_message_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        EACH[0].day = FRIDAY  # type: ignore[misc, union-attr]
