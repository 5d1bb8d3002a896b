"""The check that holds an analysis against the paper's own words. No model judges a model: values are compared."""

from functions.summarize.answer import Answer
from functions.summarize.grounding.findings import Finding
from functions.summarize.grounding.passage import evidence
from functions.summarize.grounding.rules import check_text
from functions.summarize.grounding.whole import check_whole
from shared.languages.files import languages_of
from shared.model.texts import texts

__all__ = ["Finding", "check", "check_whole"]


def check(answer: Answer, title: str, abstract: str, language: str) -> tuple[Finding, ...]:
    """All that the answer says and the paper's words do not support, and what is wrong with how it says it."""
    languages = languages_of(language)
    read = evidence(title, abstract, languages)
    found = (
        finding
        for text in texts(answer)
        if text.declared.kind != "topic"
        for finding in check_text(text, read, languages)
    )
    return tuple(dict.fromkeys(found))
