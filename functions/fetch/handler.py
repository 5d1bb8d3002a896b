"""fetch: asked often, does what is due."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache, partial
from time import monotonic
from typing import Any, TypeVar

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.fetch import periods, step, window
from functions.fetch.lists import huggingface
from functions.fetch.lists.arxiv import ArxivAnswer
from functions.fetch.lists.huggingface import SourceUnavailableError
from functions.fetch.request import DayRequest, ScheduledRun, SiteRequest, read
from functions.fetch.settings import FetchSettings
from shared.model.manifest import Manifest
from shared.model.span import Day, Period
from shared.store import aws, keys, web
from shared.store.bucket import Bucket
from shared.store.notices import Notice, Operators
from shared.store.queue import Queue
from shared.store.secrets import log_line

logger = Logger(service="fetch", json_serializer=log_line)
metrics = Metrics(namespace="DailyPapers")

_Result = TypeVar("_Result")
MAX_REFUSED_PERCENT = 20
"""The threshold of RefusedShareAlarm."""


@cache
def dependencies() -> step.Dependencies:
    """Made at the first event, from the environment."""
    settings = FetchSettings.read(os.environ)
    return step.Dependencies(
        settings=settings,
        bucket=Bucket(aws.s3(), settings.bucket),
        enrich_queue=Queue(aws.sqs(), settings.enrich_queue_url),
        web=web.client(),
    )


@cache
def operators() -> Operators:
    """Made at the first notice."""
    settings = dependencies().settings
    return Operators(dependencies().bucket, settings.operators_topic_arn, settings.stack_name)


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:  # noqa: ARG001
    """Answers what was read. Raises where an event is bad, or something failed that no next run makes up for."""
    metrics.set_default_dimensions(stack=dependencies().settings.stack_name)
    request = read(event)
    try:
        if isinstance(request, ScheduledRun):
            return _fetch_due(request)
        if isinstance(request, DayRequest):
            reading = step.read_day(request, dependencies(), request.mail, datetime.now(UTC))
            return {"read": [_finish(reading, step.ask_arxiv([reading], dependencies(), datetime.now(UTC)))]}
        if isinstance(request, SiteRequest):
            marker = keys.open_site(datetime.now(UTC))
            dependencies().bucket.put(marker, b"{}")
            return {"read": [], "open": marker}
        return {"read": [_read_period(request.period, request.read_at, request.mail)]}
    finally:
        if metrics.metric_set:
            metrics.flush_metrics()


def _fetch_due(run: ScheduledRun) -> dict[str, list[str]]:
    """The names of what was read, and of what was due and could not be read."""
    errors: list[Exception] = []
    for day in window.unsettled_days(dependencies().bucket, run.scheduled_at):
        _alone(day, partial(_send_again, day), errors)
    due, overdue = window.due_days(dependencies().bucket, run.scheduled_at), monotonic() + huggingface.MAX_SECONDS
    readings = [reading for day in due if (reading := _alone(day, partial(_read, day, run, overdue), errors))]
    answer = step.ask_arxiv(readings, dependencies(), datetime.now(UTC))
    done = [_alone(reading.day, partial(_finish, reading, answer), errors) for reading in readings]
    due_periods = periods.due_periods(dependencies().bucket, run.scheduled_at)
    for period in due_periods:
        read = partial(_read_period, period, run.scheduled_at, None)
        done.append(_alone(period, partial(_unless_down, period, read), errors))
    if errors:
        raise ExceptionGroup("lists that could not be read, see the log", errors)
    return {
        "read": [name for name in done if name],
        "unread": [str(each) for each in (*due, *due_periods) if str(each) not in done],
    }


def _alone(day: date | Period, work: Callable[[], _Result], errors: list[Exception]) -> _Result | None:
    """Every list fails alone; what it was is raised at the end."""
    try:
        return work()
    except Exception as error:  # whatever it was
        logger.exception("A list could not be read.", day=str(day))
        errors.append(error)
        if isinstance(day, date):
            text = "Its list could not be read. The log of fetch holds the error. The next runs try again."
            _notify(day, "unread", text, f"backfill {day} --again")
        return None


def _notify(day: date, cause: str, text: str, command: str) -> None:
    """Tells the operators. Whatever fails here costs nothing else: an alarm rings for the same cause."""
    try:
        notice = Notice(span=str(day), cause=cause, text=text, command=command)
        operators().notify(notice, Day(day), datetime.now(UTC))
    except Exception:
        logger.exception("The operators could not be notified.", day=str(day), cause=cause)


def _unless_down(day: date | Period, work: Callable[[], _Result]) -> _Result | None:
    """None where the source is unavailable: the next run makes up for it."""
    try:
        return work()
    except SourceUnavailableError as error:
        logger.warning("The source is unavailable; the next run reads the list.", day=str(day), reason=str(error))
        return None


def _send_again(day: date) -> None:
    papers = window.send_again(day, dependencies().bucket, dependencies().enrich_queue)
    if papers:
        logger.warning("Papers that no message had reached were sent again.", day=str(day), papers=papers)


def _read(day: date, run: ScheduledRun, overdue: float) -> step.Reading | None:
    request = DayRequest(day=day, read_at=run.scheduled_at)
    return _unless_down(day, lambda: step.read_day(request, dependencies(), None, datetime.now(UTC), overdue))


def _read_period(period: Period, read_at: datetime | None, mail: bool | None) -> str:
    manifest = periods.read_period(period, read_at, mail, dependencies(), datetime.now(UTC))
    logger.info(
        "The list of a week or month was read.",
        period=str(period),
        papers=len(manifest.papers),
        asked_for=manifest.asked_for,
    )
    return str(period)


def _finish(reading: step.Reading, answer: ArxivAnswer) -> str:
    manifest, sent = step.finish_day(reading, answer, dependencies())
    rows = len(manifest.papers) + len(manifest.refused)
    logger.info(
        "A day's list was read.",
        day=str(manifest.day),
        papers=len(manifest.papers),
        refused=[row.model_dump() for row in manifest.refused],
        odd_fields=[odd.model_dump() for odd in manifest.odd_fields],
        without_arxiv=dict(manifest.arxiv.missing),
        sent=sent,
    )
    if not reading.is_replay:
        _report_refused(manifest, rows)
    return str(manifest.day)


def _report_refused(manifest: Manifest, rows: int) -> None:
    refused = 100 * len(manifest.refused) / rows if rows else 0.0
    metrics.add_metric("RefusedShare", MetricUnit.Percent, refused)
    if refused > MAX_REFUSED_PERCENT:
        where = f"manifests/{manifest.day}/ names them"
        text = f"{len(manifest.refused)} of {rows} rows of its list could not be read; {where}."
        _notify(manifest.day, "refused", text, f"backfill {manifest.day} --again")
