"""Secrets: of the machine's environment, else of an SSM parameter."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import ClientError

from shared.store import aws

UNREADABLE = frozenset({"ParameterNotFound", "AccessDeniedException"})


class UnreadableSecretError(RuntimeError):
    """SSM has no parameter of this name, or the function may not read it."""


def read_secret(parameter: str, local: str = "") -> str:
    """Returns `local` where it is set, else the SSM parameter's value; empty where no parameter is named.

    Raises UnreadableSecretError, or the client's error where SSM fails.
    """
    if local or not parameter:
        return local
    with _named(parameter):
        return str(aws.ssm().get_parameter(Name=parameter, WithDecryption=True)["Parameter"]["Value"])


def read_secrets(path: str) -> dict[str, str]:
    """Returns the SSM parameters directly under a path, by the last part of their names.

    Raises UnreadableSecretError, or the client's error where SSM fails.
    """
    pages = aws.ssm().get_paginator("get_parameters_by_path").paginate(Path=path, WithDecryption=True)
    with _named(path):
        return {each["Name"].rpartition("/")[2]: each["Value"] for page in pages for each in page["Parameters"]}


@contextmanager
def _named(parameter: str) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code in UNREADABLE:
            raise UnreadableSecretError(f"{code} for the SSM parameter {parameter!r}") from error
        raise
