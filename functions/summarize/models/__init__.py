"""The language models, and what stands in for one: each analyses a paper in a language."""

from datetime import date
from typing import Protocol

from shared.analysis import Analysis
from shared.facts import EnrichedPaper
from shared.papers import Plan


class Summarizer(Protocol):
    """Analyses one paper."""

    costs_money: bool
    """What was paid for is stored and found again, whatever becomes of the day."""

    def analyse(self, paper: EnrichedPaper, day: date, language: str, plan: Plan) -> Analysis:
        """The analysis, with its provenance. Raises TryAgainLaterError where the model is throttled or down."""
        ...
