"""Several chats at once: each once, by its own claim, within a bound of time, and no secret of theirs is shown."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from moto import mock_aws

from functions.publish import channels as channel_settings
from functions.publish import posting
from functions.publish.channels import Channel
from functions.publish.delivery import MailRecord
from functions.publish.posting import POSTED_WITHIN, Channels, Posted, post_all
from functions.publish.render import chat
from shared.model.span import Day, Span, Week
from shared.store import aws, keys, web
from shared.store.bucket import Bucket
from shared.store.secrets import UnreadableSecretError
from tests.factories.days import FRIDAY
from tests.factories.digests import EDITION, digest, paper

NOW = datetime(2026, 2, 21, 0, 30, tzinfo=UTC)
DAY = Day(FRIDAY)
TOKEN = "123456:S3CRET-token_x"
SLACK = {"kind": "slack", "address": "https://hooks.invalid/S3CRET"}
TELEGRAM = {"kind": "telegram", "token": TOKEN, "chat": "@papers"}
MAIL = MailRecord(status="sent", at=NOW, body="x", post=chat.of_digest(digest([paper(1)]), EDITION))


class Chats:
    """The other sides, by host: what they were sent, and what they say."""

    def __init__(self) -> None:
        self.posts: list[httpx.Request] = []
        self.answers: dict[str, Callable[[httpx.Request], httpx.Response]] = {}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.posts.append(request)
        answer = self.answers.get(request.url.host)
        return answer(request) if answer else httpx.Response(200)

    def says(self, host: str, *answers: httpx.Response) -> None:
        """One answer after the other; the last one for ever."""
        left = list(answers)
        self.answers[host] = lambda _: left.pop(0) if len(left) > 1 else left[0]


@pytest.fixture
def chats(monkeypatch: pytest.MonkeyPatch) -> Chats:
    found = Chats()
    client = httpx.Client(transport=httpx.MockTransport(found))
    monkeypatch.setattr(web, "client", lambda: client)
    return found


@pytest.fixture
def bucket() -> Iterator[Bucket]:
    with mock_aws(config={"core": {"reset_boto3_session": False}}):
        aws.s3().create_bucket(Bucket="bucket", CreateBucketConfiguration={"LocationConstraint": "ap-northeast-2"})
        made = Bucket(aws.s3(), "bucket")
        made.write(keys.mailed(DAY, "ko"), MAIL)
        yield made


def described(**parameters: Any) -> tuple[Channel, ...]:
    return channel_settings.described({name: json.dumps(value) for name, value in parameters.items()})


def post(bucket: Bucket, now: Any = NOW, run: Any = None, **parameters: Any) -> dict[str, Posted]:
    """What came of the day in an invocation, by channel."""
    found = post_all(bucket, run or Channels(lambda: described(**parameters)), DAY, "ko", now)
    return {each.channel: each for each in found}


def outcomes(posted: dict[str, Posted]) -> dict[str, str]:
    return {name: each.outcome for name, each in posted.items()}


def test_each_channel_gets_the_digest_once_in_its_own_form(bucket: Bucket, chats: Chats) -> None:
    several = {"team": SLACK, "readers": TELEGRAM}
    assert outcomes(post(bucket, **several)) == {"team": "sent", "readers": "sent"}
    assert post(bucket, now=NOW + timedelta(minutes=10), **several) == {}
    bodies = {request.url.host: json.loads(request.content) for request in chats.posts}
    assert len(chats.posts) == 2
    assert bodies["hooks.invalid"]["blocks"]
    assert bodies["api.telegram.org"]["chat_id"] == "@papers"
    assert str(chats.posts[0].url) == f"https://api.telegram.org/bot{TOKEN}/sendMessage"


def test_a_channel_that_is_away_keeps_no_other_back_and_is_asked_again_by_the_next_run(
    bucket: Bucket, chats: Chats
) -> None:
    several = {"away": {**SLACK, "address": "https://away.invalid/x"}, "team": SLACK}
    chats.says("away.invalid", httpx.Response(503), httpx.Response(200))
    assert outcomes(post(bucket, **several)) == {"away": "unanswered", "team": "sent"}
    assert outcomes(post(bucket, now=NOW + timedelta(minutes=10), **several)) == {"away": "sent"}
    assert [request.url.host for request in chats.posts] == ["away.invalid", "hooks.invalid", "away.invalid"]


@pytest.mark.parametrize(
    ("wishes", "language", "span", "posts"),
    [
        ({}, "en", DAY, 1),
        ({"language": "ko"}, "ko", DAY, 1),
        ({"language": "ko"}, "en", DAY, 0),
        ({"periods": ["weekly", "monthly"]}, "ko", DAY, 0),
        ({"periods": ["weekly"]}, "ko", Week.of(FRIDAY), 1),
    ],
)
def test_a_channel_gets_the_languages_and_periods_that_it_asks_for(
    bucket: Bucket, chats: Chats, wishes: dict[str, Any], language: str, span: Span, posts: int
) -> None:
    bucket.write(keys.mailed(span, language), MAIL)
    run = Channels(lambda: described(team={**SLACK, **wishes}))
    post_all(bucket, run, span, language, NOW)
    assert len(chats.posts) == posts


def test_a_new_channel_gets_no_digest_from_before_it(bucket: Bucket, chats: Chats) -> None:
    assert post(bucket, now=NOW + POSTED_WITHIN + timedelta(minutes=1), team=SLACK) == {}
    bucket.write(keys.mailed(DAY, "ko"), MAIL.model_copy(update={"post": None}))
    assert post(bucket, team=SLACK) == {}
    assert chats.posts == []


def test_a_message_that_release_1_0_claimed_is_posted_as_it_stands(bucket: Bucket, chats: Chats) -> None:
    bucket.put(keys.mailed(DAY, "ko"), b'{"status": "sent", "at": "2026-02-21T00:30:00Z", "subject": "x", "body": "x"}')
    record = {"status": "claimed", "at": "2026-02-21T00:30:00Z", "body": '{"a": 1}'}
    bucket.put(keys.channel(DAY, "ko", "webhook"), json.dumps(record).encode())
    run = Channels(lambda: (channel_settings.webhook("slack", lambda: SLACK["address"]),))
    assert outcomes(post(bucket, run=run)) == {"webhook": "sent"}
    assert json.loads(chats.posts[0].content) == {"a": 1}


def test_all_posts_of_a_run_take_thirty_seconds_at_most_and_the_next_run_posts_the_rest(
    bucket: Bucket, chats: Chats, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]
    monkeypatch.setattr(posting, "monotonic", lambda: clock[0])

    def slow(_: httpx.Request) -> httpx.Response:
        clock[0] += posting.POST_SECONDS
        return httpx.Response(200)

    chats.answers["hooks.invalid"] = slow
    many = {f"team{number}": SLACK for number in range(8)}
    assert list(outcomes(post(bucket, **many)).values()) == ["sent"] * 6 + ["unanswered"] * 2
    assert clock[0] <= posting.RUN_SECONDS
    assert outcomes(post(bucket, now=NOW + timedelta(minutes=10), **many)) == {"team6": "sent", "team7": "sent"}


def test_a_wait_that_telegram_asks_for_in_its_body_is_kept(bucket: Bucket, chats: Chats) -> None:
    busy = {"ok": False, "error_code": 429, "parameters": {"retry_after": 1_500}}
    chats.says("api.telegram.org", httpx.Response(429, json=busy), httpx.Response(200))
    assert outcomes(post(bucket, readers=TELEGRAM)) == {"readers": "unanswered"}
    early = post(bucket, now=NOW + timedelta(minutes=20), readers=TELEGRAM)["readers"]
    assert (early.outcome, early.reason) == ("unanswered", "it asked to wait until 00:55 UTC")
    assert outcomes(post(bucket, now=NOW + timedelta(minutes=30), readers=TELEGRAM)) == {"readers": "sent"}
    assert len(chats.posts) == 2


def test_a_wait_in_a_header_is_kept_too(bucket: Bucket, chats: Chats) -> None:
    chats.says("hooks.invalid", httpx.Response(429, headers={"Retry-After": "1200"}))
    post(bucket, team=SLACK)
    assert post(bucket, now=NOW + timedelta(minutes=10), team=SLACK)["team"].reason.startswith("it asked to wait")
    assert len(chats.posts) == 1


def test_a_chat_that_moved_is_followed_and_its_new_id_is_told(bucket: Bucket, chats: Chats) -> None:
    moved = {"ok": False, "error_code": 400, "parameters": {"migrate_to_chat_id": -100123}}
    chats.says("api.telegram.org", httpx.Response(400, json=moved), httpx.Response(200))
    posted = post(bucket, readers=TELEGRAM)["readers"]
    assert (posted.outcome, posted.reason) == ("sent", "the chat's id is now -100123: put it into the parameter")
    assert [json.loads(request.content)["chat_id"] for request in chats.posts] == ["@papers", "-100123"]


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"parameters": []}', b'{"parameters": {"migrate_to_chat_id": "x", "retry_after": "y"}}'],
)
def test_an_odd_answer_is_a_refusal_and_no_error(bucket: Bucket, chats: Chats, body: bytes) -> None:
    chats.says("api.telegram.org", httpx.Response(400, content=body))
    assert post(bucket, readers=TELEGRAM)["readers"].reason == "status 400"
    assert len(chats.posts) == 1


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("S3CRET", "its value is no JSON"),
        ('["S3CRET"]', "its value: "),
        ('{"kind": "S3CRET"}', "kind: it is not slack, discord, teams or telegram"),
        ('{"kind": "slack"}', "its value: slack needs address"),
        ('{"kind": "telegram", "token": "123:S3CRET"}', "its value: telegram needs token and chat"),
        ('{"kind": "telegram", "token": "../S3CRET", "chat": 1}', "token: "),
        ('{"kind": "slack", "address": "http://hooks.invalid/S3CRET"}', "its value is no https address"),
        ('{"kind": "slack", "address": "https://hooks.invalid:S3CRET/"}', "its value is no address"),
        ('{"kind": "slack", "address": "https://x/S3CRET", "language": "S3CRET"}', "language: "),
        ('{"kind": "slack", "address": "https://x/S3CRET", "periods": ["S3CRET"]}', "periods: "),
    ],
)
def test_a_channel_that_is_described_wrongly_costs_no_other_and_is_named_without_its_value(
    bucket: Bucket, chats: Chats, value: str, reason: str
) -> None:
    run = Channels(lambda: channel_settings.described({"odd": value, "team": json.dumps(SLACK)}))
    posted = post(bucket, run=run)
    assert outcomes(posted) == {"odd": "refused", "team": "sent"}
    assert reason in posted["odd"].reason
    assert "S3CRET" not in str(posted)


def test_channels_that_cannot_be_read_are_read_again_and_given_up_after_half_a_day(bucket: Bucket) -> None:
    def fail() -> tuple[Channel, ...]:
        raise UnreadableSecretError("AccessDeniedException for the SSM parameter '/daily-papers/channels'")

    assert outcomes(post(bucket, run=Channels(fail))) == {"channels": "unanswered"}
    late = NOW + POSTED_WITHIN + timedelta(minutes=1)
    assert outcomes(post(bucket, now=late, run=Channels(fail))) == {"channels": "refused"}


def test_no_secret_is_in_what_is_stored_shown_or_raised(bucket: Bucket, chats: Chats) -> None:
    def silent(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout(f"no answer from {request.url}", request=request)

    chats.answers |= {"hooks.invalid": silent, "api.telegram.org": silent}
    several = described(team=SLACK, readers=TELEGRAM)
    posted = post(bucket, run=Channels(lambda: several))
    stored = [bucket.get(key).decode() for key in bucket.list("")]
    assert len(chats.posts) == 2
    assert "S3CRET" not in f"{several} {posted} {stored}"
