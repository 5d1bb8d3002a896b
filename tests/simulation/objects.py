"""An S3 bucket in memory: the operations that the functions use, and nothing else."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from itertools import takewhile
from typing import Any, NamedTuple

from sortedcontainers import SortedDict

from tests.simulation.calls import Calls, error


class Stored(NamedTuple):
    """An object."""

    body: bytes
    etag: str


class Objects:
    """The bucket's state. `watch` hears of each write and deletion before it is done."""

    def __init__(self) -> None:
        self._there: Any = SortedDict()
        self.ever: set[str] = set()
        """Every key that was written."""
        self.watch: Callable[[str, bytes | None], object] = lambda *_: None

    def __contains__(self, key: str) -> bool:
        return key in self._there

    def get(self, key: str) -> bytes:
        """The bytes of an object that is there."""
        return bytes(self._there[key].body)

    def put(self, key: str, body: bytes) -> None:
        """Writes an object."""
        self.watch(key, body)
        self.ever.add(key)
        self._there[key] = Stored(body, hashlib.md5(body, usedforsecurity=False).hexdigest())

    def delete(self, key: str) -> None:
        """Deletes an object, whether there or not."""
        if key in self._there:
            self.watch(key, None)
            del self._there[key]

    def list(self, prefix: str = "") -> Iterator[tuple[str, Stored]]:
        """The objects under a prefix, in order."""
        keys = takewhile(lambda key: key.startswith(prefix), self._there.irange(minimum=prefix))
        return ((key, self._there[key]) for key in list(keys))

    def snapshot(self, prefix: str) -> dict[str, str]:
        """The objects under a prefix by key, with the hash of their content."""
        return {key: stored.etag for key, stored in self.list(prefix)}


class S3Client:
    """What boto3's S3 client does, for one bucket."""

    def __init__(self, calls: Calls, objects: Objects) -> None:
        self._calls, self.objects = calls, objects
        self.conditional = True
        """Whether `IfNoneMatch` is obeyed."""

    def get_object(self, *, Bucket: str, Key: str) -> Mapping[str, Any]:
        """Answers 403 for a missing key, as without `s3:ListBucket` on it."""
        return self._calls.aws("get", Key, lambda: self._get(Key))

    def put_object(self, *, Bucket: str, Key: str, Body: bytes, **about: Any) -> Mapping[str, Any]:
        """Writes; with `IfNoneMatch` only where there is nothing."""
        create = about.get("IfNoneMatch") == "*"
        return self._calls.aws("create" if create else "put", Key, lambda: self._put(Key, Body, create=create))

    def list_objects_v2(self, *, Bucket: str, Prefix: str = "", **about: Any) -> Mapping[str, Any]:
        """All keys in one page."""
        after, delimiter = about.get("StartAfter", ""), about.get("Delimiter")
        return self._calls.aws("list", Prefix, lambda: self._list(Prefix, after, delimiter))

    def get_paginator(self, operation: str) -> "Paginator":
        """The one of listings."""
        assert operation == "list_objects_v2"
        return Paginator(self)

    def delete_objects(self, *, Bucket: str, Delete: Mapping[str, Any]) -> Mapping[str, Any]:
        """Deletes several."""
        keys = [each["Key"] for each in Delete["Objects"]]
        return self._calls.aws("delete", keys[0], lambda: self._delete(keys), lambda: self._delete(keys[1:], keys[:1]))

    def delete_object(self, *, Bucket: str, Key: str) -> Mapping[str, Any]:
        """Deletes one."""
        return self._calls.aws("delete", Key, lambda: self._delete([Key]))

    def _get(self, key: str) -> Mapping[str, Any]:
        if key not in self.objects:
            raise error("AccessDenied", 403, "GetObject")
        return {"Body": BytesIO(self.objects.get(key))}

    def _put(self, key: str, body: bytes, *, create: bool) -> Mapping[str, Any]:
        if create and self.conditional and key in self.objects:
            raise error("PreconditionFailed", 412, "PutObject")
        self.objects.put(key, body)
        return {}

    def _list(self, prefix: str, after: str, delimiter: str | None) -> Mapping[str, Any]:
        found = [
            {"Key": key, "ETag": f'"{stored.etag}"', "Size": len(stored.body)}
            for key, stored in self.objects.list(prefix)
            if key > after and not (delimiter and delimiter in key[len(prefix) :])
        ]
        return {"Contents": found, "KeyCount": len(found), "IsTruncated": False} if found else {"KeyCount": 0}

    def _delete(self, keys: list[str], kept: list[str] | None = None) -> Mapping[str, Any]:
        for key in keys:
            self.objects.delete(key)
        return {"Errors": [{"Key": key, "Code": "InternalError", "Message": "simulated"} for key in kept or ()]}


class Paginator:
    """The pages of a listing: one."""

    def __init__(self, client: S3Client) -> None:
        self._client = client

    def paginate(self, **asked: Any) -> Iterator[Mapping[str, Any]]:
        """Asks when it is read."""
        yield self._client.list_objects_v2(**asked)
