"""The bucket, the queues and the topics of the stack, made on moto."""

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any
from unittest.mock import patch

from moto import mock_aws
from moto.core.config import DefaultConfig
from moto.core.utils import camelcase_to_underscores
from moto.s3 import urls as s3_urls
from moto.s3.models import S3Backend
from moto.sqs import models as sqs_models
from moto.sqs.models import Queue

from local import moto_state
from local.intrinsics import ACCOUNT, REGION
from local.shortcut import Answer, answered
from local.template import Stack

KEEP_SESSION: DefaultConfig = {"core": {"reset_boto3_session": False}}
"""A new session of boto3 reads botocore's descriptions of the services again."""


@contextmanager
def cloud(stack: Stack, answers: Mapping[str, Answer]) -> Iterator[None]:
    """An empty AWS account that holds what the stack declares, but for the operations that are answered elsewhere."""
    with mock_aws(config=KEEP_SESSION), answered({**moto_state.sqs_answers(), **answers}), _quicker_moto():
        _make(stack)
        yield


@contextmanager
def _quicker_moto() -> Iterator[None]:
    """Spares what moto does at every call: it reloads its URLs, and counts a queue's messages for its attributes."""
    counts = [name for name in vars(Queue) if name.startswith("approximate_number_of_messages")]
    spelled = cache(camelcase_to_underscores)
    with ExitStack() as stack:
        stack.enter_context(patch.object(S3Backend, "_url_module", s3_urls))
        stack.enter_context(patch.object(sqs_models, "camelcase_to_underscores", spelled))
        for name in counts:
            stack.enter_context(patch.object(Queue, name, 0))
        yield


def _make(stack: Stack) -> None:
    """Dead-letter queues come before the queues that name them."""
    for name in stack.of_kind("AWS::S3::Bucket"):
        moto_state.make_bucket(stack.names[name])
    queues = stack.of_kind("AWS::SQS::Queue")
    for name, properties in sorted(queues.items(), key=lambda item: "RedrivePolicy" in item[1]):
        attributes = {key: _attribute(value) for key, value in properties.items() if key not in {"QueueName", "Tags"}}
        moto_state.make_queue(stack.names[name], attributes)
    for name in stack.of_kind("AWS::SNS::Topic"):
        moto_state.make_topic(stack.names[name])


def _attribute(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else json.dumps(value)


def url(stack: Stack, queue_name: str) -> str:
    """The address of a queue, by its logical id."""
    return f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{stack.names[queue_name]}"


def arn(stack: Stack, queue_name: str) -> str:
    """The ARN of a queue, by its logical id."""
    return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{stack.names[queue_name]}"
