"""A source that is declared in one module and one line is asked, kept, merged and shown, locally as in Lambda."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx
import pytest

from functions.enrich.sources import registry
from functions.enrich.sources.api import NoFactsError
from functions.enrich.sources.asking import ApiSource
from local import arguments, functions
from shared.model.sources import MissingFacts, Stated
from shared.store import keys
from tests.chain.world import FRIDAY, MakeWorld, on_call, row
from tests.structure import declared


def read(body: Mapping[str, Any], now: datetime) -> Stated:
    if not isinstance(body.get("citations"), int):
        raise NoFactsError("odd")
    return Stated(source="citations", read_at=now, facts={"Citations": str(body["citations"])})


CITATIONS = ApiSource(
    name="citations",
    variable="CITATIONS_URL",
    url="https://citations.invalid",
    question=lambda paper_id, _: f"/papers/{paper_id}",
    read=read,
)


@pytest.fixture
def _declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "API_SOURCES", (*registry.API_SOURCES, CITATIONS))


@pytest.mark.usefixtures("_declared")
def test_a_new_source_is_seen_through_to_page_digest_and_mail(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world({FRIDAY: [row("2602.00001", 9), row("2602.00002", 5)]})
    monkeypatch.setenv("SOURCES", "citations")
    asked: list[str] = []
    bodies: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(f"{request.url.host}{request.url.path}")
        return httpx.Response(200, json={"citations": 7123} if request.url.path.endswith("1") else {})

    world.internet.elsewhere = answer
    on_call("sns", "Publish", lambda params: bodies.append(params["Message"]))
    world.run(hours=1)
    assert sorted(asked) == ["citations.invalid/papers/2602.00001", "citations.invalid/papers/2602.00002"]
    first, second = world.digest().papers
    assert first.facts.others["citations"].facts == {"Citations": "7123"}
    assert MissingFacts(source="citations", reason="odd") in second.facts.missing
    page = world.archive.get(f"{keys.SITE}{keys.day_page(FRIDAY)}").decode()
    assert "Citations" in page
    assert "7123" in page
    assert "7123" in bodies[0]


@pytest.mark.usefixtures("_declared")
def test_a_local_run_knows_a_new_source() -> None:
    wish = arguments.read({"sources": "all"})
    assert wish.parameters["Sources"] == "arxiv,github,huggingface,citations,text,pictures"
    assert "CITATIONS_URL" in functions.addresses()


def test_the_template_names_every_source() -> None:
    assert declared.parameter("Sources") == ",".join(registry.names())
