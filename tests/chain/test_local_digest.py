"""`make digest` as its user sees it: exit statuses, the sample, the folder, and one line for what is wrong."""

import json
import logging
import os
import re
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import time_machine

from local.cli import call
from local.sample.stored import SAMPLE_DAY
from shared.store import keys
from tests.chain.world import LOOPBACK, row

DAY = "2026-02-20"


def listing(folder: Path, rows: Any) -> str:
    path = folder / "listing.json"
    path.write_text(rows if isinstance(rows, str) else json.dumps(rows), encoding="utf-8")
    return str(path)


def make(out: Path, *arguments: str) -> int:
    return call(["digest", "--out", str(out), *arguments])


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample day. Nobody changes it."""
    out = tmp_path_factory.mktemp("sample")
    assert make(out) == 0
    return out


def test_the_sample_day_is_complete_in_both_languages_with_own_pictures(sample: Path) -> None:
    for tree in ("", "en/"):
        page = (sample / "site" / tree / "2026-02-22" / "index.html").read_text(encoding="utf-8")
        assert page.count("<article") == 12
        assert "pictures/2602.13515/1-640.webp" in page
    assert sorted(path.name for path in (sample / "mail").iterdir()) == ["2026-02-22-en.txt", "2026-02-22-ko.txt"]


def test_a_sample_run_that_was_killed_before_it_knew_the_facts_is_made_up_for(tmp_path: Path, sample: Path) -> None:
    shutil.copytree(sample, tmp_path, dirs_exist_ok=True)
    page = tmp_path / "site" / str(SAMPLE_DAY) / "index.html"
    whole = page.read_text(encoding="utf-8")
    shutil.rmtree(tmp_path / "enriched")
    shutil.rmtree(page.parent)
    (manifest,) = (tmp_path / keys.manifests(SAMPLE_DAY)).iterdir()
    (tmp_path / keys.open_marker(SAMPLE_DAY, keys.read_at_of(manifest.name))).touch()
    assert make(tmp_path) == 0
    assert page.read_text(encoding="utf-8").count("<article") == whole.count("<article") == 12


def test_a_run_reads_no_file_of_a_day_that_has_nothing_to_do_with_it(tmp_path: Path) -> None:
    recorded = listing(tmp_path, [row("2602.00001")])
    out = tmp_path / "out"
    assert make(out, "--day", "2024-02-20", "--listing", recorded) == 0
    unread = [out / "enriched/2024-02-20/2602.00001.json", out / "summaries/2024-02-20/ko/2602.00001.json"]
    for file in unread:
        file.unlink()
        os.mkfifo(file)  # whoever opens it waits for ever
    assert make(out, "--day", DAY, "--listing", recorded) == 0


def test_the_site_is_made_again_from_the_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    days = ["2026-02-19", DAY]
    for number, day in enumerate(days):
        recorded = listing(tmp_path, [row(f"2602.0000{number}")])
        assert make(tmp_path / "out", "--day", day, "--listing", recorded) == 0
    out, pages = tmp_path / "out", {path: path.read_bytes() for path in (tmp_path / "out/site").rglob("*.html")}
    shutil.rmtree(out / "site/papers")
    (out / "site" / DAY / "index.html").unlink()
    capsys.readouterr()
    logging.getLogger("publish").setLevel(logging.INFO)  # as a chain in the same process leaves it
    assert call(["site", "--out", str(out)]) == 0
    assert capsys.readouterr().out.splitlines()[:-1] == days
    assert {path: path.read_bytes() for path in (out / "site").rglob("*.html")} == pages
    assert not list((out / "open").rglob("*.json"))


def test_a_refused_row_is_named_and_costs_only_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [row("2602.00001"), {"paper": {"id": "../x", "title": "Odd"}}, row("2602.00002")]
    assert make(tmp_path / "out", "--day", DAY, "--listing", listing(tmp_path, rows)) == 1
    assert "row 1 of the list was refused: paper.id is not an arXiv id, got '../x'" in capsys.readouterr().out
    assert len(json.loads((tmp_path / "out/site" / DAY / "digest.json").read_bytes())["papers"]) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--day", "2026-13-01"], "DAY: '2026-13-01'"),
        (["--day", DAY, "--listing", "nowhere.json"], "LISTING: there is no file 'nowhere.json'"),
        (["--listing", "pyproject.toml"], "DAY: LISTING=pyproject.toml needs the day"),
        (["--model", "gpt"], "Model: 'gpt' is not"),
        (["--model", "sample"], "Model: 'sample' is not"),
        (["--parameters", "Languages=korean"], "Languages: 'korean' is not a list of two-letter language codes"),
        (["--parameters", "Langauges=ko"], "Langauges: the template has no such parameter"),
        (["--parameters", "Languages"], "PARAMETERS: 'Languages' is not Name=value"),
        (["--parameters", "PapersInFull=0"], "PapersInFull: '0' is not a number from 1 to 100"),
        (["--parameters", "BudgetUsd=abc"], "BudgetUsd: 'abc' is not a number of dollars such as 0.50"),
    ],
)
def test_a_bad_argument_is_named_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert make(tmp_path, *arguments) == 2
    error = capsys.readouterr().err
    assert error.startswith(said)
    assert error.count("\n") == 1
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("answer", ["<html>busy</html>", '{"error": "busy"}', '[{"paper": '])
def test_an_answer_that_is_no_list_makes_no_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], answer: str
) -> None:
    assert make(tmp_path / "out", "--day", DAY, "--listing", listing(tmp_path, answer)) == 2
    assert capsys.readouterr().err.startswith(f"fetch: {DAY}: the answer is not")


@pytest.fixture
def refusing_model(monkeypatch: pytest.MonkeyPatch) -> str:
    """A model whose server takes no key, as the parameter Model has it."""
    connected = httpx.HTTPTransport.handle_request

    def handle(transport: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        if request.url.host == "model.invalid":
            return httpx.Response(401, json={"error": {"message": "no such key"}})
        return connected(transport, request)

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", handle)
    monkeypatch.setenv("OPENAI_BASE_URL", "https://model.invalid/v1")
    return "openai:small"


def test_another_model_or_language_later_is_taken_without_a_second_mail(tmp_path: Path, refusing_model: str) -> None:
    recorded = listing(tmp_path, [row("2602.00001"), row("2602.00002")])
    out = tmp_path / "out"
    assert make(out, "--day", DAY, "--listing", recorded) == 0
    mail = (out / "mail" / f"{DAY}-ko.txt").read_bytes()
    assert make(out, "--day", DAY, "--listing", recorded, "--parameters", "Languages=ko,en") == 0
    assert (out / "site/en" / DAY / "index.html").exists()
    assert (out / "mail" / f"{DAY}-ko.txt").read_bytes() == mail
    assert (
        make(out, "--day", DAY, "--listing", recorded, "--model", refusing_model, "--parameters", "Languages=ko,en")
        == 1
    )


def test_a_model_that_refuses_every_paper_leaves_labelled_drafts_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], refusing_model: str
) -> None:
    recorded = listing(tmp_path, [row("2602.00001")])
    assert make(tmp_path / "out", "--day", DAY, "--listing", recorded, "--model", refusing_model) == 1
    assert "Drafts only (ko: 2602.00001): ConfigurationError: " in capsys.readouterr().out
    page = (tmp_path / "out/site" / DAY / "index.html").read_text(encoding="utf-8")
    assert "자동 발췌 · LLM 미사용" in page
    assert "no such key" not in page


def test_every_source_that_fails_costs_its_facts_and_nothing_else_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`LISTING=… SOURCES=all` with nobody at home: the listing's own server is on loopback."""
    connected = httpx.HTTPTransport.handle_request

    def handle(transport: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        if request.url.host == LOOPBACK and request.url.path == "/api/daily_papers":
            return connected(transport, request)
        return httpx.Response(503, text="busy")

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", handle)
    thumbnail = {"thumbnail": "https://cdn-thumbnails.huggingface.co/2602.00001.png"}
    rows = [row("2602.00001", 5, githubRepo="https://github.com/example/reader") | thumbnail, row("2602.00002")]
    recorded = listing(tmp_path, rows)
    assert make(tmp_path / "none", "--day", DAY, "--listing", recorded, "--sources", "none") == 0
    assert make(tmp_path / "all", "--day", DAY, "--listing", recorded, "--sources", "all") == 0
    without, failed = (
        json.loads((tmp_path / out / "site" / DAY / "digest.json").read_bytes()) for out in ("none", "all")
    )
    named = {fact["source"]: fact["reason"] for fact in failed["papers"][0]["facts"]["missing"]}
    assert named.keys() == {"arxiv", "github", "huggingface", "pictures"}
    assert "not_asked" not in named.values()
    for digest_of in (without, failed):
        for paper in digest_of["papers"]:
            del paper["facts"]["missing"]
    assert failed["papers"] == without["papers"]
    pages = [(tmp_path / out / "site" / DAY / "index.html").read_text(encoding="utf-8") for out in ("none", "all")]
    without_page, failed_page = (re.sub(r"<time[^>]*>[^<]*</time>", "", page) for page in pages)
    assert failed_page == without_page


def test_the_latest_day_is_the_newest_ended_one_that_has_papers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = date(2026, 2, 26)

    def answer(_: object, request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=[row("2602.00001")] if request.url.params["date"] == str(wanted) else [])

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", answer)
    with time_machine.travel(datetime(2026, 3, 1, tzinfo=UTC)):
        assert make(tmp_path, "--day", "latest") == 0
    said = capsys.readouterr().out
    assert f"The newest ended day that has papers is {wanted}." in said
    assert f"{wanted + timedelta(days=1)} has no papers." in said
    assert (tmp_path / "site" / str(wanted) / "index.html").exists()


def test_a_day_without_papers_for_a_week_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", lambda *_: httpx.Response(200, json=[]))
    assert make(tmp_path, "--day", "latest") == 2
    assert capsys.readouterr().err.startswith("DAY: none of the 7 days")
