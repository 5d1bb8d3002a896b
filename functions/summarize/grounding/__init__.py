"""The check that holds an analysis against the paper's own words. No model judges a model: values are compared."""

from collections.abc import Iterable, Iterator

from functions.summarize.answer import Answer
from functions.summarize.grounding.acronyms import wrong_expansions
from functions.summarize.grounding.amounts import unsupported_amounts
from functions.summarize.grounding.findings import Finding
from functions.summarize.grounding.items import Item, items, left
from functions.summarize.grounding.language import addresses_of, language_of, length_of
from functions.summarize.grounding.language_data import languages_of
from functions.summarize.grounding.names import unsupported_names
from functions.summarize.grounding.style import style_of
from functions.summarize.grounding.subjects import wrong_subjects
from functions.summarize.grounding.texts import PaperText, plain

__all__ = ["Finding", "check", "without"]


def check(answer: Answer, title: str, abstract: str, language: str) -> tuple[Finding, ...]:
    """All that the answer says and the paper's words do not support, and what is wrong with how it says it."""
    text = PaperText(title=title, abstract=abstract)
    return tuple(dict.fromkeys(finding for item in items(answer) for finding in _checked(item, text, language)))


def without(answer: Answer, findings: Iterable[Finding]) -> Answer | None:
    """The answer without the items that have a finding other than style. None without one_line or any key point."""
    return left(answer, {finding.item for finding in findings if finding.kind != "style"})


def _checked(item: Item, text: PaperText, language: str) -> Iterator[Finding]:
    languages = languages_of(language)
    named = [source for source in item.sources if text.holds(source)]
    yield from _missing_sources(item, text)
    support = text.parts() if item.advice or not named else (plain(text.title), *map(plain, named))
    yield from unsupported_amounts(item, support, text.parts(), languages)
    yield from unsupported_names(item, text, support, language)
    yield from wrong_expansions(item, text, language)
    yield from wrong_subjects(item, named or text.sentences(), text.sentences(), language, languages)
    yield from language_of(item, language)
    yield from length_of(item, language)
    yield from addresses_of(item, text.whole)
    yield from style_of(item, language)


def _missing_sources(item: Item, text: PaperText) -> Iterator[Finding]:
    if not item.sources and not item.advice:
        yield Finding(item=item.path, kind="source", said="", why="it names no sentence of the text")
    for source in item.sources:
        if not text.holds(source):
            yield Finding(item=item.path, kind="source", said=source[:80], why="the text has no such sentence")
