"""Items from a whole paper are held against the sentences that they cite, and rows against which number is whose."""

from typing import Any

import pytest

from functions.summarize.answer import Answer
from functions.summarize.grounding import check_whole
from functions.summarize.grounding.comparisons import is_shown
from functions.summarize.grounding.findings import LEFT_OUT, Finding
from functions.summarize.grounding.passage import Passage
from functions.summarize.grounding.whole import RULES
from functions.summarize.prompt.prompt import describe
from shared.model.analysis import Result
from tests.factories import whole_texts

ABSTRACT = ("Kites crash when the wind turns.", "We propose KiteNet, which hears a gust before it arrives.")
BODY = (
    whole_texts.RESULT,
    whole_texts.FROM_TO,
    f"{whole_texts.CAPTION} {whole_texts.ROWS}",
    whole_texts.ABLATION,
    whole_texts.HARDWARE,
    "LineNet was trained on 64 H100 GPUs.",
)


def removed(**fields: Any) -> set[tuple[str, str]]:
    content = {"one_line": {"text": "It hears a gust.", "sources": [ABSTRACT[1]]}, "key_points": [], **fields}
    found = check_whole(Answer.model_validate(content), whole_texts.TITLE, ABSTRACT, BODY, "en")
    return {(each.item, each.rule) for each in found if each.severity in LEFT_OUT}


def statement(text: str, *sources: str) -> dict[str, Any]:
    return {"text": text, "sources": sources}


def row(value: str, baseline: str, source: str = whole_texts.RESULT, **more: str) -> dict[str, Any]:
    return {"measure": "accuracy", "value": value, "baseline": baseline, "source": source, "on": "GustBench", **more}


def test_what_the_cited_sentence_says_stands() -> None:
    assert not removed(
        setup=[{"kind": "compute", **statement("8 A100 GPUs for 36 hours", whole_texts.HARDWARE)}],
        ablation=statement("Without the microphone accuracy drops to 65.1%.", whole_texts.ABLATION),
        results=[row("74.0%", "61.0%", compared_with="LineNet"), row("2.1", "4.2", whole_texts.FROM_TO, on="")],
    )


@pytest.mark.parametrize("text", ["16 A100 GPUs for 36 hours", "8 A100 GPUs reach 65.1%"])
def test_a_number_that_is_wrong_or_of_another_sentence_is_found(text: str) -> None:
    assert removed(setup=[{"kind": "compute", **statement(text, whole_texts.HARDWARE)}]) == {
        ("setup.0", "number.absent")
    }


def test_the_machine_of_another_sentence_is_found() -> None:
    setup = [{"kind": "compute", **statement("8 H100 GPUs for 36 hours", whole_texts.HARDWARE)}]
    assert removed(setup=setup) == {("setup.0", "name.elsewhere")}


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("finding", RULES, ids=[each.rule for each in RULES])
def test_every_rule_of_whole_texts_has_words_for_the_model(finding: Finding, language: str) -> None:
    assert describe(finding, language).startswith(f"{finding.item}: ")


def test_a_name_may_stand_anywhere_in_the_text_and_must_stand_somewhere() -> None:
    assert not removed(limits=[statement("LineNet was not flown at night.", whole_texts.ABLATION)])
    assert removed(limits=[statement("GlideNet-9 was not flown at night.", whole_texts.ABLATION)])


@pytest.mark.parametrize(
    "wrong",
    [
        row("61.0%", "74.0%", compared_with="LineNet"),
        row("61.0%", "74.0%"),
        row("4.2", "2.1", whole_texts.FROM_TO, on=""),
        row("74.0", "61.0", f"{whole_texts.CAPTION} {whole_texts.ROWS}", compared_with="LineNet"),
        row("74.0%", "65.1%"),
    ],
    ids=["exchanged", "exchanged without a name", "exchanged from to", "of a table", "of another sentence"],
)
def test_a_row_that_its_sentence_does_not_tell_is_not_shown(wrong: dict[str, Any]) -> None:
    assert "results.0" in {item for item, _ in removed(results=[wrong])}


@pytest.mark.parametrize(
    ("sentence", "value", "baseline", "name"),
    [
        ("KiteNet reaches 74.0% on GustBench, compared with 61.0% for LineNet.", "74.0%", "61.0%", "LineNet"),
        ("KiteNet improves accuracy from 61.0% to 74.0%.", "74.0%", "61.0%", ""),
        ("KiteNet outperforms LineNet (61.0%) by reaching 74.0%.", "74.0%", "61.0%", "LineNet"),
        ("With 74.0% accuracy, KiteNet surpasses the 61.0% of LineNet.", "74.0%", "61.0%", "LineNet"),
        ("LineNet reaches 61.0%, while KiteNet reaches 74.0%.", "74.0%", "61.0%", "LineNet"),
        ("Our model needs 2.1 s, whereas prior work needs 4.2 s.", "2.1 s", "4.2 s", ""),
        ("It achieves 31% success, substantially outperforming the 4% success rate of prior work.", "31%", "4%", ""),
        ("Success falls from 96.5% to 43.1% under attack.", "43.1%", "96.5%", ""),
        ("It lifts the average (61.0% → 74.0%).", "74.0%", "61.0%", ""),
        ("KiteNet scores 74.0 vs. 61.0 on GustBench.", "74.0", "61.0", ""),
    ],
)
def test_a_sentence_tells_which_number_is_whose(sentence: str, value: str, baseline: str, name: str) -> None:
    passage = Passage(sentence, ("en",), is_evidence=True)
    stated = Result(measure="accuracy", value=value, baseline=baseline, compared_with=name, source=sentence)
    assert is_shown(stated, passage)
    assert not is_shown(stated.model_copy(update={"value": baseline, "baseline": value}), passage)


@pytest.mark.parametrize("sentence", ["The two reach 74.0% and 61.0%.", "Scores are 74.0% / 61.0% on GustBench."])
def test_a_sentence_that_does_not_tell_shows_neither(sentence: str) -> None:
    passage = Passage(sentence, ("en",), is_evidence=True)
    for value, baseline in (("74.0%", "61.0%"), ("61.0%", "74.0%")):
        assert not is_shown(Result(measure="m", value=value, baseline=baseline, source=sentence), passage)


def test_powers_of_ten_are_read_whatever_their_exponent() -> None:
    for sentence in ("The learning rate is 17⁻² at first.", "It needs 3×10⁻¹² J.", "About 10² flights."):
        assert Passage(sentence, ("en",), is_evidence=True).numbers
