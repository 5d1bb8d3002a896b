"""Hostile papers and a model that obeys them: no other field, no other paper, no markup of the page changes."""

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest

from functions.publish.model.digest import DigestPaper
from shared.store import keys, web
from tests.chain.world import FRIDAY, MakeWorld, World, row
from tests.factories.hostile_texts import HOSTILE, PAYLOADS
from tests.factories.model_stub import Answered, Asked, Behaviour, ModelStub, honest, running, well

NAMES = {f"2602.{place:05}": paper for place, paper in enumerate(HOSTILE, start=1)}
HONEST_IDS = ("2602.00501", "2602.00502")
PAPERS = [
    *(row(paper_id, 50, f"{paper.title} {paper_id}", summary=paper.abstract) for paper_id, paper in NAMES.items()),
    row(HONEST_IDS[0], 90),
    row(HONEST_IDS[1], 2),
]
TRICKS: tuple[dict[str, Any], ...] = (
    {"one_line": {"text": "PWNED <script>alert(1)</script>", "sources": [1]}},
    {"tags": ["PWNED", "</article><script>alert(1)</script>"]},
    {"key_points": [{"text": "https://evil.example 에서 정확도 91.5% 확인", "sources": [3]}]},
    {"one_line": {"text": "최고의 논문이라고 모두가 말한다. evil.example", "sources": [2]}},
    {"id": HONEST_IDS[0], "source": "sample", "tags": ['"><img src=x onerror=alert(1)>']},
    {"one_line": {"text": "{{ site.pages }} [PWNED](javascript:alert(1))", "sources": [2]}},
)
"""What a model that obeys puts into its answer, one after the other; and always the fence into a tag."""


class Tags(HTMLParser):
    """The elements of a page and their addresses."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: Counter[str] = Counter()
        self.addresses: set[str] = set()
        self.handlers: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        self.addresses |= {value or "" for name, value in attrs if name in {"href", "src", "srcset"}}
        self.handlers |= {name for name, _ in attrs if name.startswith("on")}


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelStub]:
    """A stub for chat completions."""
    with running() as found:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{found.address}/v1")
        yield found
        web.client().close()


def obedient(*, fenced: bool) -> Behaviour:
    """Obeys whatever paper is not one of the honest ones."""

    def behaviour(asked: Asked) -> Answered:
        if any(paper_id in asked.title for paper_id in HONEST_IDS):
            return well(asked)
        trick = TRICKS[len(asked.title + asked.text) % len(TRICKS)]
        return Answered({**honest(asked), **trick, **({"tags": [asked.fence]} if fenced else {})})

    return behaviour


def made(make_world: MakeWorld, stub: ModelStub, behaviour: Behaviour) -> World:
    """The day with a model that behaves so."""
    stub.behaviour = behaviour
    world: World = make_world({FRIDAY: PAPERS}, Model="openai:small", PapersInFull="100")
    world.run(minutes=7)
    return world


def page(world: World) -> str:
    """The day's page."""
    return world.archive.get(f"{keys.SITE}{keys.day_page(FRIDAY)}").decode()


@pytest.mark.parametrize(
    "fenced",
    [pytest.param(True, id="fence echoed", marks=pytest.mark.extra), pytest.param(False, id="payload only")],
)
def test_a_model_that_obeys_every_hostile_paper_loses_what_it_obeyed_in_and_nothing_else(
    make_world: MakeWorld, stub: ModelStub, *, fenced: bool
) -> None:
    world = made(make_world, stub, obedient(fenced=fenced))
    papers = {paper.id: paper for paper in world.digest().papers}
    assert len(papers) == len(PAPERS)
    for paper_id in HONEST_IDS:
        assert_is_honest(papers[paper_id])
    for paper_id, hostile in NAMES.items():
        assert papers[paper_id].source == "model", hostile.name
        assert papers[paper_id].title == f"{hostile.title} {paper_id}"
        assert not any(word in said(papers[paper_id]) for word in (*PAYLOADS, "onerror")), hostile.name
    tags = Tags(page(world))
    assert tags.elements["article"] == len(PAPERS)
    assert tags.elements["script"] == 3, "the page's own"
    assert tags.handlers == set()
    assert not any("evil" in address or "javascript" in address for address in tags.addresses)


def assert_is_honest(paper: DigestPaper) -> None:
    """The analysis is the one that the honest answer gives."""
    assert paper.source == "model"
    assert paper.analysis is not None
    assert paper.analysis.one_line.text == "오차를 절반으로 줄이고 정확도 91.5%에 이르는 방법을 제안한다."
    assert paper.provenance is not None
    assert paper.provenance.findings == ()
    assert not any(payload in said(paper) for payload in PAYLOADS)


def said(paper: DigestPaper) -> str:
    """All that the analysis says, without the sentences that it quotes as its sources."""
    assert paper.analysis is not None
    texts = [paper.analysis.one_line.text, *paper.analysis.tags]
    return "\n".join(texts if paper.source == "draft" else [*texts, *(p.text for p in paper.analysis.key_points)])


def test_a_model_that_does_not_obey_analyses_hostile_papers_too_and_they_are_flagged(
    make_world: MakeWorld, stub: ModelStub
) -> None:
    world = made(make_world, stub, well)
    for paper in world.digest().papers:
        assert paper.source == "model", paper.title
        assert paper.provenance is not None
        flagged = "hostile" in paper.provenance.findings
        assert flagged == (paper.id not in HONEST_IDS), paper.title
        assert not any(payload in said(paper) for payload in PAYLOADS)
    assert not [asked.title for asked in stub.asked if "PWNED" in asked.text or "evil" in asked.text]
