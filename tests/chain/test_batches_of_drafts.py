"""Drafts are made ten at a time: each paper of a batch still fails alone."""

import json
from functools import partial
from time import monotonic
from typing import Any

import pytest

from local import cloud, functions
from shared.store import aws, keys, web
from shared.store.retry import Failure
from tests.chain.day_with_a_model import PAPERS
from tests.chain.world import FRIDAY, MakeWorld, on_call, row
from tests.factories.model_stub import Answered, Asked, running, well

TWELVE = [row(f"2602.{number:05}", 20 - number) for number in range(12)]
REFUSED = "2602.00003"


def test_a_batch_is_hidden_by_one_call_and_publish_learns_of_it_by_one(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: TWELVE})
    counts: dict[str, list[int]] = {"hidden": [], "sent": []}
    for what, operation, queue in (
        ("hidden", "ChangeMessageVisibilityBatch", "SummarizeQueue"),
        ("sent", "SendMessageBatch", "PublishQueue"),
    ):
        url = cloud.url(world.stack, queue)
        on_call("sqs", operation, partial(note_count, url=url, counts=counts[what]))
    world.run(minutes=5)
    assert counts == {"hidden": [10, 2], "sent": [10, 2]}
    assert (world.digest().status, len(world.mails())) == ("complete", 1)


def note_count(asked: dict[str, Any], url: str, counts: list[int]) -> None:
    if asked["QueueUrl"] == url:
        counts.append(len(asked["Entries"]))


def test_a_message_to_publish_that_sqs_refuses_costs_its_paper_an_attempt_and_no_other(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: TWELVE})
    refusals = [2]  # with its batch, and then alone

    def refuse(parsed: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        entries = {entry["Id"]: json.loads(entry["MessageBody"]) for entry in context["entries"]}
        for name, body in entries.items():
            if refusals[0] and (body["kind"], body["id"]) == ("paper.summarized.v1", REFUSED):
                refusals[0] -= 1
                parsed["Failed"] = [{"Id": name, "SenderFault": False, "Code": "InternalError"}]

    def note(params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        context["entries"] = params["Entries"]

    aws.sqs().meta.events.register("provide-client-params.sqs.SendMessageBatch", note)
    aws.sqs().meta.events.register("after-call.sqs.SendMessageBatch", refuse)
    world.run(minutes=5)
    assert list(world.objects(keys.failures(FRIDAY))) == [keys.failure(FRIDAY, "summarize", REFUSED, "ko")]
    failure = world.archive.read(keys.failure(FRIDAY, "summarize", REFUSED, "ko"), Failure)
    assert (failure.attempt, failure.reason.split(":")[0]) == (1, "UnsentError")
    assert (world.digest().status, world.digest().missing, len(world.mails())) == ("complete", (), 1)


def test_a_model_that_has_no_time_left_in_a_batch_of_drafts_is_asked_later(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The day was read with a model, and the stack has become one of drafts since."""
    spent = [0.0]

    def slowly(asked: Asked) -> Answered:
        spent[0] += 40
        return well(asked)

    monkeypatch.setattr(functions, "monotonic", lambda: monotonic() + spent[0])
    with running() as stub:
        stub.behaviour = slowly
        monkeypatch.setenv("OPENAI_BASE_URL", f"{stub.address}/v1")
        world = make_world({FRIDAY: PAPERS})
        monkeypatch.setenv("MODEL", "openai:small")
        world.run(minutes=5)
        web.client().close()
    assert sorted(stub.titles()) == sorted(paper["title"] for paper in PAPERS), "each is paid for once"
    assert {paper.source for paper in world.digest().papers} == {"model"}
    assert len(world.objects(keys.failures(FRIDAY))) == 2, "the first had the time, the others came back"
