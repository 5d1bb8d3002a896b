"""Reads the sign-up form. The body is what a browser posts: `application/x-www-form-urlencoded`."""

import re
from collections.abc import Collection, Mapping
from urllib.parse import parse_qs

from shared.model.frozen import Frozen
from shared.model.sign_up import ADDRESS, HONEYPOT, LANGUAGE, MAX_ADDRESS_CHARS, PERIOD
from shared.model.span import KINDS

MAX_BODY_BYTES = 1_024
MAX_FIELDS = 10
GMAIL_DOMAINS = frozenset({"gmail.com", "googlemail.com"})

# ASCII only: a name in another script can look like a domain that it is not.
_ADDRESS = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@((?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,63})", re.ASCII)


class RefusedFormError(ValueError):
    """The form holds no sign-up. The message names the field, never the address."""


class SignUp(Frozen):
    """An address and what it is to receive."""

    address: str
    language: str
    periods: tuple[str, ...]

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
    language = _one(fields, LANGUAGE)
    if language not in languages:
        raise RefusedFormError(f"{LANGUAGE}: not one of this site")
    periods = tuple(period for period in KINDS if period in fields.get(PERIOD, []))
    if not periods:
        raise RefusedFormError(f"{PERIOD}: none of {', '.join(KINDS)}")
    return SignUp(address=_address(_one(fields, ADDRESS)), language=language, periods=periods)


def _one(fields: Mapping[str, list[str]], field: str) -> str:
    values = fields.get(field, [])
    if len(values) != 1:
        raise RefusedFormError(f"{field}: given {len(values)} times")
    return values[0]


def _address(text: str) -> str:
    address = text.strip(" ").lower()
    is_short_ascii = len(address) <= MAX_ADDRESS_CHARS and text.isascii()  # lower() makes a Kelvin sign an ASCII k
    found = _ADDRESS.fullmatch(address) if is_short_ascii else None
    if not found or ".." in address or any(part[0] == "-" or part[-1] == "-" for part in found[1].split(".")):
        raise RefusedFormError(f"{ADDRESS}: not a mail address in ASCII")
    local = address.partition("@")[0]
    if local[0] == "." or local[-1] == ".":
        raise RefusedFormError(f"{ADDRESS}: not a mail address in ASCII")
    return address
