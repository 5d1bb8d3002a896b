"""Plays Lambda's Runtime API to a built function whose path holds its artifact, the layer and AWS's client alone.

https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

import boto3

from local.intrinsics import ACCOUNT, REGION
from shared.model.messages import ClockTicked
from tests.emulator.deployment import Stack
from tests.factories.places import ROOT
from tests.structure.declared import functions

ANSWERS_WITHIN = 60.0
"""Seconds, with the cold start."""
CLIENT = ("awslambdaric", "simplejson", "snapshot_restore_py*", "runtime_client*.so")
"""The runtime client and what it imports, out of the emulator's environment."""
UNREADABLE = "unreadable"


def records(body: str) -> dict[str, Any]:
    """An event of SQS with one message."""
    record = {
        "messageId": UNREADABLE,
        "receiptHandle": "none",
        "body": body,
        "attributes": {"ApproximateReceiveCount": "1"},
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": f"arn:aws:sqs:{REGION}:{ACCOUNT}:queue",
        "awsRegion": REGION,
    }
    return {"Records": [record]}


def exchanges(day: str, now: datetime) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """An event for each function, and what is in its answer."""
    failed = {"batchItemFailures": [{"itemIdentifier": UNREADABLE}]}
    tick = ClockTicked(scheduled_at=now).model_dump_json()
    return {
        "FetchFunction": ({"day": day}, {"read": [day]}),
        "EnrichFunction": (records("{}"), failed),
        "SummarizeFunction": (records("{}"), failed),
        "PublishFunction": (records(tick), {"batchItemFailures": []}),
        "SubscribeFunction": (
            {"version": "2.0", "body": "", "headers": {}, "isBase64Encoded": False},
            {"statusCode": 200},
        ),
    }


class Server(ThreadingHTTPServer):
    """Says nothing of a function that is ended while it waits for its next event."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """The connection was reset."""


class RuntimeApi:
    """Hands out one event, and takes what the function makes of it."""

    def __init__(self, event: Mapping[str, Any]) -> None:
        self.event = event
        self.answers: Queue[tuple[str, Any]] = Queue()
        """The last part of the address that was posted to, and the body."""

    @contextmanager
    def served(self) -> Iterator[str]:
        """The address, as AWS_LAMBDA_RUNTIME_API has it."""
        with Server(("127.0.0.1", 0), self._handler()) as server:
            Thread(target=server.serve_forever, daemon=True).start()
            yield f"127.0.0.1:{server.server_port}"
            server.shutdown()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        api = self
        events = Queue[bytes]()
        events.put(json.dumps(self.event).encode())

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                body = events.get()  # the second time the function waits, as a warm one does, until it is ended
                self.send_response(200)
                self.send_header("Lambda-Runtime-Aws-Request-Id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd")
                self.send_header("Lambda-Runtime-Deadline-Ms", str(int((time.time() + ANSWERS_WITHIN) * 1000)))
                self.send_header("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:region:account:function:alone")
                self.send_header("Lambda-Runtime-Trace-Id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700")
                self.send_header("Content-Type", "application/json")
                self._end(body)

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"null")
                api.answers.put((self.path.rpartition("/")[2], body))
                self.send_response(202)
                self._end(b"")

            def _end(self, body: bytes) -> None:
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        return Handler


def runtime_client(folder: Path) -> Path:
    """A folder that holds AWS's runtime client and nothing else."""
    alone = folder / "runtime"
    alone.mkdir()
    (installed,) = (ROOT / ".emulator/lib").glob("python*/site-packages")
    for pattern in CLIENT:
        for path in installed.glob(pattern):
            shutil.copytree(path, alone / path.name) if path.is_dir() else shutil.copy(path, alone)
    return alone


def answer(build: Path, client: Path, name: str, event: Mapping[str, Any], variables: Mapping[str, str]) -> Any:
    """What a built function answers to an event. Raises RuntimeError with its error, or where it gives no answer."""
    api, artifact = RuntimeApi(event), build / name
    with api.served() as address:
        environment = {
            **variables,
            "AWS_LAMBDA_RUNTIME_API": address,
            "AWS_LAMBDA_FUNCTION_NAME": name,
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024",
            "LAMBDA_TASK_ROOT": str(artifact),
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(map(str, (artifact, build / "SharedLayer/python", client))),
        }
        command = (sys.executable, "-S", "-B", "-m", "awslambdaric", functions()[name]["Handler"])
        with subprocess.Popen(
            command, cwd=artifact, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ) as process:
            try:
                kind, body = api.answers.get(timeout=ANSWERS_WITHIN)
            except Empty:
                kind, body = "silence", None
            process.kill()
            output = process.communicate()[0].decode(errors="replace")
    if kind != "response":
        raise RuntimeError(f"{name}: {kind} {body}\n{output[-2000:]}")
    return body


def check_alone(folder: Path, build: Path, stack: Stack, clients: Mapping[str, str], day: str, now: datetime) -> None:
    """Has each built function answer one event. Raises AssertionError or RuntimeError."""
    client = runtime_client(folder)
    prepared = exchanges(day, now)
    for name in functions().keys() & stack.names.keys():
        event, expected = prepared[name]
        found = boto3.client("lambda").get_function_configuration(FunctionName=stack.names[name])
        variables = {**found["Environment"]["Variables"], **clients, "AWS_REGION": REGION}
        answered = answer(build, client, name, event, variables)
        assert expected.items() <= answered.items(), f"{name} answers {answered}"
