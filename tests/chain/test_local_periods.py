"""`make digest WEEK=…` and `MONTH=…` as their user sees them, over a folder that has the days."""

import json
from pathlib import Path
from typing import Any

import pytest

from local.cli import call
from tests.chain.world import row

DAYS = {"2026-02-17": [row("2602.00001", 5), row("2602.00002", 2)], "2026-02-20": [row("2602.00003", 9)]}
LATER = [row("2602.00001", 7), row("2602.00002", 40), row("2602.00003", 9)]


def listing(folder: Path, rows: list[Any]) -> str:
    path = folder / "listing.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    return str(path)


def make(out: Path, *arguments: str) -> int:
    return call(["digest", "--out", str(out), *arguments])


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with two days of a week."""
    for day, rows in DAYS.items():
        assert make(tmp_path / "out", "--day", day, "--listing", listing(tmp_path, rows)) == 0
    return tmp_path / "out"


def written(out: Path) -> dict[Path, tuple[int, bytes]]:
    files = (path for path in out.rglob("*") if path.is_file() and "log" not in path.parts)
    return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


@pytest.mark.parametrize(("unit", "name", "folder"), [("week", "2026-W08", "weekly"), ("month", "2026-02", "monthly")])
def test_it_is_made_with_the_votes_of_the_recorded_answer_and_the_same_command_again_writes_nothing(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], unit: str, name: str, folder: str
) -> None:
    arguments = (f"--{unit}", name, "--listing", listing(tmp_path, LATER))
    assert make(out, *arguments) == 0
    made = json.loads((out / "site" / folder / name / "digest.json").read_bytes())
    assert [(paper["id"], paper["upvotes_then"], paper["upvotes"]) for paper in made["papers"]] == [
        ("2602.00002", 2, 40),
        ("2602.00003", 9, 9),
        ("2602.00001", 5, 7),
    ]
    said = capsys.readouterr().out
    assert f"Subject: [Daily Papers] {name}: " in said
    assert f"site/{folder}/{name}/  index.html post.md digest.json" in said
    before = written(out)
    assert make(out, *arguments) == 0
    assert written(out) == before


def test_the_week_after_links_the_week_before_to_it(out: Path, tmp_path: Path) -> None:
    assert make(out, "--day", "2026-02-24", "--listing", listing(tmp_path, [row("2602.00009", 3)])) == 0
    for name in ("2026-W08", "2026-W09"):
        assert make(out, "--week", name, "--listing", listing(tmp_path, [*LATER, row("2602.00009", 3)])) == 0
    pages = {name: (out / "site/weekly" / name / "index.html").read_text("utf-8") for name in ("2026-W08", "2026-W09")}
    assert 'rel="next" href="../2026-W09/index.html"' in pages["2026-W08"]
    assert 'rel="prev" href="../2026-W08/index.html"' in pages["2026-W09"]
    assert 'href="2026-W08/index.html"' in (out / "site/weekly/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--week", "2026-W07"), "fetch: period: the archive has no day of 2026-W07"),
        (("--month", "2999-01"), "fetch: period: 2999-01 cannot be read"),
        (("--week", "yesterday"), "WEEK: 'yesterday' is not a week such as 2026-W08"),
    ],
)
def test_what_cannot_be_made_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, str], said: str
) -> None:
    assert make(tmp_path, *arguments) == 2
    error = capsys.readouterr().err
    assert error.startswith(said)
    assert error.count("\n") == 1
