"""The language models: each answers one question about a paper, with the tokens that are paid for it."""

from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any, Protocol

from functions.summarize.errors import FinalError, LostAnswerError
from functions.summarize.prompt.prompt import Prompt, count_tokens
from shared.model.frozen import Frozen
from shared.model.prices import Usage

Content = Mapping[str, Any] | str
"""The input of a tool that the model called, or text that should hold JSON."""
_READ = ("prompt_tokens", "input_tokens", "inputTokens")
_WRITTEN = ("completion_tokens", "output_tokens", "outputTokens")
"""What the services call the tokens read and written."""


class Reply(Frozen):
    """What a model answered."""

    contents: tuple[Content, ...]
    """Where the filled form may be, the most likely place first: some servers put it among the model's thoughts."""
    text: str
    """The model's text without its reasoning; empty where it only reasoned."""
    usage: Usage
    is_cut_off: bool = False
    """The answer reached a limit of tokens."""


def read_usage(counted: Any, prompt: Prompt, written: Iterable[str]) -> Usage:
    """The tokens that a service counted. What it counts as nothing, or in no number, is estimated from characters."""
    read, answered = _number(counted, _READ), _number(counted, _WRITTEN)
    if read and answered is not None:
        return Usage(input_tokens=read, output_tokens=answered)
    return Usage(
        input_tokens=read or count_tokens(prompt.with_form + prompt.text),
        output_tokens=answered or sum(map(count_tokens, written)),
        is_estimated=True,
    )


def _number(counted: Any, names: Iterable[str]) -> int | None:
    """The first of these fields that holds a count, be it a float or text."""
    for name in names:
        value = counted.get(name) if isinstance(counted, Mapping) else None
        try:
            number = float(value if isinstance(value, int | float | str) and not isinstance(value, bool) else "")
        except ValueError:
            continue
        if isfinite(number) and number >= 0:
            return int(number)
    return None


class LanguageModel(Protocol):
    """A model behind a network: one call, one reply."""

    def ask(self, prompt: Prompt) -> Reply:
        """Raises TryAgainLaterError where the model is throttled or down, else a FinalError."""


class MeteredModel:
    """A language model that notes the tokens of every call that was answered, whatever became of it."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self.calls: list[Usage] = []

    def ask(self, prompt: Prompt) -> Reply:
        """One call."""
        try:
            reply = self._model.ask(prompt)
        except (FinalError, LostAnswerError) as error:
            self.calls += [error.usage] if error.usage else []
            raise
        self.calls.append(reply.usage)
        return reply
