"""The rules of style of a language: a handful, each a pattern with the fields it is for."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from functions.summarize.grounding.findings import Finding
from functions.summarize.grounding.items import Item
from functions.summarize.grounding.language_data import read


class Rule(NamedTuple):
    """What should not be in some fields, and the reason for the model that mends it."""

    name: str
    fields: frozenset[str]
    pattern: re.Pattern[str]
    why: str


@cache
def rules(language: str) -> Sequence[Rule]:
    """The language's rules."""
    return [
        Rule(name, frozenset(rule["fields"]), re.compile(rule["pattern"]), rule["why"])
        for name, rule in read(language, "style")["rules"].items()
    ]


def style_of(item: Item, language: str) -> Iterator[Finding]:
    """One finding for each rule that the item breaks."""
    for rule in rules(language):
        match = rule.pattern.search(item.text.strip()) if item.field in rule.fields else None
        if match:
            yield Finding(item=item.path, kind="style", said=match.group().strip(), why=rule.why)
