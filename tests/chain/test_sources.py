"""A day with the facts of other sources: every source is optional, and nothing is asked twice a day."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qs

import boto3
import httpx
import pytest

from functions.publish.model.digest import Digest
from shared.model.manifest import Manifest
from shared.model.messages import PaperFound
from shared.store import keys
from tests.chain.world import FRIDAY, MakeWorld, World, dead, on_call, row, world

KITE = "https://github.com/flyers/kite"
THREE = [
    row("2602.00001", upvotes=30, githubRepo=f"{KITE}/tree/main", githubStars=7),
    row("2602.00002", upvotes=20),
    row("2602.00003", upvotes=10, githubRepo="https://github.com/flyers/gone"),
]
FACTS = "arxiv,github,huggingface"
Fake = Callable[[httpx.Request], httpx.Response]


def entries(papers: list[str], comment: str) -> Iterator[str]:
    for paper in papers:
        yield (
            f"<entry><id>http://arxiv.org/abs/{paper}v2</id><category term='cs.RO'/>"
            f"<arxiv:comment>{comment}</arxiv:comment></entry>"
        )


class Elsewhere:
    """arXiv, GitHub and Hugging Face's papers: one function from a request to a response."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.conditional: Counter[str] = Counter()
        self.broken: dict[str, Fake] = {}
        self.unknown = frozenset({"2602.00003"})
        """What arXiv's answer lacks."""
        self.comment = "Accepted at KITE 2026"

    def __call__(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host.removesuffix(".invalid")
        self.asked[f"{host} {request.url.path}"] += 1
        self.conditional[host] += "if-none-match" in request.headers
        if host in self.broken:
            return self.broken[host](request)
        return {"arxiv": self._arxiv, "github": self._github, "huggingface": self._hub}[host](request)

    def _arxiv(self, request: httpx.Request) -> httpx.Response:
        papers = parse_qs(request.url.query.decode())["id_list"][0].split(",")
        names = 'xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"'
        known = [paper for paper in papers if paper not in self.unknown]
        return httpx.Response(200, text=f"<feed {names}>{''.join(entries(known, self.comment))}</feed>")

    def _github(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("if-none-match"):
            return httpx.Response(304)
        if request.url.path == "/repos/flyers/kite":
            licence = {"spdx_id": "Apache-2.0"}
            body = {"full_name": "flyers/kite", "stargazers_count": 420, "license": licence, "archived": True}
            return httpx.Response(200, json=body, headers={"etag": '"kite"'})
        return httpx.Response(404, json={})

    def _hub(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"id": request.url.path[-10:], "linkedModels": [{"id": "flyers/kite"}]})


def day_with(make_world: MakeWorld, sources: str = FACTS) -> tuple[World, Elsewhere]:
    day, elsewhere = make_world({FRIDAY: THREE}, Sources=sources), Elsewhere()
    day.internet.elsewhere = elsewhere
    return day, elsewhere


def missing(digest: Digest) -> dict[str, set[tuple[str, str]]]:
    return {paper.id: {(each.source, each.reason) for each in paper.facts.missing} for paper in digest.papers}


def page(day: World) -> str:
    return day.archive.get(f"{keys.SITE}{keys.day_page(FRIDAY)}").decode()


def test_the_digest_states_what_the_sources_state(make_world: MakeWorld) -> None:
    day, _ = day_with(make_world)
    day.run(hours=1)
    first, second, third = day.digest().papers
    assert first.facts.arxiv is not None
    assert first.facts.arxiv.comment == "Accepted at KITE 2026"
    assert first.facts.repository is not None
    assert (first.facts.repository.stars, first.facts.repository.licence) == (420, "Apache-2.0")
    assert first.facts.hub is not None
    assert first.facts.hub.models.total == 1
    assert second.facts.repository is None
    assert missing(day.digest()) == {
        first.id: set(),
        second.id: set(),
        third.id: {("arxiv", "unknown"), ("github", "gone")},
    }
    for shown in ("Accepted at KITE 2026", "cs.RO", "★ 420", "Apache-2.0", "보관됨", "사라짐", "모델 1"):
        assert shown in page(day), shown


def test_a_message_that_comes_again_once_the_facts_are_stored_asks_nobody(make_world: MakeWorld) -> None:
    day, elsewhere = day_with(make_world)
    day.run(hours=1)
    read_at = keys.read_at_of(max(day.archive.list(keys.manifests(FRIDAY))))
    day.run(days=2)
    asked, stored = Counter(elsewhere.asked), day.objects(keys.enriched_papers(FRIDAY))
    day.send("EnrichQueue", PaperFound(day=FRIDAY, id="2602.00001", read_at=read_at).model_dump_json())
    day.run(hours=1)
    assert elsewhere.asked == asked
    assert day.objects(keys.enriched_papers(FRIDAY)) == stored


def refused(_: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused")


def late(_: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("late")


def unexpected(_: httpx.Request) -> httpx.Response:
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (refused, "down"),
        (late, "slow"),
        (lambda _: httpx.Response(503, text="<html>"), "down"),
        (lambda _: httpx.Response(429, text="later"), "throttled"),
        (lambda _: httpx.Response(200, text="<html>Sorry</html>"), "odd"),
    ],
)
def test_with_every_source_failing_the_page_is_the_same_less_their_facts(
    monkeypatch: pytest.MonkeyPatch, fault: Fake, reason: str
) -> None:
    with world(monkeypatch, {FRIDAY: THREE}, Sources=FACTS) as failing:
        failing.internet.elsewhere = fault
        failing.run(hours=1)
        failed, failed_page = failing.digest(), page(failing)
        assert not failing.objects("failures/")
    assert failed.status == "complete"
    with_code = {("arxiv", reason), ("huggingface", reason), ("github", reason)}
    assert missing(failed) == {
        "2602.00001": with_code,
        "2602.00002": with_code - {("github", reason)},
        "2602.00003": with_code,
    }
    with world(monkeypatch, {FRIDAY: THREE}) as without:
        without.run(hours=1)
        assert page(without) == failed_page
        assert {each for found in missing(without.digest()).values() for _, each in found} == {"not_asked"}


def test_without_sources_nobody_is_asked(make_world: MakeWorld) -> None:
    day, elsewhere = day_with(make_world, "none")
    day.run(hours=14)
    assert not elsewhere.asked
    assert not day.objects("sources/")


def test_arxiv_is_asked_once_for_all_papers_and_its_answer_is_kept_verbatim(make_world: MakeWorld) -> None:
    thursday = date(2026, 2, 19)
    day, elsewhere = make_world({FRIDAY: THREE, thursday: [row("2602.00009")]}, Sources=FACTS), Elsewhere()
    day.internet.elsewhere = elsewhere
    day.run(hours=1)
    assert elsewhere.asked["arxiv /api/query"] == 1, "one request for all days that the run reads"
    verbatim = [key for key in day.objects("raw/") if key.endswith(".arxiv.xml")]
    assert {keys.day_of(key) for key in verbatim} == {FRIDAY, thursday}
    (manifest,) = [day.archive.read(key, Manifest) for key in day.objects(keys.manifests(thursday))]
    assert manifest.arxiv.records.keys() == {"2602.00009"}


def test_a_later_read_asks_for_new_papers_only(make_world: MakeWorld) -> None:
    day, elsewhere = day_with(make_world)
    elsewhere.unknown = frozenset()
    day.run(hours=1)
    before = Counter(elsewhere.asked)
    day.run(hours=12)
    assert elsewhere.asked == before, "the second read found nothing new"
    day.internet.lists[FRIDAY] = [*THREE, row("2602.00004")]
    day.run(hours=24)
    assert elsewhere.asked - before == Counter(["arxiv /api/query", "huggingface /api/papers/2602.00004"])
    late_paper = day.digest().papers[-1]
    assert late_paper.facts.arxiv is not None
    assert late_paper.facts.arxiv.version == 2


def test_what_arxiv_did_not_know_yet_is_asked_at_the_next_read_and_shown(make_world: MakeWorld) -> None:
    day, elsewhere = day_with(make_world)
    day.run(hours=1)
    assert ("arxiv", "unknown") in missing(day.digest())["2602.00003"]
    elsewhere.unknown = frozenset()
    day.run(hours=12)
    assert elsewhere.asked["arxiv /api/query"] == 2
    third = day.digest().papers[2]
    assert third.facts.arxiv is not None
    assert third.facts.arxiv.comment == elsewhere.comment
    assert missing(day.digest())[third.id] == {("github", "gone")}


def test_a_withdrawal_in_arxivs_comment_is_shown_wherever_the_paper_is(make_world: MakeWorld) -> None:
    day, elsewhere = day_with(make_world)
    elsewhere.comment, elsewhere.unknown = "This paper has been withdrawn by the authors", frozenset(["2602.00002"])
    bodies: list[str] = []
    on_call("sns", "Publish", lambda asked: bodies.append(asked["Message"]))
    day.run(hours=1)
    assert [paper.facts.withdrawn for paper in day.digest().papers] == [True, False, True]
    for name in ("top5.md", "post.md"):
        assert "철회" in day.archive.get(f"{keys.SITE}{FRIDAY}/{name}").decode(), name
    for shown in (keys.ATOM, keys.search_papers(FRIDAY, 0), keys.paper_file("2602.00001")):
        assert "철회" in day.archive.get(f"{keys.SITE}{shown}").decode(), shown
    assert page(day).count("철회") >= 2
    assert bodies[0].count("철회") == 2


def test_a_replay_on_the_same_day_asks_nobody_and_on_a_later_day_conditionally(make_world: MakeWorld) -> None:
    day, elsewhere = day_with(make_world)
    day.run(hours=1)
    before, facts = Counter(elsewhere.asked), day.digest().papers[0].facts
    day.fetch(replay_from="enrich")
    day.run(minutes=30)
    assert elsewhere.asked == before
    assert day.digest().papers[0].facts == facts
    day.run(hours=24)
    day.fetch(replay_from="enrich")
    day.run(minutes=30)
    again = day.digest().papers[0].facts
    assert elsewhere.conditional["github"] == 1
    assert again.repository is not None
    assert facts.repository is not None
    assert again.repository.stars == facts.repository.stars
    assert again.repository.read_at > facts.repository.read_at
    assert again.arxiv == facts.arxiv


def test_an_outage_is_over_at_the_next_replay(make_world: MakeWorld) -> None:
    day, elsewhere = day_with(make_world)
    elsewhere.broken = {"github": refused, "huggingface": unexpected}
    day.run(hours=1)
    assert missing(day.digest())["2602.00001"] == {("github", "down"), ("huggingface", "odd")}
    elsewhere.broken = {}
    day.fetch(replay_from="enrich")
    day.run(minutes=30)
    assert missing(day.digest())["2602.00001"] == set()


@pytest.mark.parametrize(("stored", "sent"), [("a-token", "Bearer a-token"), (None, None)])
def test_github_is_asked_with_the_token_of_the_parameter_where_it_can_be_read(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch, stored: str | None, sent: str | None
) -> None:
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)
    day = make_world({FRIDAY: THREE}, Sources="github", GitHubTokenParameter="/papers/github-token")
    if stored:
        boto3.client("ssm").put_parameter(Name="/papers/github-token", Value=stored, Type="SecureString")
    asked: list[str | None] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers.get("authorization"))
        return Elsewhere()(request)

    day.internet.elsewhere = answer
    day.run(hours=1)
    assert asked == [sent, sent]
    assert day.digest().papers[0].facts.repository is not None


def test_what_was_kept_and_cannot_be_read_is_asked_anew(make_world: MakeWorld) -> None:
    day, _ = day_with(make_world)
    day.archive.put(keys.sources("2602.00001"), b'{"repository": 7}')
    day.run(hours=1)
    assert missing(day.digest())["2602.00001"] == set()


def test_enrich_killed_before_its_write_is_made_up_for(make_world: MakeWorld) -> None:
    day, elsewhere = day_with(make_world)
    killed: list[Any] = []

    def kill(params: dict[str, Any]) -> None:
        if params["Key"].startswith("enriched/") and not killed:
            killed.append(params["Key"])
            dead(params)

    on_call("s3", "PutObject", kill)
    day.run(hours=2)
    assert killed
    assert day.digest().status == "complete"
    assert missing(day.digest())["2602.00001"] == set()
    asked = [count for path, count in elsewhere.asked.items() if path == "github /repos/flyers/kite"]
    assert asked == [1], "the answer of the killed attempt was kept"


def test_a_paper_costs_no_more_than_two_more_calls_to_aws(monkeypatch: pytest.MonkeyPatch) -> None:
    def calls(sources: str) -> int:
        made: list[dict[str, Any]] = []
        with world(monkeypatch, {FRIDAY: THREE}, Sources=sources) as day:
            day.internet.elsewhere = Elsewhere()
            for operation in ("PutObject", "GetObject", "ListObjectsV2"):
                on_call("s3", operation, made.append)
            day.run(hours=1)
        return len(made)

    assert calls(FACTS) <= calls("none") + 2 * len(THREE) + 1, "one more for arXiv's answer, once a read"
