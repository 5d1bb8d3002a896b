"""A third language must need no code: every language has the same words with the same places to fill."""

from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

import pytest

from shared.languages import known, labels


def _words(value: Any, path: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _words(part, f"{path}.{key}")
    elif isinstance(value, list):
        yield path, frozenset({str(len(value))})
        for place, part in enumerate(value):
            yield from _words(part, f"{path}[{place}]")
    else:
        assert value.strip() or path == ".listing"
        yield path, frozenset(name for _, name, _, _ in Formatter().parse(value) if name is not None)


@pytest.mark.parametrize("language", known())
def test_a_language_has_the_same_words_with_the_same_places_as_korean(language: str) -> None:
    assert dict(_words(labels(language))) == dict(_words(labels("ko")))


def test_korean_prose_keeps_one_register() -> None:
    assert "니다" not in str(labels("ko"))
