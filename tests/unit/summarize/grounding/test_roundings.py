"""What a true analysis may say in other words than the paper: rounded, in another unit, or counted together."""

import pytest

from tests.factories.objections import objections


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("약 3만 건의 대화로 학습한 모델", "It is trained on 29,800 dialogues."),
        ("정확도 90% 가까이에 도달한 모델", "Accuracy reaches 89.6%."),
        ("20개가 넘는 언어를 지원하는 모델", "It supports 23 languages."),
        ("추론 속도가 두 배 넘게 빨라진 모델", "Inference is 2.3 times faster."),
        ("데이터셋 40여 개에서 실험한 결과", "Experiments on 43 datasets."),
        ("캐시를 5분의 1 수준으로 줄인 방법", "The cache shrinks to 21% of its size."),
        ("답을 내는 데 1분이 걸리지 않는 방법", "An answer takes 48 seconds."),
        ("0.3초 만에 답을 내는 빠른 방법", "It answers in 300 ms."),
        ("5GB의 메모리를 쓰는 작은 모델", "It needs 5 gigabytes."),
        ("비용을 8분의 1로 줄이는 방법", "Cost falls to one eighth."),
        ("점수가 71.3에서 78.0으로 6.7점 상승", "The score rises from 71.3 to 78.0."),
        ("처리량이 410에서 1,060으로 2.6배 증가", "Throughput rises from 410 to 1,060 tokens per second."),
        ("점수가 6.7점 오르는 새로운 방법", "The score rises from 71.3 to 78.0."),
        ("3일째 예측의 오차가 11% 낮음", "The error is 11% lower at day three."),
        ("3DGS보다 정밀하게 복원하는 방법", "It is more precise than 3DGS."),
        ("기준 모델보다 CRPS가 11% 낮음", "The continuous ranked probability score is 11% lower."),
        ("Nearly half of the tasks are solved", "It solves 48.4% of the tasks."),
        ("Less than half of the cost is left over", "It cuts the cost by 55%."),
        ("Costs seven cents for each of the files", "A file costs $0.07."),
        ("More than doubles throughput, from 410 to 1,060", "Throughput rises from 410 to 1,060."),
    ],
)
def test_a_true_number_in_other_words_is_not_objected_to(said: str, sentence: str) -> None:
    assert objections(said, sentence) == []


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("3만 건의 대화로 학습한 작은 모델", "It is trained on 29,800 dialogues."),
        ("약 31건의 대화로 학습한 작은 모델", "It is trained on 30 dialogues."),
        ("약 4만 건의 대화로 학습한 모델", "It is trained on 29,800 dialogues."),
        ("20개가 넘는 언어를 지원하는 모델", "It supports 17 languages."),
        ("20개가 넘는 언어를 지원하는 모델", "It supports 60 languages."),
        ("캐시를 5분의 4 수준으로 줄인 방법", "The cache shrinks to 21% of its size."),
        ("0.3초 만에 답을 내는 빠른 방법", "It answers in 30 ms."),
        ("점수가 71.3에서 78.0으로 7.6점 상승", "The score rises from 71.3 to 78.0."),
        ("점수가 7.6점 오르는 새로운 방법", "The score rises from 71.3 to 78.0."),
        ("점수가 6.7점 낮은 새로운 방법", "It scores 71.3 on the first and 78.0 on the second."),
        ("처리량이 410에서 1,060으로 3.6배 증가", "Throughput rises from 410 to 1,060 tokens per second."),
        ("기준 모델보다 CRPT가 11% 낮음", "The continuous ranked probability score is 11% lower."),
        ("Falls from 99.1% to 94.8%, by 4.3 percent", "It falls from 99.1% to 94.8%."),
    ],
)
def test_a_false_number_is_found_however_it_is_hedged(said: str, sentence: str) -> None:
    assert objections(said, sentence) != []
