"""What the calls of one conversation took, whatever became of them."""

from functions.summarize.errors import FinalError, LostAnswerError
from functions.summarize.llm import LanguageModel
from functions.summarize.llm.reply import Reply
from functions.summarize.prompt.prompt import Prompt
from shared.model.prices import Usage


class MeteredModel:
    """A language model that notes the tokens of every call that was answered."""

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
