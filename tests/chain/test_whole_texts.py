"""The best papers are read from their whole text, asked for one at a time; every fault gives the abstract."""

import gzip
import json
from collections.abc import Callable, Iterator

import httpx
import pytest

from functions.enrich.texts import asking
from shared.model.facts import Facts
from shared.store import keys, web
from tests.chain.world import FRIDAY, MORNING, World, row, world
from tests.factories import model_stub, whole_texts
from tests.factories.model_stub import ModelStub

BEST, SECOND, THIRD = "2602.00001", "2602.00002", "2602.00003"
PAPERS = [row(BEST, 9), row(SECOND, 5), row(THIRD, 1)]
SHELL = "<!DOCTYPE html><title>Hugging Face</title>" + "<div>1 Introduction</div>\n" * 2000
Fake = Callable[[httpx.Request], httpx.Response]


class Texts:
    """Hugging Face's whole texts, and when each was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, float]] = []
        self.tokens: set[str | None] = set()
        self.conditional: list[str] = []
        self.fault: Fake | None = None
        self.clock: Callable[[], float] = lambda: 0.0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        assert request.url.path.startswith("/papers/")
        paper_id = request.url.path.removeprefix("/papers/").removesuffix(".md")
        self.asked.append((paper_id, self.clock()))
        self.tokens.add(request.headers.get("authorization"))
        self.conditional += [request.headers["if-none-match"]] if "if-none-match" in request.headers else []
        if self.fault:
            return self.fault(request)
        if self.conditional:
            return httpx.Response(304)
        return httpx.Response(200, text=whole_texts.marked(paper_id=paper_id), headers={"etag": '"kites"'})


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelStub]:
    """A model that answers well."""
    with model_stub.running() as running:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{running.address}/v1")
        monkeypatch.setenv("OPENAI_API_KEY", "a-key")
        yield running
        web.client().close()


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch, stub: ModelStub) -> Iterator[Callable[..., tuple[World, Texts]]]:
    """Starts a day whose texts are asked for."""
    worlds = []

    def begin(fault: Fake | None = None, **parameters: str) -> tuple[World, Texts]:
        texts = Texts()
        texts.fault = fault
        given = {"Model": "openai:small", "Sources": "text", "FullText": "2", **parameters}
        worlds.append(world(monkeypatch, {FRIDAY: PAPERS}, MORNING, **given))
        made = worlds[-1].__enter__()
        made.internet.elsewhere = texts
        texts.clock = lambda: made.clock.now().timestamp()
        return made, texts

    assert stub
    yield begin
    for made in worlds:
        made.__exit__(None, None, None)


def facts(made: World) -> dict[str, Facts]:
    return {paper.id: paper.facts for paper in made.digest().papers}


def missing(made: World) -> list[tuple[str, str]]:
    return [(each.source, each.reason) for each in facts(made)[BEST].missing if each.source == "text"]


def test_the_texts_of_the_best_are_asked_for_one_at_a_time_and_kept_privately(
    start: Callable[..., tuple[World, Texts]],
) -> None:
    made, texts = start()
    made.run(minutes=10)
    (first, at_first), (second, at_second) = texts.asked
    assert (first, second) == (BEST, SECOND)
    assert at_second - at_first >= asking.SECONDS_APART
    read, third = facts(made)[BEST].text, facts(made)[THIRD].text
    assert read is not None
    assert (read.version, third) == (2, None)
    stored = made.archive.get(keys.text(BEST, read.sha256)).decode()
    assert stored == whole_texts.marked(paper_id=BEST)
    assert not any(whole_texts.FILLER.encode() in made.archive.get(key) for key in made.objects("site/"))


def test_a_day_that_is_replayed_asks_conditionally_and_reads_the_stored_text(
    start: Callable[..., tuple[World, Texts]],
) -> None:
    made, texts = start()
    made.run(hours=26)
    assert [paper for paper, _ in texts.asked] == [BEST, SECOND]
    made.fetch(replay_from="enrich", paper=BEST)
    made.run(minutes=10)
    assert texts.conditional == ['"kites"']
    assert facts(made)[BEST].text is not None


@pytest.mark.parametrize("parameters", [{"FullText": "0"}, {"Model": "draft"}, {"Sources": "none"}])
def test_no_text_is_asked_for_where_none_is_wanted(
    start: Callable[..., tuple[World, Texts]], parameters: dict[str, str]
) -> None:
    made, texts = start(**parameters)
    made.run(minutes=10)
    assert texts.asked == []
    assert missing(made) == []


def test_a_token_is_sent_where_there_is_one(
    start: Callable[..., tuple[World, Texts]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    made, texts = start()
    made.run(minutes=10)
    assert texts.tokens == {"Bearer hf_secret"}


def late(_: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("late")


def large(_: httpx.Request) -> httpx.Response:
    return httpx.Response(200, content=gzip.compress(b"a" * 3_000_000), headers={"content-encoding": "gzip"})


@pytest.mark.parametrize(
    ("fault", "reason", "asked"),
    [
        (lambda _: httpx.Response(404, text=SHELL), "unknown", 1),
        (lambda _: httpx.Response(200, text=SHELL), "odd", 1),
        (lambda _: httpx.Response(200, text=whole_texts.marked(paper_id="2602.99999")), "odd", 1),
        (lambda _: httpx.Response(200, text=whole_texts.marked()[:4000]), "odd", 1),
        (lambda _: httpx.Response(200, text=json.dumps({"error": "Request ID"})), "odd", 1),
        (large, "odd", 1),
        (late, "slow", 2),
        (lambda _: httpx.Response(429, headers={"retry-after": "40"}), "throttled", 2),
        (lambda _: httpx.Response(418, text="Request ID: 7"), "throttled", 2),
        (lambda _: httpx.Response(503), "down", 2),
    ],
)
def test_every_fault_of_the_source_gives_the_page_from_the_abstract(
    start: Callable[..., tuple[World, Texts]], fault: Fake, reason: str, asked: int
) -> None:
    made, texts = start(fault, FullText="1")
    made.run(minutes=20)
    assert missing(made) == [("text", reason)]
    assert [paper for paper, _ in texts.asked] == [BEST] * asked
    assert {paper.source for paper in made.digest().papers} == {"model"}
    assert made.digest().status == "complete"


def test_a_source_that_throttles_is_left_alone_for_as_long_as_it_asks(
    start: Callable[..., tuple[World, Texts]],
) -> None:
    made, texts = start(lambda _: httpx.Response(429, headers={"retry-after": "100"}), FullText="1")
    made.run(minutes=20)
    (_, first), (_, second) = texts.asked
    assert second - first >= 100
