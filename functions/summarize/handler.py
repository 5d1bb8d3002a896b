"""summarize: one paper in one language per message, each fails alone."""

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from time import monotonic
from typing import Any, TypeVar

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.summarize import step
from functions.summarize.batch import Batch, in_turn
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

_Result = TypeVar("_Result")


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
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, list[dict[str, str]]]:
    """Answers the messages that failed: SQS delivers those again. Publish learns of all others by one call."""
    metrics.set_default_dimensions(stack=settings().stack_name)
    deps, found, batch = dependencies(), in_turn(retry.deliveries(event)), Batch(context.get_remaining_time_in_millis)
    expired = retry.hide([each.receipt for each in found], deps.own_queue, batch.remaining_ms())
    try:
        for delivery in found:
            with _alone(delivery, batch):
                _attempt(delivery, expired, batch)
        sent = deps.publish_queue.send_accepted([message for _, _, message in batch.settled])
        for delivery, attempt, message in batch.settled:
            if message not in sent:
                with _alone(delivery, batch):
                    _run(attempt, partial(deps.publish_queue.send, [message]), datetime.now(UTC))
    finally:
        if metrics.metric_set:
            metrics.flush_metrics()
    return {"batchItemFailures": [{"itemIdentifier": each} for each in batch.failed]}


@contextmanager
def _alone(delivery: retry.Delivery, batch: Batch) -> Iterator[None]:
    """What fails costs its own message."""
    try:
        yield
    except Exception:
        logger.exception("An attempt failed.", **messages.describe(delivery.body))
        batch.failed.append(delivery.id)


def _attempt(delivery: retry.Delivery, expired: Collection[str], batch: Batch) -> None:
    deps = dependencies()
    attempt = retry.begin(delivery, step.STEP, messages.PaperEnriched, expired, deps.max_receives, deps.own_queue)
    message, now = attempt.message, datetime.now(UTC)
    if _run(attempt, partial(_settle, attempt, partial(_model, batch), now), now):
        summarized = messages.PaperSummarized(day=message.day, id=message.id, language=message.language)
        batch.settled.append((delivery, attempt, summarized))


def _run(attempt: step.Attempt, work: Callable[[], _Result], now: datetime) -> _Result:
    deps = dependencies()
    return retry.run(work, attempt, deps.bucket, deps.own_queue, deps.publish_queue, now)


def _model(batch: Batch, name: str) -> step.Summarizer:
    """The model, if it can answer twice before the function's time is up.

    Only a day that was read before the parameter Model became draft has papers for a model in one batch.
    """
    found = model(name)
    if found.costs_money and batch.remaining_ms() < 2000 * settings().model_seconds:
        raise retry.TryAgainLaterError("the papers before it took the time that its model may need", seconds=1)
    return found


def _settle(attempt: step.Attempt, models: step.Models, now: datetime) -> bool:
    """Has the paper analysed, and returns whether publish is to look.

    What no further attempt would mend is settled here and now: the message is done.
    """
    deps = dependencies()
    started = monotonic()
    log = partial(_log, attempt, started)
    try:
        summary = step.summarize(attempt, deps.bucket, models, now)
    except FinalError as error:
        if isinstance(error, ConfigurationError):
            metrics.add_metric("Unusable", MetricUnit.Count, 1)
            openai_key.cache_clear()
        log("failed", error.usage, error.cost_usd, retry.describe(error))
        step.give_up(attempt, error, deps.bucket, deps.publish_queue, now)
        return False
    except retry.TryAgainLaterError as error:
        usage = error.usage if isinstance(error, LostAnswerError) else None
        log("delayed", usage, error.cost_usd, retry.describe(error))
        raise
    paid = summary.paid if summary else None
    outcome = "superseded" if summary is None else "analysed" if paid else summary.analysis.provenance.source
    log(outcome, paid, paid.cost_usd if paid else 0.0)
    return summary is not None


def _log(
    attempt: step.Attempt,
    started: float,
    outcome: str,
    tokens: Usage | Provenance | None,
    cost_usd: float | None,
    reason: str = "",
) -> None:
    """One line per attempt: a day's cost is the sum of its lines. `cost_usd` is None where no price is known."""
    write = logger.warning if reason else logger.info
    write(
        reason or "The paper is settled.",
        day=str(attempt.message.day),
        paper=attempt.message.id,
        language=attempt.message.language,
        outcome=outcome,
        attempt=attempt.number,
        seconds=round(monotonic() - started, 3),
        input_tokens=tokens.input_tokens if tokens else 0,
        output_tokens=tokens.output_tokens if tokens else 0,
        cost_usd=cost_usd,
    )
