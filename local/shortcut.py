"""Answers AWS calls inside this process: with botocore's validation and events, without signatures, HTTP and XML."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import RLock
from typing import Any
from unittest.mock import patch

from botocore.awsrequest import AWSResponse
from botocore.client import BaseClient
from botocore.compat import HTTPHeaders
from botocore.exceptions import ParamValidationError
from botocore.validate import ParamValidator
from moto.core.models import botocore_stubber

Parameters = dict[str, Any]
Answer = Callable[[Parameters], Parameters | None]
"""An operation, from its parameters to what botocore would have parsed. None: moto is asked."""


class RefusedError(Exception):
    """The service refuses the call, with this status and code."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


@contextmanager
def answered(answers: Mapping[str, Answer]) -> Iterator[None]:
    """Answers these operations of every client.

    No two calls run at once: conditional writes are not atomic between threads, moto's own included.
    """
    botocore: Any = BaseClient
    lock, call, ask_moto = RLock(), botocore._make_api_call, botocore_stubber.process_request

    def call_alone(client: BaseClient, operation: str, parameters: Parameters) -> Any:
        if operation not in answers:
            return call(client, operation, parameters)

        def answer(asked: Parameters) -> Parameters | None:
            with lock:
                return answers[operation](asked)

        return _call(client, operation, parameters, answer) or call(client, operation, parameters)

    def ask_alone(request: Any) -> Any:
        with lock:
            return ask_moto(request)

    asking_alone = patch.object(botocore_stubber, "process_request", ask_alone)
    with asking_alone, patch.object(botocore, "_make_api_call", call_alone):
        yield


def _call(client: Any, operation: str, parameters: Parameters, answer: Answer) -> Parameters | None:
    """What botocore's `_make_api_call` does before and after the request."""
    model: Any = client.meta.service_model.operation_model(operation)
    context = {"client_config": client.meta.config}
    asked = client._emit_api_params(api_params=dict(parameters), operation_model=model, context=context)
    report = ParamValidator().validate(asked, model.input_shape)
    if report.has_errors():
        raise ParamValidationError(report=report.generate_report())
    response = _response(answer, asked)
    if response is None:
        return None
    http, parsed = response
    service = model.service_model.service_id.hyphenize()
    client.meta.events.emit(
        f"after-call.{service}.{operation}", http_response=http, parsed=parsed, model=model, context=context
    )
    if http.status_code >= 300:
        raise client.exceptions.from_code(parsed["Error"]["Code"])(parsed, operation)
    return parsed


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
