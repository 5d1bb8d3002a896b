"""S3 as the functions use it: whole objects, listings by prefix, conditional writes and deletions."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import NamedTuple, Protocol

from botocore.response import StreamingBody

from local.shortcut import Answer, Parameters, RefusedError

MAX_KEYS = 1000
"""Of one page, https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html."""
ADDED_BY_BOTOCORE = ("ChecksumAlgorithm", "ChecksumMode", "EncodingType")
HEADERS = ("ContentType", "CacheControl")
"""What a write says of an object beside its content."""


class Stored(NamedTuple):
    """An object of a listing. The ETag is in double quotes."""

    key: str
    etag: str
    size: int
    modified: datetime


class Objects(Protocol):
    """The objects of one bucket."""

    bucket: str
    """Its name."""

    def read(self, key: str) -> bytes | None:
        """The content, or None where there is no object."""

    def write(self, key: str, body: bytes, headers: Mapping[str, str]) -> str:
        """Stores the content, whatever was there, and returns its ETag."""

    def list(self, prefix: str, *, folders: bool = True) -> Iterable[Stored]:
        """Every object under the prefix, in any order; without `folders` none in a folder below it."""

    def delete(self, key: str) -> None:
        """Deletes the object, whether there or not."""


def answers(objects: Objects) -> dict[str, Answer]:
    """The operations on this bucket. A call with other parameters than the functions give is not answered."""
    operations = {"GetObject": _get, "PutObject": _put, "ListObjectsV2": _list, "DeleteObjects": _delete}
    return {name: partial(operation, objects) for name, operation in operations.items()}


def _get(objects: Objects, asked: Parameters) -> Parameters | None:
    if not _knows(objects, asked, "Key"):
        return None
    body = objects.read(asked["Key"])
    if body is None:
        raise RefusedError(404, "NoSuchKey", "The specified key does not exist.")
    return {"Body": StreamingBody(BytesIO(body), len(body)), "ContentLength": len(body)}


def _put(objects: Objects, asked: Parameters) -> Parameters | None:
    body = asked.get("Body")
    known = _knows(objects, asked, "Key", "Body", "IfNoneMatch", *HEADERS)
    if not known or not isinstance(body, BytesIO):  # as botocore wraps bytes
        return None
    if "IfNoneMatch" in asked and objects.read(asked["Key"]) is not None:
        message = "At least one of the pre-conditions you specified did not hold"
        raise RefusedError(412, "PreconditionFailed", message)
    headers = {name: asked[name] for name in HEADERS if name in asked}
    return {"ETag": objects.write(asked["Key"], body.getvalue(), headers)}


def _list(objects: Objects, asked: Parameters) -> Parameters | None:
    """A page of the keys after the continuation token, which is the last key of the page before."""
    if not _knows(objects, asked, "Prefix", "ContinuationToken", "MaxKeys", "StartAfter", "Delimiter"):
        return None
    prefix, after = asked.get("Prefix", ""), asked.get("ContinuationToken") or asked.get("StartAfter") or ""
    limit = min(asked.get("MaxKeys", MAX_KEYS), MAX_KEYS)
    found = objects.list(prefix, folders="Delimiter" not in asked)
    rest = sorted(stored for stored in found if stored.key > after)
    page = rest[:limit]
    contents = [{"Key": key, "ETag": etag, "Size": size, "LastModified": time} for key, etag, size, time in page]
    about = {"Name": asked["Bucket"], "Prefix": prefix, "MaxKeys": limit, "KeyCount": len(page)}
    more = {"IsTruncated": True, "NextContinuationToken": page[-1].key} if len(rest) > limit else {"IsTruncated": False}
    return about | more | ({"Contents": contents} if page else {})


def _delete(objects: Objects, asked: Parameters) -> Parameters | None:
    keys = asked["Delete"]["Objects"]
    if not _knows(objects, asked, "Delete") or any(item.keys() != {"Key"} for item in keys):
        return None
    for item in keys:
        objects.delete(item["Key"])
    return {} if asked["Delete"].get("Quiet") else {"Deleted": [{"Key": item["Key"]} for item in keys]}


def _knows(objects: Objects, asked: Parameters, *names: str) -> bool:
    """Whether this is the bucket that is asked for, with no other parameters than these."""
    return asked["Bucket"] == objects.bucket and asked.keys() <= {"Bucket", *names, *ADDED_BY_BOTOCORE}
