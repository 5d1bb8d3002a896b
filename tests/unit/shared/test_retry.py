"""A failed attempt: what it leaves behind, and when the next one comes."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from shared.model.frozen import Frozen
from shared.model.messages import PaperEnriched, PaperFound
from shared.store import keys, retry
from shared.store.bucket import Bucket
from shared.store.queue import Queue
from shared.store.retry import Attempt, Failure, TryAgainLaterError, back_off
from tests.factories.days import FRIDAY, MORNING

FOUND = PaperFound(day=FRIDAY, id="cs/0601001", read_at=MORNING)
ENRICHED = PaperEnriched(day=FRIDAY, id="2602.00001", read_at=MORNING, language="ko")


class S3:
    """The one call that a failure makes."""

    def __init__(self, *, down: bool = False) -> None:
        self.written: dict[str, bytes] = {}
        self._down = down

    def put_object(self, Key: str, Body: bytes, **_: Any) -> None:  # noqa: N803 - boto3's names
        if self._down:
            raise ClientError({"Error": {"Code": "SlowDown"}}, "PutObject")
        self.written[Key] = Body


class SQS:
    """The one call that a failure makes."""

    def __init__(self) -> None:
        self.hidden: list[tuple[str, int]] = []

    def change_message_visibility(self, ReceiptHandle: str, VisibilityTimeout: int, **_: Any) -> None:  # noqa: N803
        self.hidden.append((ReceiptHandle, VisibilityTimeout))


def failed(
    error: Exception, message: PaperFound | PaperEnriched = FOUND, number: int = 1, of: int = 5
) -> tuple[str, Failure, int]:
    """The key and the value of what is left behind, and the pause."""
    s3, sqs = S3(), SQS()
    attempt = Attempt(step="enrich", message=message, receipt="receipt", number=number, of=of)

    def work() -> None:
        raise error

    with pytest.raises(type(error)):
        retry.run(work, attempt, Bucket(s3, "bucket"), Queue(sqs, "url"), MORNING)  # type: ignore[arg-type]
    ((key, body),) = s3.written.items()
    ((receipt, seconds),) = sqs.hidden
    assert receipt == "receipt"
    return key, Failure.model_validate_json(body), seconds


def test_work_that_succeeds_leaves_nothing_behind() -> None:
    s3, sqs = S3(), SQS()
    attempt = Attempt(step="enrich", message=FOUND, receipt="receipt", number=5, of=5)
    assert retry.run(lambda: "done", attempt, Bucket(s3, "b"), Queue(sqs, "u"), MORNING) == "done"  # type: ignore[arg-type]
    assert (s3.written, sqs.hidden) == ({}, [])


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


def test_where_not_even_the_failure_can_be_written_the_message_comes_back_by_itself() -> None:
    sqs = SQS()
    attempt = Attempt(step="enrich", message=FOUND, receipt="receipt", number=1, of=5)

    def work() -> Frozen:
        raise ValueError("x")

    with pytest.raises(ClientError):
        retry.run(work, attempt, Bucket(S3(down=True), "bucket"), Queue(sqs, "url"), MORNING)  # type: ignore[arg-type]
    assert sqs.hidden == []
