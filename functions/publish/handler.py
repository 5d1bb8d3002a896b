"""publish: looks at the days that messages name, at every open day when the clock ticks. Nothing holds its queue up."""

import os
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.data_classes import SQSEvent
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.publish import step
from functions.publish.digest import Edition
from functions.publish.settings import PublishSettings
from functions.publish.writing import Surroundings
from shared import aws, messages
from shared.archive import Archive
from shared.outbox import Outbox

logger = Logger(service="publish")
metrics = Metrics(namespace="DailyPapers", service="publish")


@cache
def settings() -> PublishSettings:
    """Read at the first event."""
    return PublishSettings.read(os.environ)


@cache
def surroundings() -> Surroundings:
    """Made at the first event, from the environment."""
    return Surroundings(
        archive=Archive(aws.s3(), settings().bucket),
        sns=aws.sns(),
        topic=settings().readers_topic_arn,
        edition=Edition.model_validate(settings().model_dump()),
    )


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:  # noqa: ARG001
    """Acknowledges every message: an unreadable one is copied to DeadLetters, a failed day stays marked as open."""
    days: set[date] = set()
    ticked = False
    for record in SQSEvent(event).records:
        try:
            message = messages.read(record.body, messages.PaperSummarized, messages.ClockTicked)
        except messages.MalformedMessageError:
            logger.exception("A message cannot be read; a copy goes to DeadLettersFifo.", body=record.body[:500])
            Outbox(aws.sqs(), settings().dead_letters_url).send_bodies([record.body])
            continue
        if isinstance(message, messages.PaperSummarized):
            days.add(message.day)
        else:
            ticked = True
    if ticked:
        days |= _open_days()
    try:
        _look(sorted(days, reverse=True))
    finally:
        if metrics.metric_set:
            metrics.flush_metrics()
    return {"batchItemFailures": []}


def _open_days() -> set[date]:
    found = step.open_days(surroundings().archive)
    now = datetime.now(UTC)
    hours = max(((now - read_at).total_seconds() / 3600 for read_at in found.values()), default=0.0)
    metrics.add_metric("OldestOpenHours", MetricUnit.NoUnit, hours)
    return set(found)


def _look(days: Iterable[date]) -> None:
    """Looks at each day; one that fails is logged, counted and left open."""
    for day in days:
        try:
            result = step.look(day, surroundings(), datetime.now(UTC))
        except Exception:
            logger.exception("A day could not be published; the next tick tries again.", day=str(day))
            metrics.add_metric("DayFailed", MetricUnit.Count, 1)
            step.reopen(day, surroundings().archive)
        else:
            _report(result)


def _report(result: step.Looked) -> None:
    for published in result.published:
        digest = published.digest
        if published.revised:
            logger.info(
                "A digest was published.",
                day=str(digest.day),
                language=digest.language,
                status=digest.status,
                revision=digest.revision,
                papers=digest.listed,
                missing=[missing.model_dump() for missing in digest.missing],
            )
            share = 100 * len(digest.missing) / digest.listed if digest.listed else 0
            metrics.add_metric("DraftedShare", MetricUnit.Percent, share)
        if published.mailed:
            logger.info("A mail was sent.", day=str(digest.day), language=digest.language)
    if result.settled:
        metrics.add_metric("DaySettled", MetricUnit.Count, 1)
