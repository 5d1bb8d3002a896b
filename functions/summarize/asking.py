"""The conversation with a model about one paper: one call, and at most a second one.

The second call names everything wrong at once; after an answer that was cut off it allows twice the tokens.
"""

import secrets
from typing import NamedTuple

from functions.summarize.answer import Answer
from functions.summarize.decision import Checked, choose, decide, needs_repair
from functions.summarize.errors import (
    AnswerError,
    CutOffError,
    FinalError,
    InvalidJsonError,
    NoAnswerError,
    SchemaViolationError,
)
from functions.summarize.grounding import Finding, check, check_whole
from functions.summarize.injection import hostile
from functions.summarize.injection.hostile import Screened
from functions.summarize.llm import LanguageModel
from functions.summarize.prompt import prompt, reading
from functions.summarize.prompt.problems import describe
from functions.summarize.prompt.prompt import FENCE_CHARACTERS, Prompt, Question
from shared.store.retry import TryAgainLaterError


class Outcome(NamedTuple):
    """What came of the conversation: the answer without what the paper does not support."""

    answer: Answer
    left_out: tuple[Finding, ...]


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


def ask(model: LanguageModel, question: Question, text: Screened) -> Outcome:
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
    return Outcome(*decide(best.answer, best.findings, text.title, text.abstract))


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
