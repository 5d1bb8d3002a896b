"""Whether a sentence speaks to a language model."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path


def instructs(sentence: str) -> bool:
    """Whether a sentence gives a model orders, a role, a form for its answer, or asks for its secrets."""
    line = " ".join(sentence.split())
    return any(pattern.search(line) for pattern in _patterns())


@cache
def _patterns() -> Sequence[re.Pattern[str]]:
    named = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return [re.compile(_filled(pattern, named["words"]), re.IGNORECASE) for pattern in named["spoken"].values()]


def _filled(pattern: str, words: dict[str, str]) -> str:
    for name, word in words.items():
        pattern = pattern.replace(f"{{{name}}}", word)
    return pattern
