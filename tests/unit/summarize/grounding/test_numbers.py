"""The numbers of a text as values with their units."""

import pytest

from shared.text.numbers.parsing import MAX_NUMBERS, numbers

BOTH = ("ko", "en")


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        ("16.2배", "16.2x"), ("16.2배", "16.2×"), ("10배", "10X"), ("17조", "17 trillion"), ("4000억", "400B"),
        ("4천억", "400 billion"), ("95퍼센트", "95%"), ("95%", "95 percent"), ("두 배", "doubles"), ("두 배", "2x"),
        ("세 가지", "three"), ("13.6억", "1.36B"), ("3.2억", "320 million"), ("절반", "half"), ("2억 3천만", "230M"),
        ("32만 4,000", "324,000"), ("1만 3,000", "13k"), ("10만 500", "100,500"),
        ("3분의 1", "a third"), ("10분의 1", "1/10th"), ("1만 2천 시간", "12,000 hours"), ("300만 달러", "$3 million"),
        ("스물 다섯", "twenty-five"), ("10개", "ten"), ("3차원", "3D"), ("14만 4천", "144 000"), ("오십사 개", "54"),
        ("백이십 개", "120"), ("5 억 개", "500 million"), ("30 만 건", "300K"), ("1분 30초", "90 seconds"),
    ],
)  # fmt: skip
def test_a_number_is_the_same_in_both_languages(korean: str, english: str) -> None:
    (own,), (its,) = numbers(korean, BOTH), numbers(english, ("en",))
    assert own.value == pytest.approx(its.value)
    assert own.unit == its.unit


@pytest.mark.parametrize(
    "text",
    [
        "GPT-4와 A100", "두 번째 단계", "네이버와 세계", "열을 낮춘다", "v1.5", "십분 활용", "pass@1", "the 3rd place",
        "(1) 추출하고", "1) 정렬하고, 2) 거른다", "1. We extract. 2. We rank.",
        "연구1: 군집, 연구2: 검증", "Step 3 and stage 4",
    ],
)  # fmt: skip
def test_names_ordinals_list_numbers_and_labels_are_no_numbers(text: str) -> None:
    assert numbers(text, BOTH) == ()


@pytest.mark.parametrize(("text", "value"), [("390 조명", 390), ("30 만화", 30), ("12 조건", 12), ("30 천식 환자", 30)])
def test_a_word_that_begins_like_a_scale_is_none(text: str, value: float) -> None:
    assert [number.value for number in numbers(text, BOTH)] == [value]


def test_a_number_in_a_bracket_of_its_own_words_is_no_list_number() -> None:
    assert [number.value for number in numbers("prompts (pass rate 1) prevail", ("en",))] == [1]


def test_a_range_that_writes_its_unit_once_has_it_twice() -> None:
    assert [(number.value, number.unit) for number in numbers("10-100x", ("en",))] == [(10, "times"), (100, "times")]


def test_a_text_of_nothing_but_numbers_is_read_up_to_a_limit() -> None:
    assert len(numbers("1 " * 3000, ("en",))) == MAX_NUMBERS
