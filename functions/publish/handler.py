"""publish: looks at the days that messages name, and when the clock ticks at all that is open. Nothing holds it up."""

import logging
import os
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.data_classes import SQSEvent
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.publish import period_step, rebuild
from functions.publish import reconcile as step
from functions.publish.delivery.webhook import Posted, Webhook
from functions.publish.model.digest import Edition
from functions.publish.period_step import LookedPeriod
from functions.publish.settings import PublishSettings
from functions.publish.writing import Dependencies
from shared.model import messages
from shared.model.span import DayOrPeriod, Period
from shared.store import aws
from shared.store.bucket import Bucket
from shared.store.queue import Queue
from shared.store.secrets import read_secret

LONGEST_DAY_MS = 60_000
"""More than a day of 100 papers takes to be made in two languages, in December, when the year's lists are longest."""

logger = Logger(service="publish")
metrics = Metrics(namespace="DailyPapers", service="publish")


@cache
def settings() -> PublishSettings:
    """Read at the first event."""
    return PublishSettings.read(os.environ)


@cache
def surroundings() -> Dependencies:
    """Made at the first event, from the environment."""
    return Dependencies(
        archive=Bucket(aws.s3(), settings().bucket),
        sns=aws.sns(),
        topic=settings().readers_topic_arn,
        edition=Edition.model_validate(settings().model_dump()),
        webhook=webhook(),
    )


def webhook() -> Webhook | None:
    """None where no address is named."""
    if not (settings().webhook_parameter or os.environ.get("WEBHOOK_URL")):
        return None
    logging.getLogger("httpx").setLevel(logging.WARNING)  # at INFO it logs every address, and this one is a secret
    return Webhook(settings().webhook_shape, webhook_address)


@cache
def webhook_address() -> str:
    """Raises UnreadableSecretError, or the client's error."""
    return read_secret(settings().webhook_parameter, os.environ.get("WEBHOOK_URL", ""))


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Acknowledges every message: an unreadable one is copied to DeadLetters, a failed day stays marked as open."""
    days: set[date] = set()
    periods: set[Period] = set()
    ticked = False
    for record in SQSEvent(event).records:
        try:
            message = messages.read(record.body, messages.PaperSummarized, messages.PaperFailed, messages.ClockTicked)
        except messages.MalformedMessageError:
            logger.exception("A message cannot be read; a copy goes to DeadLettersFifo.", body=record.body[:500])
            Queue(aws.sqs(), settings().dead_letters_url).send_bodies([record.body])
            continue
        if isinstance(message, messages.PaperSummarized | messages.PaperFailed):
            days.add(message.day)
        else:
            ticked = True
    if ticked:
        opened = _open_reads()
        days |= {day for day in opened if isinstance(day, date)}
        periods = {period for period in opened if not isinstance(period, date)}
    try:
        around = _look(sorted(days, reverse=True))
        _look_at_periods(sorted(periods, key=lambda period: period.ended_at), around)
        if ticked:
            _rebuild(around, context)
    finally:
        if metrics.metric_set:
            metrics.flush_metrics()
    return {"batchItemFailures": []}


def _open_reads() -> set[DayOrPeriod]:
    found = step.open_reads(surroundings().archive)
    now = datetime.now(UTC)
    hours = max(((now - read_at).total_seconds() / 3600 for read_at in found.values()), default=0.0)
    metrics.add_metric("OldestOpenHours", MetricUnit.NoUnit, hours)
    return set(found)


def _look(days: Iterable[date]) -> Dependencies:
    """Looks at each day; one that fails is logged, counted and left open. A webhook that is down is asked once."""
    around = surroundings()
    for day in days:
        try:
            result = step.look(day, around, datetime.now(UTC))
        except Exception:
            logger.exception("A day could not be published; the next tick tries again.", day=str(day))
            metrics.add_metric("DayFailed", MetricUnit.Count, 1)
            step.reopen(day, surroundings().archive)
        else:
            _report(result)
            if around.webhook and any(each.posted.outcome == "unanswered" for each in result.published):
                around = around._replace(webhook=around.webhook._replace(paused=True))
    return around


def _look_at_periods(periods: Sequence[Period], around: Dependencies) -> None:
    """Looks at each week and month after the days, on which it stands. The same of one that fails."""
    still_open = step.open_reads(around.archive) if periods else {}
    for period in periods:
        try:
            result = period_step.look(period, still_open, around, datetime.now(UTC))
        except Exception:
            logger.exception("A week or month could not be published; the next tick tries again.", period=str(period))
            metrics.add_metric("DayFailed", MetricUnit.Count, 1)
        else:
            _report_period(result)
            if around.webhook and result.waits:
                around = around._replace(webhook=around.webhook._replace(paused=True))


def _rebuild(around: Dependencies, context: LambdaContext) -> None:
    """Goes on with a new site, if one was asked for, while there is time for another day."""
    made = rebuild.work(around, datetime.now(UTC), lambda: context.get_remaining_time_in_millis() > LONGEST_DAY_MS)
    try:
        _report_rebuild(made)
    except Exception:
        logger.exception("The site cannot be made anew; the next tick goes on.")
        metrics.add_metric("DayFailed", MetricUnit.Count, 1)


def _report_rebuild(made: Iterable[rebuild.Made]) -> None:
    for each in made:
        if each.error:
            logger.error(
                "A day, week or month could not be made anew; look at the error, then at its data.",
                edition=each.name,
                exc_info=each.error,
            )
            metrics.add_metric("DayFailed", MetricUnit.Count, 1)
        else:
            logger.info("A day, week or month was made anew.", edition=each.name)


def _report_period(result: LookedPeriod) -> None:
    for digest, revised, delivered in result.published:
        edition, language = str(digest.period), digest.language
        if revised:
            logger.info("A week or month was published.", edition=edition, language=language, revision=digest.revision)
        if delivered.mailed:
            logger.info("A mail was sent.", edition=edition, language=language)
        _report_post(delivered.posted, edition, language)


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
        _report_post(published.posted, str(digest.day), digest.language)
    if result.settled:
        metrics.add_metric("DaySettled", MetricUnit.Count, 1)


def _report_post(posted: Posted, edition: str, language: str) -> None:
    """What an operator must know of the webhook. Its address is told nowhere."""
    if posted.outcome == "sent":
        logger.info("A message was posted to the webhook.", edition=edition, language=language)
    elif posted.outcome != "none":
        logger.warning(
            "A message was not taken: look at the parameter WebhookParameter.",
            edition=edition,
            language=language,
            outcome=posted.outcome,
            reason=posted.reason,
        )
        webhook_address.cache_clear()
