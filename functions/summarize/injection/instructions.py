"""Whether a sentence gives orders to a language model."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache

from shared.languages import FOLDER

MAX_SENTENCE_CHARS = 2_000
"""What is longer is no sentence, and is looked at in its first part."""


def gives_orders(sentence: str) -> bool:
    """Whether a sentence gives a model orders, a role, a form for its answer, or asks for its secrets."""
    line = " ".join(sentence[:MAX_SENTENCE_CHARS].split())
    return any(pattern.search(line) for pattern in _patterns())


@cache
def _patterns() -> Sequence[re.Pattern[str]]:
    """Of every language: a paper can hide orders in any."""
    files = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*/orders.toml"))]
    return [
        re.compile(_filled(form, file.get("words", {})), re.IGNORECASE)
        for file in files
        for form in file["orders"].values()
    ]


def _filled(form: str, words: dict[str, str]) -> str:
    for _ in range(2):  # a word may hold another one
        for name, word in words.items():
            form = form.replace(f"{{{name}}}", word)
    return form
