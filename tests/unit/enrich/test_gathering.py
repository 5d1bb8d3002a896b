"""What all sources state about one paper, put together; and what happens while they are asked."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Barrier, Event
from typing import Any

import httpx
import pytest

from functions.enrich import gathering
from functions.enrich.gathering import Gatherer, PictureStore, stated
from functions.enrich.pictures.storing import MissingPicture, StoredPictures
from functions.enrich.sources.answers import Answer, Answers
from functions.enrich.sources.api import Api
from shared.model.facts import Code, Facts, Picture
from shared.model.sources import ArxivFacts, ArxivRecord, Hub, Linked, MissingFacts, Reason, Repository, Source, Stated

NOW = datetime(2026, 2, 21, 0, 20, tzinfo=UTC)
PAPER = "2602.00001"
KITE = Code(address="https://github.com/flyers/kite", stars=7)
REPOSITORY = Repository(read_at=NOW, name="flyers/kite", address=KITE.address, licence="MIT")
HUB = Hub(read_at=NOW, models=Linked(total=2, first=("flyers/kite", "flyers/kite-2")))
RECORD = ArxivRecord(read_at=NOW, version=2, comment="12 pages")
PICTURE = Picture(role="thumbnail", address="https://cdn.example/kite.png")
STORED = Picture(role="thumbnail", address=PICTURE.address, path="pictures/2602.00001/abc-640.webp")


def facts(**changes: Any) -> Facts:
    return Facts(abstract="Kites fly.", **changes)


def answer(found: Any = None, reason: Reason | None = None, etag: str = "") -> Answer[Any]:
    return Answer(asked="/", read_at=NOW, facts=found, reason=reason, etag=etag)


NOT_HAD = MissingPicture(address="", reason="slow", detail="")


def missing(found: Facts) -> set[tuple[Source, Reason]]:
    return {(each.source, each.reason) for each in found.missing}


def test_every_group_of_facts_is_put_beside_those_of_the_list() -> None:
    answers = Answers(by_source={"github": answer(REPOSITORY), "huggingface": answer(HUB)})
    listed = facts(code=KITE, pictures=(PICTURE,))
    found = stated(listed, PAPER, ArxivFacts(records={PAPER: RECORD}), answers, StoredPictures((STORED,)))
    assert (found.arxiv, found.repository, found.hub) == (RECORD, REPOSITORY, HUB)
    assert found.pictures == (STORED,)
    assert (found.abstract, found.code, found.missing) == (listed.abstract, KITE, ())


def test_what_is_missing_is_named_with_its_reason() -> None:
    answers = Answers(by_source={"github": answer(reason="gone"), "huggingface": answer(reason="throttled")})
    pictures = StoredPictures((PICTURE, PICTURE), (NOT_HAD,) * 2)
    found = stated(facts(code=KITE), PAPER, ArxivFacts(missing={PAPER: "down"}), answers, pictures)
    assert found.missing == (
        MissingFacts(source="arxiv", reason="down"),
        MissingFacts(source="github", reason="gone"),
        MissingFacts(source="huggingface", reason="throttled"),
        MissingFacts(source="pictures", reason="slow"),
    )


def test_a_source_that_is_switched_off_was_not_asked() -> None:
    found = stated(facts(code=KITE, pictures=(PICTURE,)), PAPER, ArxivFacts(), Answers(), None)
    assert missing(found) == {
        ("arxiv", "not_asked"),
        ("github", "not_asked"),
        ("huggingface", "not_asked"),
        ("pictures", "not_asked"),
    }


@pytest.mark.parametrize("code", [None, Code(address="https://gitlab.com/flyers/kite")])
def test_a_paper_without_code_at_github_misses_nothing_of_it(code: Code | None) -> None:
    found = stated(facts(code=code, pictures=(STORED,)), PAPER, ArxivFacts(), Answers(), None)
    assert missing(found) == {("arxiv", "not_asked"), ("huggingface", "not_asked")}


def test_an_answer_is_remembered_and_an_outage_does_not_make_it_forgotten() -> None:
    kept = Answers(by_source={"github": answer(REPOSITORY, etag='"a"')})
    newer = Answers(by_source={"github": answer(reason="down"), "huggingface": answer(reason="unknown")})
    assert kept.with_newer(newer).by_source == {**kept.by_source, "huggingface": answer(reason="unknown")}
    failed = Answers(by_source={"github": answer(reason="slow"), "huggingface": answer(reason="odd")})
    assert Answers().with_newer(failed) == Answers()
    gone = answer(reason="gone")
    assert kept.with_newer(Answers(by_source={"github": gone})).by_source == {"github": gone}


def test_what_release_1_0_kept_is_read() -> None:
    kept = {"repository": answer(REPOSITORY).model_dump(mode="json"), "hub": answer(HUB).model_dump(mode="json")}
    assert Answers.model_validate(kept).by_source == {"github": answer(REPOSITORY), "huggingface": answer(HUB)}
    assert Answers.model_validate({"repository": None, "hub": None}) == Answers()


def test_answers_are_read_as_they_were_stored() -> None:
    other = Stated(source="citations", read_at=NOW, facts={"citations": "7"})
    kept = Answers(by_source={"github": answer(REPOSITORY), "huggingface": answer(HUB), "citations": answer(other)})
    assert Answers.model_validate_json(kept.model_dump_json()) == kept


def gatherer(respond: Callable[[httpx.Request], httpx.Response], store: PictureStore | None = None) -> Gatherer:
    client = httpx.Client(transport=httpx.MockTransport(respond))
    apis = {"github": Api(client, "https://github.invalid"), "huggingface": Api(client, "https://hf.invalid")}
    return Gatherer(apis, store)


def respond(request: httpx.Request) -> httpx.Response:
    if request.url.host == "hf.invalid":
        return httpx.Response(200, json={"id": PAPER, "numTotalModels": 2})
    return httpx.Response(200, json={"full_name": "flyers/kite"})


def test_all_papers_of_a_batch_are_asked_for_at_once() -> None:
    together = Barrier(20, timeout=60)

    def wait(request: httpx.Request) -> httpx.Response:
        together.wait()
        return respond(request)

    sources = gatherer(wait)
    batch = [sources.start(PAPER, facts(code=KITE), Answers(), NOW) for _ in range(10)]
    for each in batch:
        answers = each.answers()
        assert "github" in answers.by_source
        assert answers.by_source["github"].facts is not None
        assert "huggingface" in answers.by_source
        assert answers.by_source["huggingface"].facts is not None


def test_a_source_that_hangs_is_left_behind_and_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = Event()

    def hang(request: httpx.Request) -> httpx.Response:
        if request.url.host == "hf.invalid":
            ended.wait(60)
        return respond(request)

    monkeypatch.setattr(gathering, "MAX_SECONDS", 0.0)
    begun = gatherer(hang).start(PAPER, facts(code=KITE), Answers(), NOW)
    begun.asked["github"].result(timeout=60)
    answers = begun.answers()
    ended.set()
    assert "huggingface" in answers.by_source
    assert answers.by_source["huggingface"].reason == "slow"
    assert "github" in answers.by_source
    assert answers.by_source["github"].facts is not None


def test_nothing_that_a_source_sends_fails_the_paper() -> None:
    def broken(request: httpx.Request) -> httpx.Response:
        raise RecursionError(request.url)

    def store(_: str, __: tuple[Picture, ...]) -> StoredPictures:
        raise MemoryError

    begun = gatherer(broken, store).start(PAPER, facts(code=KITE, pictures=(PICTURE,)), Answers(), NOW)
    answers, pictures = begun.answers(), begun.stored_pictures()
    found = stated(begun.facts, PAPER, ArxivFacts(missing={PAPER: "slow"}), answers, pictures)
    assert missing(found) == {("arxiv", "slow"), ("github", "odd"), ("huggingface", "odd"), ("pictures", "odd")}
    assert found.pictures == (PICTURE,)


def test_pictures_are_stored_while_the_others_are_asked() -> None:
    def store(paper: str, _: tuple[Picture, ...]) -> StoredPictures:
        return StoredPictures((STORED,), (NOT_HAD.model_copy(update={"address": paper}),))

    begun = gatherer(respond, store).start(PAPER, facts(pictures=(PICTURE,)), Answers(), NOW)
    assert begun.asked.keys() == {"huggingface"}, "it has no code"
    assert begun.stored_pictures() == StoredPictures((STORED,), (NOT_HAD.model_copy(update={"address": PAPER}),))
    assert gatherer(respond, store).start(PAPER, facts(), Answers(), NOW).stored_pictures() is None
