"""OUT: the bucket as a folder, and the mails. What is written is there at once: a killed run loses nothing."""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from local import objects
from local.endings import NotDoneError
from local.objects import Stored
from local.shortcut import Answer, Parameters
from shared.store.bucket import md5

MAIL = "mail"
MAX_KNOWN = 20_000
"""Files whose hash is kept in memory: a rebuild of ten years writes twenty times as many."""


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
        return {**objects.answers(self), "Publish": self._mail}

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

    def list(self, prefix: str, *, folders: bool = True) -> Iterator[Stored]:
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
