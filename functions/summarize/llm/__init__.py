"""The language models: each answers one question about a paper."""

from typing import Protocol

from functions.summarize.llm.reply import Reply
from functions.summarize.prompt.prompt import Prompt


class LanguageModel(Protocol):
    """A model behind a network: one call, one reply."""

    def ask(self, prompt: Prompt) -> Reply:
        """Raises TryAgainLaterError where the model is throttled or down, else a FinalError."""
        ...
