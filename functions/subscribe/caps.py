"""How many sign-ups are let through: once an hour a mailbox, a few a day for a domain, and 30 a day in all.

A pending subscription cannot be deleted and lasts two days, so an open form could fill the topic. Each sign-up takes
one slot of each cap under `signups/<day>/`. A slot is an object without content that is created once, so that two
sign-ups never share one. Addresses appear as keyed hashes; the key is the day's own and expires with it.
"""

import hashlib
import hmac
from collections.abc import Collection
from datetime import datetime, timedelta

from functions.subscribe.form import SignUp

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
