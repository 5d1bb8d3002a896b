"""Answers AWS calls inside this process: with botocore's validation and events, without signatures, HTTP and XML."""

from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager
from threading import RLock
from typing import Any, NamedTuple
from unittest.mock import patch

import boto3
from botocore.awsrequest import AWSResponse
from botocore.client import BaseClient
from botocore.compat import HTTPHeaders
from botocore.httpchecksum import resolve_checksum_context
from botocore.model import OperationModel
from botocore.validate import validate_parameters
from moto.core.models import botocore_stubber

Parameters = dict[str, Any]
Answer = Callable[[Parameters], Parameters | None]
"""An operation, from its parameters to what botocore would have parsed. None: moto is asked."""

ASKED = "asked of the shortcut"
"""Where a call's context keeps what is asked."""


class Asked(NamedTuple):
    """A call before its request is built."""

    parameters: Parameters
    request: Callable[[], Any]
    """Builds the request that moto reads."""


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

    def answer(
        model: OperationModel, params: Parameters, context: Parameters, **_: Any
    ) -> tuple[AWSResponse, Parameters] | None:
        asked: Asked | None = context.get(ASKED)
        if model.name not in answers or asked is None:  # a client that outlives its account
            return None
        with lock:
            response = _response(answers[model.name], asked.parameters)
        if response is None:
            params.update(asked.request())
        return response

    def ask_alone(request: Any) -> Any:
        with lock:
            return ask_moto(request)

    events: Any = boto3._get_default_session().events
    events.register_last("before-call", answer)
    try:
        with patch.object(botocore_stubber, "process_request", ask_alone), _built_late(answers):
            yield
    finally:
        events.unregister("before-call", answer)


@contextmanager
def _built_late(operations: Container[str]) -> Iterator[None]:
    """Builds the request of these operations only where moto is asked: it takes half of the time of a call."""
    client_class: Any = BaseClient
    resolve, convert = client_class._resolve_endpoint_ruleset, client_class._convert_to_request_dict

    def find_endpoint(client: Any, operation_model: OperationModel, *arguments: Any, **options: Any) -> Any:
        if operation_model.name in operations:
            return "", {}, {}
        return resolve(client, operation_model, *arguments, **options)

    def build(client: Any, api_params: Parameters, operation_model: Any, *arguments: Any, **options: Any) -> Any:
        if operation_model.name not in operations:
            return convert(client, api_params, operation_model, *arguments, **options)
        validate_parameters(api_params, operation_model.input_shape)
        context = options["context"]

        def whole() -> Any:
            endpoint, headers, context["endpoint_properties"] = resolve(client, operation_model, api_params, context)
            request = convert(client, api_params, operation_model, endpoint, context, headers)
            resolve_checksum_context(request, operation_model, api_params)
            return request

        context[ASKED] = Asked(api_params, whole)
        return {"url": "", "headers": {}, "body": b"", "context": context}

    with (
        patch.object(BaseClient, "_resolve_endpoint_ruleset", find_endpoint),
        patch.object(BaseClient, "_convert_to_request_dict", build),
    ):
        yield


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
