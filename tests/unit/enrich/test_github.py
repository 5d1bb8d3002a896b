"""A paper's repository at GitHub: which one is meant, what is stated about it, and what goes wrong."""

import json
from ast import literal_eval
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from functions.enrich.sources import github
from functions.enrich.sources.answers import Answer
from functions.enrich.sources.api import Api
from shared.model.facts import Code, Facts
from shared.model.sources import Repository

NOW = datetime(2026, 2, 21, 0, 20, tzinfo=UTC)
URL = "https://api.github.com"
KITE = "https://github.com/flyers/kite"
Fake = Callable[[httpx.Request], httpx.Response]


def body(name: str = "flyers/kite", **changes: Any) -> dict[str, Any]:
    return {
        "full_name": name,
        "stargazers_count": 420,
        "license": {"spdx_id": "MIT"},
        "pushed_at": "2026-02-20T10:00:00Z",
        "archived": False,
    } | changes


class GitHub:
    """A fake one: a function from a request to a response, and what it was asked."""

    def __init__(self, answer: Fake, token: str = "") -> None:
        self.asked: list[httpx.Request] = []
        self._answer = answer
        self.api = Api(
            httpx.Client(transport=httpx.MockTransport(self._respond)),
            URL,
            token=lambda: token,
            headers=github.SOURCE.headers,
        )

    def _respond(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        return self._answer(request)

    def repository(
        self, address: str = KITE, kept: Answer[Repository] | None = None, now: datetime = NOW
    ) -> Answer[Repository]:
        facts = Facts(abstract="", code=Code(address=address))
        answer = github.SOURCE.ask(self.api, "2602.00001", facts, kept, now)
        assert answer is not None
        return answer

    @property
    def paths(self) -> list[str]:
        return [request.url.path for request in self.asked]


def answering(status: int = 200, headers: dict[str, str] | None = None, **changes: Any) -> GitHub:
    return GitHub(lambda _: httpx.Response(status, headers=headers, json=body(**changes)))


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://github.com/flyers/kite", "flyers/kite"),
        ("http://www.github.com/flyers/kite/", "flyers/kite"),
        ("https://github.com/flyers/kite.git", "flyers/kite"),
        ("https://github.com/flyers/kite/tree/main/examples/sky", "flyers/kite"),
        ("https://github.com/flyers/kite/blob/main/README.md?plain=1#top", "flyers/kite"),
        ("https://flyers.github.io/kite/", "flyers/kite"),
        ("https://flyers.github.io", "flyers/flyers.github.io"),
        ("https://GitHub.com/Flyers/Kite-2.0_x", "Flyers/Kite-2.0_x"),
        ("https://github.com/flyers", None),
        ("https://github.com/", None),
        ("https://github.com/orgs/flyers/repositories", None),
        ("https://github.com/flyers/..", None),
        ("https://github.com/flyers/%2e%2e/x", None),
        ("https://github.com/a b/c", None),
    ],
)
def test_the_repository_that_an_address_means(address: str, name: str | None) -> None:
    assert github.is_at_github(address)
    assert github.repository_of(address) == name


@pytest.mark.parametrize("address", ["https://gitlab.com/a/b", "https://github.com.evil.example/a/b", "https://x.io/a"])
def test_other_hosts_are_not_github(address: str) -> None:
    assert not github.is_at_github(address)


def test_an_address_that_names_no_repository_is_not_asked_for() -> None:
    fake = answering()
    assert fake.repository("https://github.com/flyers").reason == "odd"
    assert fake.asked == []


def test_what_github_states_is_taken_over_with_its_source_and_time() -> None:
    found = answering(archived=True).repository().facts
    assert found == Repository(
        read_at=NOW,
        name="flyers/kite",
        address=KITE,
        stars=420,
        licence="MIT",
        pushed_at=datetime(2026, 2, 20, 10, tzinfo=UTC),
        archived=True,
    )
    assert found is not None
    assert found.source == "github"


def test_an_odd_field_costs_itself() -> None:
    found = answering(stargazers_count=-1, license="MIT", pushed_at=7, archived="no").repository().facts
    assert found == Repository(
        read_at=NOW, name="flyers/kite", address=KITE, pushed_at=found.pushed_at if found else None
    )


def test_a_renamed_repository_is_followed_to_its_canonical_address() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/repos/flyers/kite":
            return httpx.Response(301, headers={"location": f"{URL}/repositories/7"}, json={})
        return httpx.Response(200, json=body("winds/kite"))

    fake = GitHub(answer, token="secret")
    found = fake.repository().facts
    assert found is not None
    assert (found.name, found.address) == ("winds/kite", "https://github.com/winds/kite")
    assert fake.paths == ["/repos/flyers/kite", "/repositories/7"]


@pytest.mark.parametrize(
    "location",
    [
        "https://evil.example/repositories/7",
        "http://api.github.com/repositories/7",
        "https://api.github.com:8443/repositories/7",
        "//169.254.169.254/latest",
        "https://[bad",
        "",
    ],
)
def test_a_redirect_to_another_host_is_not_followed(location: str) -> None:
    fake = GitHub(lambda _: httpx.Response(301, headers={"location": location}, json={}), token="secret")
    assert fake.repository().reason == "odd"
    assert [request.url.host for request in fake.asked] == ["api.github.com"]


def test_redirects_without_end_are_given_up() -> None:
    fake = GitHub(lambda request: httpx.Response(301, headers={"location": str(request.url)}, json={}))
    assert fake.repository().reason == "odd"
    assert len(fake.asked) == 3


def raised(error: Exception) -> Fake:
    def answer(_: httpx.Request) -> httpx.Response:
        raise error

    return answer


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (lambda _: httpx.Response(404, json={"message": "Not Found"}), "gone"),
        (lambda _: httpx.Response(451, json={}), "gone"),
        (lambda _: httpx.Response(500, text="oops"), "down"),
        (lambda _: httpx.Response(401, json={"message": "Bad credentials"}), "odd"),
        (lambda _: httpx.Response(403, json={"message": "Forbidden"}), "odd"),
        (lambda _: httpx.Response(403, json={"message": "You have exceeded a secondary rate limit"}), "throttled"),
        (lambda _: httpx.Response(429, json={}), "throttled"),
        (lambda _: httpx.Response(200, text="<html>"), "odd"),
        (lambda _: httpx.Response(200, json=[]), "odd"),
        (lambda _: httpx.Response(200, json={"full_name": "../etc"}), "odd"),
        (lambda _: httpx.Response(304), "odd"),
        (lambda _: httpx.Response(200, json=body(description=" " * 2_000_000)), "odd"),
        (raised(httpx.ConnectError("refused")), "down"),
        (raised(httpx.ReadTimeout("late")), "slow"),
    ],
)
def test_what_goes_wrong_is_the_reason_why_facts_are_missing(answer: Fake, reason: str) -> None:
    answered = GitHub(answer).repository()
    assert (answered.facts, answered.reason) == (None, reason)


def test_beyond_the_limit_nothing_is_asked_until_it_is_over() -> None:
    reset = int((NOW + timedelta(minutes=20)).timestamp())
    fake = answering(headers={"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(reset)})
    assert fake.repository().facts, "the last answer counts"
    assert fake.repository(now=NOW + timedelta(minutes=19)).reason == "throttled"
    assert len(fake.asked) == 1
    assert fake.repository(now=NOW + timedelta(minutes=21)).facts
    assert len(fake.asked) == 2


@pytest.mark.parametrize(
    ("header", "seconds"), [({"retry-after": "120"}, 120), ({}, 60), ({"retry-after": "soon"}, 60)]
)
def test_github_is_left_alone_for_as_long_as_it_asks(header: dict[str, str], seconds: int) -> None:
    fake = GitHub(lambda _: httpx.Response(429, headers=header, json={}))
    fake.repository()
    fake.repository(now=NOW + timedelta(seconds=seconds - 1))
    assert len(fake.asked) == 1
    fake.repository(now=NOW + timedelta(seconds=seconds))
    assert len(fake.asked) == 2


def test_a_token_is_sent_where_there_is_one() -> None:
    for token, sent in (("secret", "Bearer secret"), ("", None)):
        fake = GitHub(lambda _: httpx.Response(200, json=body()), token=token)
        fake.repository()
        assert fake.asked[0].headers.get("authorization") == sent


def test_the_same_question_is_not_asked_twice_a_day() -> None:
    fake = answering()
    first = fake.repository()
    assert fake.repository(kept=first, now=NOW + timedelta(hours=12)) == first
    gone = GitHub(lambda _: httpx.Response(404, json={}))
    assert gone.repository(kept=gone.repository()).reason == "gone"
    assert len(fake.asked) == len(gone.asked) == 1


def test_an_outage_is_no_answer_and_is_asked_again() -> None:
    fake = GitHub(lambda _: httpx.Response(500, json={}))
    fake.repository(kept=fake.repository())
    assert len(fake.asked) == 2


def test_the_next_days_question_is_conditional_and_a_304_dates_the_answer_anew() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.headers.get("if-none-match") == '"abc"':
            return httpx.Response(304)
        return httpx.Response(200, headers={"etag": '"abc"'}, json=body())

    fake, tomorrow = GitHub(answer), NOW + timedelta(days=1)
    again = fake.repository(kept=fake.repository(), now=tomorrow)
    assert again.facts is not None
    assert (again.facts.stars, again.facts.read_at, again.etag) == (420, tomorrow, '"abc"')
    assert [request.headers.get("if-none-match") for request in fake.asked] == [None, '"abc"']
    moved = fake.repository("https://github.com/winds/other", kept=again, now=tomorrow)
    assert "if-none-match" not in fake.asked[-1].headers, "another repository is another question"
    assert moved.asked == "/repos/winds/other"


def recorded_by_pygithub(path: Path) -> Iterator[tuple[str, httpx.Response]]:
    """Each exchange: scheme, method, host, port, path, headers, body, status, headers, body and an empty line."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for start in range(0, len(lines) - 9, 11):
        headers = {
            name.lower(): value
            for name, value in literal_eval(lines[start + 8])
            if name.lower().startswith("x-ratelimit") or name.lower() in {"etag", "location"}
        }
        yield lines[start + 4], httpx.Response(int(lines[start + 7]), headers=headers, text=lines[start + 9])


def recorded_by_octokit(path: Path) -> Iterator[tuple[str, httpx.Response]]:
    for each in json.loads(path.read_bytes()):
        if each["method"] == "get":
            raw = iter(each["rawHeaders"])
            headers = {
                name: value for name, value in zip(raw, raw, strict=True) if name.lower() in {"etag", "location"}
            }
            yield each["path"], httpx.Response(each["status"], headers=headers, json=each["response"])


def replayed(exchanges: Iterator[tuple[str, httpx.Response]]) -> GitHub:
    answers = dict(exchanges)
    return GitHub(lambda request: answers[request.url.path])


@pytest.mark.parametrize(
    ("file", "address", "name"),
    [
        ("octokit__get-repository", "octokit-fixture-org/hello-world", "octokit-fixture-org/hello-world"),
        (
            "octokit__rename-repository",
            "octokit-fixture-org/tmp-scenario-rename-repository-20220719044033126-ukeod",
            "octokit-fixture-org/tmp-scenario-rename-repository-20220719044033126-ukeod-newname",
        ),
    ],
)
def test_the_recorded_answers_of_octokit_replay(recorded: Path, file: str, address: str, name: str) -> None:
    fake = replayed(recorded_by_octokit(recorded / f"data/github/{file}__raw-fixture.json"))
    found = fake.repository(f"https://github.com/{address}").facts
    assert found is not None
    assert (found.name, found.stars, found.licence, found.archived) == (name, 0, None, False)


@pytest.mark.parametrize(
    ("file", "address", "stars", "reason"),
    [
        ("Exceptions.testUnknownObject", "jacquev6/Xxx", None, "gone"),
        ("Repository.setUp", "PyGithub/PyGithub", 7122, None),
        ("Github.testGetRepoFromFullName", "jacquev6/PyGithub", None, "odd"),
    ],
)
def test_the_recorded_answers_of_pygithub_replay(
    recorded: Path, file: str, address: str, stars: int | None, reason: str | None
) -> None:
    fake = replayed(recorded_by_pygithub(recorded / f"data/github/pygithub__{file}.txt"))
    answer = fake.repository(f"https://github.com/{address}")
    assert (answer.facts.stars if answer.facts else None, answer.reason) == (stars, reason)


def test_the_recorded_rate_limit_replays(recorded: Path) -> None:
    path = recorded / "data/github/pygithub__SpecificExceptions.testRateLimitExceeded.txt"
    refused = [response for _, response in recorded_by_pygithub(path) if response.status_code == 403]
    fake = GitHub(lambda _: refused[0])
    assert [fake.repository().reason for _ in range(3)] == ["throttled"] * 3
    assert len(fake.asked) == 1


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"message": "Repository access blocked", "block": {"reason": "tos"}}, "gone"),
        ({"message": "Repository unavailable due to DMCA takedown."}, "gone"),
        ({"message": "You have triggered an abuse detection mechanism."}, "throttled"),
        ({"message": "Resource not accessible"}, "odd"),
    ],
)
def test_what_403_means_stands_in_its_body(body: dict[str, Any], reason: str) -> None:
    assert GitHub(lambda _: httpx.Response(403, json=body)).repository().reason == reason
