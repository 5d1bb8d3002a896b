"""Ratios, differences and fractions that a writer makes of two numbers of a sentence, and exchanged ends of them."""

import pytest

from tests.factories.objections import objections


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("24.6점으로 Alpha보다 4.8점 높은 모델", "It reaches 24.6, against 17.3 for Beta and 19.8 for Alpha."),
        ("24.6 on it, almost five points above Alpha", "It reaches 24.6, against 17.3 for Beta and 19.8 for Alpha."),
        ("Error grows by 3.6 points to 9.7 elsewhere", "The error of 6.1 points becomes 9.7 points elsewhere."),
        ("14%와 비교해도 두 배가 넘는 성공률", "It succeeds in 31% of the cases, compared with 14%."),
        ("Reaches less than half of that, 14%", "It succeeds in 31% of the cases, compared with 14%."),
        ("이득이 시뮬레이션의 3분의 1 수준인 방법", "The gain of 37% shrinks to 12%."),
        ("Over 3,000 found, about a fifth of them new", "It found 3,100 emitters, of which 640 are new."),
        ("Alpha가 65%인 조건에서 84%를 얻는 모델", "Recall is 84%, 19 percentage points above Alpha."),
        ("About a third of the concepts stay hidden", "It recovers 67% of the concepts."),
        ("Seven in ten failures come from definitions", "Definitions account for 71% of the failures."),
        ("More than half of the gain comes from the size", "The size explains 58% of the gain."),
        ("Halved in three years, 3.6 in 2022 to 1.9 in 2025", "From 2022 to 2025 it fell from 3.6 to 1.9."),
        ("설계 하나에 1분 가까이 걸리는 방법", "A design takes 52 seconds."),
        ("두 달 가까운 시험에서 검증한 방법", "The trial took eight weeks."),
        ("60%를 조금 넘는 복구율을 얻은 방법", "It repairs 63.2% of the proofs."),
        ("Delay fell by 13 seconds, from 71 to 58", "Delay fell from 71 to 58 seconds."),
        ("110만 시간의 자료로 학습한 정책", "It was pretrained for 1.1 million simulated hours."),
        ("1분이 지나면 흐름을 잃는 생성기", "Generators lose the thread after a minute."),
        ("Just over half an hour for each search", "A search takes 35 minutes."),
    ],
)
def test_what_follows_from_two_numbers_of_a_sentence_is_not_objected_to(said: str, sentence: str) -> None:
    assert objections(said, sentence) == []


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("24.6점으로 Alpha보다 4.8점 낮은 모델", "It reaches 24.6, against 17.3 for Beta and 19.8 for Alpha."),
        ("24.6점으로 Alpha보다 5.8점 높은 모델", "It reaches 24.6, against 17.3 for Beta and 19.8 for Alpha."),
        ("24.6점으로 Alpha보다 7.3점 높은 모델", "It reaches 24.6, against 17.3 for Beta and 19.8 for Alpha."),
        ("24.6 on it, almost five points above Beta", "It reaches 24.6, against 17.3 for Beta and 19.8 for Alpha."),
        ("14%와 비교해도 세 배가 넘는 성공률", "It succeeds in 31% of the cases, compared with 14%."),
        ("Reaches more than half of that, 14%", "It succeeds in 31% of the cases, compared with 14%."),
        ("Less than half of the gain comes from it", "The size explains 68% of the gain."),
        ("Alpha가 75%인 조건에서 84%를 얻는 모델", "Recall is 84%, 19 percentage points above Alpha."),
        ("About a third of the concepts are recovered", "It recovers 67% of the concepts."),
        ("Six in ten failures come from definitions", "Definitions account for 71% of the failures."),
        ("설계 하나에 2분 가까이 걸리는 방법", "A design takes 52 seconds."),
        ("회복률을 46%에서 21%p로 67% 높이는 방법", "Recovery rises from 46% to 67%, by 21 points."),
        ("지연이 71초에서 13초로 58초 줄어든 방법", "Delay fell from 71 to 58 seconds, by 13 seconds."),
        ("23%번의 질의 안에 20을 뚫는 공격", "Within 20 queries it breaks 23%."),
        ("5점 만점에 4.3점이 아니라 4.3점 만점에 5점", "Doctors give 4.3 of 5 points."),
        ("Chosen over Tune 58% in 2 of the comparisons", "It is chosen over Tune 2 in 58% of the comparisons."),
    ],
)
def test_what_does_not_follow_from_them_or_has_changed_places_is_found(said: str, sentence: str) -> None:
    assert objections(said, sentence) != []
