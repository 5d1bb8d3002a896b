"""Whole texts are asked for one after another, within the time of their batch."""

from datetime import UTC, datetime
from threading import Thread
from time import monotonic

import httpx

from functions.enrich.sources.api import Api
from functions.enrich.texts import LIMITS, TextSource
from shared.model.sources import PaperText
from tests.factories import whole_texts

NOW = datetime(2026, 2, 21, tzinfo=UTC)
APART = 0.05


def source(asked: list[float], stored: dict[str, bytes], status: int = 200) -> TextSource:
    def respond(request: httpx.Request) -> httpx.Response:
        asked.append(monotonic())
        paper_id = request.url.path.removeprefix("/papers/").removesuffix(".md")
        return httpx.Response(status, text=whole_texts.marked(paper_id=paper_id), headers={"retry-after": "500"})

    api = Api(httpx.Client(transport=httpx.MockTransport(respond)), "https://hf.invalid", limits=LIMITS)
    return TextSource(api, lambda paper_id, _, body: stored.update({paper_id: body}), APART)


def test_papers_of_a_batch_take_turns() -> None:
    asked: list[float] = []
    stored: dict[str, bytes] = {}
    texts, begun = source(asked, stored), monotonic()
    batch = [
        Thread(target=texts.ask, args=(f"2602.0000{number}", None, monotonic() + 25, NOW)) for number in range(1, 4)
    ]
    for each in batch:
        each.start()
    for each in batch:
        each.join()
    assert sorted(stored) == ["2602.00001", "2602.00002", "2602.00003"]
    assert all(at - begun >= place * APART for place, at in enumerate(asked))


def test_what_the_time_of_the_batch_is_too_short_for_comes_back() -> None:
    asked: list[float] = []
    found = source(asked, {}).ask("2602.00001", None, monotonic() + LIMITS.seconds - 0.1, NOW)
    assert (found.answer.reason, found.again_in, asked) == ("slow", 0, [])


def test_a_text_of_today_is_not_asked_for_again() -> None:
    asked: list[float] = []
    texts = source(asked, {})
    first = texts.ask("2602.00001", None, monotonic() + 25, NOW)
    assert isinstance(first.answer.facts, PaperText)
    assert texts.ask("2602.00001", first.answer, monotonic() + 25, NOW) == first
    assert len(asked) == 1


def test_a_long_pause_is_cut_to_what_the_deadline_allows() -> None:
    found = source([], {}, status=429).ask("2602.00001", None, monotonic() + 25, NOW)
    assert (found.answer.reason, found.again_in) == ("throttled", 120)
