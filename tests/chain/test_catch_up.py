"""`daily-papers digest latest --catch-up`: what a stack's schedules would do, over a folder."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from local.cli import call
from tests.chain.world import row

YESTERDAY = datetime.now(UTC).date() - timedelta(days=1)
LISTS: dict[str, list[Any]] = {
    str(YESTERDAY): [row("2602.00001", 3)],
    str(YESTERDAY - timedelta(days=2)): [row("2602.00002", 5)],
}


def catch_up(out: Path) -> int:
    return call(["digest", "latest", "--catch-up", "--out", str(out), "--sources", "none"])


@pytest.fixture
def status(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """By day, what Hugging Face answers with in the place of 200."""
    found: dict[str, int] = {}

    def answer(_: object, request: httpx.Request) -> httpx.Response:
        day = request.url.params.get("date", "")
        return httpx.Response(found.get(day, 200), json=LISTS.get(day, []))

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", answer)
    monkeypatch.setattr("local.catch_up.RETRY_SECONDS", 0.0)
    return found


@pytest.mark.extra
def test_missed_days_are_made_and_the_next_run_finds_nothing_to_do(
    tmp_path: Path, status: dict[str, int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert catch_up(tmp_path) == 0
    said = capsys.readouterr().out
    for day in LISTS:
        assert json.loads((tmp_path / "site" / day / "digest.json").read_bytes())["listed"] == 1
        assert f"{day} ko: complete, 1 papers, revision 1\n" in said
    files = {path: path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()}
    assert catch_up(tmp_path) == 0
    assert {path: path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()} == files


@pytest.mark.extra
def test_a_list_that_cannot_be_read_is_named_and_costs_no_other_day(
    tmp_path: Path, status: dict[str, int], capsys: pytest.CaptureFixture[str]
) -> None:
    failing, other = LISTS
    status[failing] = 503
    assert catch_up(tmp_path) == 1
    said = capsys.readouterr()
    assert said.err.startswith(f"{failing}: The source is unavailable; the next run reads the list.")
    assert len(said.err.splitlines()) == 1
    assert (tmp_path / "site" / other / "index.html").exists()
    status.clear()
    assert catch_up(tmp_path) == 0
    assert (tmp_path / "site" / failing / "index.html").exists()


def test_it_goes_with_latest_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["digest", "2026-02-20", "--catch-up", "--out", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith("DAY: --catch-up goes with latest alone")
