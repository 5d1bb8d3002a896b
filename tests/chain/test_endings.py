"""How a run on this machine ends when something is wrong: one line, a documented exit code, and nothing lost."""

import errno
import json
import os
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner, Result

from functions.fetch.lists.huggingface import MAX_BYTES_OF_PERIOD
from local import cli
from local.cli import call
from local.endings import DONE, IN_PART, NOT_DONE
from local.session import locked
from tests.chain.world import row

DAY = "2026-02-20"
DISK_IS_FULL_AFTER = 20
"""Written files."""


@pytest.fixture
def listing(tmp_path: Path) -> str:
    path = tmp_path / "listing.json"
    path.write_text(json.dumps([row("2602.00001"), row("2602.00002")]), encoding="utf-8")
    return str(path)


@pytest.fixture
def internet(monkeypatch: pytest.MonkeyPatch) -> list[httpx.Response | Exception]:
    """What is answered in turn in place of Hugging Face, the last answer again and again."""
    answers: list[httpx.Response | Exception] = []

    def answer(_: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(found, Exception):
            raise found
        return httpx.Response(found.status_code, content=found.content)

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", answer)
    monkeypatch.setattr("local.run.RETRY_SECONDS", 0.0)
    return answers


def make(out: Path, listing: str = "", *arguments: str) -> int:
    given = ["--listing", listing] if listing else ["--sources", "none"]
    return call(["digest", "--out", str(out), "--day", DAY, *given, *arguments])


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.cli, arguments)


def only_line(captured: pytest.CaptureFixture[str]) -> str:
    """What was written to stderr, which is one line."""
    (line,) = captured.readouterr().err.strip().splitlines()
    return line


def test_a_full_disk_ends_a_run_at_once_and_the_next_one_goes_on(
    tmp_path: Path, listing: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written: list[str] = []
    replace = os.replace

    def fill(source: str, target: str) -> None:
        written.append(target)
        if len(written) > DISK_IS_FULL_AFTER:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        replace(source, target)

    out = tmp_path / "out"
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", fill)
        assert make(out, listing) == NOT_DONE
    line = only_line(capsys)
    assert line.startswith(f"OUT: '{out}")
    assert line.endswith("cannot be written: No space left on device. What was finished is kept.")
    assert len(written) < DISK_IS_FULL_AFTER + 10
    assert make(out, listing) == DONE, capsys.readouterr()


def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, listing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = Path(listing) / "out"
    assert make(out, listing) == NOT_DONE
    assert only_line(capsys) == f"OUT: '{out}' cannot be written: Not a directory"


def test_a_second_run_on_the_same_folder_is_refused(
    tmp_path: Path, listing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert make(tmp_path, listing) == DONE
    capsys.readouterr()
    with locked(tmp_path):
        for arguments in (["digest", "--day", DAY, "--listing", listing], ["site"]):
            assert call([*arguments, "--out", str(tmp_path)]) == NOT_DONE
            assert only_line(capsys) == f"OUT: another run works in '{tmp_path}'. Run this again when it has ended."
        replayed = run("replay", DAY, "--out", str(tmp_path))
        assert (replayed.exit_code, "another run works in" in replayed.output) == (NOT_DONE, True)


def test_no_network_ends_in_one_line(tmp_path: Path, internet: list[Any], capsys: pytest.CaptureFixture[str]) -> None:
    internet.append(httpx.ConnectError("[Errno -3] Temporary failure in name resolution"))
    assert make(tmp_path) == NOT_DONE
    assert only_line(capsys).startswith(f"fetch: {DAY}: no answer (ConnectError: [Errno -3]")


def test_a_list_that_fails_once_is_asked_for_again(tmp_path: Path, internet: list[Any]) -> None:
    internet += [httpx.Response(500), httpx.Response(200, json=[row("2602.00001")])]
    assert make(tmp_path) == DONE
    assert (tmp_path / "site" / DAY / "index.html").exists()


def test_a_list_that_keeps_failing_is_asked_for_as_often_as_lambda_asks(
    tmp_path: Path, internet: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    internet += [httpx.Response(500), httpx.Response(502), httpx.Response(503), httpx.Response(200, json=[])]
    assert make(tmp_path) == NOT_DONE
    assert only_line(capsys) == f"fetch: {DAY}: HTTP 503 ('')"


@pytest.mark.parametrize("address", ["", "https://bedrock-runtime.us-east-1.amazonaws.com"])
def test_a_model_of_bedrock_needs_a_server_of_its_own(
    tmp_path: Path, listing: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", raising=False)
    if address:
        monkeypatch.setenv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", address)
    assert make(tmp_path / "out", listing, "--model", "bedrock:amazon.nova-lite-v1:0") == NOT_DONE
    assert only_line(capsys).startswith("MODEL: bedrock:amazon.nova-lite-v1:0 needs AWS_ENDPOINT_URL_BEDROCK_RUNTIME")


def test_a_folder_may_have_quotes_and_blanks_in_its_name_and_stand_in_the_home(
    tmp_path: Path, listing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ('~/it\'s my "archive"', "~"):
        assert call(["digest", "--out", name, "--day", DAY, "--listing", listing]) == DONE
        assert call(["site", "--out", name]) == DONE
        assert run("status", "--out", name).output.startswith(f"{DAY}  2 listed")
        assert run("replay", DAY, "--from", "publish", "--out", name).exit_code == DONE
    assert {path.name for path in tmp_path.iterdir()} >= {'it\'s my "archive"', "site"}


def test_a_listing_that_is_too_large_is_not_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    large = tmp_path / "large.json"
    large.touch()
    os.truncate(large, 300_000_000)
    assert make(tmp_path / "out", str(large)) == NOT_DONE
    line = only_line(capsys)
    assert line == f"LISTING: '{large}' has 300,000,000 bytes, a list has at most {MAX_BYTES_OF_PERIOD:,}"


def test_a_listing_of_200_000_levels_ends_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deep = tmp_path / "deep.json"
    deep.write_text("[" * 200_000 + "]" * 200_000)
    assert make(tmp_path / "out", str(deep)) == NOT_DONE
    assert only_line(capsys).startswith(f"fetch: {DAY}: the answer is not a list, it is nested too deeply: b'[[[")


def test_the_reason_for_drafts_is_printed_once_however_many_papers_and_languages_it_is_true_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")  # nobody listens
    listing = tmp_path / "listing.json"
    listing.write_text(json.dumps([row(f"2602.0000{number}") for number in range(1, 6)]), encoding="utf-8")
    model = ("--model", "openai:small", "--parameters", "Languages=ko,en MaxReceives=1")
    assert make(tmp_path / "out", str(listing), *model) == IN_PART
    (line,) = [each for each in capsys.readouterr().out.splitlines() if each.startswith("Drafts only")]
    assert line.startswith("Drafts only (ko: 5 papers; en: 5 papers): TryAgainLaterError: http://127.0.0.1:9/v1")
