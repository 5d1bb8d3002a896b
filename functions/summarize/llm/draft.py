"""The embedded default: the extractive draft, made without a language model."""

from shared.draft.extract import draft
from shared.model.analysis import Analysis
from shared.model.facts import EnrichedPaper
from shared.model.manifest import Plan


class DraftSummarizer:
    """Sentences of the paper itself, the same in every language."""

    costs_money = False

    def analyse(self, paper: EnrichedPaper, language: str, plan: Plan, markdown: str = "") -> Analysis:  # noqa: ARG002
        """The draft."""
        return draft(paper.title, paper.facts.abstract, paper.facts.summary)
