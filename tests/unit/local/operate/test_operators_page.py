"""Every command of the operators' page does what it is there for, on a stack and on a folder."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from local.cli import cli
from tests.factories.operated import RecordingStack, archive
from tests.factories.places import ROOT

PAGE = (ROOT / "docs/operate.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^daily-papers (.*?)(?:\s+#.*)?$", PAGE, re.MULTILINE)
OF_THIS_MACHINE = {"blog", "digest", "mcp", "post", "site", "serve"}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_documented_command_works(
    stack: RecordingStack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    stack.bucket.put("site/index.html", b"")
    archive(tmp_path / "archive")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, shlex.split(command), input="y\n")
    assert done.exit_code == 0, done.output
    assert done.output


def test_every_command_is_on_the_page() -> None:
    assert {command.split()[0] for command in COMMANDS} == cli.commands.keys() - OF_THIS_MACHINE
