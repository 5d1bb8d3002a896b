"""Secrets: of the machine's environment, else of an SSM parameter. What is written down goes through `redact`."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlsplit

from botocore.exceptions import ClientError

from shared.store import aws

UNREADABLE = frozenset({"ParameterNotFound", "AccessDeniedException"})
MIN_SECRET_CHARS = 8
"""A shorter one is a placeholder such as `ollama`, and may be a word of any text."""
_forms: set[str] = set()
"""How servers may repeat the secrets that this process has read."""


class UnreadableSecretError(RuntimeError):
    """SSM has no parameter of this name, or the function may not read it."""


def read_secret(parameter: str, local: str = "") -> str:
    """Returns `local` where it is set, else the SSM parameter's value; empty where no parameter is named.

    Raises UnreadableSecretError, or the client's error where SSM fails.
    """
    if local or not parameter:
        return remember(local)
    with _named(parameter):
        return remember(str(aws.ssm().get_parameter(Name=parameter, WithDecryption=True)["Parameter"]["Value"]))


def read_secrets(path: str) -> dict[str, str]:
    """Returns the parameters directly under a path, by the last part of their names. Raises UnreadableSecretError."""
    pages = aws.ssm().get_paginator("get_parameters_by_path").paginate(Path=path, WithDecryption=True)
    with _named(path):
        found = [each for page in pages for each in page["Parameters"]]
    return {each["Name"].rpartition("/")[2]: remember(each["Value"]) for each in found}


@contextmanager
def _named(parameter: str) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code in UNREADABLE:
            raise UnreadableSecretError(f"{code} for the SSM parameter {parameter!r}") from error
        raise


def redact(text: str) -> str:
    """The text without the secrets that this process has read. Servers repeat them in their errors."""
    for form in sorted(_forms, key=len, reverse=True):
        text = text.replace(form, "[secret]")
    return text


def log_line(record: Mapping[str, Any]) -> str:
    """A record of the log as JSON, without secrets."""
    return redact(json.dumps(record, default=str, separators=(",", ":")))


def remember(secret: str) -> str:
    """The secret, which `redact` knows from now on."""
    _forms.update(form for form in _spell(secret.strip()) if len(form) >= MIN_SECRET_CHARS)
    return secret


def _spell(secret: str) -> Iterator[str]:
    """As it is, in an address, in JSON, in JSON within JSON, and the part of an address that is the secret."""
    escaped = json.dumps(secret)[1:-1]
    yield from (secret, quote(secret), quote(secret, safe=""), escaped, json.dumps(escaped)[1:-1])
    if secret.startswith(("https://", "http://")):
        yield urlsplit(secret).path
