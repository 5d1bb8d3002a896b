"""Readers of a row's fields. Each returns the value as it is kept. A ValueError costs the field alone."""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from shared.model.paper import ARXIV_ID, without_version

MAX_TEXT = 1000
"""Characters of a title, a name or an address: the longest recorded title has some 200."""
MAX_PROSE = 4000
"""Characters of an abstract, of which arXiv takes 1,920, or of Hugging Face's sentence."""
MAX_NAME = 200
MAX_AUTHORS = 500
MAX_LISTED = 50
"""Keywords, pictures and videos of a paper: the recorded lists name up to seven."""

MAX_READ_PROSE = 20_000
"""Characters; what is longer is no abstract and is left out, what is longer than MAX_PROSE is cut."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_LINE_BREAK = re.compile(r"\s*[\x00-\x1f\x7f-\x9f]\s*(?!https?://)")
_ANOTHER_ADDRESS = re.compile(r"[\s,;|&]+(?:and\s+)?(?=https?://)|(?<=.)(?=https?://)")


def clean(text: str) -> str:
    """Text in one line, without control characters and lone surrogates."""
    return " ".join(_CONTROL.sub(" ", text).encode("utf-8", "replace").decode().split())


def read_text(value: Any, max_chars: int = MAX_TEXT) -> str:
    """A text on one line. Raises ValueError."""
    if not isinstance(value, str):
        raise ValueError("is not text")  # noqa: TRY004 - an odd value is one error, whatever its type
    if len(value) > max_chars:
        raise ValueError(f"is longer than {max_chars} characters")
    return clean(value)


def read_prose(value: Any) -> str:
    """What is too long is cut after a word."""
    text = read_text(value, MAX_READ_PROSE)
    return text if len(text) <= MAX_PROSE else text[: MAX_PROSE + 1].rpartition(" ")[0] or text[:MAX_PROSE]


def read_full_text(value: Any, max_chars: int = MAX_TEXT) -> str:
    """A text that is not empty. Raises ValueError."""
    text = read_text(value, max_chars)
    if not text:
        raise ValueError("is empty")
    return text


def read_id(value: Any) -> str:
    """An arXiv id, without a version: a paper is listed once. Raises ValueError."""
    if not isinstance(value, str) or not ARXIV_ID.fullmatch(value):
        raise ValueError("is not an arXiv id")
    return without_version(value)


def read_address(value: Any) -> str:
    """An address, without the punctuation of the sentence that it ended."""
    text = read_full_text(value).rstrip(".,;")
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or " " in text:
        raise ValueError("is not an http address")
    return text


def read_repository(value: Any) -> str:
    """The first address: authors break long ones at a slash, and name two in one field."""
    if not isinstance(value, str):
        raise ValueError("is not an address")  # noqa: TRY004
    return read_address(_ANOTHER_ADDRESS.split(_LINE_BREAK.sub("", value.strip()), maxsplit=1)[0])


def read_each(reader: Callable[[Any], str], most: int = MAX_LISTED) -> Callable[[Any], tuple[str, ...]]:
    """Reads the first `most` of a list; elements that cannot be read are left out."""

    def read_list(value: Any) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise ValueError("is not a list")  # noqa: TRY004
        found: list[str] = []
        for element in value[:most]:
            with suppress(ValueError):
                found.append(reader(element))
        return tuple(found)

    return read_list


def read_author(value: Any) -> str:
    """A name, alone or in an object. Raises ValueError."""
    return read_full_text(value.get("name") if isinstance(value, dict) else value, MAX_NAME)
