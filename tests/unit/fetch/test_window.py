"""Which days are due, from the manifests in the bucket."""

from datetime import UTC, date, datetime

import boto3
from moto import mock_aws

from functions.fetch.window import due_days
from shared.model.span import ONE_DAY
from shared.store import keys
from shared.store.bucket import Bucket
from tests.factories.days import manifest


@mock_aws
def test_at_the_beginning_of_march_the_days_of_february_that_were_read_today_are_not_read_again() -> None:
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="bucket", CreateBucketConfiguration={"LocationConstraint": "ap-northeast-2"})
    bucket, first_run = Bucket(s3, "bucket"), datetime(2026, 3, 2, 0, 15, tzinfo=UTC)
    for day in (date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1)):
        bucket.write(keys.manifest(day, first_run), manifest(read_at=first_run, day=day))
    assert due_days(bucket, first_run.replace(hour=1)) == ()
    assert due_days(bucket, first_run + ONE_DAY) == (date(2026, 3, 2), date(2026, 3, 1), date(2026, 2, 28))
