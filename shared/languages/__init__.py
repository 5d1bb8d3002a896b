"""The languages of the editions: one folder each, whose name is the language's code."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

FOLDER = Path(__file__).parent


class UnknownLanguageError(ValueError):
    """No folder for this language."""


@cache
def known() -> tuple[str, ...]:
    """Every language that has a folder."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob("*/labels.toml")))


@cache
def labels(language: str) -> Mapping[str, Any]:
    """The words of the editions in a language. Raises UnknownLanguageError naming those there are."""
    if language not in known():
        raise UnknownLanguageError(f"language: {language!r} is not one of {', '.join(known())}")
    return MappingProxyType(tomllib.loads((FOLDER / language / "labels.toml").read_text(encoding="utf-8")))
