"""One call, at most one repair, and what stays unsupported is left out."""

from collections.abc import Mapping
from typing import Any

import pytest

from functions.summarize.errors import FinalError, LostAnswerError, RefusedError
from functions.summarize.llm import Reply
from functions.summarize.pipeline import ModelSummarizer, NothingToReadError, spelled
from functions.summarize.prompt.prompt import Prompt
from shared.model.facts import EnrichedPaper, Facts
from shared.model.prices import Price, Usage
from shared.store.retry import TryAgainLaterError
from tests.factories.hostile_texts import ORDER
from tests.factories.model_stub import Asked, honest

ABSTRACT = "Agents forget. We propose a memory, which halves the error. It reaches 91.5% accuracy."
USAGE = Usage(input_tokens=1000, output_tokens=100)
INVENTED: Mapping[str, Any] = {
    "text": "오차를 절반으로 줄이고 정확도 97.3%에 이르는 방법을 제안한다.",
    "sources": [2, 3],
}


class Scripted:
    """Says what is in its script: fields that differ from an honest answer, a text that was cut off, or an error."""

    def __init__(self, *script: Mapping[str, Any] | str | Exception) -> None:
        self.script, self.asked = list(script), list[Prompt]()

    def ask(self, prompt: Prompt) -> Reply:
        self.asked.append(prompt)
        said = self.script.pop(0)
        if isinstance(said, Exception):
            raise said
        if isinstance(said, str):
            return Reply(contents=(said,), text=said, usage=USAGE, is_cut_off=True)
        content = {**honest(Asked("openai", prompt.system, prompt.text)), **said}
        if "{fence}" in str(said):
            content["tags"] = [prompt.fence]
        return Reply(contents=(content,), text="{}", usage=USAGE)


def analyse(model: Scripted, abstract: str = ABSTRACT, plan: Any = "full") -> Any:
    paper = EnrichedPaper(id="2602.00001", title="A Memory", facts=Facts(abstract=abstract))
    summarizer = ModelSummarizer("openai:small", model, Price(input=1, output=10))
    return summarizer.analyse(paper, "ko", plan)


def test_a_true_answer_takes_one_call() -> None:
    model = Scripted({})
    analysis = analyse(model)
    assert len(model.asked) == 1
    assert analysis.provenance.findings == ()
    assert analysis.provenance.cost_usd == pytest.approx(0.002)
    assert analysis.one_line.sources == (
        "We propose a memory, which halves the error.",
        "It reaches 91.5% accuracy.",
    )


def test_there_are_never_more_than_two_calls_and_always_an_analysis() -> None:
    model = Scripted({"one_line": INVENTED}, {"one_line": INVENTED}, {})
    analysis = analyse(model)
    assert len(model.asked) == 2
    assert analysis.one_line.text == analysis.key_points[0].text
    assert analysis.provenance.findings == ("one_line.number",)


def test_of_two_answers_the_one_that_keeps_more_is_kept() -> None:
    first = {"risks": [INVENTED]}
    second = {"one_line": INVENTED, "risks": [INVENTED], "key_points": [{**INVENTED, "role": "result"}] * 3}
    analysis = analyse(Scripted(first, second))
    assert "97.3" not in str(analysis)
    assert len(analysis.key_points) >= 1
    assert analysis.provenance.findings == ("risks.number",)


@pytest.mark.parametrize("text", ["짧음", "오차를 절반으로 줄이는 기억 " * 40])
def test_what_is_too_short_or_too_long_costs_no_call_and_is_kept(text: str) -> None:
    model = Scripted({"risks": [{"text": text, "sources": [2]}]})
    assert [risk.text for risk in analyse(model).risks] == [text.strip()]
    assert len(model.asked) == 1


def test_style_alone_is_not_paid_for() -> None:
    model = Scripted({"developer_view": {"text": "에이전트를 만드는 분께 도움이 됩니다.", "sources": [2]}})
    assert analyse(model).developer_view is not None
    assert len(model.asked) == 1


def test_style_is_mended_where_there_is_a_repair_anyway() -> None:
    polite = {"text": "에이전트를 만드는 분께 도움이 됩니다.", "sources": [2]}
    model = Scripted({"developer_view": polite, "one_line": INVENTED}, {})
    analyse(model)
    assert "developer_view: " in model.asked[1].text
    assert "one_line: " in model.asked[1].text


def test_an_answer_that_was_cut_off_is_asked_for_once_more_and_both_are_paid_for() -> None:
    analysis = analyse(Scripted("{", {}))
    assert analysis.provenance.input_tokens == 2000


def test_a_refusal_is_not_argued_with() -> None:
    model = Scripted(RefusedError("no"), {})
    with pytest.raises(RefusedError):
        analyse(model)
    assert len(model.asked) == 1


@pytest.mark.parametrize("error", [TryAgainLaterError("slow"), RefusedError("no"), "{"])
def test_where_the_repair_fails_the_first_answer_stands_without_what_was_wrong(error: Exception | str) -> None:
    analysis = analyse(Scripted({"risks": [INVENTED]}, error))
    assert analysis.risks == ()
    assert analysis.detail is not None
    assert len(analysis.provenance.findings) == 1


def test_a_throttled_repair_of_no_answer_is_tried_again_later() -> None:
    with pytest.raises(LostAnswerError) as raised:
        analyse(Scripted("{", TryAgainLaterError("slow")))
    assert raised.value.cost_usd == pytest.approx(0.002)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"tags": ["{fence}"]}, "tags"),
        ({"tags": ["PWNED"]}, "tags"),
        ({"risks": [{"text": "자세한 것은 https://evil.example 참조", "sources": [2]}]}, "risks"),
        ({"risks": [INVENTED]}, "risks"),
    ],
)
def test_an_answer_to_a_hostile_text_is_repaired_and_shown_like_any_other(said: Mapping[str, Any], field: str) -> None:
    repaired = Scripted(said, {})
    assert analyse(repaired, f"{ABSTRACT} {ORDER}").detail is not None
    assert len(repaired.asked) == 2
    stubborn = analyse(Scripted(said, said), f"{ABSTRACT} {ORDER}")
    assert "PWNED" not in str(stubborn)
    assert "evil" not in str(stubborn)
    assert stubborn.risks == () or field == "tags"
    assert stubborn.detail is not None


def test_a_hostile_text_with_an_honest_answer_is_flagged() -> None:
    model = Scripted({})
    analysis = analyse(model, f"{ABSTRACT} {ORDER}")
    assert analysis.provenance.findings == ("hostile",)
    assert "PWNED" not in model.asked[0].text


@pytest.mark.parametrize("abstract", ["", "  ", ORDER])
def test_nothing_is_asked_about_a_paper_that_says_nothing(abstract: str) -> None:
    model = Scripted()
    with pytest.raises(NothingToReadError):
        analyse(model, abstract)


def test_every_call_has_a_fence_of_its_own() -> None:
    model = Scripted({}, {})
    analyse(model)
    analyse(model)
    assert model.asked[0].fence != model.asked[1].fence


def test_tags_are_spelled_as_the_vocabulary_does() -> None:
    assert spelled(["agent", "rl", "In-Car Assistant", "Agent"], []) == ("Agent", "RL", "In-Car Assistant")
    assert spelled([], ["Agent"]) == ("Agent",)


@pytest.mark.parametrize(
    ("script", "cost"),
    [
        (["{", RefusedError("no", usage=USAGE)], 0.004),
        ([RefusedError("no", usage=USAGE)], 0.002),
        ([RefusedError("no")], 0.0),
    ],
    ids=["cut off, then refused", "refused", "nothing known"],
)
def test_an_analysis_that_fails_still_says_what_it_cost(script: list[Any], cost: float) -> None:
    with pytest.raises(FinalError) as raised:
        analyse(Scripted(*script))
    assert raised.value.cost_usd == pytest.approx(cost)
