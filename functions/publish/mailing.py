"""The mail of a day in a language: decided at its first close, sent once."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from functions.publish.digest import Digest, Edition
from functions.publish.editions import mail
from shared import keys
from shared.archive import Archive
from shared.frozen import Frozen
from shared.papers import Manifest

if TYPE_CHECKING:
    from types_boto3_sns import SNSClient

MAILED_WITHIN_HOURS = 24
"""A day that closes later than this after its end is a backfill: nobody waits for its mail."""


class MailRecord(Frozen):
    """What became of a mail. `claimed` holds the finished mail of an attempt that is not known to have arrived."""

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
    """
    wishes = {manifest.mail for manifest in manifests}
    decided = record is not None and (record.status != "withheld" or True not in wishes)
    if decided or not digest.papers:
        return None
    ended = datetime.combine(digest.day + timedelta(days=1), time(), UTC)
    if now < ended and True not in wishes:
        return None
    in_time = now - ended <= timedelta(hours=MAILED_WITHIN_HOURS)
    if True in wishes or (None in wishes and in_time):
        finished = mail.render(digest, edition)
        return MailRecord(status="claimed", at=now, subject=finished.subject, body=finished.body)
    reason = "no event asked for it" if in_time else f"closed more than {MAILED_WITHIN_HOURS} hours after the day's end"
    return MailRecord(status="withheld", at=now, reason=reason)


def stored(archive: Archive, digest: Digest) -> MailRecord | None:
    """The record of the digest's mail, if there is one. One that cannot be read may be of a mail that was sent."""
    key = keys.mailed(digest.day, digest.language)
    if key not in archive.list(key):
        return None
    try:
        return archive.read(key, MailRecord)
    except ValueError as error:
        return MailRecord(status="withheld", at=digest.closed_at, reason=f"the record cannot be read: {error}"[:500])


def claim(archive: Archive, digest: Digest, record: MailRecord) -> None:
    """Writes the decision. Where the answer to an earlier try was lost, that one stands."""
    key = keys.mailed(digest.day, digest.language)
    if archive.create(key, record):
        return
    there = stored(archive, digest)
    if there and there.status == "withheld":
        archive.write(key, record)


def send(archive: Archive, sns: "SNSClient", topic: str, digest: Digest, now: datetime) -> bool:
    """Sends a mail that is claimed and not known to be sent, and says whether it did."""
    record = stored(archive, digest)
    if record is None or record.status != "claimed":
        return False
    answer = sns.publish(
        TopicArn=topic,
        Subject=record.subject,
        Message=record.body,
        MessageAttributes={
            "language": {"DataType": "String", "StringValue": digest.language},
            "period": {"DataType": "String", "StringValue": "daily"},
            "day": {"DataType": "String", "StringValue": str(digest.day)},
        },
    )
    sent = record.model_copy(update={"status": "sent", "at": now, "message_id": answer["MessageId"]})
    archive.write(keys.mailed(digest.day, digest.language), sent)
    return True
