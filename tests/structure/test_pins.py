"""What is installed is pinned, with the hash of every file that it may be."""

import re

import pytest

from tests.factories.places import ROOT

FILES = (
    *("layers/requirements.txt", "local/requirements.txt", "local/mcp/requirements.txt", "tests/requirements.txt"),
    *(".ci/tools.txt", ".ci/emulator.txt", ".ci/audit.txt"),
)
PIN = re.compile(r"[\w.-]+==[\w.]+( ; [^\\\n]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+")


@pytest.mark.parametrize("name", FILES)
def test_every_package_has_a_version_and_hashes(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    pins = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))
    assert PIN.sub("", pins).split() == []
