"""Writes docs/parameters.md, the table of the template's parameters.

Usage: parameters.py, in the repository's root, with the repository on the path
"""

import re
from pathlib import Path
from typing import Any

from local.template import parse

TEMPLATE = Path("template.yaml")
PAGE = Path("docs/parameters.md")
SECTION = re.compile(r"^  # ---- (.+)$|^  (\w+):$", re.MULTILINE)
INTRODUCTION = """# Parameters: what can be set, and what is it when nobody sets it?

This page is made from `template.yaml` by `make docs`; a test keeps the two equal. The local run and a deployed stack
take the same parameters and refuse the same values:

```
make digest PARAMETERS='Model=draft TopPapers=3'
make deploy STACK=daily-papers PARAMETERS='Hosting=cloudfront Author="Kim Ha-neul"'
```

An update of the stack keeps the parameters that it does not name. One that is new in a release takes its default."""


def page(template: Path = TEMPLATE) -> str:
    """The whole page, with the sections that the comments of the template make."""
    declared = parse(template)["Parameters"]
    source = template.read_text(encoding="utf-8").partition("\nParameters:\n")[2].partition("\nRules:\n")[0]
    lines = [INTRODUCTION]
    for section, name in SECTION.findall(source):
        if section:
            lines += [
                f"\n## {section.capitalize()}\n",
                "| parameter | default | what it is | allowed |",
                "|---|---|---|---|",
            ]
        else:
            lines.append(row(name, declared[name]))
    return "\n".join(lines) + "\n"


def row(name: str, about: dict[str, Any]) -> str:
    """A parameter's row. A bar would end its cell."""
    default = f"`{about['Default']}`" if about.get("Default", "") != "" else ""
    cells = (f"`{name}`", default, " ".join(about["Description"].split()), about["ConstraintDescription"])
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
