"""What was paid is paid once, counted whatever went wrong, and written down without secrets."""

import json
from datetime import timedelta
from typing import Any

import pytest

from functions.summarize.handler import logger
from shared.model.analysis import Analysis
from shared.model.manifest import Manifest
from shared.model.messages import PaperEnriched
from shared.store import aws, keys
from tests.chain.day_with_a_model import BAD, ONE_IS_ENOUGH, OTHERS, PAPERS, Start, failure, one_bad, sources
from tests.chain.world import FRIDAY, MORNING, World
from tests.factories.model_stub import USAGE, Answered, Asked, well
from tests.factories.server_answers import chat

CALL_USD = (USAGE[0] + 10 * USAGE[1]) / 1_000_000
"""At a price of 1/10 dollars for a million tokens."""
PRICE = {"ModelPrice": "1/10"}
SECRET = "sk-planted-0123456789"


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """The log's line of each attempt of summarize, as it is written."""
    written = logger.registered_formatter.format
    return [json.loads(written(record)) for record in caplog.records if hasattr(record, "outcome")]


def everything(caplog: pytest.LogCaptureFixture) -> str:
    """All that was logged, as it is written."""
    return "\n".join(map(logger.registered_formatter.format, caplog.records))


@ONE_IS_ENOUGH
def test_an_answer_that_breaks_off_again_and_again_is_paid_twice_and_counted(start: Start) -> None:
    broken = Answered(body=chat('{"one_line": {"te', finish_reason="error"))
    world, stub = start(one_bad(lambda _: broken), **PRICE)
    world.run(minutes=10)
    assert sum(BAD in title for title in stub.titles()) == 2
    assert sources(world) == {BAD: "draft", **dict.fromkeys(OTHERS, "model")}
    assert failure(world).cost_usd == pytest.approx(2 * CALL_USD)
    assert world.digest().cost_usd == pytest.approx((len(OTHERS) + 2) * CALL_USD)


@ONE_IS_ENOUGH
def test_what_a_failed_attempt_was_paid_is_in_the_cost_of_the_analysis_that_follows(start: Start) -> None:
    broken = iter([Answered(body=chat("", finish_reason="error"))])
    world, _ = start(one_bad(lambda asked: next(broken, well(asked))), **PRICE)
    world.run(minutes=10)
    assert set(sources(world).values()) == {"model"}
    assert world.digest().cost_usd == pytest.approx((len(PAPERS) + 1) * CALL_USD)


@ONE_IS_ENOUGH
def test_a_throttled_repair_is_not_paid_for_with_five_first_answers(start: Start) -> None:
    busy = Answered(status=429, error=("rate_limit_exceeded", "slow down"))
    world, stub = start(one_bad(lambda asked: busy if asked.repair else Answered("Here you are.")), **PRICE)
    world.run(minutes=30)
    assert sum(BAD in asked.title and not asked.repair for asked in stub.asked) == 2
    assert world.digest().cost_usd == pytest.approx((len(OTHERS) + 2) * CALL_USD)


@ONE_IS_ENOUGH
def test_a_throttled_model_is_waited_for_for_minutes(start: Start) -> None:
    busy = Answered(status=429, error=("rate_limit_exceeded", "slow down"))
    world, stub = start(lambda _: busy)
    world.run(minutes=5)
    stub.behaviour = well
    world.run(minutes=10)
    assert set(sources(world).values()) == {"model"}


def stored(world: World, paper_id: str = BAD) -> Analysis:
    """The day's choice for a paper."""
    return world.archive.read(keys.summary(FRIDAY, "ko", paper_id), Analysis)


def message() -> PaperEnriched:
    """What asked for the bad paper's analysis, at the day's first read."""
    return PaperEnriched(day=FRIDAY, id=BAD, read_at=MORNING + timedelta(minutes=1), language="ko")


@ONE_IS_ENOUGH
def test_the_first_stored_analysis_stays(start: Start) -> None:
    """Two deliveries are in work together: the other one stores its analysis while the model answers."""
    world, stub = start()
    world.run(minutes=7)
    (key,) = world.objects(f"analyses/{BAD}/ko/")
    other = stored(world).model_copy(update={"tags": ("Stored First",)})
    world.archive.delete([key, keys.summary(FRIDAY, "ko", BAD)])

    def overtaken(asked: Asked) -> Answered:
        world.archive.write(key, other)
        return well(asked)

    stub.behaviour = overtaken
    world.chain.send("SummarizeQueue", message())
    world.run(minutes=1)
    assert stub.titles().count(f"Paper {BAD}") == 2
    assert stored(world) == other
    assert world.archive.read(key, Analysis) == other


@ONE_IS_ENOUGH
def test_an_old_message_after_a_replay_with_another_model_changes_nothing_and_asks_nobody(start: Start) -> None:
    world, stub = start()
    world.run(minutes=7)
    old = world.archive.read(keys.manifest(FRIDAY, message().read_at), Manifest)
    newer = old.model_copy(update={"read_at": old.read_at + timedelta(minutes=1), "model": "openai:other"})
    world.archive.write(keys.manifest(FRIDAY, newer.read_at), newer)
    before = world.objects("summaries/")
    world.archive.delete(world.objects("analyses/"))
    world.chain.send("SummarizeQueue", message())
    world.run(minutes=1)
    assert world.objects("summaries/") == before
    assert len(stub.asked) == len(PAPERS)


@ONE_IS_ENOUGH
def test_a_replay_that_is_ordered_while_the_model_answers_keeps_the_old_analysis_out(start: Start) -> None:
    world, stub = start()
    world.run(minutes=7)
    old = world.archive.read(keys.manifest(FRIDAY, message().read_at), Manifest)
    newer = old.model_copy(update={"read_at": old.read_at + timedelta(minutes=1), "model": "openai:other"})
    summary = keys.summary(FRIDAY, "ko", BAD)
    world.archive.delete([summary, *world.objects("analyses/")])

    def replayed(asked: Asked) -> Answered:
        world.archive.write(keys.manifest(FRIDAY, newer.read_at), newer)
        return well(asked)

    stub.behaviour = replayed
    world.chain.send("SummarizeQueue", message())
    world.run(minutes=1)
    assert stub.titles().count(f"Paper {BAD}") == 2
    assert summary not in world.objects("summaries/")
    assert world.objects(f"analyses/{BAD}/"), "what was paid for is kept"


@ONE_IS_ENOUGH
@pytest.mark.parametrize("key", [f"{SECRET}\nx", f"{SECRET}\x00", f"{SECRET}é"])
def test_a_key_that_cannot_be_sent_is_in_no_log(
    start: Start, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, key: str
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    world, stub = start(OpenAiKeyParameter="/daily-papers/key")
    aws.ssm().put_parameter(Name="/daily-papers/key", Value=key, Type="SecureString")
    world.run(minutes=7)
    assert stub.asked == []
    assert SECRET not in everything(caplog)
    assert "OpenAiKeyParameter" in failure(world).reason
    assert SECRET not in failure(world).reason
