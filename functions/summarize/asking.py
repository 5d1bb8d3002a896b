"""The conversation with a model about one paper: one call, and at most a second one.

The second call names everything wrong at once; after an answer that was cut off it allows twice the tokens.
"""

import secrets
from typing import NamedTuple

from functions.summarize.answer import Answer
from functions.summarize.errors import (
    AnswerError,
    CutOffError,
    FinalError,
    InvalidJsonError,
    SchemaViolationError,
)
from functions.summarize.grounding import Finding, check, without
from functions.summarize.injection import hostile
from functions.summarize.injection.hostile import Screened
from functions.summarize.llm import LanguageModel
from functions.summarize.prompt import prompt, reading
from functions.summarize.prompt.prompt import FENCE_CHARACTERS, Prompt, Question
from shared.store.retry import TryAgainLaterError

SLIPS = frozenset({"length", "style"})
"""What an answer that obeyed nobody gets wrong too."""


class UnsupportedError(AnswerError):
    """After the repair nothing is left that the paper supports."""


class ObeyedError(AnswerError):
    """The answer does what a passage hidden in the paper asks for."""


class Outcome(NamedTuple):
    """What came of the conversation: the answer without what the paper does not support."""

    answer: Answer
    left_out: tuple[Finding, ...]


class _Try(NamedTuple):
    """One reply: an answer with what the check found in it, or an error that a second call may mend."""

    text: str
    answer: Answer | None = None
    findings: tuple[Finding, ...] = ()
    error: AnswerError | None = None

    @property
    def unsupported(self) -> tuple[Finding, ...]:
        """What must not be shown. Style alone is worth no second call."""
        return tuple(finding for finding in self.findings if finding.kind != "style")

    @property
    def problems(self) -> list[str]:
        """Everything that is wrong, in words for the model."""
        if self.error:
            return [self.error.reason]
        return [f"{finding.item}: {finding.said!r}: {finding.why}" for finding in self.findings]


def ask(model: LanguageModel, question: Question, text: Screened) -> Outcome:
    """Raises TryAgainLaterError, or the FinalError that leaves the paper without an analysis."""
    asked = prompt.first(question, secrets.token_hex(FENCE_CHARACTERS // 2))
    tries = [_try(model, asked, question, text)]
    if tries[0].error or tries[0].unsupported:
        tries += _ask_again(model, asked, tries[0], question, text)
    best = next((each for each in reversed(tries) if each.answer), tries[-1])
    if best.answer is None:
        raise best.error or UnsupportedError("no answer")
    kept = without(best.answer, best.unsupported) if best.unsupported else best.answer
    if kept is None:
        raise UnsupportedError("; ".join(best.problems))
    return Outcome(kept, best.unsupported)


def _ask_again(model: LanguageModel, asked: Prompt, first: _Try, question: Question, text: Screened) -> list[_Try]:
    """The second try; none where that call fails and the first answer can stand in part."""
    if isinstance(first.error, CutOffError):
        asked = asked.model_copy(update={"max_tokens": 2 * asked.max_tokens})
    else:
        asked = prompt.repair(asked, first.text, first.problems)
    try:
        return [_try(model, asked, question, text)]
    except ObeyedError:
        raise
    except (TryAgainLaterError, FinalError):
        if first.answer is None:
            raise
        return []


def _try(model: LanguageModel, asked: Prompt, question: Question, text: Screened) -> _Try:
    reply = model.ask(asked)
    try:
        answer = reading.read(
            reply.contents, question.sentences, full=question.plan == "full", whole=not reply.is_cut_off
        )
    except (InvalidJsonError, SchemaViolationError) as error:
        cut_off = CutOffError("the answer was cut off at the limit of tokens", error.text)
        return _Try(text=error.text, error=cut_off if reply.is_cut_off else error)
    reason = hostile.obeyed(answer, text, asked.fence)
    if reason:
        raise ObeyedError(reason)
    findings = check(answer, text.title, text.abstract, question.language)
    if text.signs and any(finding.kind not in SLIPS for finding in findings):
        raise ObeyedError(f"the paper is hostile, and its answer is not supported: {findings[0].item}")
    return _Try(text=reading.quote(reply.contents), answer=answer, findings=findings)
