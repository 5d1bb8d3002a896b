"""arXiv's answer about the papers of a day: what it means, and what goes wrong with it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs

import httpx
import pytest

from functions.fetch.lists import arxiv
from functions.fetch.lists.arxiv import ArxivAnswer, OddAnswerError
from shared.model.sources import ArxivFacts, ArxivRecord
from shared.store import web
from tests.factories.days import manifest

NOW = datetime(2026, 2, 21, 0, 15, tzinfo=UTC)
URL = "https://arxiv.invalid/"
ENTRY = """<entry>
<id>http://arxiv.org/abs/2602.00001v3</id>
<updated>2026-02-19T09:00:00Z</updated><published>2026-02-01T09:00:00Z</published>
<title>Kites</title><summary>Kites fly.</summary>
<category term="cs.RO"/><category term="cs.AI"/>
<arxiv:comment>12 pages,
  5 figures; accepted at KITE 2026</arxiv:comment>
<arxiv:primary_category term="cs.RO"/>
<arxiv:journal_ref>Kites 7 (2026) 1-12</arxiv:journal_ref>
<arxiv:doi>10.1234/kite.7</arxiv:doi>
</entry>"""


def feed(*entries: str, before: str = "") -> bytes:
    names = 'xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"'
    return f"<?xml version='1.0' encoding='UTF-8'?>{before}<feed {names}>{''.join(entries)}</feed>".encode()


def asked(answer: Callable[[httpx.Request], httpx.Response], *papers: str) -> ArxivAnswer:
    with httpx.Client(transport=httpx.MockTransport(answer)) as client:
        return arxiv.ask(client, URL, papers, NOW)


def answered(body: bytes, status: int = 200) -> Callable[[httpx.Request], httpx.Response]:
    return lambda _: httpx.Response(status, content=body)


def test_what_arxiv_states_is_taken_over_with_its_source_and_time() -> None:
    record = asked(answered(feed(ENTRY)), "2602.00001").facts.records["2602.00001"]
    assert (record.source, record.read_at, record.version) == ("arxiv", NOW, 3)
    assert (record.primary_category, record.categories) == ("cs.RO", ("cs.RO", "cs.AI"))
    assert record.comment == "12 pages, 5 figures; accepted at KITE 2026"
    assert (record.journal_reference, record.doi) == ("Kites 7 (2026) 1-12", "10.1234/kite.7")
    assert record.published_at == datetime(2026, 2, 1, 9, tzinfo=UTC)
    assert record.updated_at == datetime(2026, 2, 19, 9, tzinfo=UTC)


def test_all_papers_are_asked_for_in_one_request_that_says_how_many() -> None:
    questions: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        questions.append(request)
        return httpx.Response(200, content=feed())

    papers = [f"2602.{number:05}" for number in range(50)]
    asked(answer, *papers, *papers, "cs/0601001")
    (question,) = questions
    assert question.url.path == "/api/query"
    assert parse_qs(question.url.query.decode()) == {
        "id_list": [",".join([*papers, "cs/0601001"])],
        "max_results": ["51"],
    }


def test_a_malformed_id_is_not_asked_for_and_costs_the_others_nothing() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        well_formed = request.url.params["id_list"] == "2602.00001"
        return httpx.Response(200 if well_formed else 400, content=feed(ENTRY))

    assert asked(answer, "abc", "2602.00001", "2602.1,2602.2").facts.records.keys() == {"2602.00001"}


def test_nothing_is_asked_where_there_is_no_paper() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise AssertionError(request.url)

    assert asked(answer) == ArxivAnswer(None, ArxivFacts())


def test_a_paper_that_arxiv_does_not_know_is_named() -> None:
    facts = asked(answered(feed(ENTRY)), "2602.00001", "2602.99999").facts
    assert facts.missing == {"2602.99999": "unknown"}


def test_a_paper_is_found_whatever_version_is_asked_for() -> None:
    facts = asked(answered(feed(ENTRY)), "2602.00001v1").facts
    assert facts.records["2602.00001v1"].version == 3


def test_an_odd_field_costs_itself() -> None:
    odd = ENTRY.replace("2026-02-01T09:00:00Z", "lately").replace("10.1234/kite.7", "see the journal")
    record = asked(answered(feed(odd)), "2602.00001").facts.records["2602.00001"]
    assert (record.published_at, record.doi, record.version) == (None, None, 3)
    bare = asked(answered(feed("<entry><id>http://arxiv.org/abs/2602.00001v1</id></entry>")), "2602.00001")
    assert bare.facts.records["2602.00001"].categories == ()


def raised(error: Exception) -> Callable[[httpx.Request], httpx.Response]:
    def answer(_: httpx.Request) -> httpx.Response:
        raise error

    return answer


BOMB = '<!DOCTYPE feed [<!ENTITY a "kites"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (raised(httpx.ConnectError("refused")), "down"),
        (raised(httpx.ReadTimeout("late")), "slow"),
        (raised(ZeroDivisionError()), "odd"),
        (answered(b"<html>", 503), "down"),
        (answered(b"Rate exceeded.", 429), "throttled"),
        (answered(feed(), 400), "odd"),
        (answered(feed(ENTRY.replace("Kites fly.", "&b;"), before=BOMB)), "odd"),
        (answered(b"<html><body>Sorry</body></html>"), "odd"),
        (answered(b"<feed"), "odd"),
        (answered(b""), "odd"),
        (answered(b"\x00" * 100), "odd"),
        (answered(feed(ENTRY, " " * arxiv.LIMITS.max_bytes)), "odd"),
    ],
)
def test_what_goes_wrong_is_the_reason_why_facts_are_missing(
    answer: Callable[[httpx.Request], httpx.Response], reason: str
) -> None:
    facts = asked(answer, "2602.00001", "2602.00002").facts
    assert facts.records == {}
    assert facts.missing == {"2602.00001": reason, "2602.00002": reason}


@pytest.mark.parametrize("status", [200, 400, 429])
def test_an_answer_is_kept_verbatim_whatever_it_is(status: int) -> None:
    assert asked(answered(b"<not a feed", status), "2602.00001").verbatim == b"<not a feed"


def test_a_source_that_drips_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = iter(range(0, 1000, 6))
    monkeypatch.setattr(web, "monotonic", lambda: next(seconds))

    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=(b"<" for _ in range(100)))

    assert asked(answer, "2602.00001").facts.missing == {"2602.00001": "slow"}
    assert next(seconds) < 60, "it was read to its end"


def test_every_recorded_answer_is_read(recorded: Path) -> None:
    found: dict[str, tuple[str, ArxivRecord]] = {}
    for path in sorted((recorded / "data/arxiv").glob("*.xml")):
        records = arxiv.read(path.read_bytes(), NOW)
        found |= {paper: (path.name.split("_")[0], record) for paper, record in records.items()}
    assert {"1707.08567", "1605.08386", "2104.12255", "astro-ph/0601001", "quant-ph/0201082"} <= found.keys()
    assert sum(origin == "sotawhat" for origin, _ in found.values()) == 5
    for _, record in found.values():
        assert record.primary_category in record.categories
        assert record.version
        assert record.published_at
    old = found["astro-ph/0601001"][1]
    assert (old.primary_category, old.journal_reference) == ("astro-ph", "ActaAstron.56:1-50,2006")
    assert "62 pages" in (old.comment or "")


@pytest.mark.parametrize(
    ("name", "papers", "missing"),
    [
        ("id_0808.05394_1707.08567_*.200.xml", ("0808.05394", "1707.08567"), {"0808.05394": "unknown"}),
        ("id_0000.0000_*.200.xml", ("0000.0000",), {"0000.0000": "unknown"}),
        ("id_astro-ph_0601001_*.200.xml", ("astro-ph/0601001",), {}),
        ("id_abc_*.400.xml", ("2602.00001",), {"2602.00001": "odd"}),
    ],
)
def test_a_recorded_answer_replays(recorded: Path, name: str, papers: tuple[str, ...], missing: object) -> None:
    (path,) = (recorded / "data/arxiv").glob(name)
    status = int(path.name.split(".")[-2])
    facts = asked(answered(path.read_bytes(), status), *papers).facts
    assert facts.missing == missing
    assert {*facts.records, *facts.missing} == set(papers)


def test_a_document_type_alone_is_refused() -> None:
    with pytest.raises(OddAnswerError):
        arxiv.read(feed(ENTRY, before="<!DOCTYPE feed>"), NOW)


@pytest.mark.parametrize(
    "entries", ["", "<entry><id>http://arxiv.org/abs/2602.00001v1</id></entry>"], ids=["empty", "partial"]
)
def test_a_paper_that_an_answer_lacks_is_asked_for_again_at_the_next_read(entries: str) -> None:
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'
    answer = asked(lambda _: httpx.Response(200, text=feed), "2602.00001", "2602.00002")
    assert answer.facts.missing["2602.00002"] == "unknown"
    read = manifest([], arxiv=answer.facts)
    asked_next = arxiv.new_papers(["2602.00001", "2602.00002"], [read])
    assert asked_next == (["2602.00002"] if entries else ["2602.00001", "2602.00002"])


@pytest.mark.parametrize(
    ("comment", "withdrawn"),
    [
        ("This paper has been withdrawn by the authors due to an error in Section 3", True),
        ("Withdrawn", True),
        ("This submission has been withdrawn by arXiv administrators", True),
        ("The authors withdraw this paper", True),
        ("Retracted by the authors", True),
        ("Withdrawn from ICLR 2026, accepted at KITE 2026", False),
        ("12 pages, 3 figures", False),
        (None, False),
    ],
)
def test_a_withdrawal_stands_in_the_comment(comment: str | None, withdrawn: bool) -> None:
    assert ArxivRecord(read_at=NOW, comment=comment).withdrawn is withdrawn
