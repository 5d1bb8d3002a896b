"""Answers AWS calls inside this process: with botocore's validation and events, without signatures, HTTP and XML."""

from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager
from threading import RLock
from typing import Any
from unittest.mock import patch

import boto3
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.model import OperationModel
from botocore.regions import EndpointRulesetResolver
from moto.core.models import botocore_stubber

Parameters = dict[str, Any]
Answer = Callable[[Parameters], Parameters | None]
"""An operation, from its parameters to what botocore would have parsed. None: moto is asked."""

ASKED = "asked of the shortcut"
"""Where a call's context keeps its parameters."""


class RefusedError(Exception):
    """The service refuses the call, with this status and code."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


@contextmanager
def answered(answers: Mapping[str, Answer]) -> Iterator[None]:
    """Answers these operations for every client that is made meanwhile.

    No two calls run at once: conditional writes are not atomic between threads, moto's own included.
    """
    lock, ask_moto = RLock(), botocore_stubber.process_request

    def answer(model: OperationModel, context: Parameters, **_: Any) -> tuple[AWSResponse, Parameters] | None:
        if model.name not in answers:
            return None
        with lock:
            return _response(answers[model.name], context[ASKED])

    def ask_alone(request: Any) -> Any:
        with lock:
            return ask_moto(request)

    events: Any = boto3._get_default_session().events
    events.register_last("before-parameter-build", _remember)
    events.register_last("before-call", answer)
    try:
        with patch.object(botocore_stubber, "process_request", ask_alone), _endpoints_kept(answers):
            yield
    finally:
        events.unregister("before-parameter-build", _remember)
        events.unregister("before-call", answer)


@contextmanager
def _endpoints_kept(operations: Container[str]) -> Iterator[None]:
    """Finds the endpoint of these operations once for each client and bucket, a fifth of the time of a call."""
    find = EndpointRulesetResolver.construct_endpoint
    kept: dict[tuple[Any, ...], Any] = {}

    def endpoint(
        resolver: EndpointRulesetResolver, operation_model: OperationModel, call_args: Parameters, **context: Any
    ) -> Any:
        call = resolver, operation_model.name, call_args.get("Bucket")
        if operation_model.name not in operations:
            return find(resolver, operation_model, call_args, **context)
        if call not in kept:
            kept[call] = find(resolver, operation_model, call_args, **context)
        return kept[call]

    with patch.object(EndpointRulesetResolver, "construct_endpoint", endpoint):
        yield


def _remember(params: Parameters, context: Parameters, **_: Any) -> None:
    context[ASKED] = params


def _response(answer: Answer, asked: Parameters) -> tuple[AWSResponse, Parameters] | None:
    status = 200
    try:
        parsed = answer(asked)
    except RefusedError as error:
        status, parsed = error.status, {"Error": {"Code": error.code, "Message": str(error)}}
    if parsed is None:
        return None
    metadata = {"RequestId": "local", "HTTPStatusCode": status, "HTTPHeaders": {}, "RetryAttempts": 0}
    return AWSResponse("", status, HTTPHeaders(), None), {**parsed, "ResponseMetadata": metadata}
