"""`make site`: the whole site of OUT from its data. A run that was stopped is continued by the next one."""

import json
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from local.arguments import UsageError
from local.chain import Chain
from local.folder import Folder
from local.operate.installation import FolderObjects, newest_manifest
from local.operate.status import known_days
from local.session import session
from shared.model.messages import ClockTicked
from shared.store import keys


class SiteFolder(Folder):
    """OUT, which prints how far a rebuild has come."""

    def write(self, key: str, body: bytes, headers: Mapping[str, str] | None = None) -> str:
        """Stores the content, and prints the day, week or month that a rebuild marks as made."""
        if key.startswith(keys.OPEN_SITE) and (made := json.loads(body).get("after")) != self._made():
            print(made, flush=True)
        return super().write(key, body, headers)

    def start(self) -> None:
        """Asks for a rebuild, unless one is under way."""
        if not self.markers():
            self.write(keys.open_site(datetime.now(UTC)), b'{"after": ""}')

    def markers(self) -> dict[str, bytes]:
        """The marker of a rebuild that is under way, with how far it has come."""
        return {stored.key: self.read(stored.key) or b"" for stored in self.list(keys.OPEN_SITE)}

    def _made(self) -> str:
        return max((str(json.loads(body).get("after", "")) for body in self.markers().values()), default="")


def make(out: Path, own: Mapping[str, str]) -> int:
    """0: everything was made. 1: something was not, see the log. The languages are the newest day's if none are given.

    Raises UsageError where OUT holds no day.
    """
    archive = FolderObjects(out)
    days = known_days(archive)
    newest = newest_manifest(archive, days[-1]) if days else None
    if not newest:
        raise UsageError(f"OUT: '{out}' holds no day, make one by make digest OUT={out}")
    with session(out, {"Languages": ",".join(newest.languages), **own}, SiteFolder) as (chain, folder, log):
        folder.start()
        _rebuild(folder, chain)
        folder.check()
        print(f"{(out / keys.SITE / keys.FRONT).resolve().as_uri()}")
        if log.exists():
            print(f"Not everything could be made: {log}", file=sys.stderr)
        return int(log.exists())


def _rebuild(folder: SiteFolder, chain: Chain) -> None:
    """Ticks until publish has made everything, or makes nothing more."""
    while before := folder.markers():
        chain.send("PublishQueue", ClockTicked(scheduled_at=datetime.now(UTC)))
        chain.settle()
        if folder.markers() == before:
            return
