"""OUT: the bucket as a folder, and the mails. What is written is there at once: a killed run loses nothing."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from botocore.response import StreamingBody

from local.endings import NotDoneError
from local.shortcut import Answer, Parameters, RefusedError
from shared.store.bucket import md5

MAIL = "mail"
MAX_KNOWN = 20_000
"""Files whose hash is kept in memory: a rebuild of ten years writes twenty times as many."""
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


class FolderError(NotDoneError):
    """The folder takes nothing more: it is full, or may not be written."""


def has_files(folder: Path) -> bool:
    """Whether anything but unfinished files lies in a folder."""
    return any(not path.name.startswith(".") for path in folder.glob("*"))


def _files(folder: str, key: str, start: str = "", *, folders: bool = True) -> Iterator[tuple[str, os.stat_result]]:
    """The files of a folder whose names begin so, with those of its folders, by their keys; paths are slow."""
    try:
        entries = os.scandir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    with entries:
        for entry in entries:
            if not entry.name.startswith(start):
                continue
            if entry.is_dir():
                yield from _files(entry.path, f"{key}{entry.name}/") if folders else ()
            elif entry.is_file() and not entry.name.startswith("."):
                yield key + entry.name, entry.stat()


class Folder:
    """The objects of the bucket as files, by their keys. A run reads what it asks for, so an archive may hold years."""

    def __init__(self, path: Path, bucket: str) -> None:
        self.path, self.bucket = path, bucket
        self._etags: dict[str, tuple[int, int, str]] = {}
        """By key, with the time and the size of what was hashed."""
        self._failure: FolderError | None = None

    def check(self) -> None:
        """Raises FolderError where a write has failed: whatever runs cannot store what it does."""
        if self._failure:
            raise self._failure

    def answers(self) -> dict[str, Answer]:
        """S3 on this folder, and SNS that writes each mail to a file."""
        return {**self.answers_of_s3(), "Publish": self._mail}

    def answers_of_s3(self) -> dict[str, Answer]:
        """The operations on this bucket. A call with other parameters than the functions give is not answered."""
        operations = {"GetObject": _get, "PutObject": _put, "ListObjectsV2": _list, "DeleteObjects": _delete}
        return {name: partial(operation, self) for name, operation in operations.items()}

    def read(self, key: str) -> bytes | None:
        """The file's content; None where there is no file."""
        file = self.path / key
        return file.read_bytes() if file.is_file() else None

    def write(self, key: str, body: bytes, headers: Mapping[str, str] | None = None) -> str:  # noqa: ARG002 - no file has them
        """Whole or not at all."""
        file = self.path / key
        unfinished = file.with_name(f".{file.name}.unfinished")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(body)
            os.replace(unfinished, file)  # noqa: PTH105 - the same file system
        except OSError as error:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
            reason = f"OUT: {str(file)!r} cannot be written: {error.strerror}. What was finished is kept."
            self._failure = FolderError(reason)
            raise self._failure from error
        return self._etag(key, file.stat(), body)

    def list(self, prefix: str, *, folders: bool = True) -> Iterable[Stored]:
        """The files whose path begins so, but for unfinished ones; without `folders` those of this folder alone."""
        folder, slash, start = prefix.rpartition("/")
        for key, about in _files(f"{self.path}/{folder}", folder + slash, start, folders=folders):
            yield Stored(key, self._etag(key, about), about.st_size, datetime.fromtimestamp(about.st_mtime, UTC))

    def delete(self, key: str) -> None:
        """Deletes the file, whether there or not."""
        (self.path / key).unlink(missing_ok=True)

    def _etag(self, key: str, about: os.stat_result, written: bytes | None = None) -> str:
        known = self._etags.get(key)
        if known is None or known[:2] != (about.st_mtime_ns, about.st_size):
            if len(self._etags) >= MAX_KNOWN:
                self._etags.pop(next(iter(self._etags)), None)
            etag = md5((self.path / key).read_bytes() if written is None else written)
            known = self._etags[key] = (about.st_mtime_ns, about.st_size, f'"{etag}"')
        return known[2]

    def _mail(self, asked: Parameters) -> Parameters:
        """Notices to the operators have no attributes: what they say is printed at the end of the run."""
        attributes = {name: value["StringValue"] for name, value in asked.get("MessageAttributes", {}).items()}
        if not attributes:
            return {"MessageId": "local"}
        text = f"Subject: {asked['Subject']}\nDate: {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\n\n{asked['Message']}"
        self.write(f"{MAIL}/{attributes['edition']}-{attributes['language']}.txt", text.encode())
        return {"MessageId": "local"}


def _get(folder: Folder, asked: Parameters) -> Parameters | None:
    if not _knows(folder, asked, "Key"):
        return None
    body = folder.read(asked["Key"])
    if body is None:
        raise RefusedError(404, "NoSuchKey", "The specified key does not exist.")
    return {"Body": StreamingBody(BytesIO(body), len(body)), "ContentLength": len(body)}


def _put(folder: Folder, asked: Parameters) -> Parameters | None:
    body = asked.get("Body")
    known = _knows(folder, asked, "Key", "Body", "IfNoneMatch", *HEADERS)
    if not known or not isinstance(body, BytesIO):  # as botocore wraps bytes
        return None
    if "IfNoneMatch" in asked and folder.read(asked["Key"]) is not None:
        message = "At least one of the pre-conditions you specified did not hold"
        raise RefusedError(412, "PreconditionFailed", message)
    headers = {name: asked[name] for name in HEADERS if name in asked}
    return {"ETag": folder.write(asked["Key"], body.getvalue(), headers)}


def _list(folder: Folder, asked: Parameters) -> Parameters | None:
    """A page of the keys after the continuation token, which is the last key of the page before."""
    if not _knows(folder, asked, "Prefix", "ContinuationToken", "MaxKeys", "StartAfter", "Delimiter"):
        return None
    prefix, after = asked.get("Prefix", ""), asked.get("ContinuationToken") or asked.get("StartAfter") or ""
    limit = min(asked.get("MaxKeys", MAX_KEYS), MAX_KEYS)
    found = folder.list(prefix, folders="Delimiter" not in asked)
    rest = sorted(stored for stored in found if stored.key > after)
    page = rest[:limit]
    contents = [{"Key": key, "ETag": etag, "Size": size, "LastModified": time} for key, etag, size, time in page]
    about = {"Name": asked["Bucket"], "Prefix": prefix, "MaxKeys": limit, "KeyCount": len(page)}
    more = {"IsTruncated": True, "NextContinuationToken": page[-1].key} if len(rest) > limit else {"IsTruncated": False}
    return about | more | ({"Contents": contents} if page else {})


def _delete(folder: Folder, asked: Parameters) -> Parameters | None:
    keys = asked["Delete"]["Objects"]
    if not _knows(folder, asked, "Delete") or any(item.keys() != {"Key"} for item in keys):
        return None
    for item in keys:
        folder.delete(item["Key"])
    return {} if asked["Delete"].get("Quiet") else {"Deleted": [{"Key": item["Key"]} for item in keys]}


def _knows(folder: Folder, asked: Parameters, *names: str) -> bool:
    """Whether this is the bucket that is asked for, with no other parameters than these."""
    return asked["Bucket"] == folder.bucket and asked.keys() <= {"Bucket", *names, *ADDED_BY_BOTOCORE}
