import signal
import socket
import subprocess
import sys
import threading
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from local import cli, digest
from local.__main__ import INTERRUPTED, STOPPED
from local.arguments import Wish
from local.endings import NOT_DONE
from local.sample.stored import SAMPLE_DAY
from local.serve import SiteHandler
from tests.factories.places import ROOT


@pytest.mark.parametrize(
    ("given", "span"),
    [
        ([], str(SAMPLE_DAY)),
        (["latest"], "None"),
        (["2026-02-20"], "2026-02-20"),
        (["2026-W08"], "2026-W08"),
        (["--month=2026-02", "--day="], "2026-02"),
    ],
)
def test_a_span_is_asked_for_by_its_name_or_unit(monkeypatch: pytest.MonkeyPatch, given: list[str], span: str) -> None:
    asked: list[Wish] = []
    monkeypatch.setattr(digest, "make", lambda wish: len(asked.append(wish) or ()))  # type: ignore[func-returns-value]
    pairs = ("--parameter", "Author=Kim Ha-neul", "--parameters", "BlogTitle='My papers'")
    result = CliRunner().invoke(cli.cli, ["digest", *given, *pairs])
    assert result.exit_code == 0, result.output
    [wish] = asked
    assert str(wish.day) == span
    assert (wish.parameters["Author"], wish.parameters["BlogTitle"]) == ("Kim Ha-neul", "My papers")


def test_an_unknown_option_or_command_is_named() -> None:
    for arguments, text in (
        (["digest", "--sauce"], "No such option '--sauce'"),
        (["diges"], "No such command 'diges'"),
    ):
        result = CliRunner().invoke(cli.cli, arguments)
        assert (result.exit_code, text in result.output) == (2, True), result.output


def test_ctrl_c_ends_a_command_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").touch()
    command = (sys.executable, "-m", "local", "serve", "--out", str(tmp_path), "--port", "0")
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as served:
        assert served.stdout
        assert served.stdout.readline().startswith("http://127.0.0.1:")
        served.send_signal(signal.SIGINT)
        assert served.communicate()[1] == f"\n{STOPPED}\n"
    assert served.returncode == INTERRUPTED


def test_what_is_refused_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, text in ((["digest", "--sauce"], "No such option '--sauce'"), (["status"], "no day was read yet")):
        assert cli.call([*arguments, "--out=/nowhere"]) > 0
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith(text)


def test_a_port_in_use_and_a_folder_without_a_site_end_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.call(["serve", "--out", str(tmp_path)]) == NOT_DONE
    assert "there is no site in" in capsys.readouterr().err
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("front")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert cli.call(["serve", "--out", str(tmp_path), "--port", str(port)]) == NOT_DONE
    assert capsys.readouterr().err.startswith(f"PORT: {port} cannot be used: ")


def test_an_unknown_address_gets_the_sites_own_page(tmp_path: Path) -> None:
    (tmp_path / "404.html").write_text("ours")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(SiteHandler, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        answer = httpx.get(f"http://127.0.0.1:{server.server_port}/nothing/here")
        server.shutdown()
    assert (answer.status_code, answer.text) == (404, "ours")
