"""A recorded week through the steps of both workflows: the archive's branch, Pages, the chat and the blog."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.workflows.world import BASE, ON_LINUX, Web, World, at, git

pytestmark = [pytest.mark.extra, ON_LINUX]
ROWS = 4
"""Of each day: enough for every step."""


@pytest.fixture
def web(recorded: Path) -> Iterator[Web]:
    found = Web()
    folder = recorded / "data" / "huggingface"
    for day in range(16, 22):
        found.lists[f"2026-02-{day}"] = json.loads((folder / f"2026-02-{day}.json").read_bytes())[:ROWS]
    with found.served():
        yield found


@pytest.fixture
def world(tmp_path: Path, web: Web) -> World:
    return World(tmp_path, web)


def posted(web: Web) -> list[str]:
    """The day or week that each message leads to."""
    texts = [json.dumps(post) for post in web.posts]
    return [text.split(f"{BASE}/", 1)[1].split("/index.html", 1)[0] for text in texts]


def digest_of(world: World, address: str) -> Any:
    return json.loads((world.pages / address / "digest.json").read_bytes())


def run_well(world: World, day: str, hour: int = 0) -> None:
    job = world.digest(at(day, hour))
    assert not job.failed, job.summary


def post_well(world: World) -> None:
    job = world.post()
    assert not job.failed, job.summary


def test_a_week_with_a_failing_a_missed_an_empty_and_a_revised_day(world: World, web: Web, recorded: Path) -> None:
    run_well(world, "2026-02-17")
    fail_and_run_again(world, web)
    run_well(world, "2026-02-21")  # no run on the 19th and 20th
    post_well(world)
    assert {digest_of(world, f"2026-02-{day}")["status"] for day in range(16, 21)} == {"complete"}
    later = json.loads((recorded / "data/huggingface/later/2026-02-20.json").read_bytes())
    web.lists["2026-02-20"] = later[: ROWS + 2]
    run_well(world, "2026-02-22")
    assert digest_of(world, "2026-02-21")["status"] == "empty"
    assert digest_of(world, "2026-02-20")["revision"] == 2
    run_well(world, "2026-02-23")
    assert len(digest_of(world, "weekly/2026-W08")["papers"]) >= ROWS
    days = [f"2026-02-{day}" for day in (16, 17, 20)]
    assert posted(web) == [*days, "weekly/2026-W08"], "each once; a day that ended a day ago is no news"
    assert f'"{BASE}/2026-02-20/index.html"' in (world.pages / "feed.xml").read_text("utf-8")
    post_well(world)
    look_at_the_blog(world)
    look_at_the_branch(world)


def fail_and_run_again(world: World, web: Web) -> None:
    """Hugging Face is down, then up again; a third run finds nothing to do."""
    web.is_down = True
    down, before = world.digest(at("2026-02-18")), world.tip()
    steps = {step.name: step for step in down.steps}
    assert down.failed
    assert "2026-02-17: The source is unavailable; the next run reads the list." in down.summary
    assert "::error::Done in part" in steps["Make what is due"].output
    assert steps["Deploy the site"].outcome == "success"
    assert (world.pages / "2026-02-16/index.html").exists()
    assert not (world.pages / "2026-02-17").exists()
    web.is_down = False
    run_well(world, "2026-02-18", 1)
    assert digest_of(world, "2026-02-17")["status"] == "complete"
    tip = world.tip()
    assert tip != before
    run_well(world, "2026-02-18", 2)
    assert world.tip() == tip


def look_at_the_blog(world: World) -> None:
    commits = git(world.blog, "rev-list", "--count", "main")
    post_well(world)
    assert git(world.blog, "rev-list", "--count", "main") == commits, "nothing twice"
    assert world.posts() == [
        *("_posts/2026-01-01-hello.md", "_posts/2026-02-16-daily-papers.md", "_posts/2026-02-16-weekly-papers.md"),
        *(f"_posts/2026-02-{day}-daily-papers.md" for day in range(17, 21)),
    ]
    assert git(world.blog, "show", "main:_posts/2026-01-01-hello.md") == "Hi"
    revised = git(world.blog, "log", "--format=%s", "main", "--", "_posts/2026-02-20-daily-papers.md").splitlines()
    assert len(revised) == 2
    assert all(subject.startswith("Daily papers: ") for subject in revised)


def look_at_the_branch(world: World) -> None:
    assert git(world.project, "rev-list", "--count", "archive") == "1"
    names = git(world.project, "ls-tree", "-r", "--name-only", "archive").splitlines()
    assert "site/index.html" in names
    assert not [name for name in names if name.startswith(("log/", "texts/")) or "/." in f"/{name}"]
    assert git(world.project, "archive", "--output", str(world.folder / "archive.tar"), "archive") == ""
    assert b"T0K3N" not in (world.folder / "archive.tar").read_bytes()
