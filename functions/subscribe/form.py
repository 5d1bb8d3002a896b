"""Reads the sign-up form. The body is what a browser posts: `application/x-www-form-urlencoded`."""

import re
from collections.abc import Collection
from typing import Literal, get_args
from urllib.parse import parse_qs

from shared.model.frozen import Frozen

Period = Literal["daily", "weekly", "monthly"]
PERIODS: tuple[Period, ...] = get_args(Period)
MAX_BODY_BYTES = 1_024
MAX_FIELDS = 10
MAX_ADDRESS_CHARS = 254
"""RFC 5321, 4.5.3.1.3: a path of 256 octets with its two brackets."""
HONEYPOT = "company_site"
"""A field that people do not see. Its name matches none that password managers fill in."""
GMAIL_DOMAINS = frozenset({"gmail.com", "googlemail.com"})

# ASCII only: a name in another script can look like a domain that it is not.
_ADDRESS = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@((?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,63})", re.ASCII)


class RefusedFormError(ValueError):
    """The form holds no sign-up. The message names the field, never the address."""


class SignUp(Frozen):
    """An address and what it is to receive."""

    address: str
    language: str
    periods: tuple[Period, ...]

    @property
    def domain(self) -> str:
        """The part after the @."""
        return self.address.rpartition("@")[2]

    @property
    def mailbox(self) -> str:
        """One name for all spellings of a mailbox: no `+tag`, and at Gmail no dots."""
        local = self.address.rpartition("@")[0].partition("+")[0]
        if self.domain in GMAIL_DOMAINS:
            return f"{local.replace('.', '')}@gmail.com"
        return f"{local}@{self.domain}"


def read(body: bytes, languages: Collection[str]) -> SignUp:
    """Returns what the form asks for. Raises RefusedFormError naming the field."""
    if len(body) > MAX_BODY_BYTES:
        raise RefusedFormError(f"body: longer than {MAX_BODY_BYTES} bytes")
    try:
        fields = parse_qs(body.decode("utf-8"), max_num_fields=MAX_FIELDS, strict_parsing=True, errors="strict")
    except ValueError as error:
        raise RefusedFormError("body: not a posted form") from error
    if fields.get(HONEYPOT):
        raise RefusedFormError(f"{HONEYPOT}: filled in by a program")
    language = _one(fields.get("language", []), "language")
    if language not in languages:
        raise RefusedFormError("language: not one of this site")
    periods = tuple(period for period in PERIODS if period in fields.get("period", []))
    if not periods:
        raise RefusedFormError("period: none of daily, weekly and monthly")
    return SignUp(address=_address(_one(fields.get("address", []), "address")), language=language, periods=periods)


def _one(values: list[str], field: str) -> str:
    if len(values) != 1:
        raise RefusedFormError(f"{field}: given {len(values)} times")
    return values[0]


def _address(text: str) -> str:
    address = text.strip(" ").lower()
    found = _ADDRESS.fullmatch(address) if len(address) <= MAX_ADDRESS_CHARS else None
    if not found or ".." in address or any(part[0] == "-" or part[-1] == "-" for part in found[1].split(".")):
        raise RefusedFormError("address: not a mail address in ASCII")
    local = address.partition("@")[0]
    if local[0] == "." or local[-1] == ".":
        raise RefusedFormError("address: not a mail address in ASCII")
    return address
