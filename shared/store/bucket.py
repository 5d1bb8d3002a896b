"""The bucket: the whole state of the system."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar

from botocore.exceptions import ClientError

from shared.model.frozen import Frozen

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

JSON = "application/json; charset=utf-8"
MAX_DELETED_AT_ONCE = 1000
"""The limit of DeleteObjects, https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html."""
MAX_KEPT_VALUES = 16
"""Values kept in memory: the manifests of the days in work, 200 KB each."""
MAX_KEPT_LISTS = 64
"""Of days and months, 1 MB a month: those that the pages of a day are made from."""
CONFLICTS = 3
"""How often a conditional write that met another one (409) is repeated at once."""

_Value = TypeVar("_Value", bound=Frozen)


class UndeletedError(RuntimeError):
    """S3 answered 200 and still did not delete a key."""


class Bucket:
    """Reads and writes whole objects. Existence is asked by listing: without ListBucket a missing key reads as 403."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket
        self._lists = client.get_paginator("list_objects_v2")  # botocore makes a class for each
        self._kept: dict[str, Frozen] = {}
        self._lists_read: dict[tuple[str, str], Frozen | None] = {}

    def get(self, key: str) -> bytes:
        """The object's bytes. Raises the client's error where there is none."""
        try:
            return self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
        except Exception as error:
            error.add_note(f"in s3://{self._bucket}/{key}")
            raise

    def read(self, key: str, kind: type[_Value]) -> _Value:
        """The stored value. Raises pydantic's ValidationError, with the key, where it is not one."""
        try:
            return kind.model_validate_json(self.get(key))
        except ValueError as error:
            error.add_note(f"in s3://{self._bucket}/{key}")
            raise

    def read_if_readable(self, key: str, kind: type[_Value]) -> _Value | None:
        """The stored value, or None where it is not one: for what the day can do without."""
        try:
            return self.read(key, kind)
        except ValueError:
            return None

    def find(self, key: str, kind: type[_Value]) -> _Value | None:
        """The stored value, or None where there is none or it cannot be read."""
        return self.read_if_readable(key, kind) if key in self.list(key) else None

    def read_once(self, key: str, kind: type[_Value]) -> _Value:
        """The stored value, if it is written once and never changed: the last few are kept in memory."""
        kept = self._kept.get(key)
        if not isinstance(kept, kind):
            kept = self.read(key, kind)
            self._kept = {**dict(list(self._kept.items())[1 - MAX_KEPT_VALUES :]), key: kept}
        return kept

    def read_listed(self, key: str, etag: str, kind: type[_Value]) -> _Value | None:
        """The stored value, or None where it is not one; kept in memory while the key is listed with this ETag."""
        if (key, etag) not in self._lists_read:
            others = list(self._lists_read.items())[1 - MAX_KEPT_LISTS :]
            self._lists_read = {**dict(others), (key, etag): self.read_if_readable(key, kind)}
        found = self._lists_read[key, etag]
        return found if isinstance(found, kind) else None

    def list(self, prefix: str, after: str = "", *, folders: bool = True) -> Mapping[str, str]:
        """Keys under the prefix, sorted, with their content's MD5 (the ETag of an object put whole under SSE-S3).

        Only those after a key, and none in folders below the prefix, where it is so asked.
        """
        narrower = {**({"StartAfter": after} if after else {}), **({} if folders else {"Delimiter": "/"})}
        pages = self._lists.paginate(Bucket=self._bucket, Prefix=prefix, **narrower)  # type: ignore[arg-type]
        return {item["Key"]: item["ETag"].strip('"') for page in pages for item in page.get("Contents", ())}

    def put(self, key: str, body: bytes, content_type: str = JSON, cache_control: str = "") -> None:
        """Writes the object, whatever was there."""
        extra = {"CacheControl": cache_control} if cache_control else {}
        self._client.put_object(Bucket=self._bucket, Key=key, Body=body, ContentType=content_type, **extra)  # type: ignore[arg-type]

    def write(self, key: str, value: Frozen) -> None:
        """Stores a value."""
        self.put(key, value.model_dump_json(by_alias=True).encode())

    def create(self, key: str, value: Frozen) -> bool:
        """Stores a value where there is none yet, and says whether it did (a lost answer, asked again, says False)."""
        for attempt in range(CONFLICTS):
            try:
                self._client.put_object(
                    Bucket=self._bucket,
                    Key=key,
                    Body=value.model_dump_json(by_alias=True).encode(),
                    ContentType=JSON,
                    IfNoneMatch="*",
                )
            except ClientError as error:
                status = error.response["ResponseMetadata"]["HTTPStatusCode"]
                if status == 412:
                    return False
                if status != 409 or attempt == CONFLICTS - 1:
                    raise
            else:
                return True
        raise AssertionError("unreachable")

    def create_or_read(self, key: str, value: _Value) -> _Value:
        """Stores a value where there is none yet. Returns the one that is stored, the first of those who were first."""
        return value if self.create(key, value) else self.read(key, type(value))

    def delete(self, keys: Iterable[str]) -> None:
        """Deletes the keys, whether there or not. Raises UndeletedError naming the first that stayed."""
        ordered = sorted(keys)
        for start in range(0, len(ordered), MAX_DELETED_AT_ONCE):
            part = ordered[start : start + MAX_DELETED_AT_ONCE]
            answer = self._client.delete_objects(
                Bucket=self._bucket, Delete={"Objects": [{"Key": key} for key in part], "Quiet": True}
            )
            for failed in answer.get("Errors", ()):
                raise UndeletedError(f"{failed.get('Key')}: {failed.get('Code')} {failed.get('Message')}")


def md5(body: bytes) -> str:
    """The ETag of an object with this content."""
    return hashlib.md5(body, usedforsecurity=False).hexdigest()


def same(body: bytes, etag: str | None) -> bool:
    """Whether a listed object holds just this content."""
    return md5(body) == etag
