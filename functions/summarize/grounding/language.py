"""Whether an item is in the language that was asked for, has a length that fits its field, and adds no address."""

import re
from collections.abc import Iterator
from functools import cache

from functions.summarize.grounding.findings import Finding
from functions.summarize.grounding.items import Item
from functions.summarize.grounding.language_data import read
from functions.summarize.grounding.texts import squeezed

MOST_FOREIGN_LETTERS = 1
"""A single one may be a symbol of the paper's."""
ANY_LENGTH = (0, 4_000)
"""Characters of a field for which the language names no bounds."""
MOST_FOREIGN_WORDS = 3
"""Little words of another language that a title or a quoted term may hold."""

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s)\]>,]+|[\w.+-]+@[\w-]+\.[\w.]+"
    r"|(?<![\w.])(?:[a-z0-9-]+\.)+(?:com|org|net|io|ai|dev|co|kr|app|xyz|ly|me|edu|info|gov)(?![\w-])(?:/[^\s)\]>,]*)?",
    re.ASCII,
)


def language_of(item: Item, language: str) -> Iterator[Finding]:
    """An item in another language, by its letters and little words."""
    if item.field == "numbers":
        return
    style = read(language, "style")
    foreign = re.findall(style["foreign"], item.text)
    if len(foreign) > MOST_FOREIGN_LETTERS:
        yield Finding(item=item.path, kind="language", said="".join(foreign[:20]), why=_asked(language))
        return
    words = _foreign_words(language).findall(item.text)
    if len(words) <= MOST_FOREIGN_WORDS:
        return
    if len(words) * 2 > len(re.findall(rf"{style['letters']}+", item.text)):
        yield Finding(item=item.path, kind="language", said=" ".join(words[:5]), why=_asked(language))


def _asked(language: str) -> str:
    return f"the item is not in the language that was asked for ({language})"


@cache
def _foreign_words(language: str) -> re.Pattern[str]:
    words = "|".join(read(language, "style")["foreign_words"])
    return re.compile(rf"(?<![\w-])(?:{words or '(?!)'})(?![\w-])", re.IGNORECASE)


def length_of(item: Item, language: str) -> Iterator[Finding]:
    """An item that is too short or too long for its field."""
    field = "measures" if item.field == "numbers" else item.field
    shortest, longest = read(language, "style")["lengths"].get(field, ANY_LENGTH)
    length = len(item.text.strip())
    if not shortest <= length <= longest:
        why = f"it has {length} characters, {field} takes {shortest} to {longest}"
        yield Finding(item=item.path, kind="length", said=item.text[:40], why=why)


def addresses_of(item: Item, text: str) -> Iterator[Finding]:
    """Addresses that the text does not hold."""
    for match in _ADDRESS.finditer(item.whole):
        said = match.group().rstrip(".,;:")
        if squeezed(said).lower() not in squeezed(text).lower():
            yield Finding(item=item.path, kind="address", said=said, why="this address is not in the text")
