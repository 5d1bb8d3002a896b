"""What on Hugging Face names a paper: are there weights, is there a demo. No answer of it is recorded."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from functions.enrich.sources import hub
from functions.enrich.sources.answers import Answer
from functions.enrich.sources.api import Api
from shared.model.facts import Facts
from shared.model.sources import Hub, Linked

NOW = datetime(2026, 2, 21, 0, 20, tzinfo=UTC)
PAPER = "2602.00001"


def asked(response: httpx.Response, paper: str = PAPER, paths: list[str] | None = None) -> Answer[Hub]:
    def answer(request: httpx.Request) -> httpx.Response:
        if paths is not None:
            paths.append(request.url.raw_path.decode())
        return response

    api = Api(httpx.Client(transport=httpx.MockTransport(answer)), "https://hf.invalid/")
    answered = hub.SOURCE.ask(api, paper, Facts(abstract=""), None, NOW)
    assert answered is not None
    return answered


def found(**body: Any) -> Hub:
    facts = asked(httpx.Response(200, json={"id": PAPER} | body)).facts
    assert facts is not None
    return facts


def test_the_totals_are_stated_with_the_first_few_names() -> None:
    models = [{"id": f"flyers/kite-{number}b", "likes": 3} for number in range(5)]
    facts = found(linkedModels=models, numTotalModels=12, linkedSpaces=[{"id": "flyers/demo"}], numTotalSpaces=1)
    assert facts.models == Linked(total=12, first=("flyers/kite-0b", "flyers/kite-1b", "flyers/kite-2b"))
    assert facts.spaces == Linked(total=1, first=("flyers/demo",))
    assert facts.datasets == Linked()
    assert (facts.source, facts.read_at) == ("huggingface", NOW)


def test_a_paper_that_nothing_names_has_neither_weights_nor_a_demo() -> None:
    assert found() == Hub(read_at=NOW)


@pytest.mark.parametrize(
    ("rows", "total", "expected"),
    [
        ([{"id": "a/b"}], None, Linked(total=1, first=("a/b",))),
        ([{"id": "a/b"}], "many", Linked(total=1, first=("a/b",))),
        ([{"id": "a/b"}], True, Linked(total=1, first=("a/b",))),
        (
            [{"id": 7}, "a/b", {}, None, {"id": ""}, {"id": "x" * 500}, {"id": "a/c"}],
            2,
            Linked(total=2, first=("a/c",)),
        ),
        ("a/b", 3, Linked(total=3)),
        (None, -3, Linked()),
    ],
)
def test_what_is_odd_costs_itself(rows: object, total: object, expected: Linked) -> None:
    assert found(linkedModels=rows, numTotalModels=total).models == expected


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        (httpx.Response(404, json={"error": "Paper not found"}), "unknown"),
        (httpx.Response(429, headers={"ratelimit": '"api";r=0;t=55'}, json={}), "throttled"),
        (httpx.Response(502, text="<html>"), "down"),
        (httpx.Response(200, text="<html>"), "odd"),
        (httpx.Response(200, json={"error": "?"}), "odd"),
    ],
)
def test_what_goes_wrong_is_the_reason_why_facts_are_missing(response: httpx.Response, reason: str) -> None:
    answer = asked(response)
    assert (answer.facts, answer.reason) == (None, reason)


def test_an_old_id_keeps_its_slash() -> None:
    paths: list[str] = []
    asked(httpx.Response(404, json={}), "cs/0601001", paths)
    assert paths == ["/api/papers/cs/0601001"]
