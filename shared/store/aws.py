"""The AWS clients, each made once and only when it is first asked for. The only place that knows boto3."""

from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client
    from types_boto3_sns import SNSClient
    from types_boto3_sqs import SQSClient

CONNECT_SECONDS = 3
READ_SECONDS = 10
"""Well under the shortest function timeout (60 s): a call that hangs is seen by the function and not by Lambda."""

MODEL_CALLS = 50
"""As many calls at once as the local run may have in flight, where all functions share a process."""

USER_AGENT = "daily-papers"
"""Without one, botocore puts its own together at every call, which shows in the CPU time of publish."""


def _config(attempts: int, **options: Any) -> Config:
    return Config(
        user_agent=USER_AGENT,
        retries={"mode": "standard", "total_max_attempts": attempts},
        connect_timeout=CONNECT_SECONDS,
        **{"read_timeout": READ_SECONDS, **options},
    )


_PATIENT, _ONCE = _config(4), _config(1)


@cache
def s3() -> "S3Client":
    """Every call may be repeated: writes are of whole objects."""
    return boto3.client("s3", config=_PATIENT)


@cache
def sqs() -> "SQSClient":
    """A message that is sent twice does no harm."""
    return boto3.client("sqs", config=_PATIENT)


@cache
def sns() -> "SNSClient":
    """One attempt: a repeated call would be a second mail."""
    return boto3.client("sns", config=_ONCE)


@cache
def ssm() -> Any:  # its stubs are not among the pins
    """Reads one parameter."""
    return boto3.client("ssm", config=_PATIENT)


@cache
def bedrock_runtime(read_seconds: int) -> Any:  # its stubs are not among the pins
    """One attempt: what comes after a failed call is the queue's to say."""
    once = _config(1, read_timeout=read_seconds, max_pool_connections=MODEL_CALLS)
    return boto3.client("bedrock-runtime", config=once)
