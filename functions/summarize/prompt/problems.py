"""What is wrong with an answer, in words for the model that is asked to mend it."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from functions.summarize.grounding.findings import Finding
from functions.summarize.grounding.language_data import read


def describe(finding: Finding, language: str) -> str:
    """The item, the words concerned, and what to do about them."""
    quote = f" {finding.quote!r}:" if finding.quote else ""
    return f"{finding.item}:{quote} {_advice(finding.rule, language)}"


def _advice(rule: str, language: str) -> str:
    kind, _, name = rule.partition(".")
    if kind == "style":
        return str(read(language, "style")["rules"][name]["why"])
    return str(_words()[rule])


@cache
def _words() -> Mapping[str, Any]:
    found = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {f"{kind}.{name}": text for kind, names in found.items() for name, text in names.items()}
