"""Secrets: of the machine's environment, else of an SSM parameter."""

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
    try:
        return str(aws.ssm().get_parameter(Name=parameter, WithDecryption=True)["Parameter"]["Value"])
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code in UNREADABLE:
            raise UnreadableSecretError(f"{code} for the SSM parameter {parameter!r}") from error
        raise
