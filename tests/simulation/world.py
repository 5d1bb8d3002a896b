"""One world: the fakes put in the place of AWS, of the internet and of time, for as long as a history runs."""

import logging
import os
import socket
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, nullcontext, redirect_stdout
from functools import cache
from hashlib import blake2b
from io import StringIO
from threading import Thread
from types import MappingProxyType, SimpleNamespace
from typing import Any
from unittest.mock import patch

import httpx
from pydantic_core import to_json

from functions.enrich import texts
from functions.publish.render import templating
from functions.publish.settings import SiteConfig
from local import functions, template
from local.template import Stack
from shared.model.frozen import Frozen
from shared.store import aws, web
from tests.factories.places import ROOT
from tests.simulation.calls import Calls
from tests.simulation.delivery import Delivery
from tests.simulation.faults import Faults
from tests.simulation.internet import Internet
from tests.simulation.invariants import Watch
from tests.simulation.kernel import Kernel
from tests.simulation.models import Answerer
from tests.simulation.objects import Objects, S3Client
from tests.simulation.queue_client import SqsClient
from tests.simulation.queues import Queues
from tests.simulation.runtime import Runtime
from tests.simulation.scenario import PARAMETERS, Scenario
from tests.simulation.services import BedrockClient, SnsClient, SsmClient

LOCAL_VARIABLES = (
    "OPENAI_API_KEY",
    "GITHUB_TOKEN",
    "WEBHOOK_URL",
    "HF_URL",
    "ARXIV_URL",
    "GITHUB_URL",
    "OPENAI_BASE_URL",
)
"""Variables of this machine that would stand before what the template says."""


@cache
def stack_of(parameters: tuple[tuple[str, str], ...]) -> Stack:
    """The stack that these parameters make, read once."""
    return template.stack(ROOT / "template.yaml", dict(parameters))


class World:
    """Everything outside the functions."""

    delivery: Delivery
    """From the moment it runs."""

    def __init__(self, scenario: Scenario, faults: Faults) -> None:
        self.scenario = scenario
        self.stack = stack_of(tuple(scenario.parameters.items()))
        self.kernel = Kernel(scenario.begins)
        self.faults = faults
        self.calls = Calls(self.kernel, self.faults)
        self.objects = Objects()
        self.queues = Queues(self.stack)
        self.sns = SnsClient(self.calls)
        self.answerer = Answerer(self.calls)
        self.internet = Internet(self.calls, scenario.lists, self.answerer)
        self.s3 = S3Client(self.calls, self.objects)
        self.watch = Watch(self.calls, self.objects, scenario.languages[0], whole_pages=scenario.whole_pages)
        self.watch.connect(self.queues, self.sns, self.answerer, self.internet.texts)

    @contextmanager
    def running(self) -> Iterator[Runtime]:
        """Puts the fakes in their places and wires the stack."""
        with ExitStack() as undo:
            undo.enter_context(patch.dict(os.environ))
            for name in LOCAL_VARIABLES:
                os.environ.pop(name, None)
            os.environ["POWERTOOLS_METRICS_DISABLED"] = "true"
            for patched in (*self._patches(), *self._clocks()):
                undo.enter_context(patched)
            logging.disable(logging.CRITICAL)
            undo.enter_context(redirect_stdout(StringIO()))  # Powertools prints every hundredth metric
            undo.callback(logging.disable, logging.NOTSET)
            undo.enter_context(self.kernel.running())
            runtime = Runtime(self.stack, self.kernel, self.faults, self.queues)
            self.delivery = Delivery(self.stack, self.kernel, self.faults, self.queues, runtime)
            runtime.idle = self._idle
            undo.callback(functions.start_cold, runtime.functions.values())
            yield runtime

    def _idle(self) -> bool:
        """Whether a tick would find nothing: then it is passed over, which no function can tell."""
        return not self.queues.by_name["PublishQueue"].messages and not any(self.objects.list("open/"))

    def _clocks(self) -> Iterator[Any]:
        """The clock by which functions bound their calls. No two invocations of Lambda share a lock."""
        for function in functions.functions(self.stack).values():
            function.load()
        for name, module in list(sys.modules.items()):
            if name.startswith(("functions.", "shared.")) and hasattr(module, "monotonic"):
                yield patch.object(module, "monotonic", lambda: self.kernel.now)
        yield patch.object(texts, "Lock", nullcontext)
        yield patch.object(texts, "Event", lambda: SimpleNamespace(wait=self._wait))

    def _wait(self, seconds: float) -> None:
        if seconds > 0:
            self.kernel.sleep(seconds)

    def _patches(self) -> Iterator[Any]:
        sqs, ssm = SqsClient(self.calls, self.queues), SsmClient(self.calls, PARAMETERS)
        yield patch.object(aws, "s3", cache(lambda: self.s3))
        yield patch.object(aws, "sqs", cache(lambda: sqs))
        yield patch.object(aws, "sns", cache(lambda: self.sns))
        yield patch.object(aws, "ssm", cache(lambda: ssm))
        yield patch.object(aws, "bedrock_runtime", cache(lambda seconds: BedrockClient(self.answerer, seconds)))
        yield patch.object(web, "client", cache(_client))
        yield patch.object(httpx.HTTPTransport, "handle_request", lambda _, request: self.internet(request))
        yield patch.object(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("18.65.3.1", 443))])
        yield patch.object(Thread, "start", Thread.run)
        yield patch.object(ThreadPoolExecutor, "submit", _submit)
        hashes = Hashes()
        yield patch.object(templating, "render", hashes.render if self.scenario.whole_pages else hashes.page)


@cache
def _client() -> httpx.Client:
    """The client of the functions, kept: making one costs more than a history's requests."""
    return httpx.Client(timeout=httpx.Timeout(20.0), headers={"User-Agent": web.USER_AGENT})


def _submit(_: ThreadPoolExecutor, work: Any, /, *args: Any, **named: Any) -> "Future[Any]":
    """Does the work at once: a history has one thread."""
    future: Future[Any] = Future()
    try:
        future.set_result(work(*args, **named))
    except Exception as error:  # noqa: BLE001 - it is raised where the result is asked for
        future.set_exception(error)
    return future


_render = templating.render
MAX_RENDERED = 1024
_rendered: dict[str, str] = {}
"""Pages by their hashes, whose values no template changes: a world's histories share most of them."""


class Hashes:
    """Stand for pages: they differ wherever the values that a page is made from differ."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Frozen, str]] = {}
        """By identity, with the value itself, so that no other one gets its identity: a day has many pages."""

    def page(self, template: str, address: str, language: str, config: Frozen, **context: Any) -> str:
        """In the place of `templating.render`."""
        values = {name: self._hash_of(value) for name, value in {"config": config, **context}.items()}
        return f"<!doctype html><title>{template} {address} {language} {_hash_of(values)}</title>"

    def render(self, template: str, address: str, language: str, config: SiteConfig, **context: Any) -> str:
        """A page of the same values is rendered once."""
        known = self.page(template, address, language, config, **context)
        if known not in _rendered:
            if len(_rendered) >= MAX_RENDERED:
                _rendered.clear()
            _rendered[known] = _render(template, address, language, config, **context)
        return _rendered[known]

    def _hash_of(self, value: object) -> object:
        if not isinstance(value, Frozen):
            return value
        if id(value) not in self._known:
            self._known[id(value)] = (value, _hash_of(value))
        return self._known[id(value)][1]


def _hash_of(value: object) -> str:
    """Of the data in it; functions do not count."""
    return blake2b(to_json(value, fallback=_data_of, by_alias=False), digest_size=16).hexdigest()


def _data_of(value: object) -> object:
    """What pydantic cannot write: functions and labels, which are the same in every history, and objects of ours."""
    if callable(value) or isinstance(value, MappingProxyType):
        return None
    fields = getattr(value, "__dict__", None)
    return str(value) if fields is None else {name: item for name, item in fields.items() if not callable(item)}
