"""A day that still waits half an hour after its read is shown as open, once; its closing is its first revision."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from local.mappings import KilledError
from shared.model.messages import PaperSummarized
from shared.store import keys
from tests.chain.world import FRIDAY, MakeWorld, World, on_call
from tests.factories.days import ONE, TWO, analysis, manifest, paper

READ_AT = datetime(2026, 2, 21, 13, tzinfo=UTC)
"""No schedule fires for hours: nothing sends the day's papers again."""
PAGE, DIGEST = f"site/{FRIDAY}/index.html", f"site/{FRIDAY}/digest.json"


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    """A day whose papers are on their way: one is analysed."""
    world = make_world({}, READ_AT)
    rows = [paper(ONE, 9, title="Model Merging"), paper(TWO, 5)]
    world.archive.put(keys.open_marker(FRIDAY, READ_AT), b"")
    world.archive.write(keys.manifest(FRIDAY, READ_AT), manifest(rows, READ_AT, mail=True))
    world.archive.write(keys.summary(FRIDAY, "ko", ONE), analysis())
    return world


def test_a_day_that_waits_is_shown_after_half_an_hour_and_not_before(world: World) -> None:
    world.run(minutes=29)
    assert not world.objects("site/")
    world.run(minutes=12)
    digest = world.digest()
    assert (digest.status, [(each.id, each.reason) for each in digest.missing]) == ("open", [(TWO, "pending")])
    page = world.archive.get(PAGE).decode()
    assert ONE in page
    assert "분석하는 중" in page
    assert f'href="{FRIDAY}/index.html"' in world.archive.get("site/index.html").decode()
    assert f"site/papers/{TWO}/index.html" in world.objects("site/papers/")


def test_the_half_hour_counts_from_the_first_read(world: World) -> None:
    later = READ_AT + timedelta(minutes=25)
    world.archive.write(keys.manifest(FRIDAY, later), manifest([paper(ONE, 9), paper(TWO, 5)], later, mail=True))
    world.run(minutes=41)
    assert world.digest().status == "open"


def test_it_is_no_news_and_is_found_nowhere_else(world: World) -> None:
    world.run(minutes=41)
    shown = world.objects("site/")
    for name in ("top5.md", "post.md"):
        assert f"site/{FRIDAY}/{name}" not in shown
        assert name not in world.archive.get(PAGE).decode()
    assert not [
        key
        for key in shown
        if key.startswith(("site/_posts/", "site/search/2026", "site/search/open", "site/archive/2026"))
    ]
    assert not [key for key in shown if key.startswith("site/tags/model-merging")]
    assert "tags/model-merging" not in world.archive.get(PAGE).decode()
    assert str(FRIDAY) not in world.archive.get("site/feed.xml").decode()
    assert world.mails() == []
    assert world.open_days() == {FRIDAY}


def test_it_is_written_once(world: World) -> None:
    world.run(minutes=41)
    shown = world.objects("site/")
    assert PAGE in shown
    world.archive.write(keys.failure(FRIDAY, "enrich", TWO), analysis())
    world.run(minutes=25)
    assert world.objects("site/") == shown


@pytest.mark.parametrize("unwritten", ["site/papers/", PAGE, "site/index.html"])
def test_what_a_killed_run_has_left_of_it_is_written_by_the_next_tick(world: World, unwritten: str) -> None:
    killed: list[str] = []

    def die(asked: Any) -> None:
        if asked["Key"].startswith(unwritten) and not killed and DIGEST in world.objects("site/"):
            killed.append(asked["Key"])
            raise KilledError

    on_call("s3", "PutObject", die)
    world.run(minutes=41)
    assert killed
    assert DIGEST in world.objects("site/")
    world.run(minutes=21)
    assert f'href="{FRIDAY}/index.html"' in world.archive.get("site/index.html").decode()
    assert {PAGE, f"site/papers/{TWO}/index.html"} <= world.objects("site/").keys()


def test_its_closing_is_revision_one_in_the_same_order_with_all_that_a_day_has(world: World) -> None:
    world.run(minutes=41)
    evening = manifest([paper(TWO, 99), paper(ONE, 9, title="Model Merging")], READ_AT.replace(hour=14))
    world.archive.write(keys.manifest(FRIDAY, evening.read_at), evening)
    world.archive.write(keys.summary(FRIDAY, "ko", TWO), analysis())
    world.chain.send("PublishQueue", PaperSummarized(day=FRIDAY, id=TWO, language="ko"))
    world.run(minutes=11)
    digest = world.digest()
    assert (digest.status, digest.revision, digest.missing, digest.analysed_later) == ("complete", 1, (), ())
    assert [each.id for each in digest.papers] == [ONE, TWO]
    assert len(world.mails()) == 1
    assert f"site/{FRIDAY}/top5.md" in world.objects("site/")
    assert str(FRIDAY) in world.archive.get("site/feed.xml").decode()
    assert world.open_days() == set()
