"""Signs an address up: takes a slot of each cap, then asks SNS to send its confirmation mail."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from botocore.exceptions import ClientError

from functions.subscribe.caps import CapReachedError, choose_slots
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
