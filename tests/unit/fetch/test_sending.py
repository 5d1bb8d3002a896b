"""Which papers are sent to enrich after a read, and after a repeated one."""

from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from functions.fetch.sending import unreached, wanted
from shared.store import keys
from shared.store.bucket import Bucket
from tests.factories.days import FRIDAY, ONE, THREE, TWO, manifest, paper

READ = manifest([paper(ONE), paper(TWO), paper(THREE)], languages=("ko", "en"))


@pytest.fixture
def bucket() -> Iterator[Bucket]:
    with mock_aws():
        s3 = boto3.client("s3")
        s3.create_bucket(Bucket="bucket", CreateBucketConfiguration={"LocationConstraint": "ap-northeast-2"})
        yield Bucket(s3, "bucket")


def test_a_paper_is_sent_until_it_has_a_summary_in_every_language(bucket: Bucket) -> None:
    for language, paper_id in (("ko", ONE), ("ko", TWO), ("en", TWO)):
        bucket.put(keys.summary(FRIDAY, language, paper_id), b"{}")
    assert [message.id for message in wanted(READ, [READ], bucket)] == [ONE, THREE]


def test_a_repeated_read_sends_what_no_message_has_reached_and_what_failed(bucket: Bucket) -> None:
    for paper_id in (ONE, TWO):
        bucket.put(keys.enriched(FRIDAY, paper_id), b"{}")
    bucket.put(keys.failure(FRIDAY, "summarize", TWO, "en"), b"{}")
    messages = wanted(READ, [READ], bucket)
    assert [message.id for message in unreached(messages, READ, bucket)] == [TWO, THREE]
