"""enrich: one message per paper, each fails alone."""

import os
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any, NamedTuple

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.enrich.settings import EnrichSettings
from functions.enrich.step import enrich
from shared import attempts, aws, messages
from shared.archive import Archive
from shared.outbox import Outbox

logger = Logger(service="enrich")


class Surroundings(NamedTuple):
    """What enrich works with."""

    archive: Archive
    own_queue: Outbox
    summarize_queue: Outbox
    max_receives: int


@cache
def surroundings() -> Surroundings:
    """Made at the first event, from the environment."""
    settings = EnrichSettings.read(os.environ)
    return Surroundings(
        archive=Archive(aws.s3(), settings.bucket),
        own_queue=Outbox(aws.sqs(), settings.enrich_queue_url),
        summarize_queue=Outbox(aws.sqs(), settings.summarize_queue_url),
        max_receives=settings.max_receives,
    )


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Answers the messages that failed: SQS delivers those again."""
    processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)
    return process_partial_response(event, _enrich, processor, context=context)


def _enrich(record: SQSRecord) -> None:
    try:
        _attempt(record)
    except Exception:
        logger.exception("An attempt failed.", body=record.body[:500])
        raise


def _attempt(record: SQSRecord) -> None:
    archive, own_queue, summarize_queue, max_receives = surroundings()
    try:
        message = messages.read(record.body, messages.PaperFound)
    except messages.MalformedMessageError:
        own_queue.defer(record.receipt_handle, attempts.AT_ONCE)
        raise
    attempt = attempts.Attempt(
        step="enrich",
        message=message,
        receipt=record.receipt_handle,
        number=int(record.attributes.approximate_receive_count or 1),
        of=max_receives,
    )
    work = partial(enrich, message, archive, summarize_queue)
    attempts.run(work, attempt, archive, own_queue, datetime.now(UTC))
