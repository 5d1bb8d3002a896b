"""The bucket: whole objects, conditional writes, and S3's ways of saying no."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import ClientError
from moto import mock_aws
from pydantic import ValidationError

from shared.model.facts import EnrichedPaper, Facts
from shared.model.frozen import Frozen
from shared.store import aws
from shared.store import bucket as bucket_module
from shared.store.bucket import Bucket, UndeletedError, md5, same
from tests.factories.account import MotoBucket

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

ONE, TWO = (EnrichedPaper(id="2602.00001", title=title, facts=Facts(abstract="연")) for title in ("One", "Two"))
CONFLICT, FORBIDDEN = ({"Code": code, "Message": "no"} for code in ("ConditionalRequestConflict", "AccessDenied"))


class ScriptedBucket:
    """A bucket that can be told what to answer next."""

    def __init__(self, client: "S3Client") -> None:
        self.client = client
        client.create_bucket(Bucket="bucket", CreateBucketConfiguration={"LocationConstraint": "ap-northeast-2"})
        self.archive = Bucket(self.client, "bucket")
        self.calls: list[str] = []
        self._answers: list[tuple[AWSResponse, dict[str, Any]]] = []

    def answers(self, status: int, times: int = 1, **parsed: Any) -> None:
        """S3 is not asked the next times."""
        answer = AWSResponse("https://bucket", status, HTTPHeaders(), None)
        self._answers += [(answer, {"ResponseMetadata": {"HTTPStatusCode": status}, **parsed})] * times

    def answer(self, model: Any, **_: Any) -> tuple[AWSResponse, dict[str, Any]] | None:
        self.calls.append(model.name)
        return self._answers.pop(0) if self._answers else None

    def fill(self, count: int) -> None:
        inside = MotoBucket("bucket")
        for number in range(count):
            inside.write(f"many/{number:04}", b"x", {})


@pytest.fixture(scope="module")
def client() -> "S3Client":
    """As the functions have it; making one takes longer than a test."""
    return aws.s3.__wrapped__()


@pytest.fixture
def bucket(client: "S3Client") -> Iterator[ScriptedBucket]:
    with mock_aws():
        bucket = ScriptedBucket(client)
        client.meta.events.register("before-call.s3", bucket.answer)  # type: ignore[arg-type]
        yield bucket
        client.meta.events.unregister("before-call.s3", bucket.answer)  # type: ignore[arg-type]


def test_what_is_written_is_read(bucket: ScriptedBucket) -> None:
    bucket.archive.write("a/one.json", ONE)
    assert bucket.archive.read("a/one.json", EnrichedPaper) == ONE
    assert "연".encode() in bucket.archive.get("a/one.json")


def test_a_listing_has_the_keys_under_the_prefix_and_the_hash_of_their_content(bucket: ScriptedBucket) -> None:
    for key in ("a/2", "a/1", "a", "ab/1"):
        bucket.archive.put(key, key.encode())
    assert list(bucket.archive.list("a/")) == ["a/1", "a/2"]
    assert bucket.archive.list("b/") == {}
    assert same(b"a/1", bucket.archive.list("a/")["a/1"])


@pytest.mark.parametrize("etag", [None, "", "0" * 32])
def test_other_content_and_no_object_are_not_the_same(etag: str | None) -> None:
    assert not same(b"x", etag)


def test_more_keys_than_a_page_holds_are_all_listed_and_all_deleted(bucket: ScriptedBucket) -> None:
    bucket.fill(1005)
    found = bucket.archive.list("many/")
    assert len(found) == 1005
    assert list(found) == sorted(found)
    bucket.calls.clear()
    bucket.archive.delete(found)
    assert bucket.archive.list("many/") == {}
    assert bucket.calls.count("DeleteObjects") == 2, "DeleteObjects takes a thousand keys"


def test_deleting_what_is_not_there_or_nothing_is_no_error(bucket: ScriptedBucket) -> None:
    bucket.archive.delete(["never/there"])
    bucket.calls.clear()
    bucket.archive.delete([])
    assert bucket.calls == []


def test_a_key_that_s3_did_not_delete_is_named_although_it_answered_200(bucket: ScriptedBucket) -> None:
    bucket.answers(200, Errors=[{"Key": "a/1", **FORBIDDEN}])
    with pytest.raises(UndeletedError, match="a/1: AccessDenied no"):
        bucket.archive.delete(["a/1", "a/2"])


def test_the_first_to_create_an_object_wins(bucket: ScriptedBucket) -> None:
    assert bucket.archive.create("a", ONE)
    assert not bucket.archive.create("a", TWO)
    assert bucket.archive.read("a", EnrichedPaper) == ONE


def test_an_object_can_be_created_again_when_it_was_deleted(bucket: ScriptedBucket) -> None:
    bucket.archive.create("a", ONE)
    bucket.archive.delete(["a"])
    assert bucket.archive.create("a", TWO)


@pytest.mark.parametrize("conflicts", [1, 2])
def test_a_conflict_with_another_write_is_tried_again_at_once(bucket: ScriptedBucket, conflicts: int) -> None:
    bucket.answers(409, conflicts, Error=CONFLICT)
    assert bucket.archive.create("a", ONE)
    assert bucket.archive.read("a", EnrichedPaper) == ONE


def test_a_conflict_that_the_other_write_won_says_so(bucket: ScriptedBucket) -> None:
    bucket.archive.create("a", TWO)
    bucket.answers(409, Error=CONFLICT)
    assert not bucket.archive.create("a", ONE)
    assert bucket.archive.read("a", EnrichedPaper) == TWO


def test_conflicts_without_end_are_an_error(bucket: ScriptedBucket) -> None:
    bucket.answers(409, bucket_module.CONFLICTS, Error=CONFLICT)
    with pytest.raises(ClientError, match="ConditionalRequestConflict"):
        bucket.archive.create("a", ONE)
    assert bucket.calls == ["PutObject"] * bucket_module.CONFLICTS


def test_a_write_that_is_forbidden_is_not_taken_for_an_object_that_exists(bucket: ScriptedBucket) -> None:
    bucket.answers(403, Error=FORBIDDEN)
    with pytest.raises(ClientError, match="AccessDenied"):
        bucket.archive.create("a", ONE)


def test_a_read_that_is_forbidden_is_not_taken_for_an_object_that_is_absent(bucket: ScriptedBucket) -> None:
    bucket.answers(403, 2, Error=FORBIDDEN)
    with pytest.raises(ClientError, match="AccessDenied"):
        bucket.archive.read("a", EnrichedPaper)
    with pytest.raises(ClientError, match="AccessDenied"):
        bucket.archive.list("a")


@pytest.mark.parametrize("content", [b"", b"<html>", b"[]", b'{"id": "2602.00001"}', b"\xff"])
def test_an_object_that_is_not_what_it_should_be_is_named(bucket: ScriptedBucket, content: bytes) -> None:
    bucket.archive.put("a/odd.json", content)
    with pytest.raises(ValidationError) as raised:
        bucket.archive.read("a/odd.json", EnrichedPaper)
    assert raised.value.__notes__ == ["in s3://bucket/a/odd.json"]


def test_fields_of_a_newer_version_are_passed_over(bucket: ScriptedBucket) -> None:
    bucket.archive.put("a", ONE.model_dump_json().replace("{", '{"new": 1, ', 1).encode())
    assert bucket.archive.read("a", EnrichedPaper) == ONE


def test_a_value_that_never_changes_is_asked_for_once(bucket: ScriptedBucket) -> None:
    bucket.archive.write("a", ONE)
    bucket.calls.clear()
    assert bucket.archive.read_once("a", EnrichedPaper) == ONE
    assert bucket.archive.read_once("a", EnrichedPaper) == ONE
    assert bucket.calls == ["GetObject"]


def test_only_the_last_values_are_kept_in_memory(bucket: ScriptedBucket) -> None:
    for number in range(bucket_module.MAX_KEPT_VALUES + 1):
        bucket.archive.write(f"a/{number}", ONE)
        bucket.archive.read_once(f"a/{number}", EnrichedPaper)
    bucket.calls.clear()
    for number in range(1, bucket_module.MAX_KEPT_VALUES + 1):
        bucket.archive.read_once(f"a/{number}", EnrichedPaper)
    assert bucket.calls == []
    bucket.archive.read_once("a/0", EnrichedPaper)
    assert bucket.calls == ["GetObject"]


def test_a_listed_value_is_asked_for_again_where_its_content_is_another(bucket: ScriptedBucket) -> None:
    bucket.archive.write("a", ONE)
    (one,) = bucket.archive.list("a").values()
    bucket.calls.clear()
    assert [bucket.archive.read_listed("a", one, EnrichedPaper) for _ in range(2)] == [ONE, ONE]
    assert bucket.calls == ["GetObject"]
    bucket.archive.write("a", TWO)
    (two,) = bucket.archive.list("a").values()
    assert bucket.archive.read_listed("a", two, EnrichedPaper) == TWO
    bucket.archive.put("a", b"{")
    assert bucket.archive.read_listed("a", md5(b"{"), EnrichedPaper) is None


def test_a_kept_value_is_not_taken_for_one_of_another_kind(bucket: ScriptedBucket) -> None:
    class Title(Frozen):
        title: str

    bucket.archive.write("a", ONE)
    assert bucket.archive.read_once("a", EnrichedPaper) == ONE
    assert bucket.archive.read_once("a", Title) == Title(title="One")


def test_what_browsers_need_to_know_is_stored_with_the_object(bucket: ScriptedBucket) -> None:
    bucket.archive.put("site/index.html", b"x", "text/html; charset=utf-8", "public, max-age=300")
    stored = bucket.client.head_object(Bucket="bucket", Key="site/index.html")
    assert (stored["ContentType"], stored["CacheControl"]) == ("text/html; charset=utf-8", "public, max-age=300")
