"""The conversation with a model about one paper: one call, and at most a second one, then what the findings do.

The second call names everything wrong at once; after an answer that was cut off it allows twice the tokens.
"""

import secrets
from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from functions.summarize.answer import Answer
from functions.summarize.errors import (
    AnswerError,
    CutOffError,
    FinalError,
    InvalidJsonError,
    NoAnswerError,
    SchemaViolationError,
)
from functions.summarize.grounding import check, check_whole
from functions.summarize.grounding.findings import LEFT_OUT, REPAIRED, Finding, Severity
from functions.summarize.injection import hostile
from functions.summarize.injection.hostile import Screened
from functions.summarize.llm import LanguageModel
from functions.summarize.prompt import prompt, reading
from functions.summarize.prompt.prompt import FENCE_CHARACTERS, Prompt, Question, describe
from shared.draft.extract import draft
from shared.model.analysis import Statement
from shared.model.texts import drop_items
from shared.store.retry import TryAgainLaterError


class Checked(NamedTuple):
    """An answer and what the check found in it."""

    answer: Answer
    findings: Sequence[Finding]


class Decision(NamedTuple):
    """The answer that is shown, and the findings for which items were left out of it."""

    answer: Answer
    left_out: tuple[Finding, ...]


def needs_repair(findings: Iterable[Finding]) -> bool:
    """Whether a finding is worth a second call. Length, style, and a row that is left out are not."""
    return any(finding.severity in REPAIRED for finding in findings)


def choose(tries: Sequence[Checked]) -> Checked:
    """The answer of which more is kept; of equal ones the one with fewer findings, then the later one."""

    def items(each: Checked, severities: Container[Severity]) -> int:
        return len({finding.item for finding in each.findings if finding.severity in severities})

    return max(reversed(tries), key=lambda each: (-items(each, LEFT_OUT), -items(each, REPAIRED)))


def decide(answer: Answer, findings: Sequence[Finding], title: str, abstract: str) -> Decision:
    """Leaves out the items whose number, name or expansion is not in the evidence. There is always an analysis.

    A one-line that is left out, or is in another language, falls back to the first key point that is neither, then to
    the draft's, as key points do.
    """
    removed = tuple(
        finding
        for finding in findings
        if finding.severity in LEFT_OUT or (finding.item == "one_line" and finding.kind == "language")
    )
    if not removed:
        return Decision(answer, ())
    kept = drop_items(answer, {finding.item for finding in removed})
    extract = draft(title, abstract)
    points = kept.key_points or extract.key_points
    if kept.one_line is None:
        unfit = {finding.item for finding in findings if finding.severity in LEFT_OUT or finding.kind == "language"}
        fit = (point for place, point in enumerate(answer.key_points) if f"key_points.{place}" not in unfit)
        one_line = next(fit, extract.one_line)
        statement = Statement(text=one_line.text, sources=one_line.sources)
        kept = kept.model_copy(update={"one_line": statement})
    return Decision(kept.model_copy(update={"key_points": points}), removed)


class _Try(NamedTuple):
    """One reply: an answer with what the check found in it, or an error that a second call may mend."""

    text: str
    checked: Checked | None = None
    error: AnswerError | None = None

    def problems(self, language: str) -> list[str]:
        """Everything that is wrong, in words for the model."""
        if self.checked is None:
            return [self.error.reason] if self.error else []
        return [describe(finding, language) for finding in self.checked.findings]


def ask(model: LanguageModel, question: Question, text: Screened) -> Decision:
    """Raises TryAgainLaterError, or the FinalError of a model that gave no answer. The check costs no analysis."""
    asked = prompt.first(question, secrets.token_hex(FENCE_CHARACTERS // 2))
    first = _try(model, asked, question, text)
    tries = [first]
    if first.checked is None or needs_repair(first.checked.findings):
        tries += _ask_again(model, asked, first, question, text)
    answers = [each.checked for each in tries if each.checked]
    if not answers:
        raise tries[-1].error or NoAnswerError("no answer")
    best = choose(answers)
    return decide(best.answer, best.findings, text.title, text.abstract)


def _ask_again(model: LanguageModel, asked: Prompt, first: _Try, question: Question, text: Screened) -> list[_Try]:
    """The second try; none where that call fails and the first answer can stand in part."""
    if isinstance(first.error, CutOffError):
        asked = asked.model_copy(update={"max_tokens": 2 * asked.max_tokens})
    else:
        asked = prompt.repair(asked, first.text, first.problems(question.language))
    try:
        return [_try(model, asked, question, text)]
    except (TryAgainLaterError, FinalError):
        if first.checked is None:
            raise
        return []


def _try(model: LanguageModel, asked: Prompt, question: Question, text: Screened) -> _Try:
    reply = model.ask(asked)
    try:
        answer = reading.read(
            reply.contents,
            question.sentences,
            plan=question.plan,
            whole=not reply.is_cut_off,
            title=question.title,
        )
    except (InvalidJsonError, SchemaViolationError) as error:
        cut_off = CutOffError("the answer was cut off at the limit of tokens", error.text)
        return _Try(text=error.text, error=cut_off if reply.is_cut_off else error)
    findings = (
        *hostile.find_obedience(answer, text, asked.fence),
        *_check(answer, question, text),
    )
    return _Try(text=reading.quote(reply.contents), checked=Checked(answer, findings))


def _check(answer: Answer, question: Question, text: Screened) -> tuple[Finding, ...]:
    if not text.body:
        return check(answer, text.title, text.abstract, question.language)
    body = [each.text for each in text.body]
    return check_whole(answer, text.title, question.sentences[: -len(body)], body, question.language)
