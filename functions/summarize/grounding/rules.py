"""The rules of the check in one table: each a function from a text and the evidence to the words that it objects to."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from functions.summarize.grounding import expansions, names, wording
from functions.summarize.grounding.claims import Claim, same
from functions.summarize.grounding.derivations import follows
from functions.summarize.grounding.findings import MAX_QUOTE_CHARS, Finding, Kind, Severity
from functions.summarize.grounding.passage import Evidence, Passage
from shared.languages.files import PAPERS
from shared.model.texts import Text
from shared.text.numbers.parsing import MAX_NUMBERS


class Item:
    """A text of an answer, parsed once and held against the evidence."""

    def __init__(self, text: Text, evidence: Evidence, languages: tuple[str, ...]) -> None:
        whole = f"{text.text}: {text.value}" if text.value else text.text
        self.text, self.evidence, self.language = text, evidence, languages[0]
        self.passage = Passage(whole, languages)

    @property
    def advice(self) -> bool:
        """Whether it is the model's own thought about the paper."""
        return self.text.declared.kind in {"advice", "idea"}

    @property
    def prose(self) -> bool:
        """Whether it is in the language of the papers, whose sentences begin with a capital."""
        return self.language == PAPERS

    @cached_property
    def unsupported(self) -> Sequence[tuple[str, bool]]:
        """Numbers that do not follow from the evidence, and whether it has them with another unit."""
        named = self._spans_of_names if self.text.declared.kind == "idea" else ()
        found = (
            each
            for each in self.passage.numbers
            if not follows(Claim(each, self.passage, self.evidence, self.advice))
            and not any(start <= each.start < end for start, end in named)
        )
        return [
            (self.passage.text[each.start : each.end], any(same(each, given) for given in self.evidence.numbers))
            for each in found
        ]

    @property
    def _spans_of_names(self) -> Sequence[tuple[int, int]]:
        """Where names stand, with the number behind them: Qwen3-8B, Llama 3."""
        forms = "|".join(map(re.escape, names.names(self.passage.text, prose=self.prose))) or "(?!)"
        return [match.span() for match in re.finditer(rf"(?:{forms})(?: \d[\d.]*)?", self.passage.text)]

    @cached_property
    def unknown(self) -> Sequence[tuple[str, bool]]:
        """Names that are not in the evidence, and whether each may be an ordinary word."""
        if self.text.declared.kind == "idea":  # one may try the paper's method with anything
            return []
        return [
            (name, names.is_doubtful(name, prose=self.prose))
            for name in names.names(self.passage.text, prose=self.prose)
            if not names.is_supported(name, self.evidence.vocabulary, advice=self.advice)
        ]


class Rule(NamedTuple):
    """What the check asks of an item."""

    id: str
    kind: Kind
    severity: Severity
    find: Callable[[Item], Iterator[str]]
    is_on: bool = True


def _absent_numbers(item: Item) -> Iterator[str]:
    if len(item.passage.numbers) >= MAX_NUMBERS:
        yield item.passage.text[:MAX_QUOTE_CHARS]
        return
    yield from (number for number, has_other_unit in item.unsupported if not has_other_unit)


def _other_units(item: Item) -> Iterator[str]:
    return (number for number, has_other_unit in item.unsupported if has_other_unit)


def _absent_names(item: Item) -> Iterator[str]:
    return (name for name, is_doubtful in item.unknown if not is_doubtful)


def _doubtful_names(item: Item) -> Iterator[str]:
    for name, is_doubtful in item.unknown:
        if is_doubtful and not names.is_titled(name, item.passage.text):
            yield name


def _wrong_expansions(item: Item) -> Iterator[str]:
    for expansion in expansions.expansions(item.passage.text):
        if not expansions.is_supported(expansion, item.evidence.text, item.evidence.vocabulary):
            yield expansion.quote


def _misplaced_acronyms(item: Item) -> Iterator[str]:
    return expansions.misplaced(item.passage.text, item.language)


def _addresses(item: Item) -> Iterator[str]:
    return wording.added_addresses(item.passage.text, item.evidence.text)


def _sources(item: Item) -> Iterator[str]:
    if not item.text.sources and not item.advice:
        yield ""
    yield from (source for source in item.text.sources if not item.evidence.holds(source))


def _other_language(item: Item) -> Iterator[str]:
    if item.text.field != "numbers" and (found := wording.foreign_words(item.text.text, item.language)):
        yield found


def _too_short(item: Item) -> Iterator[str]:
    if len(item.text.text.strip()) < wording.bounds(item.text.field, item.language)[0]:
        yield item.text.text


def _too_long(item: Item) -> Iterator[str]:
    if len(item.text.text.strip()) > wording.bounds(item.text.field, item.language)[1]:
        yield item.text.text


RULES = (
    Rule("number.absent", "number", "remove", _absent_numbers),
    Rule("number.unit", "unit", "ask", _other_units),
    Rule("name.absent", "name", "remove", _absent_names),
    Rule("name.doubtful", "name", "ask", _doubtful_names),
    Rule("expansion.wrong", "acronym", "remove", _wrong_expansions),
    Rule("expansion.other", "acronym", "ask", _misplaced_acronyms),
    Rule("address.absent", "address", "remove", _addresses),
    Rule("source.missing", "source", "ask", _sources),
    Rule("language.other", "language", "ask", _other_language),
    Rule("length.short", "length", "note", _too_short),
    Rule("length.long", "length", "note", _too_long),
)


def check_text(text: Text, evidence: Evidence, languages: tuple[str, ...]) -> Iterator[Finding]:
    """Everything that the rules object to in one text."""
    item = Item(text, evidence, languages)
    for rule in RULES:
        for quote in rule.find(item) if rule.is_on else ():
            yield _finding(text, rule.id, rule.kind, rule.severity, quote)
    for name, quote in wording.broken_style(text.text, text.field, item.language):
        yield _finding(text, f"style.{name}", "style", "note", quote)


def _finding(text: Text, rule: str, kind: Kind, severity: Severity, quote: str) -> Finding:
    return Finding(item=text.path, rule=rule, kind=kind, severity=severity, quote=quote[:MAX_QUOTE_CHARS])
