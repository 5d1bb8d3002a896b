"""What goes wrong between a paper and its analysis: settled at once, tried again later, or mended by a second call."""

from shared.model.prices import Usage
from shared.store.retry import TryAgainLaterError


class FinalError(RuntimeError):
    """No further attempt would help: the paper is settled without an analysis."""

    def __init__(self, reason: str, usage: Usage | None = None, cost_usd: float | None = 0.0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.usage = usage
        """The tokens that are paid for all the same."""
        self.cost_usd = cost_usd
        """What they cost; None where the price is not known."""


class ConfigurationError(FinalError):
    """The model cannot be asked with these parameters. The text names the one to look at."""


class OtherInterfaceError(ConfigurationError):
    """Somebody answers, in another interface than the one that was asked for."""


class RejectedRequestError(FinalError):
    """The model's service refuses this request in every dialect."""


class TooLongError(FinalError):
    """Prompt and answer do not fit into the model's window, or into what it may write at once."""


class NoAnswerError(FinalError):
    """The model was asked more than once, and no whole answer came."""


class UnreadableAnswerError(FinalError):
    """The model answered, and reading its answer failed in a way that nobody foresaw."""


class AnswerError(FinalError):
    """The model answered, and not with an analysis."""

    def __init__(self, reason: str, text: str = "", usage: Usage | None = None) -> None:
        super().__init__(reason, usage)
        self.text = text


class RefusedError(AnswerError):
    """The model declined."""


class GuardrailError(AnswerError):
    """A guardrail or a filter of the service stepped in."""


class CutOffError(AnswerError):
    """The answer reached the limit of tokens before it was whole."""


class InvalidJsonError(AnswerError):
    """The answer is text without the JSON object that was asked for."""


class SchemaViolationError(AnswerError):
    """The answer is JSON of another shape; the reason names every field that is wrong."""


class LostAnswerError(TryAgainLaterError):
    """The model was asked, and its answer came too late, broken or not at all: it may be paid for all the same."""

    def __init__(self, reason: str, seconds: int | None = None, usage: Usage | None = None) -> None:
        super().__init__(reason, seconds)
        self.usage = usage
