"""Attacks, and what the reader gets all the same."""

import json
import random
from datetime import UTC, date, datetime, timedelta
from time import process_time
from typing import Any

import httpx
import pytest
from botocore.exceptions import ConnectionClosedError

from functions.fetch.request import BadEventError
from shared.model.analysis import Analysis
from shared.store import aws, keys
from shared.text.formulas import readable
from tests.chain.world import FRIDAY, MakeWorld, World, dead, killed_at, on_call, row

THURSDAY = FRIDAY - timedelta(days=1)
CHRISTMAS = date(2024, 12, 25)
"""A Wednesday."""
OLD = date(2024, 5, 27)
TWO = [row("2602.00001", 5), row("2602.00002", 9)]
UNHEARD_OF = b'{"status": "unheard of", "days": [{}], "why": "another version"}'


def fails(_: Any) -> None:
    raise ConnectionClosedError(endpoint_url="aws")


def test_a_row_whose_id_is_half_a_character_is_refused_and_costs_no_other(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world({})
    answer = json.dumps([row("\ud800"), *TWO]).encode()
    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", lambda *_: httpx.Response(200, content=answer))
    world.fetch()
    world.run(seconds=30)
    assert [paper.id for paper in world.digest().papers] == ["2602.00002", "2602.00001"]
    assert len(world.digest().refused_rows) == 1


def test_a_late_paper_does_not_touch_the_page_in_a_language_that_was_given_up(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world({FRIDAY: TWO}, Languages="ko,en")
    world.fetch()
    world.run(seconds=30)
    page = world.objects(f"site/en/{FRIDAY}/")
    monkeypatch.setenv("LANGUAGES", "ko")
    for function in world.chain.functions.values():
        function.start_cold()
    world.internet.lists[FRIDAY] = [*TWO, row("2602.00003")]
    world.fetch(replay_from="publish")
    world.fetch()
    world.run(seconds=29)
    assert len(world.digest().papers) == 3
    assert world.objects(f"site/en/{FRIDAY}/") == page
    assert world.open_days() == set()


def written_by_a_model(make_world: MakeWorld) -> World:
    """A day whose analyses count as a model's."""
    world = make_world({FRIDAY: TWO})
    world.run(minutes=2)
    for key in world.objects(keys.summaries(FRIDAY)):
        analysis = world.archive.read(key, Analysis)
        written = analysis.provenance.model_copy(update={"source": "model"})
        world.archive.write(key, analysis.model_copy(update={"provenance": written}))
    world.fetch(replay_from="publish")
    return world


def test_a_replay_that_dies_leaves_what_a_model_wrote_on_the_page(make_world: MakeWorld) -> None:
    world = written_by_a_model(make_world)
    world.run(hours=3)
    on_call("s3", "PutObject", lambda asked: dead(asked) if asked["Key"].startswith("manifests/") else None)
    world.fetch(replay_from="summarize")
    world.run(minutes=12)
    assert [paper.source for paper in world.digest().papers] == ["model", "model"]


def test_a_replay_with_a_model_that_is_down_leaves_what_was_written_on_the_page(make_world: MakeWorld) -> None:
    world = written_by_a_model(make_world)
    world.run(minutes=10)
    on_call("s3", "PutObject", lambda asked: fails(asked) if asked["Key"].startswith("summaries/") else None)
    world.fetch(replay_from="summarize")
    world.run(minutes=40)
    assert [paper.source for paper in world.digest().papers] == ["model", "model"]


@pytest.mark.parametrize("body", [None, UNHEARD_OF], ids=["deleted", "of another version"])
def test_a_digest_that_the_front_page_cannot_show_costs_no_other_day(make_world: MakeWorld, body: bytes | None) -> None:
    world = make_world({FRIDAY: TWO, OLD: [row("2405.00001")]})
    world.fetch()
    world.run(seconds=30)
    key = f"site/{FRIDAY}/digest.json"
    if body is None:
        world.archive.delete([key])
    else:
        world.archive.put(key, body)
    world.fetch(OLD)
    world.run(seconds=29)
    assert world.published(OLD)
    assert OLD not in world.open_days()


def test_a_digest_that_cannot_be_written_costs_no_other_day(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: TWO, THURSDAY: [row("2602.00004")]})
    on_call("s3", "PutObject", lambda asked: fails(asked) if asked["Key"] == f"site/{FRIDAY}/digest.json" else None)
    world.run(minutes=2)
    assert world.published(THURSDAY)


@pytest.mark.parametrize(
    "key",
    ["site/recent.json", f"site/{FRIDAY}/digest.json", keys.mailed(FRIDAY, "ko")],
)
def test_an_object_of_another_version_does_not_keep_the_day_from_its_readers(make_world: MakeWorld, key: str) -> None:
    world = make_world({FRIDAY: TWO})
    world.archive.put(key, UNHEARD_OF)
    world.fetch()
    world.run(seconds=30)
    assert len(world.digest().papers) == 2
    assert FRIDAY not in world.open_days()


def test_a_failure_of_another_version_leaves_its_paper_to_the_deadline(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: TWO})
    world.archive.put(keys.failure(FRIDAY, "summarize", "2602.00001", "ko"), UNHEARD_OF)
    summary = keys.summary(FRIDAY, "ko", "2602.00001")
    on_call("s3", "PutObject", lambda asked: dead(asked) if asked["Key"] == summary else None)
    world.run(hours=3)
    assert [(missing.id, missing.reason) for missing in world.digest().missing] == [("2602.00001", "deadline")]


def test_a_manifest_that_cannot_be_read_costs_its_own_day_only(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: TWO, THURSDAY: [row("2602.00004")]})
    world.archive.put(keys.manifest(FRIDAY, datetime(2026, 2, 21, 0, 1, tzinfo=UTC)), b"{}")
    world.run(minutes=2)
    assert world.published(THURSDAY)


def test_a_list_of_which_no_row_can_be_read_is_not_called_empty(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: [{"papier": 1}] * 3})
    world.run(hours=2, minutes=5)
    assert world.digest().status not in {"empty", "not_listed"}
    assert world.internet.asked[str(FRIDAY)] == 1


def test_a_day_that_was_read_by_hand_before_it_ended_is_read_and_mailed_in_the_morning(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: TWO}, datetime(2026, 2, 20, 23, 50, tzinfo=UTC))
    world.fetch()
    world.run(minutes=2)
    assert world.mails() == []
    world.run(minutes=35)
    assert len(world.mails()) == 1


def test_an_old_weekday_without_papers_is_empty_and_promises_no_further_read(make_world: MakeWorld) -> None:
    world = make_world({})
    world.fetch(CHRISTMAS)
    world.run(minutes=7)
    assert world.digest(CHRISTMAS).status == "empty"


def test_a_read_in_the_future_is_refused_as_no_later_one_would_be_the_newest(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: TWO})
    with pytest.raises(BadEventError, match="read_at"):
        world.chain.functions["FetchFunction"]({"day": str(FRIDAY), "read_at": "2030-01-01T00:00:00Z"})


def test_a_mail_that_would_be_too_long_names_fewer_papers(make_world: MakeWorld) -> None:
    twenty = [row(f"2602.{number:05}") for number in range(20)]
    world = make_world({FRIDAY: twenty}, TopPapers="20", SiteUrl=f"https://papers.example.org/{'a' * 14_000}")
    world.fetch(mail=True)
    world.run(seconds=30)
    assert len(world.mails()) == 1


@pytest.mark.parametrize("call", [5, 22])
def test_publish_killed_in_the_middle_of_two_languages_mails_each_once(make_world: MakeWorld, call: int) -> None:
    world = make_world({FRIDAY: TWO}, Languages="ko,en")
    seen = killed_at(world, "PublishFunction", call)
    world.run(minutes=20)
    sns_was_called = b'"sent"' in seen[call - 1].get("Body", b"")
    assert world.published(FRIDAY, "ko")
    assert world.published(FRIDAY, "en")
    assert len(world.mails()) == (3 if sns_was_called else 2)
    assert FRIDAY not in world.open_days()


def test_calls_that_fail_at_random_cost_neither_a_paper_nor_the_mail(make_world: MakeWorld) -> None:
    """One call in fifty, each in spite of the client's own repetitions; publish makes a hundred calls for a day."""
    world = make_world({FRIDAY: TWO})
    chance = random.Random(1)

    def now_and_then(**_: Any) -> None:
        if chance.random() < 0.01:
            fails(None)

    for client in (aws.s3(), aws.sqs()):
        client.meta.events.register("provide-client-params.*", now_and_then)
        client.meta.events.register("after-call.*", now_and_then)
    world.run(hours=3)
    assert world.digest().status == "complete"
    assert world.digest().missing == ()
    assert FRIDAY not in world.open_days()
    assert world.mail_record().status == "sent"


def test_a_text_made_to_hold_the_renderer_up_does_not() -> None:
    began = process_time()
    for piece in ("\\(", "\\[", "$\\a", "_{", "``"):
        readable(piece * 10_000)
    assert process_time() - began < 3
