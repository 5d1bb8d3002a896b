"""The webhook beside the mail: once per digest and language, at no cost to either, and its address is told nowhere."""

import json
import logging
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import boto3
import httpx
import pytest
from botocore.exceptions import ReadTimeoutError

from functions.publish.channels import WEBHOOK
from functions.publish.delivery import MAX_TRIES, MailRecord
from local.intrinsics import REGION
from shared.store import keys
from tests.chain.world import FRIDAY, MORNING, MakeWorld, World, dead, on_call, row

THREE = [row("2602.00001", 3), row("2602.00002", 2), row("2602.00003", 1)]
SECRET = "T0K3N"
ADDRESS = f"https://hooks.invalid/services/{SECRET}"
THURSDAY = FRIDAY - timedelta(days=1)


class Chat:
    """The other side: what it was sent, and what it says next."""

    def __init__(self) -> None:
        self.posts: list[httpx.Request] = []
        self.answer: Callable[[httpx.Request], httpx.Response] = lambda _: httpx.Response(200, text="ok")

    def __call__(self, request: httpx.Request) -> httpx.Response:
        assert request.method == "POST"
        self.posts.append(request)
        return self.answer(request)

    def says(self, status: int, **headers: str) -> None:
        self.answer = lambda _: httpx.Response(status, headers=headers)

    def is_silent(self) -> None:
        def silent(request: httpx.Request) -> httpx.Response:
            raise httpx.ReadTimeout(f"no answer from {request.url}", request=request)

        self.answer = silent

    def is_away(self) -> None:
        def away(request: httpx.Request) -> httpx.Response:
            raise httpx.ConnectTimeout(f"{request.url} is not reached", request=request)

        self.answer = away


@pytest.fixture
def chat() -> Chat:
    return Chat()


@pytest.fixture
def connected(make_world: MakeWorld, chat: Chat, monkeypatch: pytest.MonkeyPatch) -> Callable[..., World]:
    """Makes worlds whose digests are posted to the chat."""
    monkeypatch.setenv("WEBHOOK_URL", ADDRESS)

    def make(lists: Any = None, **parameters: Any) -> World:
        world = make_world(lists or {FRIDAY: THREE}, **parameters)
        world.internet.elsewhere = chat
        return world

    return make


def record(world: World, day: date = FRIDAY, language: str = "ko") -> MailRecord:
    return world.archive.read(keys.channel(day, language, WEBHOOK), MailRecord)


def test_a_digest_is_posted_once_in_each_language_in_the_shape_that_was_chosen(
    connected: Callable[..., World], chat: Chat
) -> None:
    world = connected(Languages="ko,en", WebhookShape="discord")
    world.run(hours=3)
    assert [str(post.url) for post in chat.posts] == [ADDRESS, ADDRESS]
    korean, english = (json.loads(post.content) for post in chat.posts)
    assert "2026년 2월 20일" in korean["embeds"][0]["title"]
    assert "February 20, 2026" in english["embeds"][0]["title"]
    assert "Paper 2602" in korean["embeds"][1]["title"]
    assert len(world.mails()) == 2
    assert (record(world).status, record(world, language="en").status) == ("sent", "sent")


@pytest.mark.parametrize("trouble", [429, 503, None])
def test_a_chat_that_is_down_costs_neither_page_nor_mail_and_is_tried_again_with_the_next_tick(
    connected: Callable[..., World], chat: Chat, trouble: int | None
) -> None:
    chat.says(trouble) if trouble else chat.is_silent()
    world = connected()
    world.run(minutes=5)
    assert world.published()
    assert len(world.mails()) == 1
    assert len(chat.posts) >= 1
    assert record(world).status == "claimed"
    assert FRIDAY in world.open_days()
    before = len(chat.posts)
    chat.says(204)
    world.run(minutes=11)
    assert len(chat.posts) == before + 1
    assert record(world).status == "sent"
    assert FRIDAY not in world.open_days()
    assert len(world.mails()) == 1
    world.run(hours=3)
    assert len(chat.posts) == before + 1


def test_a_message_whose_answer_is_lost_is_posted_three_times_at_most(
    connected: Callable[..., World], chat: Chat
) -> None:
    chat.is_silent()
    world = connected()
    world.run(hours=3)
    assert len(chat.posts) == MAX_TRIES
    assert record(world).reason == "no answer to 3 tries: it may have arrived"
    assert FRIDAY not in world.open_days()
    assert len(world.mails()) == 1


@pytest.mark.parametrize("status", [301, 404])
def test_a_chat_that_says_no_is_not_asked_again_and_the_operator_is_told_which_parameter_to_look_at(
    connected: Callable[..., World], chat: Chat, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    chat.says(status, location="https://elsewhere.invalid/")
    world = connected()
    world.run(hours=3)
    assert [post.url.host for post in chat.posts] == ["hooks.invalid"]
    assert (record(world).status, record(world).reason) == ("withheld", f"status {status}")
    assert FRIDAY not in world.open_days()
    assert world.published()
    assert len(world.mails()) == 1
    told = [record for record in caplog.records if "WebhookParameter" in record.getMessage()]
    assert [vars(record)["reason"] for record in told] == [f"status {status}"]


@pytest.mark.parametrize("reason", ["status 503", pytest.param("ConnectTimeout", marks=pytest.mark.extra)])
def test_a_chat_that_takes_nothing_is_given_up_after_half_a_day(
    connected: Callable[..., World], chat: Chat, reason: str
) -> None:
    chat.says(503) if "503" in reason else chat.is_away()
    world = connected()
    world.run(hours=11)
    assert (record(world).status, record(world).tries) == ("claimed", 0)
    world.run(hours=2)
    assert record(world).status == "withheld"
    assert record(world).reason == f"{reason}, for 12 hours"
    tried = len(chat.posts)
    assert tried > MAX_TRIES
    assert FRIDAY not in world.open_days()
    world.run(hours=2)
    assert len(chat.posts) == tried


@pytest.mark.parametrize("answer", [200, 404, None])
def test_the_address_is_in_no_log_and_no_object(
    connected: Callable[..., World], chat: Chat, capfd: pytest.CaptureFixture[str], caplog: Any, answer: int | None
) -> None:
    caplog.set_level(logging.INFO)
    chat.says(answer) if answer else chat.is_silent()
    world = connected()
    world.run(minutes=45)
    assert chat.posts
    said = capfd.readouterr()
    assert SECRET not in said.out + said.err + caplog.text
    for key in world.objects():
        assert SECRET.encode() not in world.archive.get(key), key


@pytest.mark.parametrize("address", ["http://hooks.invalid/T0K3N", "https://hooks.invalid:port/T0K3N"])
def test_only_an_https_address_is_posted_to(
    connected: Callable[..., World], chat: Chat, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("WEBHOOK_URL", address)
    world = connected()
    world.run(minutes=30)
    assert chat.posts == []
    assert record(world).status == "withheld"
    assert SECRET not in record(world).reason
    assert world.published()
    assert len(world.mails()) == 1


def test_a_backfill_is_not_posted_unless_its_mail_was_asked_for(connected: Callable[..., World], chat: Chat) -> None:
    world = connected(start=MORNING + timedelta(days=30))
    world.fetch()
    world.run(minutes=30)
    assert chat.posts == []
    assert not world.objects(keys.channel(FRIDAY, "ko", WEBHOOK))
    world.fetch(mail=True)
    world.run(minutes=30)
    assert len(chat.posts) == 1
    assert record(world).status == "sent"


def test_a_publish_that_dies_before_the_post_posts_it_with_the_next_look(
    connected: Callable[..., World], chat: Chat
) -> None:
    world = connected()
    killed: list[str] = []

    def kill(asked: Any) -> None:
        if not killed and asked["Key"].endswith("digest.json"):
            killed.append(asked["Key"])
            dead(asked)

    on_call("s3", "PutObject", kill)
    world.run(hours=2)
    assert killed
    assert len(chat.posts) == 1
    assert record(world).status == "sent"


def test_a_publish_that_dies_after_the_post_posts_it_once_more_and_never_again(
    connected: Callable[..., World], chat: Chat
) -> None:
    world = connected()
    killed: list[str] = []

    def kill(asked: Any) -> None:
        if not killed and asked["Key"].endswith(".webhook.json") and b'"sent"' in asked["Body"]:
            killed.append(asked["Key"])
            dead(asked)

    on_call("s3", "PutObject", kill)
    world.run(hours=3)
    assert killed
    assert len(chat.posts) == 2
    assert len(world.mails()) == 1
    assert record(world).status == "sent"


def test_a_mail_that_cannot_be_sent_does_not_keep_the_message_back(connected: Callable[..., World], chat: Chat) -> None:
    world = connected()

    def unanswered(_: Any) -> None:
        raise ReadTimeoutError(endpoint_url="sns")

    on_call("sns", "Publish", unanswered)
    world.run(minutes=30)
    assert len(chat.posts) == 1
    assert record(world).status == "sent"


def test_a_run_waits_once_for_a_chat_that_is_away_however_many_days_are_open(
    connected: Callable[..., World], chat: Chat
) -> None:
    world = connected({FRIDAY: THREE, THURSDAY: THREE})
    world.fetch(THURSDAY, mail=True)
    chat.is_away()
    world.run(minutes=25)
    assert {FRIDAY, THURSDAY} <= world.open_days()
    before = len(chat.posts)
    world.run(minutes=10)
    assert len(chat.posts) == before + 1
    chat.says(200)
    world.run(minutes=10)
    assert (record(world).status, record(world, THURSDAY).status) == ("sent", "sent")


def test_the_address_is_read_from_the_parameter_and_one_that_comes_late_is_found(
    make_world: MakeWorld, chat: Chat
) -> None:
    world = make_world({FRIDAY: THREE}, WebhookParameter="/daily-papers/webhook")
    world.internet.elsewhere = chat
    world.run(minutes=5)
    assert chat.posts == []
    assert record(world).status == "claimed"
    ssm = boto3.client("ssm", region_name=REGION)
    ssm.put_parameter(Name="/daily-papers/webhook", Value=ADDRESS, Type="SecureString")
    world.run(minutes=11)
    assert [str(post.url) for post in chat.posts] == [ADDRESS]
    assert record(world).status == "sent"


def test_the_channels_of_a_path_get_what_they_ask_for_and_one_that_is_added_is_found_without_a_deployment(
    make_world: MakeWorld, chat: Chat
) -> None:
    world = make_world({FRIDAY: THREE}, ChannelsPath="/daily-papers/channels", Languages="ko,en")
    world.internet.elsewhere = chat
    ssm = boto3.client("ssm", region_name=REGION)
    every = {"kind": "slack", "address": ADDRESS}
    english = {"kind": "telegram", "token": f"123:{SECRET}", "chat": "@papers", "language": "en"}
    ssm.put_parameter(Name="/daily-papers/channels/team", Value=json.dumps(every), Type="SecureString")
    world.run(minutes=5)
    ssm.put_parameter(Name="/daily-papers/channels/readers", Value=json.dumps(english), Type="SecureString")
    world.fetch(mail=True)
    world.run(minutes=15)
    assert [post.url.host for post in chat.posts] == ["hooks.invalid", "hooks.invalid", "api.telegram.org"]
    assert world.archive.read(keys.channel(FRIDAY, "en", "readers"), MailRecord).status == "sent"
    assert not world.objects(keys.channel(FRIDAY, "ko", "readers"))


def test_without_an_address_nothing_is_claimed(make_world: MakeWorld, chat: Chat) -> None:
    world = make_world({FRIDAY: THREE})
    world.internet.elsewhere = chat
    world.run(minutes=30)
    assert chat.posts == []
    assert not world.objects(keys.channel(FRIDAY, "ko", WEBHOOK))
