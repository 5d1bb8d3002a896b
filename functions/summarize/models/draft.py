"""The embedded default: the extractive draft, made without a language model."""

from datetime import date

from shared.analysis import Analysis
from shared.draft import draft
from shared.facts import EnrichedPaper
from shared.papers import Plan


class DraftSummarizer:
    """Sentences of the paper itself, the same in every language."""

    costs_money = False

    def analyse(self, paper: EnrichedPaper, day: date, language: str, plan: Plan) -> Analysis:  # noqa: ARG002
        """The draft."""
        return draft(paper.title, paper.facts.abstract)
