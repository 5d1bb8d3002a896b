"""Deploys artifacts with `sam deploy`, and what a deployed stack is asked."""

import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import boto3

from shared.model.messages import ClockTicked
from shared.store.queue import Queue
from tests.factories.places import ROOT

BUILD = ROOT / ".aws-sam/build"
SAM = ROOT / ".tools/bin/sam"
LOOKS_EVERY = 0.3
"""Seconds."""


class Stack:
    """A deployed stack, by its logical ids."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.s3, self.sqs, self.sns = boto3.client("s3"), boto3.client("sqs"), boto3.client("sns")

    @cached_property
    def names(self) -> dict[str, str]:
        """The physical id of each resource."""
        resources = boto3.client("cloudformation").describe_stack_resources(StackName=self.name)["StackResources"]
        return {each["LogicalResourceId"]: each["PhysicalResourceId"] for each in resources}

    def invoke(self, function: str, event: Mapping[str, Any]) -> Any:
        """What a function answers. Raises RuntimeError where it fails."""
        answer = boto3.client("lambda").invoke(FunctionName=self.names[function], Payload=json.dumps(event))
        body = answer["Payload"].read().decode()
        if answer.get("FunctionError"):
            raise RuntimeError(f"{function} failed: {body}")
        return json.loads(body)

    def tick(self) -> None:
        """Sends what TickSchedule sends."""
        Queue(self.sqs, self.names["PublishQueue"]).send([ClockTicked(scheduled_at=datetime.now(UTC))])

    def keys(self, prefix: str) -> list[str]:
        """The keys in the bucket that begin so."""
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=self.names["Bucket"], Prefix=prefix)
        return [each["Key"] for page in pages for each in page.get("Contents", [])]

    def read(self, key: str) -> bytes:
        """An object of the bucket."""
        return self.s3.get_object(Bucket=self.names["Bucket"], Key=key)["Body"].read()

    def wait_for_day(self, day: str, seconds: float) -> dict[str, Any]:
        """The day's digest, when nothing of the day is open. Raises TimeoutError."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if not self.keys(f"open/{day}/") and self.keys(f"site/{day}/index.html"):
                return dict(json.loads(self.read(f"site/{day}/digest.json")))
            time.sleep(LOOKS_EVERY)
        failures = {key: self.read(key).decode() for key in self.keys(f"failures/{day}/")}
        raise TimeoutError(f"{day} is not published after {seconds} s: {failures}")

    def logged_problems(self) -> Iterator[str]:
        """Each warning and error in the logs of the functions."""
        logs = boto3.client("logs")
        for room in ("fetch", "enrich", "summarize", "publish"):
            group = f"/aws/lambda/{self.name}/{room}"
            for event in logs.filter_log_events(logGroupName=group).get("events", []):
                if any(mark in event["message"] for mark in ('"level":"ERROR"', '"level":"WARNING"', "Traceback")):
                    yield event["message"]


class Mailbox:
    """A queue that is subscribed to the readers' topic: what a reader gets."""

    def __init__(self, stack: Stack, language: str) -> None:
        self.sqs = stack.sqs
        self.url = self.sqs.create_queue(QueueName=f"{stack.name}-mailbox")["QueueUrl"]
        arn = self.sqs.get_queue_attributes(QueueUrl=self.url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        allow = {
            "Effect": "Allow",
            "Principal": {"Service": "sns.amazonaws.com"},
            "Action": "sqs:SendMessage",
            "Resource": arn,
        }
        policy = json.dumps({"Version": "2012-10-17", "Statement": [allow]})
        self.sqs.set_queue_attributes(QueueUrl=self.url, Attributes={"Policy": policy})
        wishes = json.dumps({"language": [language], "period": ["daily"]})
        topic = stack.names["ReadersTopic"]
        stack.sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={"FilterPolicy": wishes})

    def take(self) -> list[str]:
        """The subjects of all mails since the last time."""
        subjects = []
        while found := self.sqs.receive_message(QueueUrl=self.url, MaxNumberOfMessages=10).get("Messages", []):
            for message in found:
                subjects.append(str(json.loads(message["Body"])["Subject"]))
                self.sqs.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
        return subjects


def artifacts_for_this_machine(folder: Path) -> Path:
    """The built template beside its artifacts, with the wheels of this machine. The rest is as it was built."""
    copy = folder / "build"
    shutil.copytree(BUILD, copy)
    layer = copy / "SharedLayer"
    shutil.rmtree(layer / "python")
    wheels = " ".join(f"{tag}_{platform.machine()}" for tag in ("manylinux2014", "manylinux_2_28"))
    make = ["make", "--silent", "--file=layers/Makefile", "build-SharedLayer"]
    run(*make, f"ARTIFACTS_DIR={layer}", f"PYTHON={sys.executable}", f"WHEELS={wheels}")
    return copy / "template.yaml"


def deploy(template: Path, name: str, parameters: str) -> Stack:
    """Creates or updates a stack as `make deploy` does."""
    os.environ["SAM_TEMPLATE_FILE"] = str(template)
    os.environ["PYTHONPATH"] = str(ROOT)
    run(sys.executable, ".ci/deploy.py", name, "reader@example.org", parameters, str(SAM))
    return Stack(name)


def run(*command: str) -> None:
    """Runs a command in the repository's root. Raises RuntimeError with what it wrote."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
