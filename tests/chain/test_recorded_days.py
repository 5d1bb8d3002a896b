"""Every recorded day of the real world, through the local run that `make digest` is."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from local.cli import call
from shared.text.mending import mend

CHOSEN = ("2025-06-03", "2026-02-21", "2026-08-14")
"""The largest, with a paper that is listed twice, in the oldest form; an empty one; one with a withdrawn paper."""
OTHERS = (
    *("2024-05-27", "2024-12-26", "2025-01-14", "2025-09-11", "2026-02-11", "2026-02-13", "2026-02-16", "2026-02-17"),
    *("2026-02-18", "2026-02-19", "2026-02-20", "2026-03-10", "2026-04-10", "2026-04-16"),
)
DAYS = (*CHOSEN, *(pytest.param(day, marks=pytest.mark.extra) for day in OTHERS))
READ_LATER = (
    "2026-02-18",
    *(pytest.param(day, marks=pytest.mark.extra) for day in ("2026-02-19", "2026-02-20")),
)


def papers_of(listing: Path) -> dict[str, dict[str, Any]]:
    return {row["paper"]["id"]: row["paper"] for row in json.loads(listing.read_bytes())}


def make(listing: Path, out: Path) -> int:
    return call(["digest", "--day", listing.stem, "--listing", str(listing), "--out", str(out)])


def written(out: Path) -> dict[Path, tuple[int, bytes]]:
    files = (path for path in out.rglob("*") if path.is_file() and "log" not in path.parts)
    return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def published(out: Path, day: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "site" / day / "digest.json").read_bytes())
    return found


@pytest.mark.parametrize("day", DAYS)
def test_a_recorded_day_loses_nothing_repeats_nothing_and_mails_once(recorded: Path, tmp_path: Path, day: str) -> None:
    listing = recorded / "data" / "huggingface" / f"{day}.json"
    listed = papers_of(listing)
    assert make(listing, tmp_path) == 0
    made = published(tmp_path, day)
    assert sorted(paper["id"] for paper in made["papers"]) == sorted(listed)
    assert {paper["id"]: paper["title"] for paper in made["papers"]} == {
        paper_id: mend(" ".join(paper["title"].split())) for paper_id, paper in listed.items()
    }
    assert {paper["id"]: paper["upvotes"] for paper in made["papers"]} == {
        paper_id: paper["upvotes"] for paper_id, paper in listed.items()
    }
    assert made["refused_rows"] == []
    page = (tmp_path / "site" / day / "index.html").read_text(encoding="utf-8")
    assert page.count("<article") == len(listed)
    mails = sorted(path.name for path in (tmp_path / "mail").glob("*"))
    assert mails == ([f"{day}-ko.txt"] if listed else [])
    assert made["status"] == (
        "complete" if listed else "empty" if date.fromisoformat(day).weekday() > 4 else "not_listed"
    )


def test_the_day_of_the_known_editions_has_nineteen_papers_five_in_top5_and_ten_in_the_post(
    recorded: Path, tmp_path: Path
) -> None:
    make(recorded / "data" / "huggingface" / "2026-02-20.json", tmp_path)
    folder = tmp_path / "site" / "2026-02-20"
    assert published(tmp_path, "2026-02-20")["listed"] == 19
    assert (folder / "top5.md").read_text(encoding="utf-8").count("\n## ") == 5
    post = (folder / "post.md").read_text(encoding="utf-8")
    assert "총 **19편** 가운데 좋아요 순위 **10편**." in post
    assert post.count("[HF 페이지]") == 10
    assert (tmp_path / "site" / "_posts" / "2026-02-20-daily-papers.md").read_text(encoding="utf-8") == post


@pytest.mark.parametrize("day", READ_LATER)
def test_a_day_read_again_later_gains_papers_and_votes_and_no_second_mail(
    recorded: Path, tmp_path: Path, day: str
) -> None:
    first, later = (recorded / "data" / "huggingface" / f"{part}{day}.json" for part in ("", "later/"))
    make(first, tmp_path)
    mail = (tmp_path / "mail" / f"{day}-ko.txt").read_bytes()
    assert make(later, tmp_path) == 0
    made = published(tmp_path, day)
    union = papers_of(first) | papers_of(later)
    assert {paper["id"]: paper["upvotes"] for paper in made["papers"]} == {
        paper_id: paper["upvotes"] for paper_id, paper in union.items()
    }
    added = set(papers_of(later)) - set(papers_of(first))
    assert {paper["id"] for paper in made["papers"] if paper["late"]} == added
    assert (tmp_path / "mail" / f"{day}-ko.txt").read_bytes() == mail
    assert made["revision"] == 2


def test_the_same_command_again_writes_nothing(recorded: Path, tmp_path: Path) -> None:
    listing = recorded / "data" / "huggingface" / "2026-02-20.json"
    make(listing, tmp_path)
    before = written(tmp_path)
    assert make(listing, tmp_path) == 0
    assert written(tmp_path) == before
