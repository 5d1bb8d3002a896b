"""Functions that die between any two of their calls, and answers that are lost."""

from datetime import date
from functools import cache
from typing import Any

import pytest
from botocore.exceptions import ConnectionClosedError

from local.mappings import KilledError
from shared.store import keys
from tests.chain.world import FRIDAY, MakeWorld, killed_at, killed_before, on_call, row, world

THREE = [row("2602.00001", 5), row("2602.00002", 9), row("2602.00003", 1)]


@pytest.mark.parametrize("call", range(1, 5))
def test_fetch_killed_between_any_two_writes_loses_nothing(make_world: MakeWorld, call: int) -> None:
    world = make_world({FRIDAY: THREE})
    world.fetch(FRIDAY, mail=True, read_at="2026-02-21T00:13:00Z")
    seen = killed_at(world, "FetchFunction", call)
    world.run(minutes=30)
    assert len(seen) >= call
    assert len(world.digest().papers) == 3
    assert len(world.mails()) == 1
    assert FRIDAY not in world.open_days()


def test_a_marker_whose_read_died_goes_by_itself(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: THREE})
    world.archive.put(keys.open_marker(date(2026, 2, 3), world.clock.now()), b"")
    failed: list[Any] = []
    on_call("s3", "PutObject", lambda asked: failed.append(asked) if "2026-02-03" in asked["Key"] else None)
    world.run(hours=7)
    assert date(2026, 2, 3) not in world.open_days()
    assert not failed


@cache
def whole_site() -> frozenset[str]:
    """The keys of the site where nothing dies."""
    with pytest.MonkeyPatch.context() as patch, world(patch, {FRIDAY: THREE}) as undisturbed:
        undisturbed.run(minutes=30)
        return frozenset(undisturbed.objects("site/"))


@pytest.mark.parametrize(
    ("part", "nth", "mails"),
    [
        ("mailed/", 1, 1),
        ("20/digest.json", 1, 1),
        ("/assets/", 1, 1),
        ("/papers/", 1, 1),
        ("/cite.bib", 2, 1),
        ("/tags/", 1, 1),
        ("20/top5.md", 1, 1),
        ("20/index.html", 1, 1),
        ("/search/", 1, 1),
        ("site/index.html", 1, 1),
        ("20/digest.json", 2, 1),
        ("mailed/", 2, 1),
        ("mailed/", 3, 2),  # SNS was called already
        ("open/2026-02-20/", 1, 1),
    ],
)
def test_publish_killed_between_any_two_writes_leaves_a_whole_site_and_one_mail(
    make_world: MakeWorld, part: str, nth: int, mails: int
) -> None:
    expected, world = whole_site(), make_world({FRIDAY: THREE})
    seen = killed_before(world, "PublishFunction", part, nth)
    world.run(minutes=30)
    assert len(seen) > nth
    assert len(world.digest().papers) == 3
    assert len(world.mails()) == mails
    assert world.mail_record().status == "sent"
    assert FRIDAY not in world.open_days()
    assert sorted(expected - world.objects("site/").keys()) == []


def test_a_crash_after_sns_was_called_mails_once_or_twice_and_never_not_at_all(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: THREE})
    calls: list[Any] = []

    def crash(asked: Any) -> None:
        calls.append(asked)
        if len(calls) == 1:
            raise KilledError

    on_call("sns", "Publish", crash, when="after-call")
    world.run(minutes=30)
    assert len(world.mails()) == 2
    assert world.mail_record().status == "sent"


def test_sns_that_refuses_is_asked_again_with_the_same_mail(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: THREE})
    calls: list[Any] = []

    def refuse(asked: Any) -> None:
        if asked["TopicArn"].endswith(world.stack.names["ReadersTopic"]):
            calls.append(asked)
            if len(calls) <= 2:
                raise ConnectionClosedError(endpoint_url="sns")

    on_call("sns", "Publish", refuse)
    world.run(minutes=35)
    assert len(world.mails()) == 1
    assert len({asked["Message"] for asked in calls}) == 1


@pytest.mark.parametrize("prefix", ["manifests/", "mailed/", "summaries/"])
def test_a_conditional_write_whose_answer_was_lost_is_the_same_write(make_world: MakeWorld, prefix: str) -> None:
    """The client repeats the call by itself, and is told that the object exists."""
    world = make_world({FRIDAY: THREE})

    def already_done(asked: Any) -> None:
        if asked["Key"].startswith(prefix) and "IfNoneMatch" in asked:
            body = {name: value for name, value in asked.items() if name in {"Bucket", "Key", "Body"}}
            world.archive._client.put_object(**body)

    on_call("s3", "PutObject", already_done)
    world.run(minutes=30)
    assert len(world.digest().papers) == 3
    assert len(world.mails()) == 1
    assert FRIDAY not in world.open_days()


def test_a_day_fetched_twice_by_the_same_run_is_one_read(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: THREE})
    for _ in range(2):
        world.fetch(FRIDAY, mail=True, read_at="2026-02-21T00:13:00Z")
    world.run(seconds=30)
    assert len(world.objects(keys.manifests(FRIDAY))) == 1
    assert len(world.mails()) == 1


def test_a_replay_from_summarize_revises_the_day_without_a_second_mail(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: THREE})
    world.run(minutes=11)
    world.fetch(FRIDAY, replay_from="summarize")
    world.run(minutes=11)
    assert world.digest().missing == ()
    assert len(world.digest().papers) == 3
    assert len(world.mails()) == 1
    assert FRIDAY not in world.open_days()


def test_a_replay_of_one_paper_leaves_the_others_as_they_are(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: THREE})
    world.run(minutes=11)
    before = world.objects(keys.enriched_papers(FRIDAY))
    first, *others = sorted(before)
    paper = first.rpartition("/")[2].removesuffix(".json")
    world.chain.functions["FetchFunction"]({"day": str(FRIDAY), "replay_from": "enrich", "paper": paper})
    assert set(world.objects(keys.enriched_papers(FRIDAY))) == set(others)
    world.run(minutes=11)
    assert world.objects(keys.enriched_papers(FRIDAY)).keys() == before.keys()
    assert FRIDAY not in world.open_days()
