"""The site as strangers see it, behind CloudFront, on the bucket's own address, and not at all."""

import http.client
import ssl
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote, urlencode, urlsplit

import boto3

from tests.emulator.cloud import Emulator
from tests.emulator.deployment import Stack

NOT_THE_SITE = ("/../raw/{day}/", "/%2e%2e/mailed/{day}/ko.json", "/..%2fraw%2f{day}%2fx.json", "/nothing/", "/_posts/")
"""Addresses behind the site's folder, or without a page."""


class Answer(NamedTuple):
    """What a stranger gets."""

    status: int
    headers: Mapping[str, str]
    body: str


class Stranger:
    """Somebody without credentials, who sends addresses as they are: no client tidies them up."""

    def __init__(self, account: Emulator) -> None:
        self._address = urlsplit(account.environment["AWS_ENDPOINT_URL"])
        self._context = ssl.create_default_context(cafile=account.environment["AWS_CA_BUNDLE"])

    def ask(self, target: str, host: str = "", method: str = "GET") -> Answer:
        """One request, to a host that the emulator answers for."""
        connection = http.client.HTTPSConnection(self._address.netloc, context=self._context)
        try:
            connection.putrequest(method, target, skip_host=True)
            connection.putheader("Host", host or self._address.netloc)
            connection.putheader("Content-Length", "0")
            connection.endheaders()
            answer = connection.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, headers, answer.read().decode(errors="replace"))
        finally:
            connection.close()


def distribution_host(stack: Stack) -> str:
    """The name by which the emulator knows the stack's distribution."""
    client = boto3.client("cloudfront")
    return str(client.get_distribution(Id=stack.names["Distribution"])["Distribution"]["DomainName"])


def check_cloudfront(stack: Stack, stranger: Stranger, day: str) -> None:
    """Pages, directories and our 404 page over CloudFront, and nothing else of the bucket. Raises AssertionError."""
    host = distribution_host(stack)
    front = stranger.ask("/", host)
    assert (front.status, "<!doctype html>" in front.body) == (200, True), front
    assert front.headers["content-security-policy"] == "frame-ancestors 'none'"
    assert front.headers["strict-transport-security"] == "max-age=31536000"
    assert front.headers["x-content-type-options"] == "nosniff"
    assert stranger.ask("/?versionId=null&list-type=2", host).body == front.body
    assert f"{day}" in stranger.ask(f"/{day}/", host).body
    sent_on = stranger.ask(f"/{day}", host)
    assert (sent_on.status, sent_on.headers["location"]) == (302, f"./{day}/")
    for target in NOT_THE_SITE:
        missing = stranger.ask(target.format(day=day), host)
        assert (missing.status, "404 · Daily Papers" in missing.body) == (404, True), (target, missing)
    assert stranger.ask("/", host, "POST").status in (403, 405)
    check_private(stack, stranger, day)


def check_private(stack: Stack, stranger: Stranger, day: str) -> None:
    """The bucket's own address gives nothing away. Raises AssertionError."""
    check_bucket(stack, stranger, day, site_status=403)


def check_website(stack: Stack, stranger: Stranger, day: str) -> None:
    """The bucket's own address gives the site and nothing else. Raises AssertionError."""
    check_bucket(stack, stranger, day, site_status=200)


def check_bucket(stack: Stack, stranger: Stranger, day: str, *, site_status: int) -> None:
    """What the bucket answers to everyone. Raises AssertionError."""
    bucket = f"/{stack.names['Bucket']}"
    (raw,) = stack.keys(f"raw/{day}/")[:1]
    for target in ("", "/", "/?list-type=2&prefix=site/", f"/{quote(raw)}", f"/mailed/{day}/ko.json"):
        assert stranger.ask(f"{bucket}{target}").status == 403, target
    for name in ("index.html", f"{day}/index.html"):
        assert stranger.ask(f"{bucket}/site/{name}").status == site_status, name


def check_sign_up(stack: Stack) -> None:
    """What the form posts makes a subscription that waits for its confirmation. Raises AssertionError.

    The function is invoked as the API does it: the emulator makes no routes of an API's body.
    """
    form = {"address": "newcomer@example.org", "language": "ko", "period": ["daily", "weekly"], "company_site": ""}
    hostile = {**form, "address": "a@b.example\r\nBcc: c@d.example"}
    bodies = [urlencode(each, doseq=True) for each in (form, form, hostile)]
    answers = [stack.invoke("SubscribeFunction", {"body": body}) for body in bodies]
    assert {each["statusCode"] for each in answers} == {200}, answers
    assert len({each["body"] for each in answers}) == 1
    topic = stack.names["ReadersTopic"]
    found = stack.sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]
    assert [each["Protocol"] for each in found if each["Endpoint"] == form["address"]] == ["email"]
    assert stack.keys("signups/")
    assert not [key for key in stack.keys("signups/") if "newcomer" in key]
