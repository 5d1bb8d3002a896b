"""The rules of the check in one table: each a function from a text and the evidence to the words that it objects to."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from functions.summarize.grounding import expansions, names, wording
from functions.summarize.grounding.claims import Claim, same
from functions.summarize.grounding.derivations import follows
from functions.summarize.grounding.findings import MAX_QUOTE_CHARS, Finding, Kind, Severity
from functions.summarize.grounding.language_data import PAPERS
from functions.summarize.grounding.number import Number
from functions.summarize.grounding.numbers import MAX_NUMBERS
from functions.summarize.grounding.passage import Evidence, Passage
from shared.model.texts import Text


class Item(NamedTuple):
    """A text of an answer, parsed."""

    text: Text
    passage: Passage
    language: str

    @property
    def advice(self) -> bool:
        """Whether it is the model's own thought about the paper."""
        return self.text.declared.kind in {"advice", "idea"}

    @property
    def prose(self) -> bool:
        """Whether it is in the language of the papers, whose sentences begin with a capital."""
        return self.language == PAPERS


class Rule(NamedTuple):
    """What the check asks of an item."""

    id: str
    kind: Kind
    severity: Severity
    find: Callable[[Item, Evidence], Iterator[str]]
    is_on: bool = True


def _unsupported(item: Item, evidence: Evidence) -> Iterator[Number]:
    return (each for each in item.passage.numbers if not follows(Claim(each, item.passage, evidence, item.advice)))


def _absent_numbers(item: Item, evidence: Evidence) -> Iterator[str]:
    if len(item.passage.numbers) >= MAX_NUMBERS:
        yield item.passage.text[:MAX_QUOTE_CHARS]
        return
    for number in _unsupported(item, evidence):
        if not any(same(number, given) for given in evidence.numbers):
            yield item.passage.text[number.start : number.end]


def _other_units(item: Item, evidence: Evidence) -> Iterator[str]:
    for number in _unsupported(item, evidence):
        if any(same(number, given) for given in evidence.numbers):
            yield item.passage.text[number.start : number.end]


def _absent_names(item: Item, evidence: Evidence) -> Iterator[str]:
    return (name for name in _unknown_names(item, evidence) if not names.is_doubtful(name, prose=item.prose))


def _doubtful_names(item: Item, evidence: Evidence) -> Iterator[str]:
    for name in _unknown_names(item, evidence):
        if names.is_doubtful(name, prose=item.prose) and not names.is_titled(name, item.passage.text):
            yield name


def _unknown_names(item: Item, evidence: Evidence) -> Iterator[str]:
    if item.text.declared.kind == "idea":  # one may try the paper's method with anything
        return
    for name in names.names(item.passage.text, prose=item.prose):
        if not names.is_supported(name, evidence.vocabulary, advice=item.advice):
            yield name


def _wrong_expansions(item: Item, evidence: Evidence) -> Iterator[str]:
    for expansion in expansions.expansions(item.passage.text):
        if not expansions.is_supported(expansion, evidence.text, evidence.vocabulary.runs):
            yield expansion.quote


def _addresses(item: Item, evidence: Evidence) -> Iterator[str]:
    return wording.added_addresses(item.passage.text, evidence.text)


def _sources(item: Item, evidence: Evidence) -> Iterator[str]:
    if not item.text.sources and not item.advice:
        yield ""
    yield from (source for source in item.text.sources if not evidence.holds(source))


def _other_language(item: Item, evidence: Evidence) -> Iterator[str]:  # noqa: ARG001
    if item.text.field != "numbers" and (found := wording.foreign_words(item.text.text, item.language)):
        yield found


def _too_short(item: Item, evidence: Evidence) -> Iterator[str]:  # noqa: ARG001
    if len(item.text.text.strip()) < wording.bounds(item.text.field, item.language)[0]:
        yield item.text.text


def _too_long(item: Item, evidence: Evidence) -> Iterator[str]:  # noqa: ARG001
    if len(item.text.text.strip()) > wording.bounds(item.text.field, item.language)[1]:
        yield item.text.text


RULES = (
    Rule("number.absent", "number", "remove", _absent_numbers),
    Rule("number.unit", "unit", "ask", _other_units),
    Rule("name.absent", "name", "remove", _absent_names),
    Rule("name.doubtful", "name", "ask", _doubtful_names),
    Rule("expansion.wrong", "acronym", "remove", _wrong_expansions),
    Rule("address.absent", "address", "remove", _addresses),
    Rule("source.missing", "source", "ask", _sources),
    Rule("language.other", "language", "ask", _other_language),
    Rule("length.short", "length", "note", _too_short),
    Rule("length.long", "length", "note", _too_long),
)


def check_text(text: Text, evidence: Evidence, languages: Sequence[str]) -> Iterator[Finding]:
    """Everything that the rules object to in one text."""
    whole = f"{text.text}: {text.value}" if text.value else text.text
    item = Item(text, Passage(whole, tuple(languages)), languages[0])
    for rule in RULES:
        for quote in rule.find(item, evidence) if rule.is_on else ():
            yield _finding(text, rule.id, rule.kind, rule.severity, quote)
    for name, quote in wording.broken_style(text.text, text.field, item.language):
        yield _finding(text, f"style.{name}", "style", "note", quote)


def _finding(text: Text, rule: str, kind: Kind, severity: Severity, quote: str) -> Finding:
    return Finding(item=text.path, rule=rule, kind=kind, severity=severity, quote=quote[:MAX_QUOTE_CHARS])
