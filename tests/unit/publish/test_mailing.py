"""The mail of a day: decided at its first close, sent once, and only as SNS takes it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError
from moto import mock_aws

from functions.publish import delivery
from functions.publish.delivery import MailRecord
from functions.publish.model.digest import Digest
from functions.publish.render import mail
from shared.store import aws, keys
from shared.store.bucket import Bucket
from tests.factories.account import mails
from tests.factories.days import FRIDAY, MORNING
from tests.factories.digests import EDITION, analysis, digest, paper

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client
    from types_boto3_sns import SNSClient

ENDED = datetime(2026, 2, 21, tzinfo=UTC)
LAST_MINUTE, TOO_LATE = ENDED + timedelta(hours=24), ENDED + timedelta(hours=24, seconds=1)
DIGEST = digest([paper(1)])
CLAIMED, SENT, WITHHELD = (
    MailRecord.model_validate({"status": status, "at": MORNING, "subject": "[Daily Papers] x", "body": "x\n"})
    for status in ("claimed", "sent", "withheld")
)


def decided(
    *wishes: bool | None, record: MailRecord | None = None, now: datetime = MORNING, of: Digest = DIGEST
) -> str | None:
    found = delivery.decide(frozenset(wishes), of.span, record, lambda: mail.render(of, EDITION), now)
    return found.status if found else None


@pytest.mark.parametrize(
    ("wishes", "now", "status"),
    [
        ([None], MORNING, "claimed"),
        ([None], LAST_MINUTE, "claimed"),
        ([None], TOO_LATE, "withheld"),
        ([None, None], MORNING, "claimed"),
        ([False], MORNING, "withheld"),
        ([False], TOO_LATE, "withheld"),
        ([False, None], MORNING, "claimed"),
        ([False, None], TOO_LATE, "withheld"),
        ([True], MORNING, "claimed"),
        ([True], TOO_LATE + timedelta(days=700), "claimed"),
        ([True, False], TOO_LATE, "claimed"),
        ([None, True], TOO_LATE, "claimed"),
    ],
)
def test_the_first_close_mails_a_day_in_time_or_where_an_event_asks(
    wishes: list[bool | None], now: datetime, status: str
) -> None:
    assert decided(*wishes, now=now) == status


@pytest.mark.parametrize("wishes", [[None], [False], [True], [True, None]])
@pytest.mark.parametrize("record", [CLAIMED, SENT])
@pytest.mark.parametrize("now", [MORNING, TOO_LATE])
def test_a_mail_that_is_claimed_or_sent_is_never_decided_again(
    wishes: list[bool | None], record: MailRecord, now: datetime
) -> None:
    assert decided(*wishes, record=record, now=now) is None


@pytest.mark.parametrize(
    ("wishes", "now", "status"),
    [
        ([False], MORNING, None),
        ([False, None], MORNING, "claimed"),
        ([False, None], TOO_LATE, None),
        ([None], TOO_LATE, None),
        ([False, True], TOO_LATE, "claimed"),
    ],
)
def test_a_mail_that_was_withheld_is_sent_where_an_event_asks_or_the_schedule_in_time(
    wishes: list[bool | None], now: datetime, status: str | None
) -> None:
    assert decided(*wishes, record=WITHHELD, now=now) == status


def test_a_withheld_mail_says_why() -> None:
    asked, late = (
        delivery.decide({wish}, DIGEST.span, None, lambda: mail.render(DIGEST, EDITION), now)
        for wish, now in ((False, MORNING), (None, TOO_LATE))
    )
    assert asked is not None
    assert late is not None
    assert asked.reason == "no event asked for it"
    assert late.reason == "closed more than 24 hours after its end"


def test_a_claim_holds_the_finished_mail_within_the_limits_of_sns() -> None:
    odd = digest([paper(number, "논문 *\n\x1b" + "x" * 300) for number in range(1, 60)])
    record = delivery.decide({None}, odd.span, None, lambda: mail.render(odd, EDITION), MORNING)
    assert record is not None
    assert record.subject.isascii()
    assert record.subject.isprintable()
    assert 0 < len(record.subject) < 100
    assert len(record.body.encode()) <= 262_144
    assert f"{FRIDAY:%b} {FRIDAY.day}: " in record.subject


@pytest.mark.parametrize(
    "endless", [paper(1, "x" * 300_000), paper(1, analysis=analysis("가" * 100_000))], ids=["title", "one line"]
)
def test_a_line_without_end_does_not_cost_the_day(endless: Any) -> None:
    assert decided(None, of=digest([endless, paper(2)])) == "claimed"


KEY = keys.mailed(FRIDAY, "ko")
FOR = delivery.Attributes("ko", "daily", str(FRIDAY))


class Post:
    """A bucket and a topic, and what was called."""

    def __init__(self, s3: "S3Client", sns: "SNSClient") -> None:
        s3.create_bucket(Bucket="bucket", CreateBucketConfiguration={"LocationConstraint": "ap-northeast-2"})
        self.archive = Bucket(s3, "bucket")
        self.sns = sns
        self.topic = sns.create_topic(Name="readers")["TopicArn"]
        self.calls = 0
        self.answer_lost = False
        self.unreachable = False

    def counted(self, **_: Any) -> None:
        self.calls += 1
        if self.answer_lost:
            raise ReadTimeoutError(endpoint_url="sns")
        if self.unreachable:
            raise EndpointConnectionError(endpoint_url="sns")

    def record(self) -> MailRecord | None:
        return delivery.stored(self.archive, KEY)

    def send(self) -> str:
        topic = delivery.Topic(self.sns, self.topic)
        return delivery.send(self.archive, topic, KEY, self.record(), FOR, MORNING)


@pytest.fixture(scope="module")
def clients() -> "tuple[S3Client, SNSClient]":
    """As the functions have them; making them takes longer than a test."""
    return aws.s3.__wrapped__(), aws.sns.__wrapped__()


@pytest.fixture
def post(clients: "tuple[S3Client, SNSClient]") -> Iterator[Post]:
    with mock_aws():
        post = Post(*clients)
        post.sns.meta.events.register_first("before-send.sns.Publish", post.counted)
        yield post
        post.sns.meta.events.unregister("before-send.sns.Publish", post.counted)


def test_without_a_record_nothing_is_sent(post: Post) -> None:
    assert post.record() is None
    assert post.send() == "none"
    assert post.calls == 0


@pytest.mark.parametrize("record", [SENT, WITHHELD])
def test_what_is_sent_or_withheld_is_not_sent(post: Post, record: MailRecord) -> None:
    delivery.claim(post.archive, KEY, record)
    assert post.send() == "none"
    assert post.calls == 0
    assert post.record() == record


def test_a_claimed_mail_is_sent_once_with_what_subscriptions_filter_by(post: Post) -> None:
    delivery.claim(post.archive, KEY, CLAIMED)
    assert post.send() == "sent"
    assert post.send() == "none"
    assert post.calls == 1
    record = post.record()
    assert record is not None
    assert record.status == "sent"
    assert record.message_id
    assert mails(post.topic) == [(CLAIMED.subject, CLAIMED.body)]


def test_a_call_without_an_answer_is_made_once_and_leaves_the_claim_for_the_next_look(post: Post) -> None:
    delivery.claim(post.archive, KEY, CLAIMED)
    post.answer_lost = True
    with pytest.raises(ReadTimeoutError):
        post.send()
    assert post.calls == 1
    assert post.record() == CLAIMED.model_copy(update={"tries": 1})
    post.answer_lost = False
    assert post.send() == "sent"


def test_a_mail_whose_answer_is_lost_is_sent_three_times_at_most_and_then_given_up(post: Post) -> None:
    delivery.claim(post.archive, KEY, CLAIMED)
    post.answer_lost = True
    for _ in range(3):
        with pytest.raises(ReadTimeoutError):
            post.send()
    assert [post.send(), post.send()] == ["given_up", "none"]
    assert post.calls == 3
    record = post.record()
    assert record is not None
    assert (record.status, record.reason) == ("given_up", "no answer to 3 tries: it may have arrived")


def test_a_mail_is_tried_until_sns_can_be_reached(post: Post) -> None:
    delivery.claim(post.archive, KEY, CLAIMED)
    post.unreachable = True
    for _ in range(5):
        with pytest.raises(EndpointConnectionError):
            post.send()
    post.unreachable = False
    assert post.send() == "sent"


def test_a_mail_that_sns_refuses_is_tried_until_it_is_taken(post: Post) -> None:
    delivery.claim(post.archive, KEY, CLAIMED)
    topic, post.topic = post.topic, post.topic + "x"
    for _ in range(5):
        with pytest.raises(ClientError, match="NotFound"):
            post.send()
    post.topic = topic
    assert post.send() == "sent"


def test_a_mail_that_sns_refuses_stays_claimed(post: Post) -> None:
    delivery.claim(post.archive, KEY, CLAIMED)
    post.sns.delete_topic(TopicArn=post.topic)
    with pytest.raises(ClientError, match="NotFound"):
        post.send()
    assert post.record() == CLAIMED


@pytest.mark.parametrize(
    ("there", "new", "expected"),
    [(CLAIMED, SENT, CLAIMED), (SENT, CLAIMED, SENT), (WITHHELD, CLAIMED, CLAIMED), (None, WITHHELD, WITHHELD)],
)
def test_the_first_claim_stands_but_for_a_withheld_one(
    post: Post, there: MailRecord | None, new: MailRecord, expected: MailRecord
) -> None:
    if there:
        post.archive.write(KEY, there)
    delivery.claim(post.archive, KEY, new)
    assert post.record() == expected


def test_each_language_has_a_mail_of_its_own(post: Post) -> None:
    delivery.claim(post.archive, KEY, SENT)
    assert delivery.stored(post.archive, keys.mailed(FRIDAY, "en")) is None
