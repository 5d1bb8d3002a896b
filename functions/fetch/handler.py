"""fetch: asked often, does what is due."""

import os
from datetime import UTC, datetime
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.fetch import step
from functions.fetch.huggingface import SourceUnavailableError
from functions.fetch.request import DayRequest, ScheduledRun, read
from functions.fetch.settings import FetchSettings
from shared import aws, web
from shared.archive import Archive
from shared.outbox import Outbox

logger = Logger(service="fetch")
metrics = Metrics(namespace="DailyPapers", service="fetch")


@cache
def surroundings() -> step.Surroundings:
    """Made at the first event, from the environment."""
    settings = FetchSettings.read(os.environ)
    return step.Surroundings(
        settings=settings,
        archive=Archive(aws.s3(), settings.bucket),
        enrich_queue=Outbox(aws.sqs(), settings.enrich_queue_url),
        web=web.client(),
    )


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:  # noqa: ARG001
    """Answers the days that were read. Raises where an event is bad, or a day failed that no next run makes up for."""
    request = read(event)
    try:
        if isinstance(request, DayRequest):
            return {"days": [_fetch(request, mail=request.mail)]}
        return {"days": _fetch_due(request)}
    finally:
        if metrics.metric_set:
            metrics.flush_metrics()


def _fetch_due(run: ScheduledRun) -> list[str]:
    read_days, errors = [], []
    for day in step.due_days(surroundings().archive, run.scheduled_at):
        try:
            read_days.append(_fetch(DayRequest(day=day, read_at=run.scheduled_at), mail=None))
        except SourceUnavailableError as error:
            logger.warning("The source is unavailable; the next run reads the day.", day=str(day), reason=str(error))
            metrics.add_metric("SourceUnavailable", MetricUnit.Count, 1)
        except Exception as error:  # every day fails alone; what it was is raised below
            logger.exception("A day could not be read.", day=str(day))
            errors.append(error)
    if errors:
        raise ExceptionGroup("days that could not be read, see the log", errors)
    return read_days


def _fetch(request: DayRequest, mail: bool | None) -> str:
    result = step.fetch_day(request, surroundings(), mail, datetime.now(UTC))
    manifest = result.manifest
    rows = len(manifest.papers) + len(manifest.refused)
    logger.info(
        "A day's list was read.",
        day=str(manifest.day),
        papers=len(manifest.papers),
        refused=[row.model_dump() for row in manifest.refused],
        odd_fields=[odd.model_dump() for odd in manifest.odd_fields],
        sent=result.sent,
    )
    metrics.add_metric("RefusedShare", MetricUnit.Percent, 100 * len(manifest.refused) / rows if rows else 0)
    return str(manifest.day)
