"""summarize: one paper in one language per message."""

import os
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any, NamedTuple

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.summarize import step
from functions.summarize.llm import ConfigurationError, FinalError, Summarizer
from functions.summarize.llm.choice import Access, summarizer
from functions.summarize.settings import SummarizeSettings
from shared.model import messages
from shared.store import aws, retry
from shared.store.bucket import Bucket
from shared.store.queue import Queue
from shared.store.secrets import UnreadableSecretError, read_secret

logger = Logger(service="summarize")
metrics = Metrics(namespace="DailyPapers", service="summarize")


class Dependencies(NamedTuple):
    """What summarize works with."""

    archive: Bucket
    own_queue: Queue
    publish_queue: Queue
    max_receives: int


@cache
def settings() -> SummarizeSettings:
    """Read at the first event."""
    return SummarizeSettings.read(os.environ)


@cache
def surroundings() -> Dependencies:
    """Made at the first event, from the environment."""
    return Dependencies(
        archive=Bucket(aws.s3(), settings().bucket),
        own_queue=Queue(aws.sqs(), settings().summarize_queue_url),
        publish_queue=Queue(aws.sqs(), settings().publish_queue_url),
        max_receives=settings().max_receives,
    )


@cache
def model(name: str) -> Summarizer:
    """Made when a paper first asks for it."""
    access = Access(
        openai_base_url=settings().openai_base_url,
        openai_key=openai_key,
        seconds=settings().model_seconds,
        price=settings().model_price,
    )
    return summarizer(name, access)


@cache
def openai_key() -> str:
    """Empty for a server that asks for none."""
    try:
        return read_secret(settings().openai_key_parameter, os.environ.get("OPENAI_API_KEY", ""))
    except UnreadableSecretError as error:
        raise ConfigurationError(f"OpenAiKeyParameter: {error}") from error


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Answers the messages that failed: SQS delivers those again."""
    processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)
    work = partial(_summarize, remaining_ms=context.get_remaining_time_in_millis())
    try:
        return process_partial_response(event, work, processor, context=context)
    finally:
        if metrics.metric_set:
            metrics.flush_metrics()


def _summarize(record: SQSRecord, remaining_ms: int) -> None:
    try:
        _attempt(record, remaining_ms)
    except Exception:
        logger.exception("An attempt failed.", body=record.body[:500])
        raise


def _attempt(record: SQSRecord, remaining_ms: int) -> None:
    archive, own_queue, publish_queue, max_receives = surroundings()
    number = int(record.attributes.approximate_receive_count or 1)
    if retry.hide([record.receipt_handle], own_queue, remaining_ms):
        raise retry.ExpiredReceiptError("another delivery of the message is in work or is coming")
    try:
        message = messages.read(record.body, messages.PaperEnriched)
    except messages.MalformedMessageError:
        retry.defer_unreadable(record.receipt_handle, number, max_receives, own_queue)
        raise
    attempt = retry.Attempt(
        step=step.STEP, message=message, receipt=record.receipt_handle, number=number, of=max_receives
    )
    now = datetime.now(UTC)
    retry.run(lambda: _settle(message, number, now), attempt, archive, own_queue, publish_queue, now)


def _settle(message: messages.PaperEnriched, attempt: int, now: datetime) -> None:
    """Has the paper analysed. What no further attempt would mend is settled here and now: the message is done."""
    archive, _, publish_queue, max_receives = surroundings()
    try:
        step.summarize(message, archive, publish_queue, model, attempt, now)
    except FinalError as error:
        logger.warning(
            "A paper stays without an analysis.", id=message.id, error=type(error).__name__, reason=str(error)
        )
        if isinstance(error, ConfigurationError):
            metrics.add_metric("ModelMisconfigured", MetricUnit.Count, 1)
            openai_key.cache_clear()
        step.give_up(message, error, max_receives, archive, publish_queue, now)
