"""A picture is fetched within limits of bytes, seconds and redirects."""

import gzip
import time
from collections.abc import Iterator

import httpx
import pytest

from functions.enrich.pictures import download as module
from functions.enrich.pictures.download import NoPictureError, download
from tests.factories.picture_files import ADDRESS, HOST, PUBLIC, Internet, png

MAX_BYTES = 8 * 1024**2
THUMBNAILS = "https://cdn-thumbnails.huggingface.co"


def redirects(*locations: str) -> Internet:
    """Each request leads to the next of these; then there is a picture."""
    ahead = iter(locations)

    def answering(_: httpx.Request) -> httpx.Response:
        location = next(ahead, None)
        return httpx.Response(302, headers={"Location": location}) if location else httpx.Response(200, content=png())

    return Internet(answering)


def reason(internet: Internet) -> str:
    with pytest.raises(NoPictureError) as raised:
        download(internet.client(), ADDRESS)
    return raised.value.reason


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (404, "gone"),
        (410, "gone"),
        (403, "odd"),
        (204, "odd"),
        (304, "odd"),
        (429, "throttled"),
        (500, "down"),
        (503, "down"),
    ],
)
def test_an_answer_that_is_not_a_picture_says_why_there_is_none(status: int, expected: str) -> None:
    assert reason(Internet(lambda _: httpx.Response(status))) == expected


@pytest.mark.parametrize("location", [f"{THUMBNAILS}/b.png", "/b.png", "b.png", f"//{HOST}/b.png", "?size=2"])
def test_a_redirect_between_the_hosts_is_followed(location: str) -> None:
    internet = redirects(location)
    assert download(internet.client(), ADDRESS) == png()
    assert internet.asked[-1] == (PUBLIC, str(httpx.URL(ADDRESS).join(location)))


@pytest.mark.parametrize(
    "location",
    [
        "https://pictures.example/b.png",
        "http://cdn-uploads.huggingface.co/b.png",
        "https://169.254.169.254/latest/meta-data/",
        "https://cdn-uploads.huggingface.co:8080/b.png",
        "https://reader@cdn-uploads.huggingface.co/b.png",
        "//127.0.0.1/b.png",
        "file:///etc/passwd",
        "https://[",
    ],
)
def test_a_redirect_cannot_lead_where_the_list_could_not(location: str) -> None:
    internet = redirects(location)
    assert reason(internet) == "odd"
    assert len(internet.asked) == 1


def test_a_redirect_to_a_host_that_is_a_machine_of_ours_is_not_followed() -> None:
    internet = redirects(f"{THUMBNAILS}/b.png")
    answering = internet.answering

    def moved(request: httpx.Request) -> httpx.Response:
        internet.machines = ["10.0.0.7"]
        return answering(request)

    internet.answering = moved
    assert reason(internet) == "odd"
    assert [machine for machine, _ in internet.asked] == [PUBLIC]


def test_three_redirects_are_followed_and_a_fourth_is_not() -> None:
    assert download(redirects(*"abc").client(), ADDRESS) == png()
    internet = redirects(*"abcd")
    assert reason(internet) == "odd"
    assert len(internet.asked) == 4


def test_a_redirect_without_an_aim_is_odd() -> None:
    assert reason(Internet(lambda _: httpx.Response(302))) == "odd"


def test_a_picture_of_the_max_bytes_is_taken_and_one_byte_more_is_not() -> None:
    most = Internet(lambda _: httpx.Response(200, content=bytes(MAX_BYTES)))
    assert len(download(most.client(), ADDRESS)) == MAX_BYTES
    assert reason(Internet(lambda _: httpx.Response(200, content=bytes(MAX_BYTES + 1)))) == "odd"


def test_a_stream_without_end_is_left_when_it_is_too_long() -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while True:
            sent += 1
            yield bytes(1024**2)

    assert reason(Internet(lambda _: httpx.Response(200, content=endless()))) == "odd"
    assert sent <= MAX_BYTES // 1024**2 + 1


def test_a_little_that_unpacks_to_a_lot_is_not_asked_for_and_not_taken() -> None:
    def answering(request: httpx.Request) -> httpx.Response:
        assert request.headers["Accept-Encoding"] == "identity"
        return httpx.Response(200, content=gzip.compress(bytes(MAX_BYTES + 1)), headers={"Content-Encoding": "gzip"})

    assert reason(Internet(answering)) == "odd"


def test_a_host_that_hangs_is_slow() -> None:
    def answering(request: httpx.Request) -> httpx.Response:
        assert 0 < request.extensions["timeout"]["read"] <= module.SECONDS
        raise httpx.ReadTimeout("nothing came")

    assert reason(Internet(answering)) == "slow"


def test_a_host_that_drips_is_left_when_the_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.1)

    def dripping() -> Iterator[bytes]:
        while True:
            time.sleep(0.02)
            yield b"x"

    assert reason(Internet(lambda _: httpx.Response(200, content=dripping()))) == "slow"


def test_the_time_is_for_all_redirects_together(monkeypatch: pytest.MonkeyPatch) -> None:
    internet, clock = redirects(*"abc"), [0.0]
    answering, left = internet.answering, []
    monkeypatch.setattr(module, "monotonic", lambda: clock[0])

    def slowly(request: httpx.Request) -> httpx.Response:
        left.append(request.extensions["timeout"]["read"])
        clock[0] += 0.6 * module.SECONDS
        return answering(request)

    internet.answering = slowly
    assert reason(internet) == "slow"
    assert len(internet.asked) == 2
    assert left == [pytest.approx(share * module.SECONDS) for share in (1, 0.4)]


def test_a_connection_that_breaks_off_is_a_host_that_is_down() -> None:
    def answering(request: httpx.Request) -> httpx.Response:
        raise httpx.RemoteProtocolError("peer closed connection")

    assert reason(Internet(answering)) == "down"


def test_the_client_that_is_used_checks_where_it_connects_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [(0, 0, 0, "", ("127.0.0.1", 443))])
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    web = module.client.__wrapped__()
    with pytest.raises(NoPictureError, match="not on the public internet"):
        download(web, ADDRESS)
    assert not web.follow_redirects
    web.close()
