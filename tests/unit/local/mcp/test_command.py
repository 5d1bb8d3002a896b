"""`daily-papers mcp` as its user sees it: one line for what is wrong."""

import socket
import sys
from pathlib import Path

import pytest

from local import cli
from local.endings import NOT_DONE


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--site", "file:///etc"], "--site: 'file:///etc' is not an address such as https://papers.example.org"),
        (["--out", "/nowhere"], "--out: there is no folder '/nowhere'. `daily-papers digest` makes one."),
        (["--port", "99999"], "Invalid value for '--port': 99999 is not in the range 0<=x<=65535."),
        (["--port", "x"], "Invalid value for '--port': 'x' is not a valid integer range."),
    ],
)
def test_what_is_refused_is_one_line(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    line: str,
) -> None:
    assert run("--out", str(tmp_path), *arguments) == NOT_DONE
    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith(line)


def test_a_port_in_use_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run("--out", str(tmp_path), "--port", str(port)) == NOT_DONE
    assert capsys.readouterr().err.startswith(f"--port: {port} cannot be used: ")


def test_without_the_sdk_the_command_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "mcp", None)
    monkeypatch.delitem(sys.modules, "local.mcp.server", raising=False)
    for name in [name for name in sys.modules if name.startswith("mcp.")]:
        monkeypatch.delitem(sys.modules, name)
    assert run("--out", str(tmp_path)) == NOT_DONE
    assert capsys.readouterr().err == "mcp: the MCP SDK is not installed here. `make mcp` installs it.\n"


def run(*arguments: str) -> int:
    return cli.call(["mcp", *arguments])
