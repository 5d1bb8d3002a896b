"""What goes wrong, and what the reader sees of it."""

import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.exceptions import ConnectionClosedError

from local import cloud
from shared.model.messages import PaperSummarized
from shared.store import aws, keys
from tests.chain.world import FRIDAY, MakeWorld, Noted, World, dead, on_call, row
from tests.factories.days import analysis

THREE = [row("2602.00001", 5), row("2602.00002", 9), row("2602.00003", 1)]
BAD = "2602.00001"
BROKEN_FACTS = b'{"id": "2602.00001"}'


def expected_papers(world: World) -> bool:
    return [paper.id for paper in world.digest().papers] == ["2602.00002", "2602.00001", "2602.00003"]


def test_a_paper_that_always_fails_keeps_its_place_with_a_draft_and_the_reason(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: THREE})
    world.archive.put(keys.enriched(FRIDAY, BAD), BROKEN_FACTS)
    world.run(minutes=30)
    digest = world.digest()
    assert expected_papers(world)
    assert digest.status == "complete"
    assert [(missing.id, missing.reason) for missing in digest.missing] == [(BAD, "failed")]
    assert digest.papers[1].source == "draft"
    assert len(world.mails()) == 1
    assert "ValidationError" not in world.archive.get(f"site/{FRIDAY}/index.html").decode()


def test_a_draft_never_replaces_an_analysis(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: [row("2602.00001")]})
    world.chain.functions["FetchFunction"]({"day": str(FRIDAY)})
    world.archive.write(keys.summary(FRIDAY, "ko", "2602.00001"), analysis())
    world.run(hours=1)
    (paper,) = world.digest().papers
    assert (paper.source, paper.one_line) == ("model", "연을 제안한다.")


def test_a_settled_day_that_cannot_be_revised_comes_back_with_the_next_tick(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: [row("2602.00001")]})
    world.run(hours=1)
    world.archive.write(keys.summary(FRIDAY, "ko", "2602.00001"), analysis())
    failed: list[str] = []

    def fail_once(asked: dict[str, Any]) -> None:
        if asked["Key"].startswith("site/") and not failed:
            failed.append(asked["Key"])
            raise ConnectionClosedError(endpoint_url="s3")

    on_call("s3", "PutObject", fail_once)
    world.chain.send("PublishQueue", PaperSummarized(day=FRIDAY, id="2602.00001", language="ko"))
    world.run(minutes=12)
    assert failed
    assert world.digest().papers[0].source == "model"
    assert FRIDAY not in world.open_days()


def test_a_day_with_a_failing_paper_closes_when_that_is_settled_long_before_the_deadline(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: THREE})
    world.archive.put(keys.enriched(FRIDAY, BAD), BROKEN_FACTS)
    world.run(minutes=2)
    assert not world.published()
    world.run(minutes=15)
    assert world.published()
    assert [body for body in world.bodies("DeadLettersFifo") if BAD in body]


def test_a_paper_whose_facts_cannot_be_stored_does_not_hold_up_the_day_until_the_next_tick(
    make_world: MakeWorld,
) -> None:
    world = make_world({FRIDAY: THREE})
    key = keys.enriched(FRIDAY, BAD)
    on_call("s3", "PutObject", lambda asked: refuse(asked) if asked["Key"] == key else None)
    world.run(minutes=5)
    assert world.published(), "the next tick is at 00:20"
    assert [(missing.id, missing.reason) for missing in world.digest().missing] == [(BAD, "failed")]


@pytest.mark.parametrize(
    ("queue", "stored"), [("EnrichQueue", "enriched/"), ("SummarizeQueue", "summaries/")], ids=["enrich", "summarize"]
)
def test_an_attempt_whose_receipt_has_expired_stops_before_its_work(
    make_world: MakeWorld, queue: str, stored: str
) -> None:
    world = make_world({FRIDAY: THREE})

    def expire(parsed: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        if context["url"] == cloud.url(world.stack, queue):
            parsed["Failed"] = [{"Id": "0", "SenderFault": True, "Code": "ReceiptHandleIsInvalid"}]

    note_url(expire)
    world.run(minutes=1.5)
    assert len(world.objects(stored)) == len(THREE) - 1
    assert world.objects("failures/") == {}, "the other delivery says what becomes of the paper"


def refuse(_: Any) -> None:
    raise ConnectionClosedError(endpoint_url="https://s3.invalid")


def note_url(expire: Callable[..., None]) -> None:
    """Calls back after each batch of messages was hidden, with the answer and the queue's address in the context."""
    events = aws.sqs().meta.events

    def note(params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        context["url"] = params["QueueUrl"]

    events.register("provide-client-params.sqs.ChangeMessageVisibilityBatch", note)
    events.register("after-call.sqs.ChangeMessageVisibilityBatch", expire)


def test_a_failed_paper_that_is_redriven_revises_the_page_without_a_second_mail(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: THREE})
    world.archive.put(keys.enriched(FRIDAY, BAD), BROKEN_FACTS)
    world.run(minutes=30)
    good = world.archive.get(keys.enriched(FRIDAY, "2602.00002")).replace(b"2602.00002", BAD.encode())
    world.archive.put(keys.enriched(FRIDAY, BAD), good)
    world.redrive("SummarizeQueue")
    world.run(minutes=5)
    digest = world.digest()
    assert digest.missing == ()
    assert digest.revision == 2
    assert expected_papers(world)
    assert len(world.mails()) == 1


def test_a_function_that_is_killed_over_one_paper_costs_that_paper_and_the_deadline_closes_the_day(
    make_world: MakeWorld,
) -> None:
    world = make_world({FRIDAY: THREE})
    key = keys.enriched(FRIDAY, BAD)

    def die(asked: dict[str, Any]) -> None:
        if asked["Key"] == key and Noted.working == "SummarizeFunction":
            dead(asked)

    on_call("s3", "GetObject", die)
    world.run(minutes=70)
    assert (world.digest().status, world.mails()) == ("open", [])
    world.run(minutes=30)
    assert expected_papers(world)
    assert [(missing.id, missing.reason) for missing in world.digest().missing] == [(BAD, "deadline")]


def test_the_deadline_closes_a_day_with_what_is_there(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: THREE})
    world.run(seconds=61)
    key = keys.summary(FRIDAY, "ko", BAD)
    world.archive.delete([key])
    world.fetch(FRIDAY, replay_from="publish")
    on_call("s3", "PutObject", lambda asked: dead(asked) if asked["Key"] == key else None)
    world.run(minutes=70)
    assert world.open_days() == {FRIDAY}
    world.run(minutes=30)
    digest = world.digest()
    assert digest.status == "deadline"
    assert [(missing.id, missing.reason) for missing in digest.missing] == [(BAD, "deadline")]
    assert FRIDAY not in world.open_days()


@pytest.mark.parametrize("seed", range(3))
def test_messages_that_come_twice_and_in_any_order_change_nothing(make_world: MakeWorld, seed: int) -> None:
    world = make_world({FRIDAY: THREE})
    chance = random.Random(seed)

    def again(asked: Any) -> None:
        for entry in asked["Entries"]:
            copy = {name: value for name, value in entry.items() if name != "Id"}
            if "MessageDeduplicationId" in copy:
                copy["MessageDeduplicationId"] += "again"
            else:
                copy["DelaySeconds"] = chance.randrange(60)
            world.sqs.send_message(QueueUrl=asked["QueueUrl"], **copy)

    def shuffled(asked: Any) -> None:
        chance.shuffle(asked["Entries"])

    on_call("sqs", "SendMessageBatch", again, when="after-call")
    on_call("sqs", "SendMessageBatch", shuffled)
    world.run(minutes=10)
    assert expected_papers(world)
    assert world.digest().revision == 1
    assert len(world.mails()) == 1


def test_without_any_message_to_publish_the_tick_closes_the_day(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: THREE})

    def lost(asked: Any) -> None:
        for entry in asked["Entries"]:
            if "paper.summarized.v1" in entry["MessageBody"]:
                entry["MessageBody"] = '{"kind":"clock.ticked.v0"}'

    on_call("sqs", "SendMessageBatch", lost)
    world.run(seconds=90)
    assert not world.published()
    world.run(minutes=10)
    assert expected_papers(world)
    assert len(world.mails()) == 1


@pytest.mark.parametrize("queue", ["EnrichQueue", "SummarizeQueue", "PublishQueue"])
@pytest.mark.parametrize(
    "poison", ["not json", '{"kind":"paper.lost.v9"}', '{"kind":"paper.found.v1","day":"2026-02-20","id":"../x"}']
)
def test_a_message_that_cannot_be_read_ends_in_the_dead_letters_and_costs_nothing_else(
    make_world: MakeWorld, queue: str, poison: str
) -> None:
    world = make_world({FRIDAY: THREE})
    world.send(queue, poison)
    world.run(minutes=40)
    letters = "DeadLetters" if queue == "EnrichQueue" else "DeadLettersFifo"
    assert world.bodies(letters) == [poison]
    assert expected_papers(world)
    assert len(world.mails()) == 1


def test_a_day_that_cannot_be_published_stays_open_beside_one_that_can(make_world: MakeWorld) -> None:
    thursday = FRIDAY.replace(day=19)
    world = make_world({FRIDAY: THREE, thursday: [row("2602.00007")]})
    broken: list[str] = []

    def breaks(asked: Any) -> None:
        if asked["Key"].startswith(f"site/{thursday}/") and not broken:
            raise ConnectionClosedError(endpoint_url="s3")

    on_call("s3", "PutObject", breaks)
    world.run(minutes=25)
    assert expected_papers(world)
    assert not world.published(thursday)
    assert thursday in world.open_days()
    broken.append("mended")
    world.run(minutes=10)
    assert world.published(thursday)
    assert thursday not in world.open_days()


def test_a_tick_that_cannot_list_what_is_open_does_not_hold_the_queue_up(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: THREE})
    failed: list[str] = []

    def fail(asked: Any) -> None:
        if asked["Prefix"] == keys.OPEN_DAYS and not failed:
            failed.append(asked["Prefix"])
            raise ConnectionClosedError(endpoint_url="s3")

    on_call("s3", "ListObjectsV2", fail)
    world.send("PublishQueue", '{"kind":"clock.ticked.v1","scheduled_at":"2026-02-21T00:10:00Z"}')
    world.run(minutes=5)
    assert failed
    assert expected_papers(world)
    assert len(world.mails()) == 1


def test_a_summary_that_cannot_be_read_costs_its_paper_and_not_the_day(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: THREE})
    world.archive.put(keys.summary(FRIDAY, "ko", BAD), b"<html>")
    world.run(minutes=10)
    assert expected_papers(world)
    assert [missing.id for missing in world.digest().missing] == [BAD]


def test_hugging_face_answering_nonsense_is_asked_again_by_the_next_run(make_world: MakeWorld) -> None:
    world = make_world({})
    world.internet.lists[FRIDAY] = THREE
    world.internet.status = 429
    world.run(minutes=5)
    assert not [key for key in world.objects() if str(FRIDAY) in key]
    world.internet.status = 200
    world.run(hours=1)
    assert expected_papers(world)


def test_papers_that_could_not_be_sent_are_sent_by_the_next_run(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: THREE})
    down: list[str] = ["enrich"]

    def refuse(asked: Any) -> None:
        if down and asked["QueueUrl"].endswith(world.stack.names["EnrichQueue"]):
            raise ConnectionClosedError(endpoint_url="sqs")

    on_call("sqs", "SendMessageBatch", refuse)
    world.run(minutes=30)
    assert not world.published()
    down.clear()
    world.run(minutes=45)
    assert expected_papers(world)
    assert world.digest().status == "complete"
    assert world.digest().missing == ()
    assert len(world.mails()) == 1


def test_a_mail_that_cannot_be_sent_in_one_language_does_not_hold_the_other(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: THREE}, Languages="ko,en")

    def refuse(asked: Any) -> None:
        if asked["MessageAttributes"]["language"]["StringValue"] == "ko":
            raise ConnectionClosedError(endpoint_url="sns")

    on_call("sns", "Publish", refuse)
    world.run(minutes=15)
    assert world.published(FRIDAY, "en")
    assert world.mail_record(FRIDAY, "en").status == "sent"
    assert world.mail_record(FRIDAY, "ko").status == "claimed"


@pytest.mark.parametrize("broken", ["site/recent.json", "site/2026-02-19/digest.json", "mailed/2026-02-20/ko.json"])
def test_what_cannot_be_read_of_other_days_does_not_cost_this_one(make_world: MakeWorld, broken: str) -> None:
    world = make_world({FRIDAY: THREE, FRIDAY.replace(day=19): [row("2602.00007")]})
    world.archive.put(broken, b"<html>")
    world.archive.put("site/recent.json", b'{"days":[{"day":"2026-02-23","status":"complete","papers":3}]}')
    world.run(minutes=15)
    assert expected_papers(world)
    assert "2602.00002" in world.archive.get("site/index.html").decode()


def test_a_language_that_is_no_longer_asked_for_keeps_its_page_through_a_replay(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world({FRIDAY: THREE}, Languages="ko,en")
    world.run(minutes=15)
    monkeypatch.setenv("LANGUAGES", "ko")
    for function in world.chain.functions.values():
        function.start_cold()
    world.fetch(FRIDAY, replay_from="summarize")
    world.run(hours=3)
    assert world.digest(FRIDAY, "en").missing == ()
    assert FRIDAY not in world.open_days()


def test_a_look_at_a_day_that_goes_on_leaves_its_mail_to_the_morning(make_world: MakeWorld) -> None:
    monday = FRIDAY.replace(day=23)
    world = make_world({monday: [row("2602.00007")]}, datetime(2026, 2, 23, 20, tzinfo=UTC))
    world.fetch(monday)
    world.run(minutes=15)
    assert world.published(monday)
    assert world.mails() == []
    world.run(hours=5)
    assert len(world.mails()) == 1


def test_a_paper_that_is_withdrawn_later_is_shown_as_withdrawn(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: THREE})
    world.run(hours=1)
    world.internet.lists[FRIDAY] = [row("2602.00001", 5, withdrawnAt="2026-02-21T06:00:00.000Z"), *THREE[1:]]
    world.run(hours=11)
    assert [paper.id for paper in world.digest().papers if paper.facts.withdrawn_at] == ["2602.00001"]
