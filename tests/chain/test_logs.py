"""What an operator reads out of the logs alone: a day's cost, and which paper took longest."""

import json
import logging
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from io import StringIO
from typing import Any

import httpx
import pytest

from functions.enrich import handler as enrich
from functions.fetch import handler as fetch
from functions.publish import handler as publish
from functions.summarize import handler as summarize
from tests.chain.day_with_a_model import BAD, ONE_IS_ENOUGH, PAPERS, Start, one_bad
from tests.chain.world import FRIDAY, MakeWorld, row
from tests.factories.model_stub import USAGE, Answered, Asked, well
from tests.factories.server_answers import chat

SLOW_SECONDS = 60.0
"""Longer than anything else takes, however busy the machine is."""


@pytest.fixture
def logs() -> Iterator[StringIO]:
    """What all functions log, as it is written."""
    written = StringIO()
    with ExitStack() as stack:
        for room in (fetch, enrich, summarize, publish):
            handler = logging.StreamHandler(written)
            handler.setFormatter(room.logger.registered_formatter)
            named = logging.getLogger(room.logger.service)
            named.addHandler(handler)
            stack.callback(named.removeHandler, handler)
        yield written


def lines(logs: StringIO) -> list[dict[str, Any]]:
    """Those about the day."""
    return [line for line in map(json.loads, logs.getvalue().splitlines()) if line.get("day") == str(FRIDAY)]


@ONE_IS_ENOUGH
def test_a_day_s_cost_and_its_slowest_paper_follow_from_the_logs(
    start: Start, logs: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, waits = [0.0], iter([SLOW_SECONDS])

    def slow_and_lost_at_first(asked: Asked) -> Answered:
        waited = next(waits, 0.0)
        clock[0] += waited
        return Answered(body=chat("", finish_reason="error")) if waited else well(asked)

    monkeypatch.setattr(summarize, "monotonic", lambda: clock[0])
    world, stub = start(one_bad(slow_and_lost_at_first), ModelPrice="1/10", Languages="ko,en")
    world.run(minutes=10)
    found = lines(logs)
    papers = [line for line in found if "paper" in line and "seconds" in line]
    digests = [line for line in found if line["message"] == "A digest was published."]
    cost = {language: world.digest(language=language).cost_usd for language in ("ko", "en")}
    for language, usd in cost.items():
        assert sum(line["cost_usd"] for line in papers if line.get("language") == language) == pytest.approx(usd)
    assert {line["language"]: line["cost_usd"] for line in digests} == pytest.approx(cost)
    assert sum(line.get("input_tokens", 0) for line in papers) == USAGE[0] * len(stub.asked)
    seconds: defaultdict[str, float] = defaultdict(float)
    for line in papers:
        seconds[line["paper"]] += line["seconds"]
    assert max(seconds, key=lambda paper: seconds[paper]) == BAD
    assert seconds[BAD] >= SLOW_SECONDS
    assert all(line["function_request_id"] for line in found)


@ONE_IS_ENOUGH
def test_each_step_writes_one_line_for_each_paper_and_language_that_goes_well(start: Start, logs: StringIO) -> None:
    world, _ = start(Languages="ko,en")
    world.run(minutes=10)
    found = sorted(
        (line["service"], line["paper"], line.get("language", "")) for line in lines(logs) if "paper" in line
    )
    ids = sorted(paper["paper"]["id"] for paper in PAPERS)
    assert found == [
        *(("enrich", paper, "") for paper in ids),
        *(("summarize", paper, language) for paper in ids for language in ("en", "ko")),
    ]


def test_a_failed_attempt_names_its_day_paper_and_language(
    make_world: MakeWorld, logs: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "https://down.invalid/v1")
    world = make_world({FRIDAY: [row(BAD)]}, Model="openai:small", MaxReceives="1")
    world.internet.elsewhere = lambda _: httpx.Response(503)
    world.run(minutes=5)
    failed = [line for line in lines(logs) if line["level"] == "ERROR"]
    assert [(line["paper"], line["language"]) for line in failed] == [(BAD, "ko")]
