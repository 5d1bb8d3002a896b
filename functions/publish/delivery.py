"""The mail of a day, week or month: claimed before anything is written, sent once after."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from botocore.exceptions import ClientError, ConnectTimeoutError, EndpointConnectionError

from functions.publish.render.chat import Post
from functions.publish.render.mail import Mail
from shared.model.frozen import Frozen
from shared.model.span import Span
from shared.store.bucket import Bucket

if TYPE_CHECKING:
    from types_boto3_sns import SNSClient

MAX_TRIES = 3
"""Calls without an answer: each may have sent the mail, or the message."""
NEVER = datetime.min.replace(tzinfo=UTC)


class Topic(NamedTuple):
    """Where mails are sent to."""

    sns: "SNSClient"
    arn: str


class Attributes(NamedTuple):
    """What a subscription's filter policy can choose by."""

    language: str
    period: str
    """`daily`, `weekly`, `monthly`."""
    edition: str
    """The day, week or month: `2026-02-20`, `2026-W08`, `2026-02`."""


class MailRecord(Frozen):
    """What became of a mail, or of a channel's message. `claimed`: finished, and not known to have arrived."""

    status: Literal["claimed", "sent", "withheld", "given_up"]
    at: datetime
    tries: int = 0
    """Calls whose answer is not known."""
    subject: str = ""
    body: str = ""
    reason: str = ""
    message_id: str = ""
    post: Post | None = None
    """What the channels' messages are made from; None where no channel is set up."""
    not_before: datetime | None = None
    """A channel asked to wait until then."""


Sent = Literal["none", "sent", "given_up"]
"""What became of a mail now: none to send, sent, or no longer tried."""


def decide(
    wishes: Collection[bool | None], span: Span, record: MailRecord | None, render: Callable[[], Mail], now: datetime
) -> MailRecord | None:
    """The record to write before anything else is; None where it is decided already, or while the span goes on.

    A mail that was withheld because no read asked for it is sent once one does: the schedule's in time, or an event's.
    """
    in_time = now - span.ended_at <= span.mailed_within
    wished = True in wishes or (None in wishes and in_time)
    is_decided = record is not None and (record.status != "withheld" or not wished)
    if is_decided or (now < span.ended_at and True not in wishes):
        return None
    if wished:
        mail = render()
        return MailRecord(status="claimed", at=now, subject=mail.subject, body=mail.body)
    late = f"closed more than {span.mailed_within.total_seconds() / 3600:.0f} hours after its end"
    return MailRecord(status="withheld", at=now, reason="no event asked for it" if in_time else late)


def stored(bucket: Bucket, key: str) -> MailRecord | None:
    """The record of a mail, if there is one. One that cannot be read may be of a mail that was sent."""
    if key not in bucket.list(key):
        return None
    try:
        return bucket.read(key, MailRecord)
    except ValueError as error:
        return MailRecord(status="sent", at=NEVER, reason=f"the record cannot be read: {error}"[:500])


def claim(bucket: Bucket, key: str, record: MailRecord) -> MailRecord:
    """Writes the decision, and returns the one that stands: an earlier try's where its answer was lost."""
    if bucket.create(key, record):
        return record
    existing = stored(bucket, key)
    if existing and existing.status != "withheld":
        return existing
    bucket.write(key, record)
    return record


def send(
    bucket: Bucket, topic: Topic, key: str, record: MailRecord | None, attributes: Attributes, now: datetime
) -> Sent:
    """Sends a mail that is claimed and not known to be sent. A try is counted before it is made."""
    if record is None or record.status != "claimed":
        return "none"
    if record.tries >= MAX_TRIES:
        bucket.write(key, record.model_copy(update={"status": "given_up", "at": now, "reason": give_up_reason(record)}))
        return "given_up"
    bucket.write(key, record.model_copy(update={"tries": record.tries + 1}))
    try:
        answer = topic.sns.publish(
            TopicArn=topic.arn,
            Subject=record.subject,
            Message=record.body,
            MessageAttributes={
                name: {"DataType": "String", "StringValue": value} for name, value in attributes._asdict().items()
            },
        )
    except (ClientError, ConnectTimeoutError, EndpointConnectionError):  # refused, or not reached: it was not sent
        bucket.write(key, record)
        raise
    bucket.write(key, record.model_copy(update={"status": "sent", "at": now, "message_id": answer["MessageId"]}))
    return "sent"


def give_up_reason(record: MailRecord) -> str:
    """Why a record is no longer tried."""
    return f"no answer to {record.tries} tries: it may have arrived"
