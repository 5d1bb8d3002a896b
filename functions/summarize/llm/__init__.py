"""The language models: each answers one question about a paper."""

from typing import Protocol

from functions.summarize.errors import FinalError, LostAnswerError
from functions.summarize.llm.reply import Reply
from functions.summarize.prompt.prompt import Prompt
from shared.model.prices import Usage


class LanguageModel(Protocol):
    """A model behind a network: one call, one reply."""

    def ask(self, prompt: Prompt) -> Reply:
        """Raises TryAgainLaterError where the model is throttled or down, else a FinalError."""
        ...


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
