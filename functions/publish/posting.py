"""Posts digests to channels: each once by its own claim, within a bound of time, at no cost to page or mail."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import cached_property
from time import monotonic
from typing import Any, Literal, NamedTuple

from botocore.exceptions import BotoCoreError, ClientError

from functions.publish import delivery
from functions.publish.channels import Channel, ChannelError, Target
from functions.publish.delivery import MAX_TRIES, MailRecord
from functions.publish.render import chat
from shared.model.span import Span
from shared.store import keys, web
from shared.store.bucket import Bucket
from shared.store.secrets import UnreadableSecretError

POSTED_WITHIN = timedelta(hours=12)
"""The alarm for a day that stays open rings after four: time to mend the cause. A later message is of no use."""
POST_SECONDS = 5.0
"""From the question to the answer: the other side takes a short message and says so."""
RUN_SECONDS = 30.0
"""What all posts of an invocation may take together. The next tick posts the rest."""
MAX_ANSWER_BYTES = 16 * 1024


class Posted(NamedTuple):
    """What became of a message: sent, not wanted by the other side, to be tried again, or held back."""

    channel: str
    outcome: Literal["sent", "refused", "unanswered", "held"]
    reason: str = ""
    may_have_arrived: bool = False
    """An answer that was lost: the message may have been taken."""
    wait_seconds: float = 0.0
    """What the other side asks to wait before the next post."""


class Channels:
    """The channels of one invocation, read when they are first needed, and what it may still spend on them."""

    def __init__(self, read: Callable[[], tuple[Channel, ...]], *, are_held: bool = False) -> None:
        self._read, self.are_held = read, are_held
        self.seconds_left = RUN_SECONDS
        self.away: set[str] = set()
        """They gave no answer a moment ago: the next look asks again, so that a run waits for each once."""

    @cached_property
    def all(self) -> tuple[Channel, ...]:
        """Raises UnreadableSecretError, or the client's error."""
        return self._read()


def post_all(bucket: Bucket, channels: Channels, span: Span, language: str, now: datetime) -> tuple[Posted, ...]:
    """Posts what is claimed for each channel and not known to be sent. Whatever the other sides do, this returns."""
    mail = delivery.stored(bucket, keys.mailed(span, language))
    if mail is None or mail.status == "withheld":
        return ()
    try:
        chosen = [each for each in channels.all if each.takes(language, span.kind)]
    except (UnreadableSecretError, ClientError, BotoCoreError) as error:
        return (_settle(Posted("channels", "unanswered", _reason(error)), mail, now),)
    return tuple(_post_each(bucket, channels, chosen, (span, language, mail), now))


def _post_each(
    bucket: Bucket, run: Channels, chosen: list[Channel], claimed: tuple[Span, str, MailRecord], now: datetime
) -> Iterator[Posted]:
    span, language, mail = claimed
    for channel in chosen:
        key = keys.channel(span, language, channel.name)
        record = delivery.stored(bucket, key) or _claim(bucket, key, mail, channel, now)
        if record is None or record.status != "claimed":
            continue
        if run.are_held:
            yield Posted(channel.name, "held")
            continue
        posted = _settle(_try(bucket, run, channel, key, record, now), record, now)
        if posted.outcome == "unanswered":
            run.away.add(channel.name)
        else:
            status: Literal["sent", "withheld"] = "sent" if posted.outcome == "sent" else "withheld"
            bucket.write(key, record.model_copy(update={"status": status, "at": now, "reason": posted.reason}))
        yield posted


def _claim(bucket: Bucket, key: str, mail: MailRecord, channel: Channel, now: datetime) -> MailRecord | None:
    """The channel's own record, of what was claimed with the mail. None for a digest from before the channel."""
    if mail.post is None or now - mail.at > POSTED_WITHIN:
        return None
    record = MailRecord(status="claimed", at=mail.at, body=chat.payload(mail.post, channel.kind))
    delivery.claim(bucket, key, record)
    return record


def _settle(posted: Posted, record: MailRecord, now: datetime) -> Posted:
    """What is unanswered for too long is given up."""
    if posted.outcome != "unanswered" or now - record.at <= POSTED_WITHIN:
        return posted
    return posted._replace(
        outcome="refused", reason=f"{posted.reason}, for {POSTED_WITHIN.total_seconds() / 3600:.0f} hours"
    )


def _try(bucket: Bucket, run: Channels, channel: Channel, key: str, record: MailRecord, now: datetime) -> Posted:
    """One attempt, which is counted before it is made, unless it is known that the message was not taken."""
    if record.tries >= MAX_TRIES:
        return Posted(channel.name, "refused", delivery.give_up_reason(record))
    if reason := _reason_to_wait(run, channel, record, now):
        return Posted(channel.name, "unanswered", reason)
    try:
        target = channel.target()
    except ChannelError as error:
        return Posted(channel.name, "refused", str(error))
    except (UnreadableSecretError, ClientError, BotoCoreError) as error:
        return Posted(channel.name, "unanswered", _reason(error))
    bucket.write(key, record.model_copy(update={"tries": record.tries + 1}))
    started = monotonic()
    posted = _ask(channel, target, record.body)
    run.seconds_left -= monotonic() - started
    if posted.outcome == "unanswered" and not posted.may_have_arrived:
        wait = now + timedelta(seconds=posted.wait_seconds) if posted.wait_seconds else None
        bucket.write(key, record.model_copy(update={"not_before": wait}))
    return posted


def _reason_to_wait(run: Channels, channel: Channel, record: MailRecord, now: datetime) -> str:
    """Why another run posts the message; empty where this one does."""
    if channel.name in run.away:
        return "no answer a moment ago"
    if record.not_before and now < record.not_before:
        return f"it asked to wait until {record.not_before:%H:%M} UTC"
    return "" if run.seconds_left >= POST_SECONDS else f"the {RUN_SECONDS:.0f} seconds of this run are used up"


def _reason(error: Exception) -> str:
    if isinstance(error, ClientError):
        return f"{error.response['Error']['Code']} for the SSM parameter"
    return f"{type(error).__name__} for the SSM parameter" if isinstance(error, BotoCoreError) else str(error)


def _ask(channel: Channel, target: Target, body: str, *, has_moved: bool = False) -> Posted:
    """Reasons hold nothing that could be the address."""
    message = json.dumps({**json.loads(body), "chat_id": target.chat}) if target.chat else body
    try:
        answer = web.post(web.client(), target.address, message.encode(), web.Limits(POST_SECONDS, MAX_ANSWER_BYTES))
    except web.NoAnswerError as error:
        return Posted(channel.name, "unanswered", str(error), may_have_arrived=error.reason != "down")
    moved = f"the chat's id is now {target.chat}: put it into the parameter" if has_moved else ""
    if answer.status in range(200, 300):
        return Posted(channel.name, "sent", moved)
    said = _parameters(answer.body) if channel.kind == "telegram" else {}
    if (new := said.get("migrate_to_chat_id")) and isinstance(new, int) and not has_moved:
        return _ask(channel, target._replace(chat=str(new)), body, has_moved=True)
    is_busy = answer.status == 429 or answer.status >= 500
    asked = web.retry_after({"retry-after": str(said.get("retry_after"))}) or web.retry_after(answer.headers) or 0.0
    wait = min(asked, POSTED_WITHIN.total_seconds())
    return Posted(channel.name, "unanswered" if is_busy else "refused", f"status {answer.status}", wait_seconds=wait)


def _parameters(body: bytes) -> dict[str, Any]:
    """What Telegram says beside the status, https://core.telegram.org/bots/api#responseparameters."""
    try:
        found = json.loads(body)["parameters"]
    except (ValueError, KeyError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}
