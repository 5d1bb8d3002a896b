"""publish: reconciles the days that messages name, and with every tick all that is open. Nothing holds it up."""

import logging
import os
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from time import monotonic
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.data_classes import SQSEvent
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.publish import channels, rebuild, report
from functions.publish.model.closing import Looks, Settled
from functions.publish.posting import Channels
from functions.publish.publish import Dependencies
from functions.publish.reconcile import Reconciled, open_reads, reconcile, reopen
from functions.publish.settings import PublishSettings
from shared.model import messages
from shared.model.span import Day, Span
from shared.store import aws
from shared.store.bucket import Bucket
from shared.store.notices import Notice, Operators
from shared.store.queue import Queue
from shared.store.secrets import log_line

MAX_DAY_MS = 60_000
"""More than a day of 100 papers takes to be made in two languages, in December, when the year's lists are longest."""

logger = Logger(service="publish", json_serializer=log_line)
metrics = Metrics(namespace="DailyPapers")


@cache
def settings() -> PublishSettings:
    """Read at the first event."""
    return PublishSettings.read(os.environ)


@cache
def dependencies() -> Dependencies:
    """Made at the first event, from the environment."""
    return Dependencies(
        bucket=Bucket(aws.s3(), settings().bucket),
        sns=aws.sns(),
        topic=settings().readers_topic_arn,
        config=settings().site,
    )


@cache
def operators() -> Operators:
    """Made at the first event, from the environment."""
    return Operators(dependencies().bucket, settings().operators_topic_arn, settings().stack_name)


@cache
def looks() -> Looks:
    """What this process saw last."""
    return Looks()


def open_channels() -> Channels | None:
    """The channels of an invocation, with its time for posts. None where none are set up."""
    local = channels.Local(os.environ.get("WEBHOOK_URL", ""), os.environ.get("CHANNELS", ""))
    if not channels.are_set_up(settings(), local):
        return None
    for library in ("httpx", "httpcore"):
        logging.getLogger(library).setLevel(logging.WARNING)  # below it they log every address, and these are secrets
    return Channels(lambda: channels.read(settings(), local), are_held=bool(os.environ.get("HOLD_POSTS")))


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Acknowledges every message: an unreadable one is copied to DeadLetters, a failed day stays marked as open."""
    metrics.set_default_dimensions(stack=settings().stack_name)
    settled: defaultdict[Day, list[Settled]] = defaultdict(list)
    ticked = False
    for record in SQSEvent(event).records:
        try:
            message = messages.read(record.body, messages.PaperSummarized, messages.PaperFailed, messages.ClockTicked)
        except messages.MalformedMessageError:
            logger.exception("A message cannot be read; a copy goes to DeadLettersFifo.", body=record.body[:500])
            Queue(aws.sqs(), settings().dead_letters_url).send_bodies([record.body])
            continue
        if isinstance(message, messages.PaperSummarized | messages.PaperFailed):
            settled[Day(message.day)].append(message)
        else:
            ticked = True
    try:
        services, now = replace(dependencies(), channels=open_channels()), datetime.now(UTC)
        due = {day for day, news in settled.items() if looks().is_due(day, news, now) or ticked}
        _reconcile_all(due, services)
        if ticked:
            _tick(due, services, context)
    finally:
        if metrics.metric_set:
            metrics.flush_metrics()
    return {"batchItemFailures": []}


def _tick(done: Collection[Span], services: Dependencies, context: LambdaContext) -> None:
    """All that is open. What fails is left to the next tick: a failed invocation holds the queue up for minutes."""
    try:
        _reconcile_all(open_reads(services.bucket).keys() - done, services)
        _measure_overdue()
        _rebuild(services, context)
    except Exception:
        logger.exception("What is open could not be looked at; the next tick does it.")
        metrics.add_metric("DayFailed", MetricUnit.Count, 1)


def _measure_overdue() -> None:
    bucket, now = dependencies().bucket, datetime.now(UTC)
    read = report.read_days(bucket, now)
    open_days = {span.first for span in open_reads(bucket) if isinstance(span, Day)}
    oldest = report.oldest_unsettled(read, open_days, report.first_day(bucket, now), now)
    hours = report.overdue_hours(oldest, now)
    metrics.add_metric("DayOverdue", MetricUnit.NoUnit, hours)
    if oldest and (notice := report.overdue(oldest, hours, was_read=oldest.first in read)):
        _notify(notice, oldest)


def _notify(notice: Notice, span: Span) -> None:
    """Notifies the operators. Whatever fails here costs nothing else: an alarm rings for the same cause."""
    try:
        operators().notify(notice, span, datetime.now(UTC))
    except Exception:
        logger.exception("The operators could not be notified.", span=notice.span, cause=notice.cause)


def _reconcile_all(spans: Iterable[Span], services: Dependencies) -> None:
    """Days first, newest first, then the weeks and months that are made of them.

    One that fails is logged, counted and left open.
    """
    for span in sorted(spans, key=_turn):
        started = monotonic()
        looks().forget(span)
        try:
            result = reconcile(span, services, datetime.now(UTC))
        except Exception:
            logger.exception("It could not be published; the next tick tries again.", **report.name(span))
            metrics.add_metric("DayFailed", MetricUnit.Count, 1)
            reopen(span, services.bucket)
            _notify(report.failed(span), span)
        else:
            looks().note(span, result.look)
            _report(result, monotonic() - started)


def _turn(span: Span) -> tuple[bool, int]:
    is_day, number = isinstance(span, Day), span.last.toordinal()
    return not is_day, -number if is_day else number


def _report(result: Reconciled, seconds: float) -> None:
    for each in report.report(result, seconds):
        if isinstance(each, report.Line):
            getattr(logger, each.level)(each.text, **each.fields)
        elif isinstance(each, report.Metric):
            metrics.add_metric(each.name, each.unit, each.value)
        else:
            _notify(each, result.span)


def _rebuild(services: Dependencies, context: LambdaContext) -> None:
    """Goes on with a rebuild of the site, if one was asked for, while there is time for another day."""
    rebuilt = rebuild.work(services, datetime.now(UTC), lambda: context.get_remaining_time_in_millis() > MAX_DAY_MS)
    try:
        for each in rebuilt:
            if each.error is None:
                logger.info("A day, week or month was rebuilt.", span=each.name)
            else:
                text = "A day, week or month could not be rebuilt; look at the error, then at its data."
                logger.error(text, span=each.name, exc_info=each.error)
                metrics.add_metric("DayFailed", MetricUnit.Count, 1)
    except Exception:
        logger.exception("The site cannot be rebuilt; the next tick goes on.")
        metrics.add_metric("DayFailed", MetricUnit.Count, 1)
