"""`make site`: the whole site of OUT from its data. A run that was stopped is continued by the next one."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

from local import template
from local.arguments import LOCAL, UsageError, folder_of, parameters_of
from local.chain import Chain
from local.endings import ends_in_one_line
from local.folder import Folder
from local.session import TEMPLATE, session
from shared.model.manifest import Manifest
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


@ends_in_one_line
def main(arguments: Sequence[str]) -> int:
    """0: everything was made. 1: something was not, see the log. 2: there is nothing, or bad use."""
    out, parameters = _read(arguments)
    stack = template.stack(TEMPLATE, parameters)
    folder = SiteFolder(out.resolve(), stack.names["Bucket"])
    with session(folder, stack) as (chain, log):
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


def _read(arguments: Sequence[str]) -> tuple[Path, dict[str, str]]:
    """The languages are those of the newest day, unless other ones are given."""
    parser = argparse.ArgumentParser(prog="make site", description="Makes the whole site of OUT from its data.")
    parser.add_argument("--out", default="out")
    parser.add_argument("--parameters", default="", help="'Name=value …' of template.yaml")
    given = parser.parse_args(arguments)
    out = folder_of(given.out)
    days = _days(out)
    if not days:
        raise UsageError(f"OUT: {given.out!r} holds no day, make one by make digest OUT={given.out}")
    own = parameters_of(given.parameters)
    return out, {**LOCAL, "Languages": ",".join(_languages(out, days[-1])), **own}


def _days(out: Path) -> list[date]:
    """The days that were read, oldest first."""
    found = []
    for path in out.glob(f"{keys.MANIFESTS}*"):
        with suppress(ValueError):
            found.append(date.fromisoformat(path.name))
    return sorted(found)


def _languages(out: Path, day: date) -> tuple[str, ...]:
    newest = max((out / keys.manifests(day)).glob("*"))
    return Manifest.model_validate_json(newest.read_bytes()).languages
