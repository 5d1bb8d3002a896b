"""The account of a test: what the stack declares inside moto, the bucket as well, and what was mailed."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path

from moto.s3.models import FakeBucket, FakeDeleteMarker, FakeKey, s3_backends
from moto.sns.models import sns_backends

from local import cloud
from local.folder import Folder, Stored
from local.intrinsics import ACCOUNT, REGION
from local.shortcut import Answer
from local.template import Stack

METADATA = {"ContentType": "content-type", "CacheControl": "cache-control"}


class MotoBucket(Folder):
    """A bucket's objects inside moto, in place of a folder."""

    def __init__(self, bucket: str) -> None:
        super().__init__(Path(), bucket)

    def read(self, key: str) -> bytes | None:
        """The newest version; None where there is none or it is a delete marker."""
        found = _newest(self._inside, key)
        return found.value if found else None

    def write(self, key: str, body: bytes, headers: Mapping[str, str] | None = None) -> str:
        """Adds a version."""
        stored = s3_backends[ACCOUNT]["aws"].put_object(self.bucket, key, body, disable_notification=True)
        stored.set_metadata({METADATA[name]: value for name, value in (headers or {}).items()})
        return stored.etag

    def list(self, prefix: str, *, folders: bool = True) -> Iterable[Stored]:
        """The newest versions."""
        bucket = self._inside
        under = (
            key for key in list(bucket.keys) if key.startswith(prefix) and (folders or "/" not in key[len(prefix) :])
        )
        found = (_newest(bucket, key) for key in under)
        for key in found:
            if key:
                yield Stored(key.name, key.etag, key.size, key.last_modified.replace(microsecond=0, tzinfo=UTC))

    def delete(self, key: str) -> None:
        """Adds a delete marker."""
        s3_backends[ACCOUNT]["aws"].delete_object(self.bucket, key)

    @property
    def _inside(self) -> FakeBucket:
        return s3_backends[ACCOUNT]["aws"].buckets[self.bucket]


def _newest(bucket: FakeBucket, key: str) -> FakeKey | None:
    found = bucket.keys.get(key)
    return None if isinstance(found, FakeDeleteMarker) else found


@contextmanager
def account(stack: Stack, answers: Mapping[str, Answer] | None = None) -> Iterator[None]:
    """An empty account, but for the operations that are answered elsewhere."""
    with cloud.cloud(stack, {**MotoBucket(stack.names["Bucket"]).answers_of_s3(), **(answers or {})}):
        yield


def topic_arn(stack: Stack, topic_name: str) -> str:
    """The ARN of a topic, by its logical id."""
    return f"arn:aws:sns:{REGION}:{ACCOUNT}:{stack.names[topic_name]}"


def mails(topic_arn: str) -> list[tuple[str, str]]:
    """Subject and body of every mail that went to the topic."""
    sent = sns_backends[ACCOUNT][REGION].topics[topic_arn].sent_notifications
    return [(subject or "", body) for _, body, subject, *_ in sent]
