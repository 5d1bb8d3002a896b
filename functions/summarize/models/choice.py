"""Which summarizer a model's name means."""

from functools import cache

from functions.summarize.models import Summarizer
from functions.summarize.models.draft import DraftSummarizer
from functions.summarize.models.sample import SampleSummarizer


class UnknownModelError(ValueError):
    """A model's name that no summarizer answers to."""


@cache
def summarizer(model: str) -> Summarizer:
    """Raises UnknownModelError naming those there are."""
    match model:
        case "draft":
            return DraftSummarizer()
        case "sample":
            return SampleSummarizer()
    raise UnknownModelError(f"model: {model!r} is neither draft nor sample")
