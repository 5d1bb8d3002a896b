"""`daily-papers digest latest --catch-up`: what a stack's schedules would do, over a folder."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import time_machine

from local.cli import call
from tests.chain.world import row

DAYS = {
    "a Tuesday": datetime(2026, 2, 24, 12, tzinfo=UTC),
    "the year's first second": datetime(2027, 1, 1, tzinfo=UTC),
    "a Monday that begins a month": datetime(2027, 2, 1, 23, tzinfo=UTC),
    "the day after a leap day": datetime(2028, 3, 1, 0, 15, tzinfo=UTC),
}
Lists = dict[str, list[Any]]


def catch_up(out: Path) -> int:
    return call(["digest", "latest", "--catch-up", "--out", str(out), "--sources", "none"])


@pytest.fixture(params=[*DAYS.values()], ids=[*DAYS])
def today(request: pytest.FixtureRequest) -> Iterator[date]:
    """The day on which the command runs."""
    with time_machine.travel(request.param):
        yield request.param.date()


@pytest.fixture
def lists(today: date) -> Lists:
    """Of yesterday, and of two days before it."""
    yesterday = today - timedelta(days=1)
    return {str(yesterday): [row("2602.00001", 3)], str(yesterday - timedelta(days=2)): [row("2602.00002", 5)]}


@pytest.fixture
def status(monkeypatch: pytest.MonkeyPatch, lists: Lists) -> dict[str, int]:
    """By day, what Hugging Face answers with in the place of 200."""
    found: dict[str, int] = {}

    def answer(_: object, request: httpx.Request) -> httpx.Response:
        day = request.url.params.get("date", "")
        return httpx.Response(found.get(day, 200), json=lists.get(day, []))

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", answer)
    monkeypatch.setattr("local.catch_up.RETRY_SECONDS", 0.0)
    return found


@pytest.mark.extra
def test_missed_days_are_made_and_the_next_run_finds_nothing_to_do(
    tmp_path: Path, lists: Lists, status: dict[str, int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert catch_up(tmp_path) == 0
    said = capsys.readouterr().out
    for day in lists:
        assert json.loads((tmp_path / "site" / day / "digest.json").read_bytes())["listed"] == 1
        assert f"{day} ko: complete, 1 papers, revision 1\n" in said
    files = {path: path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()}
    assert catch_up(tmp_path) == 0
    assert {path: path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()} == files


@pytest.mark.extra
def test_a_list_that_cannot_be_read_is_named_and_costs_no_other_day(
    tmp_path: Path, lists: Lists, status: dict[str, int], capsys: pytest.CaptureFixture[str]
) -> None:
    failing, other = lists
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
