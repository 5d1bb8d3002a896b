"""README says what is so."""

import re
from pathlib import Path

from local.template import parse

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_parameter_table_is_the_template_s() -> None:
    declared = parse(ROOT / "template.yaml")["Parameters"]
    rows = re.findall(r"^\| `(\w+)` \| (?:`(.*?)`)? ?\| (.*) \|$", README, re.MULTILINE)
    assert {name: (default, text) for name, default, text in rows if name in declared} == {
        name: (str(about.get("Default", "")), " ".join(about["Description"].split()))
        for name, about in declared.items()
    }


def test_every_make_command_of_the_readme_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"make ([a-z]+)", README)) <= targets
