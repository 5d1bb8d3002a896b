"""enrich: one message per paper, each fails alone."""

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from time import monotonic
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.exceptions import BotoCoreError, ClientError

from functions.enrich import texts
from functions.enrich.gathering import Gatherer
from functions.enrich.pictures.download import client
from functions.enrich.pictures.storing import StoredPictures, store_pictures
from functions.enrich.settings import EnrichSettings
from functions.enrich.sources import github, registry
from functions.enrich.sources.api import Api
from functions.enrich.step import Begun, begin, begin_all, finish_all, store
from shared.model import messages
from shared.model.facts import Picture
from shared.model.settings import parameter
from shared.model.sources import TEXT
from shared.store import aws, keys, retry, web
from shared.store.bucket import Bucket
from shared.store.queue import Queue
from shared.store.secrets import UnreadableSecretError, log_line, read_secret

logger = Logger(service="enrich", json_serializer=log_line)
metrics = Metrics(namespace="DailyPapers")


@dataclass(frozen=True)
class Dependencies:
    """Services and settings that enrich uses."""

    bucket: Bucket
    own_queue: Queue
    summarize_queue: Queue
    publish_queue: Queue
    max_receives: int
    gatherer: Gatherer


@cache
def settings() -> EnrichSettings:
    """Read at the first event."""
    return EnrichSettings.read(os.environ)


@cache
def dependencies() -> Dependencies:
    """Made at the first event, from the environment."""
    bucket = Bucket(aws.s3(), settings().bucket)
    return Dependencies(
        bucket=bucket,
        own_queue=Queue(aws.sqs(), settings().enrich_queue_url),
        summarize_queue=Queue(aws.sqs(), settings().summarize_queue_url),
        publish_queue=Queue(aws.sqs(), settings().publish_queue_url),
        max_receives=settings().max_receives,
        gatherer=_gatherer(bucket),
    )


def _gatherer(bucket: Bucket) -> Gatherer:
    asked, tokens = settings().sources, {github.SOURCE.name: github_token}
    apis = {
        source.name: Api(
            web.client(), os.environ.get(source.variable, source.url), tokens.get(source.name), source.headers
        )
        for source in registry.API_SOURCES
        if source.name in asked
    }
    pictures = partial(_store_pictures, bucket=bucket) if registry.PICTURES in asked else None
    address = os.environ.get(texts.VARIABLE, texts.URL)
    source = texts.source(web.client(), address, hugging_face_token, bucket) if TEXT in asked else None
    return Gatherer(apis, pictures, source)


def _store_pictures(paper_id: str, found: tuple[Picture, ...], bucket: Bucket) -> StoredPictures:
    """Stores the pictures, and logs those that the site cannot show."""
    stored = store_pictures(paper_id, found, client(), bucket)
    for each in stored.missing:
        logger.info("A picture is not shown.", paper=paper_id, reason=each.reason, detail=each.detail)
    return stored


@cache
def github_token() -> str:
    """The token; empty where there is none or it cannot be read: GitHub answers without one, to fewer questions."""
    return _token("github_token_parameter", "GITHUB_TOKEN")


@cache
def hugging_face_token() -> str:
    """The token; empty where there is none or it cannot be read: texts can be read without one."""
    return _token("hugging_face_token_parameter", "HF_TOKEN")


def _token(setting: str, variable: str) -> str:
    try:
        return read_secret(getattr(settings(), setting), os.environ.get(variable, ""))
    except (UnreadableSecretError, ClientError, BotoCoreError):
        logger.exception("A token could not be read: its source is asked without one.", parameter=parameter(setting))
        metrics.add_metric("Unusable", MetricUnit.Count, 1)
        return ""


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, list[dict[str, str]]]:
    """Answers the messages that failed: SQS delivers those again."""
    metrics.set_default_dimensions(stack=settings().stack_name)
    deps, deliveries, failed = dependencies(), retry.deliveries(event), list[str]()
    expired = retry.hide([each.receipt for each in deliveries], deps.own_queue, context.get_remaining_time_in_millis())
    begun = begin_all(
        (each for each in deliveries if each.receipt not in expired), deps.bucket, deps.gatherer, datetime.now(UTC)
    )
    done = finish_all(begun, deps.bucket, deps.summarize_queue)
    for message, seconds in done.items():
        _log(message, seconds)
    for delivery in deliveries:
        try:
            _attempt(delivery, expired, done, begun.papers)
        except Exception:
            logger.exception("An attempt failed.", **messages.describe(delivery.body))
            failed.append(delivery.id)
    if metrics.metric_set:
        metrics.flush_metrics()
    return {"batchItemFailures": [{"itemIdentifier": each} for each in failed]}


def _log(message: messages.PaperFound, seconds: float) -> None:
    """One line per paper. Its sources are asked together with those of its batch."""
    logger.info("The facts are stored.", day=str(message.day), paper=message.id, seconds=round(seconds, 3))


def _attempt(
    delivery: retry.Delivery,
    expired: Collection[str],
    done: Collection[messages.PaperFound],
    begun: Mapping[messages.PaperFound, Begun],
) -> None:
    deps, now = dependencies(), datetime.now(UTC)
    attempt = retry.begin(delivery, "enrich", messages.PaperFound, expired, deps.max_receives, deps.own_queue)
    message = attempt.message

    def work() -> None:
        started = monotonic()
        found = begun.get(message)
        if found is None:
            enriched = deps.bucket.list(keys.enriched(message.day, message.id))
            found = begin(message, deps.bucket, deps.gatherer, enriched, delivery.number, now)
        deps.summarize_queue.send(store(message, found, deps.bucket))
        _log(message, monotonic() - started)

    if message not in done:
        retry.run(work, attempt, deps.bucket, deps.own_queue, deps.publish_queue, now)
