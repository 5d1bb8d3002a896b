"""The analyses that the project wrote for the bundled sample day: an example of a model's answers."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from shared.model.analysis import Analysis, Provenance
from shared.store import keys

SAMPLE_DAY = date(2026, 2, 22)
"""A Sunday without a list of its own: the sample never mixes with a real day."""
ANALYSES = Path(__file__).parent / "analyses"
_PROVENANCE = Provenance(source="sample", model="sample", prompt_version="sample.1", text_read="abstract")


def analyses(language: str) -> Mapping[str, Analysis]:
    """By the paper's id; none in a language that the sample does not have."""
    file = ANALYSES / f"{language}.json"
    stored = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return {name: Analysis.model_validate({**content, "provenance": _PROVENANCE}) for name, content in stored.items()}


def write(out: Path, languages: Sequence[str]) -> None:
    """Stores the analyses that the day does not have yet. The chain keeps an analysis that is there."""
    for language in languages:
        for paper_id, analysis in analyses(language).items():
            file = out / keys.summary(SAMPLE_DAY, language, paper_id)
            if not file.exists():
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(analysis.model_dump_json(by_alias=True), encoding="utf-8")
