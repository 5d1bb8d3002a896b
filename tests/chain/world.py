"""The whole stack on a clock that stands still, a fake internet, and the things that go wrong."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, ClassVar

import boto3
import httpx
import pytest
from botocore.config import Config

from functions.fetch.due import DAYS_READ_AGAIN, last_days
from functions.publish.delivery import MailRecord
from functions.publish.model.digest import Digest
from local import cloud, moto_state, template
from local.chain import Chain
from local.clock import Clock
from local.functions import Function
from local.intrinsics import REGION
from local.mappings import KilledError
from shared.model.manifest import Manifest
from shared.model.span import Day, Period, parse
from shared.store import aws, keys
from shared.store.bucket import Bucket
from shared.store.queue import Queue
from tests.factories.account import MotoBucket, account, mails, topic_arn
from tests.factories.places import ROOT

LOOPBACK = "127.0.0.1"
"""Here a stub may listen; every other address is the fake internet's."""
FRIDAY = date(2026, 2, 20)
MORNING = datetime(2026, 2, 21, 0, 14, tzinfo=UTC)
"""A minute before the first schedule of the day on which Friday's list is read: 09:14 in Seoul. In a world that begins
then, the two days before Friday were read at midnight and were empty, unless they are among its lists."""


def row(paper_id: str, upvotes: int = 1, title: str = "", **fields: Any) -> dict[str, Any]:
    """A row of the list with an abstract of our own."""
    name = title or f"Paper {paper_id}"
    return {
        "paper": {
            "id": paper_id,
            "title": name,
            "summary": f"Agents forget. We propose {name}, which halves the error. It reaches 91.5% accuracy.",
            "upvotes": upvotes,
            "publishedAt": "2026-02-19T10:00:00.000Z",
            "authors": [{"name": "Kim Ha-neul"}, {"name": "Lee Ba-da"}],
            **fields,
        },
        "title": name,
        "numComments": 2,
    }


@cache
def client(service: str) -> Any:
    """A client of the tests' own, made in the first world and good in all: making one takes longer than many calls.

    Without a user agent, botocore puts its own together at every call, which takes a third of its time.
    """
    return boto3.client(service, region_name=REGION, config=Config(user_agent="tests"))  # type: ignore[call-overload]


class HuggingFace:
    """The fake internet: one function from a request to a response."""

    def __init__(self) -> None:
        self.lists: dict[date | Period, list[Any]] = {}
        self.status = 200
        self.refused: dict[str, int] = {}
        """The status with which it answers a kind of question: `week`, `month` or `date`."""
        self.asked: Counter[str] = Counter()
        self.elsewhere: Callable[[httpx.Request], httpx.Response] = lambda _: httpx.Response(404, json={})
        """Everything but the list."""

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path != "/api/daily_papers":
            return self.elsewhere(request)
        (kind, name), page = next(iter(request.url.params.items())), int(request.url.params["p"])
        self.asked[name] += 1
        if self.status != 200 or kind in self.refused:
            return httpx.Response(self.refused.get(kind, self.status), text="no")
        rows = self.lists.get(date.fromisoformat(name), []) if kind == "date" else self._of_period(parse(name))
        return httpx.Response(200, json=rows[page * 100 : (page + 1) * 100])

    def _of_period(self, period: Period) -> list[Any]:
        """What was said of it, else what its days list."""
        return self.lists.get(period) or [row for day in period.days for row in self.lists.get(day, [])]


class Noted(Function):
    """A function of the stack that says when it works."""

    working: ClassVar[str] = ""

    def __call__(self, event: dict[str, Any]) -> Any:
        """What the handler answers."""
        Noted.working = self.name
        return super().__call__(event)


class World:
    """A stack, its clock and its surroundings."""

    def __init__(self, stack: template.Stack, clock: Clock, internet: HuggingFace) -> None:
        self.stack, self.clock, self.internet = stack, clock, internet
        self.chain = Chain(stack, clock)
        self.chain.functions = {name: Noted(*function) for name, function in self.chain.functions.items()}
        self.archive = Bucket(client("s3"), stack.names["Bucket"])
        self.sqs = client("sqs")

    def run(self, **time: float) -> None:
        """Everything that happens in this much time. Ticks that find no open day and no message are passed over."""
        until = self.clock.now() + timedelta(**time)
        while (upcoming := self.chain.settle()) is not None and upcoming <= until:
            tick = self.chain.schedules["TickSchedule"][1]
            if upcoming == tick and not self.open_keys() and self.chain.hidden() is None:
                schedule, _ = self.chain.schedules["TickSchedule"]
                self.chain.schedules["TickSchedule"] = (schedule, schedule.next_after(tick))
            else:
                self.clock.jump(upcoming)
        self.clock.jump(until)

    def fetch(self, day: date = FRIDAY, **event: Any) -> None:
        """What an operator sends to fetch."""
        self.chain.invoke("FetchFunction", {"day": str(day), **event})

    def digest(self, day: date = FRIDAY, language: str = "ko") -> Digest:
        """What was published."""
        return self.archive.read(f"{keys.SITE}{keys.tree(language, 'ko')}{day}/digest.json", Digest)

    def published(self, day: date = FRIDAY, language: str = "ko") -> bool:
        """Whether anything was."""
        return bool(self.archive.list(f"{keys.SITE}{keys.tree(language, 'ko')}{day}/digest.json"))

    def mails(self) -> list[str]:
        """The subjects of all mails, in order."""
        return [subject for subject, _ in mails(topic_arn(self.stack, "ReadersTopic"))]

    def notices(self) -> list[str]:
        """The notices to the operators, in order."""
        return [line for _, line in mails(topic_arn(self.stack, "OperatorsTopic"))]

    def mail_record(self, day: date | Period = FRIDAY, language: str = "ko") -> MailRecord:
        """What the bucket says of a mail."""
        return self.archive.read(keys.mailed(day, language), MailRecord)

    def open_days(self) -> set[date | Period]:
        """The days, weeks and months that have a marker."""
        reads = filter(None, map(keys.read_of, self.open_keys()))
        return {span.first if isinstance(span, Day) else span for span, _ in reads}

    def open_keys(self) -> set[str]:
        """All markers."""
        bucket = MotoBucket(self.stack.names["Bucket"])
        return {stored.key for stored in bucket.list(keys.OPEN_DAYS)}

    def objects(self, prefix: str = "") -> dict[str, str]:
        """All keys with the hash of their content."""
        return dict(self.archive.list(prefix))

    def contents(self) -> dict[str, bytes]:
        """All objects: the whole state of the system once its queues are empty."""
        return {key: self.archive.get(key) for key in self.objects()}

    def restore(self, contents: Mapping[str, bytes]) -> None:
        """Stores what another world held."""
        bucket = MotoBucket(self.stack.names["Bucket"])
        for key, body in contents.items():
            bucket.write(key, body)

    def bodies(self, queue: str) -> list[str]:
        """What lies in a queue, whoever may see it now."""
        return [message.body for message in moto_state.queue(self.stack.names[queue])._messages]

    def send(self, queue: str, body: str) -> None:
        """Puts a message into a queue from outside."""
        Queue(self.sqs, cloud.url(self.stack, queue)).send_bodies([body])

    def redrive(self, queue: str) -> None:
        """Moves what lies in the dead letters of a queue back, as StartMessageMoveTask does."""
        letters = self.stack.resources[queue].properties["RedrivePolicy"]["deadLetterTargetArn"]
        (url,) = [cloud.url(self.stack, name) for name in self.stack.names if cloud.arn(self.stack, name) == letters]
        while found := self.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
            for message in found:
                self.send(queue, message["Body"])
                self.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])


@contextmanager
def world(
    monkeypatch: pytest.MonkeyPatch, lists: Mapping[date, Iterable[Any]], start: datetime = MORNING, **parameters: str
) -> Iterator[World]:
    """A new account at this time, and what Hugging Face lists. No other source is asked unless `Sources` says so."""
    internet = HuggingFace()
    internet.lists = {day: list(rows) for day, rows in lists.items()}
    connected = httpx.HTTPTransport.handle_request

    def handle(transport: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        return connected(transport, request) if request.url.host == LOOPBACK else internet(request)

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", handle)
    for name in ("huggingface", "arxiv", "github"):
        monkeypatch.setenv(f"{'hf' if name == 'huggingface' else name}_url".upper(), f"https://{name}.invalid")
    stack = template.stack(ROOT / "template.yaml", {"Sources": "none", "Model": "draft", **parameters})
    with account(stack), Clock(start, runs=False) as clock:
        if start == MORNING:
            _read_before(stack, lists)
        yield World(stack, clock, internet)


def _read_before(stack: template.Stack, lists: Mapping[date, Iterable[Any]]) -> None:
    """Stores a read of the days that a morning's run reads again: each would be published beside Friday."""
    bucket = MotoBucket(stack.names["Bucket"])
    read_at = datetime.combine(MORNING, time.min, UTC)
    model, languages = stack.parameters["Model"], tuple(stack.parameters["Languages"].split(","))
    for day in last_days(MORNING)[1 : 1 + DAYS_READ_AGAIN]:
        if day not in lists:
            read = Manifest(day=day, read_at=read_at, papers=(), languages=languages, model=model, deadline=read_at)
            bucket.write(keys.manifest(day, read_at), read.model_dump_json().encode(), {})


def on_call(
    service: str, operation: str, do: Callable[[dict[str, Any]], None], when: str = "provide-client-params"
) -> None:
    """Calls back with the parameters before (or after) each call that the functions make."""
    client = {"s3": aws.s3, "sqs": aws.sqs, "sns": aws.sns}[service]()
    if when == "provide-client-params":
        client.meta.events.register(f"{when}.{service}.{operation}", lambda params, **_: do(params))
        return
    asked: list[dict[str, Any]] = []
    client.meta.events.register(
        f"provide-client-params.{service}.{operation}", lambda params, **_: asked.append(dict(params))
    )
    client.meta.events.register(f"after-call.{service}.{operation}", lambda **_: do(asked[-1]))


def killed_at(world: World, function: str, call: int) -> list[Any]:
    """Kills a function's process before its `call`-th write or send, once. Returns the calls as they come."""
    return killed_when(world, function, lambda seen: len(seen) == call)


def killed_before(world: World, function: str, part: str, nth: int = 1) -> list[Any]:
    """Kills a function's process before the `nth` write, deletion or send with this part in its key or address."""

    def is_it(seen: Sequence[Any]) -> bool:
        named = [part in str([each.get(name) for name in ("Key", "Delete", "TopicArn", "QueueUrl")]) for each in seen]
        return named[-1] and sum(named) == nth

    return killed_when(world, function, is_it)


def killed_when(world: World, function: str, is_it: Callable[[Sequence[Any]], bool]) -> list[Any]:
    """Kills a function's process before the call for which this is true."""
    seen: list[Any] = []

    def count(params: Any, **_: Any) -> None:
        if Noted.working == function:
            seen.append(dict(params))
            if is_it(seen):
                raise KilledError

    for client in (aws.s3(), aws.sqs(), aws.sns()):
        service = client.meta.service_model.service_name
        for operation in ("PutObject", "DeleteObjects", "SendMessageBatch", "Publish"):
            client.meta.events.register(f"provide-client-params.{service}.{operation}", count)
    return seen


MakeWorld = Callable[..., World]


def dead(_: Any) -> None:
    """The process is killed here."""
    raise KilledError


def text(body: bytes) -> Any:
    """JSON as it is."""
    return json.loads(body)
