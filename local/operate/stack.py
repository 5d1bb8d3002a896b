"""A deployed stack: its resources by logical id, and the clients that the commands use."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from shared.store.bucket import Bucket
from shared.store.queue import Queue


class StackError(RuntimeError):
    """The stack cannot be used. The message says what to do."""


@dataclass(frozen=True)
class Stack:
    """Physical ids by logical id. Clients come from the default profile and region."""

    name: str
    resources: Mapping[str, str]

    def __getitem__(self, logical_id: str) -> str:
        try:
            return self.resources[logical_id]
        except KeyError:
            raise StackError(f"{self.name}: the stack has no {logical_id}. Is it of this project?") from None

    def client(self, service: str) -> Any:
        """A client of an AWS service."""
        return boto3.client(service)  # type: ignore[call-overload]  # its stubs know names, not a variable

    @cached_property
    def bucket(self) -> Bucket:
        """The stack's bucket."""
        return Bucket(self.client("s3"), self["Bucket"])

    def queue(self, logical_id: str) -> Queue:
        """One of the stack's queues, to send to."""
        return Queue(self.client("sqs"), self[logical_id])

    def fetch(self, event: Mapping[str, Any]) -> None:
        """Invokes fetch and waits for its end. Raises StackError with the function's own error."""
        answer = self.client("lambda").invoke(FunctionName=self["FetchFunction"], Payload=json.dumps(event).encode())
        if "FunctionError" in answer:
            failure = json.loads(answer["Payload"].read() or b"{}")
            raise StackError(f"fetch: {failure.get('errorMessage', answer['FunctionError'])}")


def find_stack(name: str) -> Stack:
    """Asks CloudFormation for the stack's resources. Raises StackError."""
    try:
        pages = boto3.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=name)
        found = {
            each["LogicalResourceId"]: each["PhysicalResourceId"]
            for page in pages
            for each in page["StackResourceSummaries"]
            if "PhysicalResourceId" in each
        }
    except (ClientError, BotoCoreError) as error:
        raise StackError(f"--stack: {name} cannot be read: {error}") from error
    return Stack(name, found)
