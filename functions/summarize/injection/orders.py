"""Whether a sentence gives orders to a model, by the forms in the languages' `orders.toml`."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from shared.languages import FOLDER

MAX_SENTENCE_CHARS = 2_000
"""What is longer is no sentence, and is looked at in its first part."""
_SHARED_BEGINNINGS = ("{start}", r"\b", "")
"""Forms that begin alike are one pattern, which looks for their beginning once: a third of the time."""
_MARK = re.compile(r"\\.|\[\^?\]?|[]()|]", re.DOTALL)
"""Of a regular expression: an escaped character, the ends of a set and of a group, and what parts alternatives."""


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
        for form in _joined(file["orders"].values())
    ]


def _joined(forms: Sequence[str]) -> list[str]:
    """The forms as a few, each of which matches wherever one of its own does."""
    rests: defaultdict[str, list[str]] = defaultdict(list)
    for alternative in (each for form in forms for each in alternatives(form)):
        beginning = next(each for each in _SHARED_BEGINNINGS if alternative.startswith(each))
        rests[beginning].append(alternative.removeprefix(beginning))
    return [f"{beginning}(?:{'|'.join(some)})" for beginning, some in rests.items()]


def alternatives(form: str) -> list[str]:
    """The parts of a regular expression between the bars that stand in no group."""
    found, start, depth, in_set = list[str](), 0, 0, False
    for match in _MARK.finditer(form):
        mark = match.group()
        if in_set:
            in_set = mark != "]"
        elif mark.startswith("["):
            in_set = True
        elif mark in "()":
            depth += 1 if mark == "(" else -1
        elif mark == "|" and not depth:
            found.append(form[start : match.start()])
            start = match.end()
    return [*found, form[start:]]


def _filled(form: str, words: Mapping[str, str]) -> str:
    for _ in range(2):  # a word may hold another one
        for name, word in words.items():
            form = form.replace(f"{{{name}}}", word)
    return form
