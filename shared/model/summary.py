"""The day's choice of an analysis, with the facts that it was made from: what publish reads of a paper."""

from shared.model.analysis import Analysis
from shared.model.facts import EnrichedPaper


class SummarizedPaper(Analysis):
    """An analysis as it is stored for a day. Release 1.0 reads it as one, and stored no facts with it."""

    paper: EnrichedPaper | None = None

    @classmethod
    def of(cls, analysis: Analysis, paper: EnrichedPaper) -> "SummarizedPaper":
        """The analysis with the facts."""
        return cls.model_construct(**dict(analysis), paper=paper)

    @property
    def analysis(self) -> Analysis:
        """The analysis alone."""
        return Analysis.model_construct(**{name: getattr(self, name) for name in Analysis.model_fields})
