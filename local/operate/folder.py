"""The folder of a local run, worked on by the same commands as a deployed stack."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from local.digest import run_event
from local.operate.installation import OperateError
from local.operate.objects import FolderObjects
from local.run import NoPageError
from shared.model.manifest import Manifest
from shared.store import keys


class FolderInstallation:
    """An archive on this machine. fetch runs the chain to its end, so there is nothing to wait for."""

    def __init__(self, out: Path, parameters: Mapping[str, str]) -> None:
        self._out, self._parameters = out, parameters
        self.bucket = FolderObjects(out)

    def fetch(self, event: Mapping[str, Any]) -> None:
        """Runs the chain for the event. Raises OperateError."""
        try:
            run_event(self._out, event, {**self._stored_parameters(event), **self._parameters})
        except NoPageError as error:
            raise OperateError(str(error)) from error

    def wait(self, day: date) -> bool:
        """Whether the day is settled."""
        return not self.bucket.list(keys.open_markers(day))

    def _stored_parameters(self, event: Mapping[str, Any]) -> dict[str, str]:
        """The model and the languages of the day's newest read, so that a replay changes neither."""
        read = sorted(self.bucket.list(keys.manifests(date.fromisoformat(event["day"])))) if "day" in event else []
        if not read:
            return {}
        newest = Manifest.model_validate_json(self.bucket.get(read[-1]))
        return {"Model": newest.model, "Languages": ",".join(newest.languages)}
