"""Stored values hold codes: a label can be reworded, and what release 1.0 stored as words still looks right."""

import copy
from typing import Any

import pytest

from functions.publish.render import markdown, page
from functions.publish.text import wording
from shared.languages import labels
from shared.model.analysis import Graded
from tests.factories.digests import EDITION, analysis, digest, paper, provenance

CODES = ("code", "weights")
WORDS_OF_1_0 = ("코드 공개", "가중치 공개")
REWORDED = "누구나 볼 수 있는 코드"


def editions(reasons: tuple[str, ...], *findings: str) -> str:
    graded = Graded(grade="medium", reasons=reasons)
    made = provenance().model_copy(update={"findings": findings})
    shown = digest([paper(analysis=analysis(difficulty=graded, provenance=made), provenance=made)])
    return page.render(shown, EDITION) + markdown.top5(shown, EDITION)


@pytest.fixture
def reworded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Labels with another word for public code."""

    def changed(language: str) -> Any:
        words = copy.deepcopy(dict(labels(language)))
        words["grades"]["facts"]["code"] = REWORDED
        return words

    monkeypatch.setattr(wording, "labels", changed)
    monkeypatch.setattr("functions.publish.render.templating.labels", changed)


@pytest.mark.usefixtures("reworded")
@pytest.mark.parametrize("reasons", [CODES, WORDS_OF_1_0], ids=["codes", "words of 1.0"])
def test_a_label_that_is_reworded_keeps_its_tick_and_is_not_missing_beside_it(reasons: tuple[str, ...]) -> None:
    shown = editions(reasons)
    assert f"✓ {REWORDED}" in shown
    assert f"– {REWORDED}" not in shown
    assert "– 라이선스 명시: 초록에 없음" in shown
    assert f"({REWORDED}; 가중치 공개)" in shown


def test_a_reason_without_a_fact_has_no_tick() -> None:
    for reason in ("too_little", "초록만으로는 근거가 부족함"):
        shown = editions((reason,))
        assert "초록만으로는 근거가 부족함" in shown
        assert "✓" not in shown
        assert "too_little" not in shown


def test_what_the_check_left_out_is_told_in_the_readers_words() -> None:
    sentence = "리스크/한계: 원문에 없는 숫자를 쓴 항목을 뺐다."
    assert sentence in editions(CODES, "risks.number")
    assert sentence in editions(CODES, sentence)
    assert "조종하려는" in editions(CODES, "hostile")
