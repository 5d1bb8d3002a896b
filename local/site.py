"""`make site`: the whole site of OUT anew from its data, one day in memory at a time. A stopped run goes on."""

import argparse
import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

from local import template
from local.arguments import LOCAL, UsageError, Wish, folder_of, parameters_of
from local.chain import Chain
from local.clock import Clock
from local.cloud import cloud
from local.digest import NO_PAGE, TEMPLATE, surroundings
from local.folder import Folder
from shared.model.manifest import Manifest, latest_rows
from shared.model.messages import ClockTicked
from shared.model.span import DayOrPeriod
from shared.store import keys

DERIVED = ("archive", "search", "tags", "papers", keys.RECENT)
"""What a tree of the site knows beyond one day: all of it follows from the days."""


def main(arguments: Sequence[str]) -> int:
    """0: everything was made anew. 1: something was not, see the log. 2: there is nothing, or bad use."""
    try:
        out, parameters = _read(arguments)
        stack = template.stack(TEMPLATE, parameters)
        wish = Wish(day=None, listing=None, out=out, parameters=parameters)
        with surroundings(wish) as log, cloud(stack), Clock(datetime.now(UTC), runs=True) as clock:
            chain = Chain(stack, clock, only=())
            folder = Folder(out.resolve(), stack.names["Bucket"])
            folder.mirror()
            for name in _rest(folder):
                _make(name, folder, chain)
            _progress(folder).unlink()
            print(f"{(out / keys.SITE / keys.FRONT).resolve().as_uri()}")
            if log.exists():
                print(f"Not everything could be made: {log}", file=sys.stderr)
            return int(log.exists())
    except (UsageError, template.ParameterError) as error:
        print(error, file=sys.stderr)
        return NO_PAGE


def _read(arguments: Sequence[str]) -> tuple[Path, dict[str, str]]:
    """The languages are those of the newest day, unless other ones are given."""
    parser = argparse.ArgumentParser(prog="make site", description="Makes the site of OUT anew.")
    parser.add_argument("--out", default="out")
    parser.add_argument("--parameters", default="", help="'Name=value …' of template.yaml")
    given = parser.parse_args(arguments)
    out = folder_of(given.out)
    days = [name for name in _names(out) if isinstance(name, date)]
    if not days:
        raise UsageError(f"OUT: {given.out!r} holds no day, make one by make digest OUT={given.out}")
    languages = ",".join(_manifests(out, days[-1])[-1].languages)
    return out, {**LOCAL, "Languages": languages, **parameters_of(given.parameters)}


def _names(out: Path) -> list[DayOrPeriod]:
    """The days that were read, oldest first, then the weeks and months."""
    found: list[DayOrPeriod] = []
    for path in out.glob(f"{keys.MANIFESTS}*"):
        with suppress(ValueError):
            found.append(keys.day_or_period_of(f"{keys.MANIFESTS}{path.name}/"))
    return sorted(found, key=lambda name: (not isinstance(name, date), str(name)))


def _manifests(out: Path, day: date) -> list[Manifest]:
    return [Manifest.model_validate_json(file.read_bytes()) for file in sorted((out / keys.manifests(day)).glob("*"))]


def _progress(folder: Folder) -> Path:
    """The marker of a rebuild that goes on, or of a new one."""
    known = sorted((folder.path / keys.OPEN_SITE).glob("*"))
    return known[-1] if known else folder.path / keys.open_site(datetime.now(UTC))


def _rest(folder: Folder) -> Iterator[DayOrPeriod]:
    """What is not made yet. A new rebuild begins without what follows from the days."""
    marker, names = _progress(folder), _names(folder.path)
    done = json.loads(marker.read_bytes())["after"] if marker.exists() else ""
    if not done:
        for tree in folder.trees():
            for part in (folder.path / tree / name for name in DERIVED):
                shutil.rmtree(part, ignore_errors=True) if part.is_dir() else part.unlink(missing_ok=True)
    places = [str(name) for name in names]
    marker.parent.mkdir(parents=True, exist_ok=True)
    for name in names[places.index(done) + 1 if done in places else 0 :]:
        marker.write_text(json.dumps({"after": _before(name, names)}))
        yield name
        done = str(name)
        marker.parent.mkdir(parents=True, exist_ok=True)
        marker.write_text(json.dumps({"after": done}))


def _before(name: DayOrPeriod, names: Sequence[DayOrPeriod]) -> str:
    """After what publish goes on, so that it makes this one and nothing else that lies in memory with it."""
    if isinstance(name, date):
        return "nothing"
    return str(max(day for day in names if isinstance(day, date) and day <= name.last))


def _make(name: DayOrPeriod, folder: Folder, chain: Chain) -> None:
    """What publish does in AWS with each tick, for one day."""
    print(name)
    if isinstance(name, date):
        folder.load_day(name)
        folder.load_papers(latest_rows(_manifests(folder.path, name)))
    else:
        folder.load_period(name)
    chain.send("PublishQueue", ClockTicked(scheduled_at=datetime.now(UTC)))
    chain.settle()
    folder.unload()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
