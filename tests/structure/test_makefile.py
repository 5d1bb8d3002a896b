"""The Makefile's targets hand the command line what was given, whatever is in it."""

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories.places import ROOT

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
STAND_IN = f"""#!{sys.executable}
import json, sys
print(json.dumps(sys.argv[1:]))
"""


def make(folder: Path, target: str, *given: str) -> subprocess.CompletedProcess[str]:
    """Runs a target with a stand-in for Python, which prints its arguments."""
    stand_in = folder / "python"
    stand_in.write_text(STAND_IN, encoding="utf-8")
    stand_in.chmod(stat.S_IRWXU)
    bare = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    command = ["make", "--assume-old=.venv/digest", target, f"RUN={stand_in}", *given]
    return subprocess.run(command, cwd=ROOT, env=bare, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("target", ["digest", "site", "serve"])
def test_a_folder_arrives_whole_whatever_is_in_its_name(tmp_path: Path, target: str) -> None:
    done = make(tmp_path, target, 'OUT=~/it\'s my "archive"; echo no')
    assert done.returncode == 0, done.stderr
    arguments = json.loads(done.stdout)
    assert arguments[:3] == ["-m", "local", target]
    assert '--out=~/it\'s my "archive"; echo no' in arguments


def test_a_variable_that_there_is_not_is_named_with_those_that_there_are(tmp_path: Path) -> None:
    done = make(tmp_path, "digest", "day=2026-02-20")
    assert done.returncode == 2
    assert "day: no such variable. There are OUT DAY WEEK MONTH" in done.stderr
    assert done.stdout == ""
