"""Signs an address up: takes a slot of each cap, then asks SNS to send its confirmation mail.

A pending subscription cannot be deleted and lasts two days, so an open form could fill the topic. Each sign-up takes
one slot of each cap under `signups/<day>/`: once an hour a mailbox, a few a day for a domain, and 30 a day in all. A
slot is an object without content that is created once, so that two sign-ups never share one. Addresses appear as
keyed hashes; the key is the day's own and expires with it.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from botocore.exceptions import ClientError

from functions.subscribe.form import SignUp
from shared.model.frozen import Frozen
from shared.store import keys
from shared.store.bucket import Bucket

if TYPE_CHECKING:
    from types_boto3_sns import SNSClient

KEY_BYTES = 16
MAX_TRIES = 3
"""Attempts at a slot that another sign-up takes at the same moment."""
FULL_TOPIC = frozenset({"FilterPolicyLimitExceeded", "SubscriptionLimitExceeded"})
"""https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html, Errors."""
KNOWN_ADDRESS = frozenset({"InvalidParameter", "InvalidParameterValue"})
"""What SNS answers where the address is subscribed with another filter policy, or is none."""

Outcome = Literal["asked", "known", "capped", "daily_cap", "full"]

MAX_PER_DAY = 30
MAX_PER_DOMAIN = 5
MAILBOX_INTERVAL = timedelta(hours=1)
LARGE_DOMAINS = frozenset(
    {
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "icloud.com",
        "yahoo.com",
        "naver.com",
        "kakao.com",
        "daum.net",
        "hanmail.net",
    }
)
"""Mail providers: their addresses have nothing in common, so no domain cap applies."""
_MINUTE = "%H%M"


class Slot(Frozen):
    """What a slot holds: its key says everything."""


@dataclass(frozen=True)
class Dependencies:
    """Services that a sign-up uses."""

    bucket: Bucket
    sns: "SNSClient"
    topic: str


def sign_up(asked: SignUp, deps: Dependencies, now: datetime) -> Outcome:
    """Has SNS mail a confirmation to the address. The first choice of a known address stays: SNS refuses another.

    Raises ClientError where S3 or SNS answers anything else.
    """
    try:
        _take_slots(asked, deps.bucket, now)
    except CapReachedError as error:
        return "daily_cap" if error.daily else "capped"
    try:
        deps.sns.subscribe(
            TopicArn=deps.topic,
            Protocol="email",
            Endpoint=asked.address,
            Attributes={"FilterPolicy": json.dumps({"language": [asked.language], "period": list(asked.periods)})},
        )
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code in FULL_TOPIC:
            return "full"
        if code in KNOWN_ADDRESS:
            return "known"
        raise
    return "asked"


def _take_slots(asked: SignUp, bucket: Bucket, now: datetime) -> None:
    for _ in range(MAX_TRIES):
        prefix = keys.sign_ups(now.date())
        found = {key.removeprefix(prefix) for key in bucket.list(prefix)}
        slots = choose_slots(asked, _key_of_the_day(prefix, found, bucket), found, now)
        if all(bucket.create(f"{prefix}{slot}", Slot()) for slot in slots):
            return
    raise CapReachedError("moment")


def _key_of_the_day(prefix: str, found: set[str], bucket: Bucket) -> bytes:
    """The key is part of an object's name: the function may list its prefix and read nothing."""
    named = sorted(slot for slot in found if slot.startswith("key/"))
    if not named:
        bucket.create(f"{prefix}key/{secrets.token_hex(KEY_BYTES)}", Slot())
        named = sorted(key.removeprefix(prefix) for key in bucket.list(f"{prefix}key/"))
    return bytes.fromhex(named[0].removeprefix("key/"))


class CapReachedError(RuntimeError):
    """A cap lets no further sign-up through. `daily` is the cap on all of them together."""

    def __init__(self, cap: str) -> None:
        super().__init__(f"the cap per {cap} is reached")
        self.daily = cap == "day"


def choose_slots(sign_up: SignUp, key: bytes, taken: Collection[str], now: datetime) -> tuple[str, ...]:
    """Returns the free slots of a sign-up, as keys below the day's prefix. Raises CapReachedError.

    The mailbox's slot is the last: a sign-up that loses one of the others to another tries again.
    """
    mailbox = f"mailbox/{_hash(sign_up.mailbox, key)}/"
    if any(now - _minute(slot, now) < MAILBOX_INTERVAL for slot in taken if slot.startswith(mailbox)):
        raise CapReachedError("mailbox")
    slots = [f"{mailbox}{now:{_MINUTE}}"]
    if sign_up.domain not in LARGE_DOMAINS:
        slots.insert(0, _first_free(f"domain/{_hash(sign_up.domain, key)}/", MAX_PER_DOMAIN, taken, "domain"))
    return (_first_free("day/", MAX_PER_DAY, taken, "day"), *slots)


def _first_free(prefix: str, limit: int, taken: Collection[str], cap: str) -> str:
    for number in range(1, limit + 1):
        if (slot := f"{prefix}{number:02}") not in taken:
            return slot
    raise CapReachedError(cap)


def _hash(text: str, key: bytes) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:32]


def _minute(slot: str, now: datetime) -> datetime:
    hours_and_minutes = slot.rpartition("/")[2]
    return now.replace(hour=int(hours_and_minutes[:2]), minute=int(hours_and_minutes[2:]), second=0, microsecond=0)
