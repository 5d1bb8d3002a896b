"""The analyses that the project wrote for the bundled sample day: an example, and nothing for any other day."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from shared.model.analysis import Analysis, Provenance
from shared.model.facts import EnrichedPaper
from shared.model.manifest import Plan

SAMPLE_DAY = date(2026, 2, 22)
"""A Sunday without a list of its own: the sample never mixes with a real day."""
FOLDER = Path(__file__).parent / "sample_day"

_PROVENANCE = Provenance(source="sample", model="sample", prompt_version="sample.1", text_read="abstract")


class SampleRefusedError(ValueError):
    """The sample was asked for what it does not hold."""


class SampleSummarizer:
    """Gives back the analyses that were written for the sample day."""

    costs_money = False

    def analyse(self, paper: EnrichedPaper, day: date, language: str, plan: Plan) -> Analysis:
        """Raises SampleRefusedError, naming the field and the value, for any other day, language or paper."""
        if day != SAMPLE_DAY:
            raise SampleRefusedError(f"day: the sample is of {SAMPLE_DAY}, got '{day}'")
        if language not in _languages():
            raise SampleRefusedError(f"language: the sample is in {', '.join(_languages())}, got {language!r}")
        analysis = _analyses(language).get(paper.id)
        if analysis is None:
            raise SampleRefusedError(f"id: the sample does not hold {paper.id!r}")
        return analysis if plan == "full" else _short(analysis)


def _short(analysis: Analysis) -> Analysis:
    return Analysis(
        one_line=analysis.one_line,
        key_points=analysis.key_points,
        tags=analysis.tags,
        provenance=analysis.provenance,
    )


@cache
def _languages() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


@cache
def _analyses(language: str) -> Mapping[str, Analysis]:
    contents = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return {
        paper_id: Analysis.model_validate({**content, "provenance": _PROVENANCE})
        for paper_id, content in contents.items()
    }
