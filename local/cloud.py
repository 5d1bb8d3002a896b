"""The bucket, the queues and the topics of the stack, made on moto."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from threading import RLock
from typing import Any
from unittest.mock import patch

import boto3
from moto import mock_aws
from moto.core.models import botocore_stubber
from moto.core.utils import camelcase_to_underscores
from moto.sns.models import sns_backends
from moto.sqs import models as sqs_models
from moto.sqs.models import Queue, sqs_backends

from local.intrinsics import ACCOUNT, REGION
from local.template import Stack


@contextmanager
def cloud(stack: Stack) -> Iterator[None]:
    """An empty AWS account that holds what the stack declares."""
    with mock_aws(), _one_call_at_a_time(), _messages_uncounted():
        _make_buckets(stack)
        _make_queues(stack)
        _make_topics(stack)
        yield


@contextmanager
def _one_call_at_a_time() -> Iterator[None]:
    """No two calls at once: moto's conditional writes are not atomic between threads."""
    lock, process = RLock(), botocore_stubber.process_request

    def process_alone(request: Any) -> Any:
        with lock:
            return process(request)

    botocore_stubber.process_request = process_alone  # type: ignore[method-assign]
    try:
        yield
    finally:
        botocore_stubber.process_request = process  # type: ignore[method-assign]


@contextmanager
def _messages_uncounted() -> Iterator[None]:
    """Moto makes a queue's attributes at every send and receive: counting its messages takes time by the square."""
    counts = [name for name in vars(Queue) if name.startswith("approximate_number_of_messages")]
    spelled = cache(camelcase_to_underscores)
    with ExitStack() as stack:
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


def queue(name: str) -> Queue:
    """The queue inside moto: what AWS does not tell, such as when a message is visible again."""
    return sqs_backends[ACCOUNT][REGION].queues[name]


def mails(topic_arn: str) -> list[tuple[str, str]]:
    """Subject and body of every mail that went to the topic."""
    sent = sns_backends[ACCOUNT][REGION].topics[topic_arn].sent_notifications
    return [(subject or "", body) for _, body, subject, *_ in sent]
