"""The language files for reading a text: how numbers are written, what words mean. Each is read once."""

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
def words(name: str, languages: tuple[str, ...]) -> re.Pattern[str]:
    """The forms of this name in the languages' `numbers.toml`, as one pattern."""
    forms = [form for language in languages if (form := read(language, "numbers").get(name))]
    return re.compile("|".join(forms) or "(?!)", re.IGNORECASE)
