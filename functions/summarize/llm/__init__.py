"""The language models, and what stands in for one: each analyses a paper in a language."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from functions.summarize.prompt.prompt import Prompt
from shared.model.analysis import Analysis
from shared.model.facts import EnrichedPaper
from shared.model.frozen import Frozen
from shared.model.manifest import Plan
from shared.model.prices import Usage
from shared.store.retry import TryAgainLaterError


class Summarizer(Protocol):
    """Analyses one paper."""

    costs_money: bool
    """What was paid for is stored and found again, whatever becomes of the day."""

    def analyse(self, paper: EnrichedPaper, day: date, language: str, plan: Plan) -> Analysis:
        """The analysis, with its provenance.

        Raises TryAgainLaterError where the model is throttled or down, FinalError where no further attempt would help.
        """
        ...


class Reply(Frozen):
    """What a model answered: the input of the tool it was told to call, or text that should be JSON."""

    content: Mapping[str, Any] | str
    stop_reason: str
    usage: Usage | None = None
    """None: the service did not say."""


class LanguageModel(Protocol):
    """A model behind a network: one call, one reply."""

    def ask(self, prompt: Prompt) -> Reply:
        """Raises TryAgainLaterError where the model is throttled or down, else a FinalError."""
        ...


class FinalError(RuntimeError):
    """No further attempt would help: the paper is settled without an analysis."""

    cost_usd: float | None = 0.0
    """What the model's answers cost all the same; None where their price is not known."""


class SlowModelError(TryAgainLaterError):
    """The model was asked, and gave no answer in time. The next one may come in time, and many more cost much time."""


class TooSlowError(FinalError):
    """The model gave no answer in time again and again."""


class ConfigurationError(FinalError):
    """The model cannot be asked as it is set up. The text says which parameter to look at."""


class OtherInterfaceError(ConfigurationError):
    """Somebody answers, and speaks another interface than the one that was asked for."""


class RejectedRequestError(FinalError):
    """The model's service refuses this very request; the same again would be refused again."""


class AnswerError(FinalError):
    """The model answered, and not with an analysis."""

    def __init__(self, reason: str, said: str = "", usage: Usage | None = None) -> None:
        super().__init__(reason)
        self.reason, self.said, self.usage = reason, said, usage


class RefusedError(AnswerError):
    """The model declined, or its service filtered what it said."""


class GuardrailError(AnswerError):
    """A guardrail of the account stepped in."""


class CutOffError(AnswerError):
    """The answer was longer than allowed and ends in the middle."""


class InvalidJsonError(AnswerError):
    """The answer is text that is not the JSON object that was asked for."""


class SchemaViolationError(AnswerError):
    """The answer is JSON of another shape; the reason names every field that is wrong."""
