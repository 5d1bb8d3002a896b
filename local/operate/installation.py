"""What the commands work on: a deployed stack, or the folder of a local run. Both hold objects under the same keys."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from local.digest import run_event
from local.operate.stack import OperateError, Stack
from local.run import NoPageError
from shared.model.manifest import Manifest
from shared.store import keys
from shared.store.bucket import Bucket


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


class FolderInstallation:
    """An archive on this machine. fetch runs the chain to its end, so there is nothing to wait for."""

    def __init__(self, out: Path, parameters: Mapping[str, str]) -> None:
        self._out, self._parameters = out, parameters
        self.bucket = FolderObjects(out)

    def fetch(self, event: Mapping[str, Any]) -> None:
        """Runs the chain for the event, with the model and languages of the day's newest read. Raises OperateError."""
        stored = newest_manifest(self.bucket, date.fromisoformat(event["day"])) if "day" in event else None
        own = {"Model": stored.model, "Languages": ",".join(stored.languages)} if stored else {}
        try:
            run_event(self._out, event, {**own, **self._parameters})
        except NoPageError as error:
            raise OperateError(str(error)) from error

    def wait(self, day: date) -> bool:
        """Whether the day is settled."""
        return not self.bucket.list(keys.open_markers(day))


Objects = Bucket | FolderObjects
"""What the commands read."""
Installation = Stack | FolderInstallation
"""A deployed stack or a folder."""


def newest_manifest(objects: Objects, day: date) -> Manifest | None:
    """What the day's last read means; None where it was never read."""
    newest = max(keys.reads(objects.list(keys.manifests(day))), default=None)
    return Manifest.model_validate_json(objects.get(newest)) if newest else None
