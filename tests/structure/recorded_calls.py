"""What the functions ask of AWS while the sample day goes through the chain, as IAM would see it."""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import boto3

from local import cloud
from local.arguments import SAMPLE
from local.chain import Chain
from local.clock import Clock
from local.functions import Function, start_cold
from local.listing import serve
from local.sample.stored import SAMPLE_DAY
from local.template import Stack
from shared.model import messages
from shared.model.span import Day, Week
from shared.store import aws, keys
from shared.store.bucket import Bucket
from shared.store.queue import Queue
from shared.store.retry import Failure
from tests.factories.account import account, topic_arn
from tests.factories.places import ROOT

DAY_BEFORE = SAMPLE_DAY - timedelta(days=1)
WEEK = Week.of(SAMPLE_DAY)
READ_AT = datetime.combine(SAMPLE_DAY, time(0, 15), UTC) + timedelta(days=1)
TICK = ROOT / "events/publish-batch.json"
FORM = ROOT / "events/subscribe-form.json"
PAPERS = 2
LISTED, UNLISTED = "2602.13515", "2602.99999"
Use = tuple[str, str]
"""An action, and the key, the prefix or the logical id that it was done to."""


class Recorder:
    """Notes each call with the function that made it."""

    def __init__(self, stack: Stack) -> None:
        self.uses: dict[str, set[Use]] = {}
        self.running = ""
        topics = {topic_arn(stack, name): name for name in stack.of_kind("AWS::SNS::Topic")}
        self._logical_ids = topics | {cloud.url(stack, name): name for name in stack.of_kind("AWS::SQS::Queue")}

    def listen(self) -> None:
        """To the clients of the functions."""
        for client in (aws.s3(), aws.sqs(), aws.sns()):
            client.meta.events.register("before-parameter-build", self._note)

    def _note(self, params: dict[str, Any], model: Any, **_: Any) -> None:
        self.uses.setdefault(self.running, set()).update(self._needs(model.name, params))

    def _needs(self, operation: str, asked: dict[str, Any]) -> Iterator[Use]:
        match operation:
            case "ListObjectsV2":
                yield "s3:ListBucket", asked["Prefix"]
            case "GetObject" | "PutObject":
                yield f"s3:{operation}", asked["Key"]
            case "DeleteObjects":
                yield from (("s3:DeleteObject", item["Key"]) for item in asked["Delete"]["Objects"])
            case "SendMessageBatch":
                yield "sqs:SendMessage", self._logical_ids[asked["QueueUrl"]]
            case "ChangeMessageVisibility" | "ChangeMessageVisibilityBatch":
                yield "sqs:ChangeMessageVisibility", self._logical_ids[asked["QueueUrl"]]
            case "Subscribe":
                yield "sns:Subscribe", "ReadersTopic"
            case "Publish":
                yield "sns:Publish", self._logical_ids[asked["TopicArn"]]
            case _:
                raise NotImplementedError(f"{operation} needs a permission that this recorder does not know")


def uses(stack: Stack) -> dict[str, set[Use]]:
    """What each function did in a day with a mail, with all that can fail in it, in a replay, a week and a new site."""
    recorder = Recorder(stack)

    class Recorded(Function):
        def __call__(self, event: dict[str, Any]) -> Any:
            recorder.running = self.name
            return super().__call__(event)

    with account(stack), Clock(READ_AT, runs=False) as clock:
        chain = Chain(stack, clock, only={"TickSchedule"})
        chain.functions = {name: Recorded(*function) for name, function in chain.functions.items()}
        recorder.listen()
        _disturb(stack)
        chain.functions["FetchFunction"]({"day": str(SAMPLE_DAY), "mail": True})
        chain.functions["PublishFunction"](json.loads(TICK.read_bytes()))
        chain.run(READ_AT + timedelta(minutes=15))
        chain.invoke("FetchFunction", {"day": str(SAMPLE_DAY), "replay_from": "enrich"})
        chain.settle()
        chain.invoke("FetchFunction", {"scheduled_at": clock.now().isoformat()})
        chain.settle()
        chain.functions["SubscribeFunction"](json.loads(FORM.read_bytes()))
        chain.functions["FetchFunction"]({"week": str(WEEK), "mail": True})
        chain.functions["FetchFunction"]({"site": "rebuild"})
        chain.run(clock.now() + timedelta(hours=3))
        archive = Bucket(boto3.client("s3"), stack.names["Bucket"])
        assert not archive.list(keys.open_markers(WEEK)), "the week is published too"
        assert not archive.list(keys.OPEN_SITE), "and the site is rendered again"
        start_cold(chain.functions.values())
    return recorder.uses


def _disturb(stack: Stack) -> None:
    """Papers without a row, an unreadable message, a paper that failed before, a day whose manifest is broken."""
    sqs = boto3.client("sqs")
    found = messages.PaperFound(day=SAMPLE_DAY, id=UNLISTED, read_at=READ_AT)
    enriched = messages.PaperEnriched(day=SAMPLE_DAY, id=UNLISTED, read_at=READ_AT, language="ko")
    Queue(sqs, cloud.url(stack, "EnrichQueue")).send([found])
    Queue(sqs, cloud.url(stack, "SummarizeQueue")).send([enriched])
    Queue(sqs, cloud.url(stack, "PublishQueue")).send_bodies(["not a message"])
    archive = Bucket(boto3.client("s3"), stack.names["Bucket"])
    failure = Failure(reason="a source was down", attempt=1, of=5, at=READ_AT)
    archive.write(keys.failure(SAMPLE_DAY, "summarize", LISTED, "ko"), failure)
    for key in (keys.manifest(DAY_BEFORE, READ_AT), keys.open_marker(DAY_BEFORE, READ_AT)):
        archive.put(key, b"{")


def short_list(folder: Path) -> AbstractContextManager[str]:
    """The address of a server that answers the first papers of the sample day's list, and a row that is none."""
    rows = [*json.loads((SAMPLE / "listing.json").read_bytes())[:PAPERS], {"article": {}}]
    listing = folder / "listing.json"
    listing.write_text(json.dumps(rows), encoding="utf-8")
    return serve(listing, Day(SAMPLE_DAY), WEEK)
