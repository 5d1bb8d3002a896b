"""An analysis that was paid for is found again, by all that it follows from."""

import pytest

from functions.summarize import step
from functions.summarize.step import origin
from shared.model.facts import EnrichedPaper, Facts
from shared.model.manifest import Plan

PAPER = EnrichedPaper(id="2602.00001", title="Kites", facts=Facts(abstract="We propose a kite."))
RENAMED = PAPER.model_copy(update={"title": "Feeds"})
REWRITTEN = PAPER.model_copy(update={"facts": Facts(abstract="We propose a feed.")})


@pytest.mark.parametrize(
    ("paper", "model", "plan"),
    [(RENAMED, "small", "full"), (REWRITTEN, "small", "full"), (PAPER, "large", "full"), (PAPER, "small", "short")],
    ids=["another title", "another abstract", "another model", "another plan"],
)
def test_an_analysis_of_something_else_has_another_key(paper: EnrichedPaper, model: str, plan: Plan) -> None:
    assert origin(paper, model, plan) != origin(PAPER, "small", "full")


def test_another_prompt_is_another_analysis_and_newer_facts_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    before = origin(PAPER, "small", "full")
    voted = PAPER.model_copy(update={"facts": Facts(abstract="We propose a kite.", comments=7)})
    assert origin(voted, "small", "full") == before
    monkeypatch.setattr(step, "VERSION", "another")
    assert origin(PAPER, "small", "full") != before
