"""A deployed stack: its resources by logical id, and the clients that the commands use."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import boto3
import click
from botocore.exceptions import BotoCoreError, ClientError

from shared.store import keys
from shared.store.bucket import Bucket
from shared.store.queue import Queue

POLL_SECONDS = 15
MAX_WAIT = timedelta(minutes=90)
"""Longer than the default deadline of a day, 75 minutes."""


class OperateError(click.ClickException):
    """A command cannot do its work. The message says what to do."""


@dataclass(frozen=True)
class Stack:
    """Physical ids by logical id. Clients come from the default profile and region."""

    name: str
    resources: Mapping[str, str]

    def __getitem__(self, logical_id: str) -> str:
        try:
            return self.resources[logical_id]
        except KeyError:
            raise OperateError(f"{self.name}: the stack has no {logical_id}. Is it of this project?") from None

    def client(self, service: str) -> Any:
        """A client of an AWS service."""
        return boto3.client(service)  # type: ignore[call-overload]  # its stubs know names, not a variable

    @cached_property
    def parameters(self) -> dict[str, str]:
        """The parameters that it was deployed with."""
        found = self.client("cloudformation").describe_stacks(StackName=self.name)["Stacks"][0]
        return {each["ParameterKey"]: each.get("ParameterValue", "") for each in found.get("Parameters", ())}

    @cached_property
    def bucket(self) -> Bucket:
        """The stack's bucket."""
        return Bucket(self.client("s3"), self["Bucket"])

    def queue(self, logical_id: str) -> Queue:
        """One of the stack's queues, to send to."""
        return Queue(self.client("sqs"), self[logical_id])

    def fetch(self, event: Mapping[str, Any]) -> None:
        """Invokes fetch and waits for its end. Raises OperateError with the function's own error."""
        answer = self.client("lambda").invoke(FunctionName=self["FetchFunction"], Payload=json.dumps(event).encode())
        if "FunctionError" in answer:
            failure = json.loads(answer["Payload"].read() or b"{}")
            raise OperateError(f"fetch: {failure.get('errorMessage', answer['FunctionError'])}")

    def wait(self, day: date) -> bool:
        """Prints how many analyses there are, until the day is settled. Returns whether it was in time."""
        before = -1
        for _ in range(int(MAX_WAIT.total_seconds()) // POLL_SECONDS):
            if not self.bucket.list(keys.open_markers(day)):
                return True
            done = len(self.bucket.list(keys.summaries(day)))
            if done != before:
                click.echo(f"{day}  {done} analyses", err=True)
            before = done
            time.sleep(POLL_SECONDS)
        return False


def find_stack(name: str) -> Stack:
    """Asks CloudFormation for the stack's resources. Raises OperateError."""
    try:
        pages = boto3.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=name)
        found = {
            each["LogicalResourceId"]: each["PhysicalResourceId"]
            for page in pages
            for each in page["StackResourceSummaries"]
            if "PhysicalResourceId" in each
        }
    except (ClientError, BotoCoreError) as error:
        raise OperateError(f"--stack: {name} cannot be read: {error}") from error
    return Stack(name, found)
