"""Whether an item is in the language that was asked for, fits its field, adds no address and keeps the style."""

import re
from collections.abc import Iterator
from functools import cache

from functions.summarize.grounding.passage import squeeze
from shared.languages.files import read
from shared.text.addresses import ADDRESS
from shared.text.lazy_regex import lazy_regex

ANY_LENGTH = (0, 4_000)
"""Characters of a field for which the language names no bounds."""
MAX_FOREIGN_LETTERS = 1
"""A single one may be a symbol of the paper's."""
MAX_FOREIGN_WORDS = 3
"""Little words of another language that a title or a quoted term may hold."""

_IN_BRACKETS = lazy_regex(r"\([^()]{1,40}\)")


def foreign_words(text: str, language: str) -> str:
    """The letters or little words that show that a text is in another language; empty where it is not.

    A word in brackets may be in any: 시안(西安).
    """
    style = read(language, "style")
    letters = re.findall(style["foreign"], _IN_BRACKETS.sub("", text))
    if len(letters) > MAX_FOREIGN_LETTERS:
        return "".join(letters[:20])
    found = _foreign_words(language).findall(text)
    own = len(re.findall(rf"{style['letters']}+", text))
    return " ".join(found[:5]) if len(found) > MAX_FOREIGN_WORDS and len(found) * 2 > own else ""


@cache
def _foreign_words(language: str) -> re.Pattern[str]:
    words = "|".join(read(language, "style")["foreign_words"])
    return re.compile(rf"(?<![\w-])(?:{words or '(?!)'})(?![\w-])", re.IGNORECASE)


def bounds(field: str, language: str) -> tuple[int, int]:
    """The fewest and the most characters of a field."""
    shortest, longest = read(language, "style")["lengths"].get(field, ANY_LENGTH)
    return shortest, longest


def added_addresses(text: str, known: str) -> Iterator[str]:
    """Addresses that the known text does not hold."""
    for match in ADDRESS.finditer(text):
        address = match.group().rstrip(".,;:")
        if squeeze(address).lower() not in squeeze(known).lower():
            yield address


def broken_style(text: str, field: str, language: str) -> Iterator[tuple[str, str]]:
    """The language's rules of style that a text breaks, each with its first place."""
    for name, rule in read(language, "style").get("rules", {}).items():
        match = _pattern(rule["pattern"]).search(text.strip()) if field in rule["fields"] else None
        if match:
            yield name, match.group().strip()


@cache
def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(form)
