"""The mail and the webhook's message of a day, week or month: claimed before anything is written, sent once after."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

import httpx
from botocore.exceptions import BotoCoreError, ClientError

from functions.publish.render.mail import Mail
from functions.publish.settings import Shape
from shared.model.frozen import Frozen
from shared.model.span import Span
from shared.store import web
from shared.store.bucket import Bucket
from shared.store.secrets import UnreadableSecretError

if TYPE_CHECKING:
    from types_boto3_sns import SNSClient

POSTED_WITHIN = timedelta(hours=12)
"""The alarm for a day that stays open rings after four: time to mend the cause. A later message is of no use."""
MAX_TRIES = 3
"""Calls without an answer: each may have sent the mail, or the message."""
NEVER = datetime.min.replace(tzinfo=UTC)


class Attributes(NamedTuple):
    """What a subscription's filter policy can choose by."""

    language: str
    period: str
    """`daily`, `weekly`, `monthly`."""
    edition: str
    """The day, week or month: `2026-02-20`, `2026-W08`, `2026-02`."""


class MailRecord(Frozen):
    """What became of a mail, or of a message to the webhook, which has a body alone.

    `claimed` holds what is finished and not known to have arrived.
    """

    status: Literal["claimed", "sent", "withheld", "given_up"]
    at: datetime
    tries: int = 0
    """Calls whose answer is not known."""
    subject: str = ""
    body: str = ""
    reason: str = ""
    message_id: str = ""


Sent = Literal["none", "sent", "given_up"]
"""What became of a mail now: none to send, sent, or no longer tried."""


class Webhook(NamedTuple):
    """Where digests are posted to beside the mail. The address is a secret: no log, error or object holds it."""

    shape: Shape
    address: Callable[[], str]
    paused: bool = False
    """It gave no answer a moment ago: the next look asks again, so that a run does not wait for it twice."""


class Posted(NamedTuple):
    """What became of a message: none to post, sent, not wanted by the other side, or to be tried again."""

    outcome: Literal["none", "sent", "refused", "unanswered"]
    reason: str = ""
    may_have_arrived: bool = False
    """An answer that was lost: the message may have been taken."""


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


def claim(bucket: Bucket, key: str, record: MailRecord) -> None:
    """Writes the decision. Where the answer to an earlier try was lost, that one stands."""
    if bucket.create(key, record):
        return
    existing = stored(bucket, key)
    if existing and existing.status == "withheld":
        bucket.write(key, record)


def claim_message(bucket: Bucket, key: str, mail: MailRecord, payload: str) -> None:
    """Writes what was decided for the mail as decided for the webhook. Comes before the mail's own claim."""
    claim(bucket, key, MailRecord(status=mail.status, at=mail.at, reason=mail.reason, body=payload))


def send(bucket: Bucket, sns: "SNSClient", topic: str, key: str, attributes: Attributes, now: datetime) -> Sent:
    """Sends a mail that is claimed and not known to be sent. A try is counted before it is made."""
    record = stored(bucket, key)
    if record is None or record.status != "claimed":
        return "none"
    if record.tries >= MAX_TRIES:
        bucket.write(key, record.model_copy(update={"status": "given_up", "at": now, "reason": _give_up(record)}))
        return "given_up"
    bucket.write(key, record.model_copy(update={"tries": record.tries + 1}))
    try:
        answer = sns.publish(
            TopicArn=topic,
            Subject=record.subject,
            Message=record.body,
            MessageAttributes={
                name: {"DataType": "String", "StringValue": value} for name, value in attributes._asdict().items()
            },
        )
    except ClientError:  # an answer: it was not sent
        bucket.write(key, record)
        raise
    bucket.write(key, record.model_copy(update={"status": "sent", "at": now, "message_id": answer["MessageId"]}))
    return "sent"


def post(bucket: Bucket, webhook: Webhook | None, key: str, now: datetime) -> Posted:
    """Posts a message that is claimed and not known to be sent. Whatever the other side does, this returns."""
    record = stored(bucket, key) if webhook else None
    if webhook is None or record is None or record.status != "claimed":
        return Posted("none")
    posted = Posted("unanswered", "no answer a moment ago") if webhook.paused else _try(bucket, webhook, key, record)
    if posted.outcome == "unanswered" and now - record.at > POSTED_WITHIN:
        posted = Posted("refused", f"{posted.reason}, for {POSTED_WITHIN.total_seconds() / 3600:.0f} hours")
    if posted.outcome != "unanswered":
        status: Literal["sent", "withheld"] = "sent" if posted.outcome == "sent" else "withheld"
        bucket.write(key, record.model_copy(update={"status": status, "at": now, "reason": posted.reason}))
    return posted


def _give_up(record: MailRecord) -> str:
    return f"no answer to {record.tries} tries: it may have arrived"


def _try(bucket: Bucket, webhook: Webhook, key: str, record: MailRecord) -> Posted:
    """One attempt, which is counted before it is made, unless it is known that the message was not taken."""
    if record.tries >= MAX_TRIES:
        return Posted("refused", _give_up(record))
    address = _address(webhook)
    if isinstance(address, Posted):
        return address
    bucket.write(key, record.model_copy(update={"tries": record.tries + 1}))
    posted = _ask(address, record.body)
    if posted.outcome == "unanswered" and not posted.may_have_arrived:
        bucket.write(key, record)
    return posted


def _ask(address: httpx.URL, body: str) -> Posted:
    """Reasons hold nothing that could be the address."""
    try:
        status = web.post(web.client(), address, body.encode())
    except web.NoAnswerError as error:
        return Posted("unanswered", str(error), may_have_arrived=error.reason != "down")
    if status in range(200, 300):
        return Posted("sent")
    return Posted("unanswered" if status == 429 or status >= 500 else "refused", f"status {status}")


def _address(webhook: Webhook) -> httpx.URL | Posted:
    """The address, or what the want of it means."""
    try:
        address = httpx.URL(webhook.address())
    except UnreadableSecretError as error:
        return Posted("unanswered", str(error))
    except ClientError as error:
        return Posted("unanswered", f"{error.response['Error']['Code']} for the SSM parameter")
    except BotoCoreError as error:
        return Posted("unanswered", f"{type(error).__name__} for the SSM parameter")
    except httpx.InvalidURL:
        return Posted("refused", "its value is no address")
    secure = address.scheme == "https" and address.host
    return address if secure else Posted("refused", "its value is no https address")
