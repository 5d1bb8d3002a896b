"""subscribe: the form's POST. Every request gets the same answer; no log or metric holds an address."""

import base64
import os
from datetime import UTC, datetime
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.exceptions import ClientError

from functions.subscribe import form, page
from functions.subscribe.settings import SubscribeSettings
from functions.subscribe.step import Dependencies, sign_up
from shared.store import aws
from shared.store.bucket import Bucket

logger = Logger(service="subscribe")
metrics = Metrics(namespace="DailyPapers")


@cache
def settings() -> SubscribeSettings:
    """Read at the first request."""
    return SubscribeSettings.read(os.environ)


@cache
def dependencies() -> Dependencies:
    """Made at the first request, from the environment."""
    return Dependencies(bucket=Bucket(aws.s3(), settings().bucket), sns=aws.sns(), topic=settings().readers_topic_arn)


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:  # noqa: ARG001
    """Answers an HTTP API request (payload format 2.0) with one page and status 200."""
    metrics.set_default_dimensions(stack=settings().stack_name)
    first_language = language = settings().languages[0]
    try:
        asked = form.read(_body(event), settings().languages)
        language = asked.language
        _report(sign_up(asked, dependencies(), datetime.now(UTC)))
    except form.RefusedFormError as error:
        logger.info("A form was refused.", reason=str(error))
    except Exception as error:  # noqa: BLE001 - a reader gets the one page
        # Of the error only its name: its text could hold the address.
        name = error.response["Error"]["Code"] if isinstance(error, ClientError) else type(error).__name__
        logger.error("A sign-up failed.", error=name)  # noqa: TRY400
        metrics.add_metric("DeliveryFailed", MetricUnit.Count, 1)
    finally:
        if metrics.metric_set:
            metrics.flush_metrics()
    return {
        "statusCode": 200,
        "headers": {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": page.CONTENT_POLICY,
            "Cache-Control": "no-store",
        },
        "body": page.render(language, first_language, settings().site_url),
    }


def _body(event: dict[str, Any]) -> bytes:
    text = event.get("body") or ""
    try:
        return base64.b64decode(text) if event.get("isBase64Encoded") else text.encode()
    except ValueError as error:
        raise form.RefusedFormError("body: not text") from error


def _report(outcome: str) -> None:
    logger.info("A form was answered.", outcome=outcome)
    if outcome == "daily_cap":
        logger.warning("The daily cap on sign-ups is reached. Look at the log for the number of forms.")
    if outcome == "full":
        logger.error("The Readers topic takes no further subscription. Ask AWS Support for more filter policies.")
    if outcome in {"daily_cap", "full"}:
        metrics.add_metric("DeliveryFailed", MetricUnit.Count, 1)
