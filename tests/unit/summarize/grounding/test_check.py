"""The check of an answer against the paper's own words."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.summarize.answer import Answer
from functions.summarize.grounding import check, without
from functions.summarize.grounding.numbers import quantities
from shared.model.analysis import KeyPoint, Number, Statement
from shared.text.sentences import sentences
from tests.factories.places import REFERENCE

TITLE = "TidalNet: Agents for Phones"
ABSTRACT = (
    "We present TidalNet, a 400B mixture-of-experts model trained on 17 trillion tokens. "
    "It obtains 56.5 on OSWorld and 71.6 on AndroidWorld. "
    "Soft Routing Memory (SRM) makes it 16.2x faster and cuts energy by 95%. "
    "Experiments with reinforcement learning take two days."
)
SENTENCES = sentences(ABSTRACT)
ONE_LINE = "총 4000억 파라미터의 TidalNet을 17조 토큰으로 학습한 휴대전화 에이전트 모델을 제안한다."


def answer(point: str, *places: int, one_line: str = ONE_LINE, **fields: Any) -> Answer:
    return Answer(
        one_line=Statement(text=one_line, sources=(SENTENCES[0],)),
        key_points=(KeyPoint(text=point, sources=tuple(SENTENCES[place] for place in places or range(4))),),
        **fields,
    )


def kinds(point: str, *places: int, language: str = "ko", **fields: Any) -> set[tuple[str, str]]:
    found = check(answer(point, *places, **fields), TITLE, ABSTRACT, language)
    return {(finding.item, finding.kind) for finding in found}


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        ("16.2배", "16.2x"), ("16.2배", "16.2×"), ("17조", "17 trillion"), ("4000억", "400B"), ("4천억", "400 billion"),
        ("95퍼센트", "95%"), ("95%", "95 percent"), ("두 배", "doubles"), ("두 배", "2x"), ("세 가지", "three"),
        ("13.6억", "1.36B"), ("3.2억", "320 million"), ("절반", "half"), ("2억 3천만", "230M"), ("3분의 1", "a third"),
        ("1만 2천 시간", "12,000 hours"), ("300만 달러", "$3 million"), ("스물 다섯", "twenty-five"), ("10개", "ten"),
        ("3차원", "3D"),
    ],
)  # fmt: skip
def test_a_number_is_the_same_in_both_languages(korean: str, english: str) -> None:
    (own,), (its,) = quantities(korean, ("ko", "en")), quantities(english, ("en",))
    assert own.values[0] == pytest.approx(its.values[0])
    assert own.unit == its.unit


@pytest.mark.parametrize("text", ["GPT-4와 A100", "두 번째 단계", "네이버와 세계", "열을 낮춘다", "v1.5"])
def test_names_ordinals_and_other_words_are_no_numbers(text: str) -> None:
    assert quantities(text, ("ko", "en")) == ()


def test_what_the_sentences_say_is_not_objected_to() -> None:
    assert kinds("OSWorld 56.5, AndroidWorld 71.6, 속도 16.2배, 에너지 95% 감소", 1, 2) == set()


@pytest.mark.parametrize(
    ("point", "kind"),
    [
        ("OSWorld 57.5를 기록하여 앞선 결과", "number"),
        ("에너지를 95배 줄이는 라우팅 기억", "unit"),
        ("400M 파라미터의 TidalNet 모델을 공개", "number"),
        ("WebArena 56.5를 기록하여 앞선 결과", "name"),
        ("라마보다 빠른 모델로 16.2배 가속", "name"),
        ("SRM(Sparse Routing Memory)으로 16.2배 가속", "acronym"),
        ("지도학습(RL) 실험에 이틀이 걸리는 방법", "acronym"),
        ("OSWorld 71.6, AndroidWorld 56.5를 기록", "subject"),
        ("코드는 https://evil.example.com/x 에서 제공", "address"),
        ("It obtains the best of the scores on the phones that we have", "language"),
        ("짧음", "length"),
    ],
)
def test_what_the_text_does_not_support_is_found(point: str, kind: str) -> None:
    assert ("key_points.0", kind) in kinds(point)


def test_a_number_of_another_sentence_than_the_named_one_is_found() -> None:
    assert ("key_points.0", "number") in kinds("에너지를 95% 줄인 결과를 보고", 1)


def test_a_sentence_that_the_text_does_not_have_is_found_and_white_space_and_quotes_do_not_matter() -> None:
    spaced = answer("속도 16.2배, 에너지 95% 감소").model_copy(
        update={"one_line": Statement(text=ONE_LINE, sources=(SENTENCES[0].replace(" ", "\n "),))}
    )
    assert check(spaced, TITLE, ABSTRACT, "ko") == ()
    invented = spaced.model_copy(update={"one_line": Statement(text=ONE_LINE, sources=("We present a model.",))})
    assert [(each.item, each.kind) for each in check(invented, TITLE, ABSTRACT, "ko")] == [("one_line", "source")]


def test_advice_may_use_general_terms_but_no_number_or_model_of_its_own() -> None:
    def advice(text: str) -> set[tuple[str, str]]:
        return kinds("속도 16.2배, 에너지 95% 감소", practice_ideas=(Statement(text=text),))

    assert advice("GPU 서버에서 RAG와 함께 두 가지 설정을 A/B 테스트로 비교") == set()
    assert advice("메모리를 30% 줄이는 설정을 시험") == {("practice_ideas.0", "number")}
    assert advice("GPT-5와 같은 과제에서 비교") == {("practice_ideas.0", "name")}


def test_an_item_that_is_wrong_is_left_out_and_the_rest_stays() -> None:
    given_answer = answer(
        "속도 16.2배, 에너지 95% 감소",
        risks=(Statement(text="메모리가 30GB 넘게 필요함"), Statement(text="코드 주소가 초록에 없음")),
        numbers=(Number(value="16.2배", measures="가속", source=SENTENCES[2]),),
    )
    kept = without(given_answer, check(given_answer, TITLE, ABSTRACT, "ko"))
    assert kept is not None
    assert [risk.text for risk in kept.risks] == ["코드 주소가 초록에 없음"]
    assert kept.numbers == given_answer.numbers


def test_nothing_is_left_of_an_answer_without_its_one_line_or_without_key_points() -> None:
    for wrong in (
        answer("속도 16.2배 향상을 보고", one_line="GPT-9를 제안하는 새로운 논문이다."),
        answer("속도 99배 향상을 보고"),
    ):
        assert without(wrong, check(wrong, TITLE, ABSTRACT, "ko")) is None


@pytest.mark.parametrize(
    "point",
    [
        "속도를 16.2배 높입니다",
        "속도를 16.2배 높였다.",
        "속도을(를) 16.2배 개선",
        "속도 — 16.2배 개선",
        "16.2배로 되어진 속도",
    ],
)
def test_korean_style_is_mended_and_never_costs_an_item(point: str) -> None:
    styled = answer(point)
    findings = check(styled, TITLE, ABSTRACT, "ko")
    assert {finding.kind for finding in findings} == {"style"}
    assert without(styled, findings) == styled


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_text_breaks_the_check(text: str, abstract: str) -> None:
    check(Answer(one_line=Statement(text=text, sources=(abstract,)), key_points=()), text, abstract, "ko")


def reference_items() -> Iterator[tuple[str, bool]]:
    import json  # noqa: PLC0415

    from tests.factories import top5_parser  # noqa: PLC0415

    edition = top5_parser.parse((REFERENCE / "formats" / "top5-2026-02-20.md").read_text(encoding="utf-8"))
    listed = json.loads((REFERENCE / "data/huggingface/2026-02-20.json").read_text(encoding="utf-8"))
    abstracts = {row["paper"]["id"]: row["paper"]["summary"] for row in listed}
    for paper in edition.papers:
        assert paper.analysis
        cited = {"sources": sentences(abstracts[paper.id])}
        parts = paper.analysis.model_dump(include=set(Answer.model_fields) - {"numbers", "stated"})
        for field in ("one_line", "developer_view", "detail"):
            parts[field] |= cited
        for field in ("key_points", "practice_ideas", "risks"):
            parts[field] = [part | cited for part in parts[field]]
        given_answer = Answer.model_validate(parts)
        findings = check(given_answer, paper.title, abstracts[paper.id], "ko")
        wrong = {finding.item for finding in findings if finding.kind != "style"}
        count = 3 + sum(len(parts[field]) for field in ("key_points", "practice_ideas", "risks"))
        yield from ((paper.id, place < len(wrong)) for place in range(count))


def test_the_analyses_of_the_reference_edition_raise_no_false_alarm() -> None:
    if not (REFERENCE / "formats").is_dir():
        pytest.skip("the reference edition is not beside the project")
    assert [paper for paper, wrong in reference_items() if wrong] == []
