"""The bucket, the queues and the topics of the stack, made on moto."""

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any
from unittest.mock import patch

import boto3
from moto import mock_aws
from moto.core.config import DefaultConfig
from moto.core.utils import camelcase_to_underscores
from moto.s3 import urls as s3_urls
from moto.s3.models import S3Backend
from moto.sqs import models as sqs_models
from moto.sqs.models import Queue

from local import moto_state, objects
from local.intrinsics import ACCOUNT, REGION
from local.moto_state import MotoBucket
from local.shortcut import Answer, answered
from local.template import Stack

KEEP_SESSION: DefaultConfig = {"core": {"reset_boto3_session": False}}
"""A new session of boto3 reads botocore's descriptions of the services again."""


@contextmanager
def cloud(stack: Stack, answers: Mapping[str, Answer] | None = None) -> Iterator[None]:
    """An empty AWS account that holds what the stack declares, but for the operations that are answered elsewhere."""
    inside = {**objects.answers(MotoBucket(stack.names["Bucket"])), **moto_state.sqs_answers()}
    with mock_aws(config=KEEP_SESSION), answered({**inside, **(answers or {})}), _quicker_moto():
        _make_buckets(stack)
        _make_queues(stack)
        _make_topics(stack)
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


def _make_buckets(stack: Stack) -> None:
    s3 = boto3.client("s3", region_name=REGION)
    for name in stack.of_kind("AWS::S3::Bucket"):
        bucket = stack.names[name]
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})


def _make_queues(stack: Stack) -> None:
    """Dead-letter queues first: the others name them."""
    sqs = boto3.client("sqs", region_name=REGION)
    queues = stack.of_kind("AWS::SQS::Queue")
    for name, properties in sorted(queues.items(), key=lambda item: "RedrivePolicy" in item[1]):
        attributes = {key: _attribute(value) for key, value in properties.items() if key not in {"QueueName", "Tags"}}
        sqs.create_queue(QueueName=stack.names[name], Attributes=attributes)  # type: ignore[arg-type]


def _attribute(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else json.dumps(value)


def _make_topics(stack: Stack) -> None:
    sns = boto3.client("sns", region_name=REGION)
    for name in stack.of_kind("AWS::SNS::Topic"):
        sns.create_topic(Name=stack.names[name])


def url(stack: Stack, queue_name: str) -> str:
    """The address of a queue, by its logical id."""
    return f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{stack.names[queue_name]}"


def arn(stack: Stack, queue_name: str) -> str:
    """The ARN of a queue, by its logical id."""
    return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{stack.names[queue_name]}"


def topic_arn(stack: Stack, topic_name: str) -> str:
    """The ARN of a topic, by its logical id."""
    return f"arn:aws:sns:{REGION}:{ACCOUNT}:{stack.names[topic_name]}"
