"""The language files that the check reads, each once."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from shared.languages import FOLDER

PAPERS = "en"
"""The language of the papers: an analysis in any language may hold its words."""


@cache
def read(language: str, name: str) -> Mapping[str, Any]:
    """The file of this name in the language's folder; empty where the language has none."""
    path = FOLDER / language / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def languages_of(language: str) -> tuple[str, ...]:
    """The languages whose words a text in this one may hold."""
    return tuple(dict.fromkeys((language, PAPERS)))


@cache
def says(what: str, languages: tuple[str, ...], *, at_end: bool = False) -> re.Pattern[str]:
    """The words of these languages that say something about a number."""
    forms = [form for language in languages if (form := read(language, "numbers").get(what))]
    return re.compile(f"(?:{'|'.join(forms) or '(?!)'})" + ("$" if at_end else ""), re.IGNORECASE)
