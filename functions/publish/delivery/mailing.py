"""The mail of a day, a week or a month in a language: decided at its first close, sent once."""

from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from functions.publish.model.digest import Digest, Edition
from functions.publish.render import mail
from functions.publish.render.mail import Mail
from shared.model.frozen import Frozen
from shared.model.manifest import Manifest
from shared.store.bucket import Bucket

if TYPE_CHECKING:
    from types_boto3_sns import SNSClient

MAILED_WITHIN = timedelta(hours=24)
"""What closes later than this after its end is a backfill: nobody waits for its mail."""


NEVER = datetime.min.replace(tzinfo=UTC)


class Attributes(NamedTuple):
    """What a subscription's filter policy can choose by."""

    language: str
    period: Literal["daily", "weekly", "monthly"]
    edition: str
    """The day, week or month: `2026-02-20`, `2026-W08`, `2026-02`."""


class MailRecord(Frozen):
    """What became of a mail, or of a message to the webhook, which has a body alone.

    `claimed` holds what is finished and not known to have arrived.
    """

    status: Literal["claimed", "sent", "withheld"]
    at: datetime
    subject: str = ""
    body: str = ""
    reason: str = ""
    message_id: str = ""


def decide(
    digest: Digest, manifests: Iterable[Manifest], record: MailRecord | None, edition: Edition, now: datetime
) -> MailRecord | None:
    """The record to write before anything else is.

    None where it is decided already, where there is nothing to mail, and while the day goes on: its mail will come.
    What was withheld for want of a wish is mailed once there is one: the schedule's own, in time, or an event's.
    """
    ended = datetime.combine(digest.day + timedelta(days=1), time(), UTC)
    wishes = {manifest.mail for manifest in manifests}
    return decided(wishes, ended, record, lambda: mail.render(digest, edition), now) if digest.papers else None


def decided(
    wishes: Collection[bool | None],
    ended: datetime,
    record: MailRecord | None,
    finish: Callable[[], Mail],
    now: datetime,
    within: timedelta = MAILED_WITHIN,
) -> MailRecord | None:
    """The same for whatever has papers, was over at this time, and has a mail to be finished."""
    in_time = now - ended <= within
    wished = True in wishes or (None in wishes and in_time)
    is_decided = record is not None and (record.status != "withheld" or not wished)
    if is_decided or (now < ended and True not in wishes):
        return None
    if wished:
        finished = finish()
        return MailRecord(status="claimed", at=now, subject=finished.subject, body=finished.body)
    reason = (
        "no event asked for it"
        if in_time
        else f"closed more than {within.total_seconds() / 3600:.0f} hours after its end"
    )
    return MailRecord(status="withheld", at=now, reason=reason)


def stored(archive: Bucket, key: str) -> MailRecord | None:
    """The record of a mail, if there is one. One that cannot be read may be of a mail that was sent."""
    if key not in archive.list(key):
        return None
    try:
        return archive.read(key, MailRecord)
    except ValueError as error:
        return MailRecord(status="sent", at=NEVER, reason=f"the record cannot be read: {error}"[:500])


def claim(archive: Bucket, key: str, record: MailRecord) -> None:
    """Writes the decision. Where the answer to an earlier try was lost, that one stands."""
    if archive.create(key, record):
        return
    there = stored(archive, key)
    if there and there.status == "withheld":
        archive.write(key, record)


def send(archive: Bucket, sns: "SNSClient", topic: str, key: str, attributes: Attributes, now: datetime) -> bool:
    """Sends a mail that is claimed and not known to be sent, and says whether it did."""
    record = stored(archive, key)
    if record is None or record.status != "claimed":
        return False
    answer = sns.publish(
        TopicArn=topic,
        Subject=record.subject,
        Message=record.body,
        MessageAttributes={
            name: {"DataType": "String", "StringValue": value} for name, value in attributes._asdict().items()
        },
    )
    sent = record.model_copy(update={"status": "sent", "at": now, "message_id": answer["MessageId"]})
    archive.write(key, sent)
    return True
