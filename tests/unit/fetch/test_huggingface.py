"""The list of a day, page by page, from a server that does not always behave."""

import json
from collections.abc import Callable
from datetime import date
from time import monotonic

import httpx
import pytest

from functions.fetch.lists import huggingface
from functions.fetch.lists.huggingface import MAX_PAGES, RefusedDateError, SourceUnavailableError
from shared.model.span import Day, parse

DAY = Day(date(2026, 2, 20))
Server = Callable[[httpx.Request], httpx.Response]


def pages(server: Server) -> tuple[bytes, ...]:
    with httpx.Client(transport=httpx.MockTransport(server)) as client:
        return huggingface.read_pages(client, "https://huggingface.invalid/", DAY)


def listing(count: int) -> Server:
    """A server that has this many rows."""

    def answer(request: httpx.Request) -> httpx.Response:
        limit, page = int(request.url.params["limit"]), int(request.url.params["p"])
        return httpx.Response(200, json=list(range(count))[page * limit : (page + 1) * limit])

    return answer


@pytest.mark.parametrize(("count", "asked"), [(0, 1), (1, 1), (99, 1), (100, 2), (101, 2), (250, 3)])
def test_pages_are_read_until_one_comes_back_short(count: int, asked: int) -> None:
    found = pages(listing(count))
    assert len(found) == asked
    assert [row for page in found for row in huggingface.rows(page, DAY)] == list(range(count))


def test_the_day_and_the_largest_page_are_asked_for() -> None:
    addresses: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        addresses.append(str(request.url))
        return httpx.Response(200, json=[])

    pages(answer)
    assert addresses == ["https://huggingface.invalid/api/daily_papers?date=2026-02-20&limit=100&p=0"]


@pytest.mark.parametrize(("name", "asked"), [("2026-W08", "week=2026-W08"), ("2026-02", "month=2026-02")])
def test_a_week_and_a_month_are_asked_for_by_their_names(name: str, asked: str) -> None:
    addresses: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        addresses.append(str(request.url))
        return listing(1150)(request)

    with httpx.Client(transport=httpx.MockTransport(answer)) as client:
        found = huggingface.read_pages(client, "https://huggingface.invalid", parse(name))
    assert addresses[-1] == f"https://huggingface.invalid/api/daily_papers?{asked}&limit=100&p=11"
    assert [row for page in found for row in huggingface.rows(page, parse(name))] == list(range(1150))


def test_a_list_for_which_there_is_no_time_left_is_due_again() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=[request.url.params["p"]] * 100)

    with httpx.Client(transport=httpx.MockTransport(answer)) as client:
        with pytest.raises(SourceUnavailableError, match="2026-02-20: there was no time for page 0"):
            huggingface.read_pages(client, "https://huggingface.invalid", DAY, overdue=monotonic() - 1)
        assert huggingface.read_pages(client, "https://huggingface.invalid", DAY, overdue=monotonic() + 60)


def test_an_answer_is_kept_verbatim() -> None:
    body = b' [ {"paper": {"title": "\\ud83e\\ude81"}} ,\n1e999 ]'
    assert pages(lambda _: httpx.Response(200, content=body)) == (body,)


def test_a_server_that_repeats_a_full_page_is_asked_once_more_and_the_page_counts_once() -> None:
    asked: list[str] = []

    def repeats(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.params["p"])
        return httpx.Response(200, json=[1] * 100)

    assert len(pages(repeats)) == 1
    assert asked == ["0", "1"]


def test_a_server_whose_pages_never_end_does_not_hold_the_run_for_ever() -> None:
    def endless(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=[request.url.params["p"]] * 100)

    assert len(pages(endless)) == MAX_PAGES


def test_a_date_that_is_refused_is_named() -> None:
    with pytest.raises(RefusedDateError, match=r"day: .*2026-02-20.*Invalid date"):
        pages(lambda _: httpx.Response(400, json={"error": "Invalid date"}))


@pytest.mark.parametrize("status", [204, 301, 302, 401, 403, 404, 429, 500, 502, 503, 504])
def test_any_other_status_is_due_again_and_named(status: int) -> None:
    with pytest.raises(SourceUnavailableError, match=f"2026-02-20: HTTP {status}"):
        pages(lambda _: httpx.Response(status, text="no", headers={"Location": "https://elsewhere.invalid/"}))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<!DOCTYPE html><title>Maintenance</title>",
        b'{"error": "x"}',
        b'{"papers": []}',
        b"null",
        b'"[]"',
        b'[{"paper": {"id": "2602.000',
        b"\xff\xfe\x00",
        b"[" * 200_000,
    ],
    ids=["nothing", "html", "an error", "an object", "null", "text", "truncated", "no characters", "too deep"],
)
def test_a_200_that_is_no_list_is_due_again(body: bytes) -> None:
    with pytest.raises(SourceUnavailableError, match="2026-02-20: the answer is not"):
        pages(lambda _: httpx.Response(200, content=body))


@pytest.mark.parametrize(
    "error", [httpx.ConnectTimeout, httpx.ReadTimeout, httpx.ConnectError, httpx.RemoteProtocolError, httpx.ReadError]
)
def test_a_server_that_does_not_answer_is_due_again_and_the_cause_named(error: type[httpx.TransportError]) -> None:
    def silent(request: httpx.Request) -> httpx.Response:
        raise error("slow", request=request)

    with pytest.raises(SourceUnavailableError, match=f"2026-02-20: no answer \\({error.__name__}: slow\\)"):
        pages(silent)


def test_an_answer_that_cannot_be_unpacked_is_due_again() -> None:
    with pytest.raises(SourceUnavailableError, match="DecodingError"):
        pages(lambda _: httpx.Response(200, content=b"not gzip", headers={"Content-Encoding": "gzip"}))


@pytest.mark.parametrize("broken", [httpx.Response(503), httpx.Response(429), httpx.Response(200, text="<html>")])
def test_a_list_of_which_a_later_page_is_missing_is_not_taken_for_the_whole(broken: httpx.Response) -> None:
    def second_page_breaks(request: httpx.Request) -> httpx.Response:
        return listing(150)(request) if request.url.params["p"] == "0" else broken

    with pytest.raises(SourceUnavailableError):
        pages(second_page_breaks)


def test_one_number_that_is_too_long_costs_its_field_and_not_the_list() -> None:
    body = json.dumps([{"paper": {"id": "2602.00001", "title": "A Kite", "upvotes": 7}}]).replace("7", "7" * 5000)
    assert len(huggingface.rows(body.encode(), DAY)) == 1


def test_a_list_that_is_too_large_is_due_again_however_many_pages_it_has() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=[request.url.params["p"] * 50_000] * 100)

    with pytest.raises(SourceUnavailableError, match=r"no answer .*more than \d+ bytes"):
        pages(answer)


@pytest.mark.parametrize(("seconds", "pages_read"), [(19.0, 4), (25.0, 3)])
def test_all_pages_come_within_a_minute(monkeypatch: pytest.MonkeyPatch, seconds: float, pages_read: int) -> None:
    asked: list[float] = []
    monkeypatch.setattr(huggingface, "monotonic", lambda: len(asked) * seconds)

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.extensions["timeout"]["read"])
        return httpx.Response(200, json=[request.url.params["p"]] * 100)

    with pytest.raises(SourceUnavailableError, match=f"there was no time for page {pages_read}"):
        pages(answer)
    assert all(timeout <= 20 for timeout in asked)
