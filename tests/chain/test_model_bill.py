"""What a day with a language model costs, whatever its server makes of the answers."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from local.cli import call
from shared.store import aws, web
from tests.chain.world import row
from tests.factories.model_stub import USAGE, Answered, Asked, ModelStub, honest, running, well
from tests.factories.server_answers import CHATS, CONVERSES, FORMS, TEXTS, chat, converse, dump, tool

DAY = "2026-02-20"
PAPERS = 12
CALL_USD = (USAGE[0] + 10 * USAGE[1]) / 1_000_000
"""At a price of 1/10 dollars for a million tokens."""
ODD = ("raw line breaks and tabs", "harmony", "thoughts without their opening", "a lone surrogate", "in a wrapper")
CHAT_KINDS = [
    *(
        CHATS[name]
        for name in ("content null, reasoning_content", "chunks", "function_call", "message null, text", "a stream")
    ),
    *(lambda form, write=TEXTS[name]: chat(write(form)) for name in ODD),
    lambda form: chat(dump(FORMS["arrays as JSON text"](form))),
    lambda form: chat(dump(FORMS["sources a text"](form))),
]
CONVERSE_KINDS = [
    *(CONVERSES[name] for name in ("the answer among the thoughts", "a malformed tool use", "blocks that are null")),
    *(lambda form, write=TEXTS[name]: converse({"text": write(form)}) for name in ODD),
    *(lambda form, fill=FORMS[name]: converse(tool(fill(form))) for name in list(FORMS)[:4]),
]


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelStub]:
    with running() as started:
        monkeypatch.setenv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", started.address)
        monkeypatch.setenv("OPENAI_BASE_URL", f"{started.address}/v1")
        aws.bedrock_runtime.cache_clear()
        yield started
        web.client().close()


def make(out: Path, model: str, *parameters: str) -> tuple[int, dict[str, Any]]:
    """Makes a digest of twelve papers: the exit status and digest.json."""
    rows = out.with_name("listing.json")
    rows.write_text(json.dumps([row(f"2602.000{place:02}") for place in range(PAPERS)]), encoding="utf-8")
    options = ["--out", str(out), "--day", DAY, "--listing", str(rows), "--model", model]
    status = call(["digest", *options, "--parameters", " ".join(("Languages=ko", "ModelPrice=1/10", *parameters))])
    return status, json.loads((out / "site" / DAY / "digest.json").read_bytes())


@pytest.mark.parametrize(
    ("model", "kinds"),
    [("openai:small", CHAT_KINDS), ("bedrock:global.amazon.nova-2-lite-v1:0", CONVERSE_KINDS)],
    ids=["openai", "bedrock"],
)
def test_twelve_odd_answers_are_twelve_analyses_at_their_true_cost(
    tmp_path: Path, stub: ModelStub, model: str, kinds: list[Callable[[Any], Any]]
) -> None:
    def odd(asked: Asked) -> Answered:
        return Answered(body=kinds[int(asked.title[-2:])](honest(asked)))

    stub.behaviour = odd
    status, made = make(tmp_path / "out", model)
    assert status == 0
    assert {paper["source"] for paper in made["papers"]} == {"model"}
    assert len(stub.asked) == PAPERS
    assert made["cost_usd"] == pytest.approx(PAPERS * CALL_USD)


def test_a_budget_holds_where_a_server_counts_no_tokens(tmp_path: Path, stub: ModelStub) -> None:
    stub.behaviour = lambda asked: Answered(body=chat(dump(honest(asked)), usage=None))
    budget = 0.06
    status, made = make(tmp_path / "out", "openai:small", f"BudgetUsd={budget}")
    assert status == 0
    assert 0.2 * budget < made["cost_usd"] <= budget
    assert len(stub.asked) < PAPERS
    assert all(paper["provenance"]["is_estimated"] for paper in made["papers"] if paper["source"] == "model")


def test_a_second_run_asks_for_the_papers_that_failed_and_for_no_other(tmp_path: Path, stub: ModelStub) -> None:
    refused = Answered(status=400, error=("invalid_request_error", "this paper is refused"))
    stub.behaviour = lambda asked: refused if asked.title.endswith("07") else well(asked)
    assert make(tmp_path / "out", "openai:small")[0] == 1
    web.client().close()
    stub.asked.clear()
    stub.behaviour = well
    status, made = make(tmp_path / "out", "openai:small")
    assert status == 0
    assert stub.titles() == ["Paper 2602.00007"]
    assert {paper["source"] for paper in made["papers"]} == {"model"}
