"""The emulator as a process, and what `sam deploy` needs to speak to it."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import boto3

from local.intrinsics import REGION
from tests.factories.places import ROOT

STARTS_WITHIN = 60.0
"""Seconds."""
ENDS_WITHIN = 5.0
"""Seconds."""


class Emulator(NamedTuple):
    """A running emulator."""

    folder: Path
    environment: Mapping[str, str]
    """What clients need to reach it as its administrator."""

    @property
    def audit(self) -> Path:
        """Each decision of IAM about a role, a line each."""
        return self.folder / "iam.jsonl"


@contextmanager
def emulator(folder: Path) -> Iterator[Emulator]:
    """A new account on 127.0.0.1, over TLS, with IAM enforced. This process speaks to it while it runs."""
    port = free_port()
    certificate = folder / "tmp/ministack-tls/server.crt"
    address = f"https://127.0.0.1:{port}"
    log = (folder / "ministack.log").open("wb")
    command = [str(ROOT / ".emulator/bin/python"), str(ROOT / "tests/emulator/ministack_repaired.py")]
    process = subprocess.Popen(command, cwd=folder, env=server_environment(folder, port), stdout=log, stderr=log)
    clients = {
        "AWS_ENDPOINT_URL": address,
        "AWS_CA_BUNDLE": str(certificate),
        "REQUESTS_CA_BUNDLE": str(certificate),
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "SAM_CLI_TELEMETRY": "0",
    }
    os.environ.update(clients)
    try:
        wait_for(certificate, process)
        yield Emulator(folder, clients)
    finally:
        process.terminate()
        try:
            process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()


def server_environment(folder: Path, port: int) -> dict[str, str]:
    """The emulator's own variables: nothing of this machine's accounts."""
    temporary = folder / "tmp"
    temporary.mkdir()
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "TMPDIR": str(temporary),
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "MINISTACK_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "LAMBDA_EXECUTOR": "local",
        "AUTH": "true",
        "USE_SSL": "1",
        "S3_DATA_DIR": str(folder / "s3"),
        "IAM_AUDIT": str(folder / "iam.jsonl"),
    }


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])


def wait_for(certificate: Path, process: subprocess.Popen[bytes]) -> None:
    """Returns when the emulator answers. Raises TimeoutError, or RuntimeError where it has ended."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"The emulator ended with exit code {process.returncode}.")
        if certificate.exists():
            try:
                boto3.client("sts").get_caller_identity()
            except Exception:  # noqa: BLE001 - whatever it is, it does not answer yet
                pass
            else:
                return
        time.sleep(0.2)
    raise TimeoutError(f"The emulator did not answer within {STARTS_WITHIN} s.")
