"""Where an installation keeps its objects: a folder of `daily-papers digest`, or the bucket of a deployed stack."""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol


class Objects(Protocol):
    """What the commands read. `shared.store.bucket.Bucket` is one for a deployed stack."""

    def list(self, prefix: str) -> Iterable[str]:
        """Every key under the prefix."""

    def get(self, key: str) -> bytes:
        """The object's content. Raises an error where there is none."""


class FolderObjects:
    """The keys of a bucket as files of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def list(self, prefix: str) -> list[str]:
        """Every key under the prefix, sorted."""
        parent = self._folder / prefix.rpartition("/")[0]
        files = (path for path in parent.rglob("[!.]*") if path.is_file()) if parent.is_dir() else ()
        keys = (path.relative_to(self._folder).as_posix() for path in files)
        return sorted(key for key in keys if key.startswith(prefix))

    def get(self, key: str) -> bytes:
        """The file's content."""
        return (self._folder / key).read_bytes()
