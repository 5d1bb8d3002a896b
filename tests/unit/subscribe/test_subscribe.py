import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber
from hypothesis import given
from hypothesis import strategies as st
from moto import mock_aws

from functions.subscribe import form, handler
from functions.subscribe.form import RefusedFormError, SignUp
from functions.subscribe.settings import SubscribeSettings
from functions.subscribe.step import CapReachedError, Dependencies, choose_slots, sign_up
from shared.store import aws
from shared.store.bucket import Bucket

NOW = datetime(2026, 2, 21, 9, 30, tzinfo=UTC)
LANGUAGES = ("ko", "en")
CONTEXT: Any = SimpleNamespace(
    function_name="subscribe", memory_limit_in_mb=256, invoked_function_arn="arn", aws_request_id="request"
)


SETTINGS = SubscribeSettings(
    stack_name="daily-papers",
    bucket="bucket",
    readers_topic_arn="arn",
    site_url="",
    languages="ko,en",
)


ODD_EVENTS: tuple[dict[str, Any], ...] = (
    {},
    {"body": None},
    {"body": "\ud800"},
    {"body": "!", "isBase64Encoded": True},
    {"body": "YWRkcmVzcw==", "isBase64Encoded": True},
    {"body": "x" * 1_000_000},
)


def posted(**fields: Any) -> bytes:
    given = {"address": "reader@example.org", "language": "ko", "period": ["daily"], **fields}
    return urlencode(given, doseq=True).encode()


def asked(address: str) -> SignUp:
    return form.read(posted(address=address), LANGUAGES)


@pytest.fixture
def deps(monkeypatch: pytest.MonkeyPatch) -> Iterator[Dependencies]:
    with mock_aws(config={"core": {"reset_boto3_session": False}}):
        aws.s3().create_bucket(Bucket="bucket", CreateBucketConfiguration={"LocationConstraint": "ap-northeast-2"})
        topic = aws.sns().create_topic(Name="readers")["TopicArn"]
        yield Dependencies(bucket=Bucket(aws.s3(), "bucket"), sns=aws.sns(), topic=topic)


def subscriptions(deps: Dependencies) -> list[dict[str, Any]]:
    found = deps.sns.list_subscriptions_by_topic(TopicArn=deps.topic)["Subscriptions"]
    return [
        {**subscription, **deps.sns.get_subscription_attributes(SubscriptionArn=subscription["SubscriptionArn"])}
        for subscription in found
    ]


def test_a_form_becomes_a_subscription_with_its_filter_policy(deps: Dependencies) -> None:
    wish = form.read(posted(address=" Reader@Example.org ", period=["weekly", "daily"]), LANGUAGES)
    assert sign_up(wish, deps, NOW) == "asked"
    [found] = subscriptions(deps)
    assert (found["Protocol"], found["Endpoint"]) == ("email", "reader@example.org")
    assert json.loads(found["Attributes"]["FilterPolicy"]) == {"language": ["ko"], "period": ["daily", "weekly"]}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", "language"),
        (b"\xff\xfe", "body"),
        (b"address=" + b"a" * 1_100, "body"),
        (posted(company_site="https://example.org"), "company_site"),
        (posted(language="fr"), "language"),
        (posted(language=["ko", "en"]), "language"),
        (posted(period=[]), "period"),
        (posted(period=["hourly"]), "period"),
        (posted(address="reader@example.org\r\nBcc: other@example.org"), "address"),
        (posted(address=f"{'a' * 300}@example.org"), "address"),
        (posted(address="reader@exаmple.org"), "address"),  # its second a is Cyrillic
        (posted(address="reader@\u212aakao.com"), "address"),  # the sign of the kelvin, which is a k in lower case
        (posted(address="reader@example.org."), "address"),
        (posted(address='"reader other"@example.org'), "address"),
        (posted(address="reader@[192.0.2.1]"), "address"),
        (posted(address="reader@other@example.org"), "address"),
        (posted(address="reader@example.org\x00"), "address"),
        (posted(address=f"{'a' * 65}@example.org"), "address"),
        (b'{"address": "reader@example.org", "language": "ko", "period": "daily"}', "body"),
        (posted() + b"&x=1" * 20, "body"),
        (posted(address="reader@localhost"), "address"),
        (posted(address=".reader@example.org"), "address"),
        (posted(address="rea..der@example.org"), "address"),
        (posted(address="reader@-example.org"), "address"),
        (posted(address="Reader <reader@example.org>"), "address"),
        (posted(address=["reader@example.org", "other@example.org"]), "address"),
    ],
)
def test_a_hostile_form_is_refused_by_the_name_of_its_field(body: bytes, field: str) -> None:
    with pytest.raises(RefusedFormError, match=f"^{field}: ") as refused:
        form.read(body, LANGUAGES)
    assert "example.org" not in str(refused.value)


@given(st.binary(max_size=form.MAX_BODY_BYTES))
def test_any_body_is_read_or_refused(body: bytes) -> None:
    with suppress(RefusedFormError):
        form.read(body, LANGUAGES)


def test_spellings_of_one_mailbox_share_its_hourly_cap(deps: Dependencies) -> None:
    assert sign_up(asked("reader+a@naver.com"), deps, NOW) == "asked"
    assert sign_up(asked("READER+b@naver.com"), deps, NOW) == "capped"
    assert sign_up(asked("r.eader+papers@gmail.com"), deps, NOW) == "asked"
    assert sign_up(asked("reader@googlemail.com"), deps, NOW + timedelta(minutes=59)) == "capped"
    assert sign_up(asked("reader@gmail.com"), deps, NOW + timedelta(minutes=60)) == "asked"


def test_a_domain_has_five_sign_ups_a_day_unless_it_is_a_large_mail_provider(deps: Dependencies) -> None:
    small = [sign_up(asked(f"reader{number}@example.org"), deps, NOW) for number in range(6)]
    large = [sign_up(asked(f"reader{number}@naver.com"), deps, NOW) for number in range(6)]
    assert small == ["asked"] * 5 + ["capped"]
    assert large == ["asked"] * 6


def test_a_day_has_thirty_sign_ups_and_the_next_has_thirty_again(deps: Dependencies) -> None:
    outcomes = [sign_up(asked(f"reader@example{number}.org"), deps, NOW) for number in range(31)]
    assert outcomes == ["asked"] * 30 + ["daily_cap"]
    assert sign_up(asked("reader@example31.org"), deps, NOW + timedelta(days=1)) == "asked"


def test_the_bucket_holds_no_address(deps: Dependencies) -> None:
    sign_up(asked("reader@example.org"), deps, NOW)
    stored = {key: deps.bucket.get(key) for key in deps.bucket.list("")}
    assert stored
    assert not any("reader" in key or "example" in key or b"example" in body for key, body in stored.items())


def test_a_slot_that_another_sign_up_took_meanwhile_is_not_shared() -> None:
    taken = {"day/01"}
    first = choose_slots(asked("a@example.org"), b"key", taken, NOW)
    assert set(first).isdisjoint(choose_slots(asked("b@example.net"), b"key", {*taken, *first}, NOW))
    with pytest.raises(CapReachedError):
        choose_slots(asked("a@example.org"), b"key", first, NOW)


class StaleBucket(Bucket):
    """Its first listing is from before another sign-up took a slot of the day."""

    is_stale = True

    def list(self, prefix: str, after: str = "", *, folders: bool = True) -> Mapping[str, str]:
        found = super().list(prefix, after, folders=folders)
        kept = {key: etag for key, etag in found.items() if not (self.is_stale and "/day/" in key)}
        self.is_stale = False
        return kept


def test_a_reader_who_loses_a_slot_to_another_is_signed_up_with_the_next_one(deps: Dependencies) -> None:
    assert sign_up(asked("first@example.org"), deps, NOW) == "asked"
    late = replace(deps, bucket=StaleBucket(aws.s3(), "bucket"))
    assert sign_up(asked("second@example.org"), late, NOW) == "asked"


@pytest.mark.parametrize(("code", "outcome"), [("InvalidParameter", "known"), ("FilterPolicyLimitExceeded", "full")])
def test_what_sns_refuses_ends_as_an_outcome_and_not_as_an_error(deps: Dependencies, code: str, outcome: str) -> None:
    with Stubber(deps.sns) as stub:
        stub.add_client_error("subscribe", code, "Subscription already exists with different attributes", 400)
        assert sign_up(asked("reader@example.org"), deps, NOW) == outcome


def test_every_request_gets_the_same_page(
    deps: Dependencies, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capsys: Any
) -> None:
    settings = {"BUCKET": "bucket", "READERS_TOPIC_ARN": deps.topic, "SITE_URL": "", "LANGUAGES": "ko,en"}
    settings["STACK_NAME"] = "daily-papers"
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    handler.settings.cache_clear()
    handler.dependencies.cache_clear()
    rung: list[str] = []
    monkeypatch.setattr(handler.metrics, "add_metric", lambda name, *_: rung.append(name))
    with caplog.at_level(logging.INFO):
        bodies = [posted(), posted(), posted(address="nobody"), posted(company_site="x"), b"\xff"]
        answers = [handler.lambda_handler({"body": body.decode("latin-1")}, CONTEXT) for body in bodies]
        answers += [handler.lambda_handler(event, CONTEXT) for event in ODD_EVENTS]
        assert rung == [], "a form that holds no sign-up rings nobody"
        monkeypatch.setattr(deps.sns.meta.events, "emit_until_response", _fail)
        answers.append(handler.lambda_handler({"body": posted(address="other@example.net").decode()}, CONTEXT))
    assert rung == ["DeliveryFailed"]
    assert {answer["statusCode"] for answer in answers} == {200}
    assert len({answer["body"] for answer in answers}) == 1
    printed = capsys.readouterr()
    for text in (caplog.text, printed.out, printed.err):
        assert "example" not in text
        assert "nobody" not in text


@pytest.mark.parametrize(
    ("outcome", "rings"), [("daily_cap", True), ("full", True), ("known", False), ("asked", False)]
)
def test_a_full_topic_and_the_daily_cap_ring_the_operators(
    monkeypatch: pytest.MonkeyPatch, outcome: str, rings: bool
) -> None:
    counted: list[str] = []
    monkeypatch.setattr(handler.metrics, "add_metric", lambda name, *_: counted.append(name))
    monkeypatch.setattr(handler, "settings", lambda: SETTINGS)
    monkeypatch.setattr(handler, "dependencies", lambda: None)
    monkeypatch.setattr(handler, "sign_up", lambda *_: outcome)
    handler.lambda_handler({"body": posted().decode()}, CONTEXT)
    assert counted == (["DeliveryFailed"] if rings else [])


def _fail(*_: Any, **__: Any) -> Any:
    raise ClientError({"Error": {"Code": "InternalError", "Message": "other@example.net"}}, "Subscribe")
