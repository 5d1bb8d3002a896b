"""The languages of the editions: one folder each, whose name is the language's code."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import AfterValidator

FOLDER = Path(__file__).parent


class UnknownLanguageError(ValueError):
    """No folder for this language."""


@cache
def known() -> tuple[str, ...]:
    """Every language that has a folder."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob("*/labels.toml")))


def _known(language: str) -> str:
    if language not in known():
        raise UnknownLanguageError(f"{language!r} is not one of {', '.join(known())}")
    return language


Language = Annotated[str, AfterValidator(_known)]
"""A language that has a folder."""


@cache
def grades_of_release_1_0() -> Mapping[str, str]:
    """The codes behind the labels, in any language, that release 1.0 stored as reasons of a grade."""
    files = (tomllib.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*/release_1_0.toml"))
    return MappingProxyType({label: code for file in files for label, code in file["grades"].items()})


@cache
def labels(language: str) -> Mapping[str, Any]:
    """The words of the editions in a language. Raises UnknownLanguageError naming those there are."""
    return MappingProxyType(tomllib.loads((FOLDER / _known(language) / "labels.toml").read_text(encoding="utf-8")))
