"""Files of a site are read from its folder or its address, and from nowhere else."""

import gzip
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from local.arguments import UsageError
from local.mcp import reading
from local.mcp.reading import AnswerError, open_folder, open_site
from shared.store import web

SITE = "https://papers.example.org/daily"
Serve = Callable[[Callable[[httpx.Request], httpx.Response]], list[str]]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Serve:
    """Answers in place of every host. The addresses that were asked for."""

    def start(answer: Callable[[httpx.Request], httpx.Response]) -> list[str]:
        asked: list[str] = []

        def record(request: httpx.Request) -> httpx.Response:
            asked.append(str(request.url))
            return answer(request)

        client = httpx.Client(transport=httpx.MockTransport(record))
        monkeypatch.setattr(web, "client", lambda: client)
        return asked

    return start


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc",
        "ftp://x.example",
        "papers.example",
        "https://",
        "https://me:pw@x.example",
        "https://x.example/?q=1",
        "https://x.example:port",
    ],
)
def test_what_is_no_address_of_a_site_is_refused_by_name(address: str) -> None:
    with pytest.raises(UsageError, match="--site: "):
        open_site(address)


def test_a_folder_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--out: there is no folder"):
        open_folder(tmp_path / "nowhere")


def test_an_archive_and_its_site_are_read_alike(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "latest.json").write_bytes(b"{}")
    for folder in (tmp_path, tmp_path / "site"):
        assert open_folder(folder).open()("latest.json") == b"{}"


def test_nothing_outside_the_site_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "link").symlink_to(tmp_path / "secret")
    read = open_folder(tmp_path).open()
    assert [read(address) for address in ("../secret", str(tmp_path / "secret"), "link", "")] == [None] * 4


def test_a_file_is_asked_for_below_the_address_and_may_be_missing(serve: Serve) -> None:
    asked = serve(
        lambda request: httpx.Response(200, content=b"{}") if "day" in request.url.path else httpx.Response(403)
    )
    read = open_site(f"{SITE}/index.html").open()
    assert (read("day.json"), read("other.json")) == (b"{}", None)
    assert asked == [f"{SITE}/day.json", f"{SITE}/other.json"]


def test_a_redirect_is_not_followed(serve: Serve) -> None:
    asked = serve(lambda _: httpx.Response(302, headers={"Location": "http://169.254.169.254/"}))
    with pytest.raises(AnswerError, match="leads elsewhere") as refused:
        open_site(SITE).open()("latest.json")
    assert asked == [f"{SITE}/latest.json"]
    assert "169.254" not in str(refused.value)


def _down(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("no route", request=request)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (_down, r"gave no answer \(down\). Ask again"),
        (lambda _: httpx.Response(503), "status 503. Ask again"),
        (
            lambda _: httpx.Response(
                200, content=gzip.compress(bytes(9_000_000)), headers={"Content-Encoding": "gzip"}
            ),
            "odd",
        ),
    ],
)
def test_a_site_without_an_answer_is_an_error_that_says_so(
    serve: Serve, answer: Callable[[httpx.Request], httpx.Response], reason: str
) -> None:
    serve(answer)
    with pytest.raises(AnswerError, match=reason):
        open_site(SITE).open()("latest.json")


def test_all_files_of_one_question_share_one_limit_of_time(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(lambda _: httpx.Response(200, content=b"{}"))
    moments = iter([0.0, reading.MAX_SECONDS - 1, reading.MAX_SECONDS + 1])
    monkeypatch.setattr(reading, "monotonic", lambda: next(moments))
    given: list[float] = []
    get = web.get

    def record(client: httpx.Client, address: str, limits: web.Limits) -> web.Answer:
        given.append(limits.seconds)
        return get(client, address, limits)

    monkeypatch.setattr(web, "get", record)
    read = open_site(SITE).open()
    read("one.json")
    with pytest.raises(AnswerError, match="slow"):
        read("two.json")
    assert given == [1.0, 0.0]
