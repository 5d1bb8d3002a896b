"""The webhook beside the mail: one POST per digest and language, claimed and sent once as the mail is."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

import httpx
from botocore.exceptions import BotoCoreError, ClientError

from functions.publish.delivery import mailing
from functions.publish.delivery.mailing import MailRecord
from functions.publish.render.webhook import Shape
from shared.store import web
from shared.store.bucket import Bucket
from shared.store.secrets import UnreadableSecretError

TRIED_FOR = timedelta(hours=12)
"""The alarm for a day that stays open rings after four: time to mend the cause. A later message is of no use."""


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


def claim(archive: Bucket, key: str, mail: MailRecord, payload: str) -> None:
    """Writes what was decided for the mail as decided for the webhook. Comes before the mail's own claim."""
    mailing.claim(archive, key, MailRecord(status=mail.status, at=mail.at, reason=mail.reason, body=payload))


def post(archive: Bucket, webhook: Webhook | None, key: str, now: datetime) -> Posted:
    """Posts a message that is claimed and not known to be sent. Whatever the other side does, this returns."""
    record = mailing.stored(archive, key) if webhook else None
    if webhook is None or record is None or record.status != "claimed":
        return Posted("none")
    posted = Posted("unanswered", "no answer a moment ago") if webhook.paused else _asked(webhook, record.body)
    if posted.outcome == "unanswered" and now - record.at > TRIED_FOR:
        posted = Posted("refused", f"{posted.reason}, for {TRIED_FOR.total_seconds() / 3600:.0f} hours")
    if posted.outcome != "unanswered":
        status: Literal["sent", "withheld"] = "sent" if posted.outcome == "sent" else "withheld"
        archive.write(key, record.model_copy(update={"status": status, "at": now, "reason": posted.reason}))
    return posted


def _asked(webhook: Webhook, body: str) -> Posted:
    """One attempt. Reasons are made of nothing that could hold the address."""
    address = _address(webhook)
    if isinstance(address, Posted):
        return address
    try:
        status = web.post(web.client(), address, body.encode())
    except web.NoAnswerError as error:
        return Posted("unanswered", str(error))
    if status in range(200, 300):
        return Posted("sent")
    return Posted("unanswered" if status == 429 or status >= 500 else "refused", f"status {status}")


def _address(webhook: Webhook) -> httpx.URL | Posted:
    """The address, or what its want means."""
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
