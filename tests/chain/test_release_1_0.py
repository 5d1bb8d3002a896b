"""An archive that release 1.0 made: two days and their week, published and mailed by it."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from shared.model.messages import PaperSummarized
from shared.model.span import Week
from shared.store import keys
from tests.chain.world import MakeWorld, World
from tests.factories.places import ROOT

ARCHIVE = json.loads((ROOT / "tests/factories/release_1_0.json").read_text(encoding="utf-8"))
DAYS = (date(2026, 2, 20), date(2026, 2, 22))
WEEK = Week.of(DAYS[0])
LATER = datetime(2026, 3, 4, 12, 30, tzinfo=UTC)
"""No schedule reads these days any more."""


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    world = make_world({}, LATER, SiteUrl="https://papers.example/site")
    for key, value in ARCHIVE.items():
        world.archive.put(key, json.dumps(value, ensure_ascii=False).encode())
    return world


def look_again(world: World) -> None:
    """Another program renders what a message names; the week's marker brings it to the next tick."""
    for day in DAYS:
        world.chain.send("PublishQueue", PaperSummarized(day=day, id="2602.13515", language="ko"))
    world.archive.put(keys.open_marker(WEEK, datetime(2026, 2, 23, 0, 41, tzinfo=UTC)), b"")
    world.run(minutes=25)


def papers(digest: dict[str, Any]) -> list[tuple[str, int, str]]:
    return [(paper["id"], paper["upvotes"], paper["facts"]["abstract"]) for paper in digest["papers"]]


def page(world: World, address: str) -> str:
    return world.archive.get(keys.SITE + address).decode()


def test_it_is_rendered_again_without_a_revision_or_a_second_mail(world: World) -> None:
    look_again(world)
    assert world.mails() == []
    assert world.open_days() == set()
    for name in (*map(str, DAYS), f"weekly/{WEEK}"):
        before, after = ARCHIVE[f"site/{name}/digest.json"], json.loads(page(world, f"{name}/digest.json"))
        assert after["inputs"] != before["inputs"]
        assert (after["revision"], papers(after)) == (before["revision"], papers(before))


def test_its_pages_show_what_they_showed(world: World) -> None:
    look_again(world)
    friday, sunday = (page(world, f"{day}/index.html") for day in DAYS)
    assert "2602.13515" in friday
    analysis = ARCHIVE["summaries/2026-02-22/ko/2602.16855.json"]
    for text in (analysis["one_line"]["text"], analysis["risks"][0]["text"], analysis["numbers"][0]["value"]):
        assert text in sunday
    assert f"../{DAYS[0]}/index.html" in sunday
    assert "../../2026-02-22/index.html#2602.16855" in page(world, f"weekly/{WEEK}/index.html")
    assert 'href="2026-W08/index.html"' in page(world, "weekly/index.html")
    feed = page(world, "feed.xml")
    assert all(f"/{day}</id>" in feed for day in DAYS)
    assert f"/{WEEK}</id>" in page(world, "weekly/feed.xml")
    assert "2602.16855" in page(world, "search/2026/2026-02-22-0.js")


def test_a_rebuild_of_its_site_changes_nothing_more(world: World) -> None:
    look_again(world)
    once = world.objects(keys.SITE)
    world.archive.put(keys.open_site(world.clock.now()), b"{}")
    world.run(minutes=25)
    assert once.items() <= world.objects(keys.SITE).items()
    assert world.mails() == []
