"""The stack's functions, run in this process as Lambda runs them."""

import os
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from threading import Lock
from time import monotonic
from types import ModuleType
from typing import Any, NamedTuple
from uuid import uuid4

from functions.enrich.sources import registry
from local.intrinsics import ACCOUNT, REGION
from local.log import LOG
from local.template import Stack
from shared.store import aws, web

MODEL_ADDRESSES = frozenset({"OPENAI_BASE_URL", "AWS_ENDPOINT_URL_BEDROCK_RUNTIME"})
IMPORTING = Lock()
"""Held while a handler is imported: packages with circular imports fail where two threads import them at once."""


def addresses() -> frozenset[str]:
    """The variables that say where the outside world is: this process's go before what the template says."""
    return registry.variables() | MODEL_ADDRESSES


class Context(NamedTuple):
    """What Lambda tells a handler of its invocation."""

    function_name: str
    memory_limit_in_mb: int
    aws_request_id: str
    deadline: float
    """When it is killed, on the machine's clock of `monotonic`."""

    @property
    def invoked_function_arn(self) -> str:
        """The function's ARN."""
        return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{self.function_name}"

    def get_remaining_time_in_millis(self) -> int:
        """How long it may still run."""
        return max(int(1000 * (self.deadline - monotonic())), 0)


class Function(NamedTuple):
    """A function of the stack. Its module is imported when it is first needed."""

    name: str
    path: str
    """Of its module."""
    handler: str
    timeout_seconds: int
    memory_mb: int
    invoke_config: dict[str, Any]

    def load(self) -> ModuleType:
        """Imports its module, if that is not done yet."""
        with IMPORTING:
            return import_module(self.path)

    @property
    def module(self) -> ModuleType:
        """What Lambda imports. Its log goes to the run's log."""
        module = self.load()
        module.logger.registered_handler.setStream(LOG)
        return module

    def __call__(self, event: dict[str, Any]) -> Any:
        """What the handler answers."""
        handler: Callable[[dict[str, Any], Context], Any] = getattr(self.module, self.handler)
        deadline = monotonic() + self.timeout_seconds
        return handler(event, Context(self.name, self.memory_mb, str(uuid4()), deadline))

    def start_cold(self) -> None:
        """Forgets what the function made at its first event; its logger's level is the environment's."""
        module = sys.modules.get(self.path)
        if module is None:
            return
        module.logger.setLevel(os.environ.get("POWERTOOLS_LOG_LEVEL", "INFO"))
        for value in vars(module).values():
            if getattr(value, "__module__", None) == self.path and hasattr(value, "cache_clear"):
                value.cache_clear()


def functions(stack: Stack) -> dict[str, Function]:
    """Every function by its logical id, cold. Their variables are this process's: each means the same in all."""
    declared = stack.of_kind("AWS::Serverless::Function")
    found = {name: _function(name, properties) for name, properties in declared.items()}
    outside = addresses()
    for properties in declared.values():
        for variable, value in properties.get("Environment", {}).get("Variables", {}).items():
            if variable not in outside or variable not in os.environ:
                os.environ[variable] = str(value)
    start_cold(found.values())
    return found


def _function(name: str, properties: dict[str, Any]) -> Function:
    path, handler = properties["Handler"].rsplit(".", 1)
    return Function(
        name=name,
        path=path,
        handler=handler,
        timeout_seconds=int(properties["Timeout"]),
        memory_mb=int(properties["MemorySize"]),
        invoke_config=properties.get("EventInvokeConfig", {}),
    )


def start_cold(functions: Iterable[Function]) -> None:
    """What a new process would not have: no client, no settings, nothing kept."""
    for made in (aws.s3, aws.sqs, aws.sns, aws.ssm, aws.bedrock_runtime, web.client):
        made.cache_clear()
    for function in functions:
        function.start_cold()
