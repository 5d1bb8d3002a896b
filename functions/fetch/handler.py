"""fetch: asked often, does what is due."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache, partial
from typing import Any, TypeVar

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.fetch import step, window
from functions.fetch.arxiv import ArxivAnswer
from functions.fetch.huggingface import SourceUnavailableError
from functions.fetch.request import DayRequest, ScheduledRun, read
from functions.fetch.settings import FetchSettings
from shared import aws, web
from shared.archive import Archive
from shared.outbox import Outbox

logger = Logger(service="fetch")
metrics = Metrics(namespace="DailyPapers", service="fetch")

_Result = TypeVar("_Result")


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
            reading = step.read_day(request, surroundings(), request.mail, datetime.now(UTC))
            return {"days": [_finish(reading, step.ask_arxiv([reading], surroundings(), datetime.now(UTC)))]}
        return {"days": _fetch_due(request)}
    finally:
        if metrics.metric_set:
            metrics.flush_metrics()


def _fetch_due(run: ScheduledRun) -> list[str]:
    errors: list[Exception] = []
    for day in window.last_days(run.scheduled_at):
        _alone(day, partial(_send_again, day, run), errors)
    due = window.due_days(surroundings().archive, run.scheduled_at)
    readings = [reading for day in due if (reading := _alone(day, partial(_read, day, run), errors))]
    answer = step.ask_arxiv(readings, surroundings(), datetime.now(UTC))
    read_days = [_alone(reading.day, partial(_finish, reading, answer), errors) for reading in readings]
    if errors:
        raise ExceptionGroup("days that could not be read, see the log", errors)
    return [day for day in read_days if day]


def _alone(day: date, work: Callable[[], _Result], errors: list[Exception]) -> _Result | None:
    """Every day fails alone; what it was is raised at the end."""
    try:
        return work()
    except Exception as error:  # whatever it was
        logger.exception("A day could not be read.", day=str(day))
        errors.append(error)
        return None


def _send_again(day: date, run: ScheduledRun) -> None:
    papers = window.send_again(day, surroundings().archive, surroundings().enrich_queue, run.scheduled_at)
    if papers:
        logger.warning("Papers that no message had reached were sent again.", day=str(day), papers=papers)


def _read(day: date, run: ScheduledRun) -> step.Reading | None:
    """None where the source is unavailable: the next run makes up for it."""
    request = DayRequest(day=day, read_at=run.scheduled_at)
    try:
        return step.read_day(request, surroundings(), None, datetime.now(UTC))
    except SourceUnavailableError as error:
        logger.warning("The source is unavailable; the next run reads the day.", day=str(day), reason=str(error))
        metrics.add_metric("SourceUnavailable", MetricUnit.Count, 1)
        return None


def _finish(reading: step.Reading, answer: ArxivAnswer) -> str:
    result = step.finish_day(reading, answer, surroundings())
    manifest = result.manifest
    rows = len(manifest.papers) + len(manifest.refused)
    logger.info(
        "A day's list was read.",
        day=str(manifest.day),
        papers=len(manifest.papers),
        refused=[row.model_dump() for row in manifest.refused],
        odd_fields=[odd.model_dump() for odd in manifest.odd_fields],
        without_arxiv=dict(manifest.arxiv.missing),
        sent=result.sent,
    )
    metrics.add_metric("RefusedShare", MetricUnit.Percent, 100 * len(manifest.refused) / rows if rows else 0)
    return str(manifest.day)
