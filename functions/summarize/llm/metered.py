"""What the calls of one conversation took, whatever became of them."""

from functions.summarize.llm import AnswerError, LanguageModel, Reply
from functions.summarize.prompt.prompt import Prompt
from shared.model.prices import Usage


class MeteredModel:
    """A language model that notes the tokens of every call that was answered."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self.calls: list[Usage | None] = []
        """None where the service did not say."""

    def ask(self, prompt: Prompt) -> Reply:
        """One call."""
        try:
            reply = self._model.ask(prompt)
        except AnswerError as error:
            self.calls.append(error.usage)
            raise
        self.calls.append(reply.usage)
        return reply
