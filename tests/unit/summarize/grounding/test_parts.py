"""Which part a text gives its names and numbers, and how a summary may tell the same in other words."""

from time import process_time

import pytest

from tests.factories.objections import objections

MOST_SECONDS = 5.0
"""Of processor time; the function has 150."""
PROPOSED = "We propose MedLoop. On ChestBench, MedLoop outperforms BaseNet by 4.1 points. MedLoop uses 3B parameters."


@pytest.mark.parametrize(
    "said",
    [
        "MedLoop을 제안하며, ChestBench에서 BaseNet을 4.1점 앞선다",
        "ChestBench에서 MedLoop이 BaseNet보다 4.1점 높은 결과",
        "MedLoop is proposed and beats BaseNet by 4.1 points on ChestBench",
    ],
)
def test_names_in_the_parts_that_the_text_gives_them_are_not_objected_to(said: str) -> None:
    assert objections(said, PROPOSED) == []


@pytest.mark.parametrize(
    "said",
    [
        "ChestBench를 제안하며, MedLoop에서 BaseNet을 4.1점 앞선다",
        "MedLoop에서 ChestBench가 BaseNet보다 4.1점 높은 결과",
        "ChestBench is proposed and beats BaseNet by 4.1 points on MedLoop",
        "ChestBench에서 BaseNet이 MedLoop보다 4.1점 높은 결과",
    ],
)
def test_a_name_in_the_part_of_another_is_found(said: str) -> None:
    assert "subject" in {kind for kind, _ in objections(said, PROPOSED)}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("비표적 전파에서 6~29배 더 자주 나타나는 편향", "The bias appears 6x-29x more frequently."),
        ("평면 3D 복원을 위한 3차원 표현", "A three-dimensional representation is reconstructed."),
        ("크기 2^128의 코드북을 쓰는 토크나이저", "It has a codebook of size $2^{128}$."),
        ("Tokenised text is normalised first", "Tokenized text is normalized first."),
        ("Built on the Normalised score", "It is built on the Normalized score."),
        ("비용이 0은 아닌 시험", "The cost of a test is nonzero."),
        ("5음 음계로 바꾼 소리", "It is turned into a pentatonic scale."),
        ("동적 환경에서 42.0%, 정적 환경에서 36.1%", "The rates are 42.0% and 36.1% in dynamic and static scenes."),
        ("다음 세대 시스템을 위한 네 단계 체계", "A four-level taxonomy for next-generation systems."),
        ("토큰(token) 900B개와 파라미터(parameter) 3B개로 학습", "It has 3B parameters and sees 900B tokens."),
        ("20개 이상의 벤치마크에서 3B는 2.1점 향상", "It gains 2.1 (3B) points across 20+ benchmarks."),
        (
            "Cuts cost by 41.7% on AIME 2025 and 28.3% on MathSet",
            "On AIME 2025 and MathSet, Alpha cuts cost by 41.7% and 28.3%, respectively.",
        ),
        ("시드 열 개 가운데 7번, 곧 10번 중 7번 회복", "It recovers in 7 out of 10 cases."),
        ("28단계 샘플의 지연 시간이 41.6초", "The latency of a 28-step sample is 41.6 s."),
        ("89만 줄 규모의 저장소", "Repositories of 890K lines of code."),
        ("이미지와 문서 벤치마크 16개", "It wins on 16 image, video, and document understanding benchmarks."),
        ("병행 8도를 줄이는 조종", "It suppresses parallel octaves."),
        ("vLLM 대비 2.7배 높고 토큰은 6.8%로 감소", "It raises throughput by 2.7x over vLLM, and cuts tokens to 6.8%."),
        ("Updates its policy with Proximal Policy Optimisation (PPO)", "We use Proximal Policy Optimization (PPO)."),
        ("거의 100년에 걸친 89,000쪽", "They span nearly 100 years and comprise 89,000 pages."),
    ],
)
def test_the_same_in_the_words_of_a_summary_is_not_objected_to(said: str, sentence: str) -> None:
    assert objections(said, sentence) == []


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("비표적 전파에서 29~6배 더 자주 나타나는 편향", "The bias appears 6x-29x more frequently."),
        ("평면 4D 복원을 위한 표현", "A three-dimensional representation is reconstructed."),
        ("크기 2^64의 코드북을 쓰는 토크나이저", "It has a codebook of size $2^{128}$."),
        ("동적 환경에서 36.1%, 정적 환경에서 42.0%", "The rates are 42.0% and 36.1% in dynamic and static scenes."),
        ("파라미터 900B개로 학습한 모델", "It has 3B weights and sees 900B tokens."),
        ("3B포인트 향상한 모델", "The 3B model gains 2.1 points."),
        ("Reaches 1.0 on TB 20% with it", "It reaches 20% on TB 1.0 and 10% on TB 2.0."),
        (
            "Cuts cost by 28.3% on AIME 2025 and 41.7% on MathSet",
            "On AIME 2025 and MathSet, Alpha cuts cost by 41.7% and 28.3%, respectively.",
        ),
        ("Continued training of a 63%-parameter model closes 1.4B", "A 1.4B-parameter model closes 63% of the gap."),
        ("비용이 $49.70에서 $1.90까지 벌어짐", "The cost varies, from $1.90 to $49.70."),
        ("900B 파라미터 규모의 말뭉치 20개", "It has 900B-token corpora and 20 of them."),
        ("정확도 0.925, 0.800을 얻음", "It achieves 0.800, 0.925, and 0.950."),
    ],
)
def test_what_is_false_in_such_words_is_found(said: str, sentence: str) -> None:
    assert objections(said, sentence) != []


@pytest.mark.parametrize(
    "enormous", ["$10^{999}$", "9e999 trillion", "$10^{999}$ billion", "$0^{-9}$", "0분의 1", "30분의 0", "1e400%"]
)
@pytest.mark.parametrize("said", ["정확도 71.3%를 얻은 모델", "크기가 10^999인 모델", "Reaches 2e999 points with it"])
def test_a_number_beyond_all_numbers_supports_no_other_and_breaks_nothing(said: str, enormous: str) -> None:
    found = objections(said, f"The model has {enormous} and a score of 70.")
    assert "71.3" not in said or found != []


def test_an_abstract_of_nothing_but_numbers_takes_seconds_and_no_minutes() -> None:
    began = process_time()
    objections("정확도 71.3%를 얻은 모델", "6x-" * 1_333)  # as long as an abstract can be
    assert process_time() - began < MOST_SECONDS


def test_an_item_that_hides_a_false_number_behind_many_true_ones_is_found() -> None:
    many = "5 " * 600
    assert objections(f"정확도 {many}와 99.7% 기록", f"It reaches {many}.") != []
