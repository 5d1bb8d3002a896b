"""Which days are due, from the manifests in the bucket."""

from datetime import UTC, date, datetime

import boto3
from moto import mock_aws

from functions.fetch.periods import due_periods
from functions.fetch.window import due_days, unsettled_days
from functions.publish.report import read_days
from shared.model.span import ONE_DAY, Week
from shared.store import keys
from shared.store.bucket import Bucket
from tests.factories.days import manifest

FIRST_RUN = datetime(2026, 2, 21, 0, 15, tzinfo=UTC)


@mock_aws
def test_at_the_beginning_of_march_the_days_of_february_that_were_read_today_are_not_read_again() -> None:
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="bucket", CreateBucketConfiguration={"LocationConstraint": "ap-northeast-2"})
    bucket, first_run = Bucket(s3, "bucket"), datetime(2026, 3, 2, 0, 15, tzinfo=UTC)
    for day in (date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1)):
        bucket.write(keys.manifest(day, first_run), manifest(read_at=first_run, day=day))
    assert due_days(bucket, first_run.replace(hour=1)) == ()
    assert due_days(bucket, first_run + ONE_DAY) == (date(2026, 3, 2), date(2026, 3, 1), date(2026, 2, 28))


@mock_aws
def test_somebody_elses_keys_among_the_manifests_and_markers_stop_no_run() -> None:
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="bucket", CreateBucketConfiguration={"LocationConstraint": "ap-northeast-2"})
    bucket, now, day = Bucket(s3, "bucket"), datetime(2026, 2, 21, 1, 15, tzinfo=UTC), date(2026, 2, 20)
    bucket.write(keys.manifest(day, FIRST_RUN), manifest(read_at=FIRST_RUN, day=day))
    bucket.put(keys.open_marker(day, FIRST_RUN), b"")
    for key in ("manifests/2026-02-20/notes.txt", "manifests/2026-02-20.kept/notes.txt", "open/2026-02-20/notes.txt"):
        bucket.put(key, b"a note")
    assert due_days(bucket, now)[0] == day, "a list that was empty is read again"
    assert unsettled_days(bucket, now) == (day,)
    assert list(due_periods(bucket, now.replace(day=23))) == [Week.of(day)]
    assert read_days(bucket, now) == {day}
