"""summarize: one paper in one language per message."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from time import monotonic
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.summarize import step
from functions.summarize.choice import Access, summarizer
from functions.summarize.errors import ConfigurationError, FinalError, LostAnswerError
from functions.summarize.settings import SummarizeSettings
from shared.model import messages
from shared.model.analysis import Provenance
from shared.model.prices import Usage
from shared.store import aws, retry
from shared.store.bucket import Bucket
from shared.store.queue import Queue
from shared.store.secrets import UnreadableSecretError, log_line, read_secret

logger = Logger(service="summarize", json_serializer=log_line)
metrics = Metrics(namespace="DailyPapers")


@dataclass(frozen=True)
class Dependencies:
    """Services and settings that summarize uses."""

    bucket: Bucket
    own_queue: Queue
    publish_queue: Queue
    max_receives: int


@cache
def settings() -> SummarizeSettings:
    """Read at the first event."""
    return SummarizeSettings.read(os.environ)


@cache
def dependencies() -> Dependencies:
    """Made at the first event, from the environment."""
    return Dependencies(
        bucket=Bucket(aws.s3(), settings().bucket),
        own_queue=Queue(aws.sqs(), settings().summarize_queue_url),
        publish_queue=Queue(aws.sqs(), settings().publish_queue_url),
        max_receives=settings().max_receives,
    )


@cache
def model(name: str) -> step.Summarizer:
    """Made when a paper first asks for it."""
    access = Access(
        openai_base_url=settings().openai_base_url,
        openai_key=openai_key,
        seconds=settings().model_seconds,
        price=settings().model_price,
        max_text_tokens=settings().text_tokens,
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
    metrics.set_default_dimensions(stack=settings().stack_name)
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
        logger.exception("An attempt failed.", **messages.describe(record.body))
        raise


def _attempt(record: SQSRecord, remaining_ms: int) -> None:
    deps = dependencies()
    number = int(record.attributes.approximate_receive_count or 1)
    if retry.hide([record.receipt_handle], deps.own_queue, remaining_ms):
        raise retry.ExpiredReceiptError("another delivery of the message is in work or is coming")
    try:
        message = messages.read(record.body, messages.PaperEnriched)
    except messages.MalformedMessageError:
        retry.defer_unreadable(record.receipt_handle, number, deps.max_receives, deps.own_queue)
        raise
    attempt = step.Attempt(
        step=step.STEP,
        message=message,
        receipt=record.receipt_handle,
        number=number,
        of=deps.max_receives,
    )
    now = datetime.now(UTC)
    retry.run(lambda: _settle(attempt, now), attempt, deps.bucket, deps.own_queue, deps.publish_queue, now)


def _settle(attempt: step.Attempt, now: datetime) -> None:
    """Has the paper analysed. What no further attempt would mend is settled here and now: the message is done."""
    deps = dependencies()
    started = monotonic()
    log = partial(_log, attempt, started)
    try:
        summary = step.summarize(attempt, deps.bucket, deps.publish_queue, model, now)
    except FinalError as error:
        if isinstance(error, ConfigurationError):
            metrics.add_metric("Unusable", MetricUnit.Count, 1)
            openai_key.cache_clear()
        log("failed", error.usage, error.cost_usd, retry.describe(error))
        step.give_up(attempt, error, deps.bucket, deps.publish_queue, now)
    except retry.TryAgainLaterError as error:
        usage = error.usage if isinstance(error, LostAnswerError) else None
        log("delayed", usage, error.cost_usd, retry.describe(error))
        raise
    else:
        paid = summary.paid if summary else None
        outcome = "superseded" if summary is None else "analysed" if paid else summary.analysis.provenance.source
        log(outcome, paid, paid.cost_usd if paid else 0.0)


def _log(
    attempt: step.Attempt,
    started: float,
    outcome: str,
    tokens: Usage | Provenance | None,
    cost_usd: float | None,
    reason: str = "",
) -> None:
    """One line per attempt: a day's cost is the sum of its lines. `cost_usd` is null where the price is not known."""
    message = attempt.message
    write = logger.warning if reason else logger.info
    write(
        reason or "The paper is settled.",
        day=str(message.day),
        paper=message.id,
        language=message.language,
        outcome=outcome,
        attempt=attempt.number,
        seconds=round(monotonic() - started, 3),
        input_tokens=tokens.input_tokens if tokens else 0,
        output_tokens=tokens.output_tokens if tokens else 0,
        cost_usd=cost_usd,
    )
