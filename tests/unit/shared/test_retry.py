"""A failed attempt: what it leaves behind, and when the next one comes."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from botocore.exceptions import ClientError

from shared.model.frozen import Frozen
from shared.model.messages import MalformedMessageError, PaperEnriched, PaperFailed, PaperFound
from shared.store import keys, retry
from shared.store.bucket import Bucket
from shared.store.queue import Queue
from shared.store.retry import AnyAttempt, Attempt, Delivery, Failure, TryAgainLaterError, back_off
from tests.factories.days import FRIDAY, MORNING

FOUND = PaperFound(day=FRIDAY, id="cs/0601001", read_at=MORNING)
ENRICHED = PaperEnriched(day=FRIDAY, id="2602.00001", read_at=MORNING, language="ko")


class S3:
    """The calls that a failure makes: nothing failed before."""

    def __init__(self, *, down: bool = False) -> None:
        self.written: dict[str, bytes] = {}
        self._down = down

    def get_paginator(self, _: str) -> "S3":
        return self

    def paginate(self, **_: str) -> list[dict[str, Any]]:
        return [{}]

    def put_object(self, Key: str, Body: bytes, **_: Any) -> None:  # noqa: N803 - boto3's names
        if self._down:
            raise ClientError({"Error": {"Code": "SlowDown"}}, "PutObject")
        self.written[Key] = Body


class SQS:
    """The calls that a failure makes."""

    def __init__(self, failed: Sequence[dict[str, Any]] = (), *, down: bool = False) -> None:
        self.hidden: list[tuple[str, int]] = []
        self.sent: list[str] = []
        self._failed, self._down = failed, down

    def send_message_batch(self, Entries: list[dict[str, str]], **_: Any) -> dict[str, Any]:  # noqa: N803
        self.sent += [entry["MessageBody"] for entry in Entries]
        return {}

    def change_message_visibility_batch(self, Entries: list[dict[str, Any]], **_: Any) -> dict[str, Any]:  # noqa: N803
        if self._down:
            raise ClientError({"Error": {"Code": "ServiceUnavailable"}}, "ChangeMessageVisibilityBatch")
        self.hidden += [(entry["ReceiptHandle"], entry["VisibilityTimeout"]) for entry in Entries]
        return {"Failed": self._failed}

    def change_message_visibility(self, ReceiptHandle: str, VisibilityTimeout: int, **_: Any) -> None:  # noqa: N803
        self.hidden.append((ReceiptHandle, VisibilityTimeout))


def run(work: Callable[[], Any], attempt: AnyAttempt, s3: S3, sqs: SQS) -> Any:
    queue = Queue(sqs, "url")  # type: ignore[arg-type]
    return retry.run(work, attempt, Bucket(s3, "bucket"), queue, queue, MORNING)  # type: ignore[arg-type]


def failed(
    error: Exception, message: PaperFound | PaperEnriched = FOUND, number: int = 1, of: int = 5
) -> tuple[str, Failure, int]:
    """The key and the value of what is left behind, and the pause."""
    s3, sqs = S3(), SQS()
    attempt = Attempt(step="enrich", message=message, receipt="receipt", number=number, of=of)

    def work() -> None:
        raise error

    with pytest.raises(type(error)):
        run(work, attempt, s3, sqs)
    ((key, body),) = s3.written.items()
    ((receipt, seconds),) = sqs.hidden
    assert receipt == "receipt"
    return key, Failure.model_validate_json(body), seconds


def test_work_that_succeeds_leaves_nothing_behind() -> None:
    s3, sqs = S3(), SQS()
    attempt = Attempt(step="enrich", message=FOUND, receipt="receipt", number=5, of=5)
    assert run(lambda: "done", attempt, s3, sqs) == "done"
    assert (s3.written, sqs.hidden, sqs.sent) == ({}, [], [])


def test_a_failure_is_kept_under_its_step_its_paper_and_its_language() -> None:
    assert failed(ValueError("x"))[0] == keys.failure(FRIDAY, "enrich", "cs/0601001")
    assert failed(ValueError("x"), ENRICHED)[0] == keys.failure(FRIDAY, "enrich", "2602.00001", "ko")


def test_a_failure_says_what_happened_when_and_the_how_manyth_time() -> None:
    _, failure, _ = failed(ValueError("title: is empty"), number=2)
    assert failure == Failure(reason="ValueError: title: is empty", attempt=2, of=5, at=MORNING)


@pytest.mark.parametrize(("number", "final"), [(1, False), (4, False), (5, True), (6, True)])
def test_only_the_last_attempt_is_final_and_its_message_moves_on_at_once(number: int, final: bool) -> None:
    _, failure, seconds = failed(ValueError("x"), number=number)
    assert failure.final == final
    assert (seconds == 0) == final


def test_where_one_attempt_is_all_it_is_the_last() -> None:
    assert failed(ValueError("x"), number=1, of=1)[1].final


def test_a_reason_without_end_is_cut() -> None:
    assert len(failed(ValueError("가" * 10_000))[1].reason) == 500


@pytest.mark.parametrize(("attempt", "seconds"), [(1, 15), (2, 30), (3, 60), (4, 120), (5, 120), (1000, 120)])
def test_pauses_double_up_to_two_minutes(attempt: int, seconds: int) -> None:
    assert back_off(ValueError("x"), attempt) == seconds


@pytest.mark.parametrize(
    ("asked", "seconds"), [(None, 15), (1, 1), (90, 90), (120, 120), (86_400, 120), (0, 1), (-5, 1)]
)
def test_a_source_may_say_how_long_up_to_two_minutes(asked: int | None, seconds: int) -> None:
    assert back_off(TryAgainLaterError("throttled", asked), 1) == seconds


def test_a_source_that_names_a_short_time_again_and_again_is_left_alone_for_minutes() -> None:
    assert [back_off(TryAgainLaterError("throttled", 1), attempt) for attempt in (1, 2, 3, 4)] == [1, 30, 60, 120]


def test_where_not_even_the_failure_can_be_written_the_message_comes_back_by_itself() -> None:
    sqs = SQS()
    attempt = Attempt(step="enrich", message=FOUND, receipt="receipt", number=1, of=5)

    def work() -> Frozen:
        raise ValueError("x")

    with pytest.raises(ClientError):
        run(work, attempt, S3(down=True), sqs)
    assert sqs.hidden == []


@pytest.mark.parametrize(
    ("message", "language"), [(FOUND, None), (ENRICHED, "ko")], ids=["all languages", "one language"]
)
def test_the_last_failed_attempt_has_publish_look_at_the_day(message: Any, language: str | None) -> None:
    s3, sqs = S3(), SQS()

    def work() -> None:
        raise ValueError("x")

    for number in (4, 5):
        attempt = Attempt(step="enrich", message=message, receipt="receipt", number=number, of=5)
        with pytest.raises(ValueError, match="x"):
            run(work, attempt, s3, sqs)
    assert [PaperFailed.model_validate_json(body) for body in sqs.sent] == [
        PaperFailed(day=FRIDAY, id=message.id, language=language)
    ]


def test_messages_in_work_are_hidden_until_after_the_function_was_killed() -> None:
    sqs = SQS()
    assert retry.hide(["a", "b"], Queue(sqs, "url"), remaining_ms=149_001) == frozenset()  # type: ignore[arg-type]
    assert sqs.hidden == [("a", 180), ("b", 180)]


@pytest.mark.parametrize(
    ("sender_fault", "expired"), [(True, {"b"}), (False, set())], ids=["an expired receipt", "a fault of SQS"]
)
def test_an_expired_receipt_is_named_and_a_fault_of_sqs_stops_nothing(sender_fault: bool, expired: set[str]) -> None:
    sqs = SQS([{"Id": "1", "SenderFault": sender_fault, "Code": "ReceiptHandleIsInvalid"}])
    assert retry.hide(["a", "b"], Queue(sqs, "url"), 60_000) == expired  # type: ignore[arg-type]


def test_where_sqs_is_down_the_work_goes_on_behind_the_queues_own_visibility_timeout() -> None:
    assert retry.hide(["a"], Queue(SQS(down=True), "url"), 60_000) == frozenset()  # type: ignore[arg-type]


@pytest.mark.parametrize(("number", "seconds"), [(1, 15), (2, 30), (3, 60), (4, 120), (5, 0), (6, 0)])
def test_an_unreadable_message_is_tried_again_later(number: int, seconds: int) -> None:
    sqs = SQS()
    with pytest.raises(MalformedMessageError):
        retry.begin(Delivery("id", "{}", "receipt", number), "enrich", PaperFound, (), 5, Queue(sqs, "url"))  # type: ignore[arg-type]
    assert sqs.hidden == [("receipt", seconds)]
