"""How a true analysis words numbers, dates and names otherwise than its paper, and what is false all the same."""

import pytest

from tests.factories.objections import objections


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("오류가 3분의 1가량 줄어드는 방법", "Errors drop by 34%."),
        ("Reduces memory by 75% on the device", "Memory falls from 80 GB to 20 GB."),
        ("A relative reduction of 18%, 5.1% to 4.2%", "Errors fall from 5.1% to 4.2%."),
        ("정확도가 3.2%p 높은 모델", "Accuracy improves from 70.1% to 73.3%."),
        ("정확도가 3.2%p 오른 모델", "Accuracy improves by an absolute 3.2%."),
        ("0.5%p 차이로 앞서는 모델", "It leads by 50 basis points."),
        ("83%의 성공률을 기록한 정책", "The success rate is 0.83."),
        ("이용자의 80%가 만족한 도구", "Four out of five users are satisfied."),
        ("사람보다 33%p 낮은 61%를 기록한 모델", "The best model solves 61%; humans solve 94%."),
        ("Fails on the other 38% of tasks", "The agent solves 62% of the tasks."),
        ("모두 3,000문항으로 이루어진 평가", "There are 2,000 training and 1,000 test questions."),
        ("6개 언어로 평가한 결과를 보고", "We evaluate on English, Korean, Hindi, Thai, Swahili and Arabic."),
        ("두 시간 반 만에 학습되는 모델", "Training takes 2.5 hours."),
        ("An hour and a half of training is enough", "Training takes 90 minutes."),
        ("1분 30초가 걸리는 추론 과정", "Inference takes 90 seconds."),
        ("64 GPU-hours of training are enough", "Training takes 64 GPU hours."),
        ("온도 0.7에서 8번 표본을 뽑는 방법", "We sample eight times at temperature 0.7."),
        ("섭씨 25도에서 측정한 결과", "It was measured at 25 °C."),
        ("코사인 유사도 0.92를 얻은 표현", "Cosine similarity reaches .92."),
        ("1024² 이미지를 생성하는 모델", "It generates 1024x1024 images."),
        ("2025년 1월 15일까지의 뉴스를 수집", "News up to January 15, 2025 are collected."),
        ("1990년대 신문을 모은 말뭉치", "The corpus holds newspapers of the 1990s."),
        ("리더보드 3위를 차지한 모델", "It ranks third on the leaderboard."),
    ],
)
def test_a_number_that_follows_from_the_sentence_is_not_objected_to(said: str, sentence: str) -> None:
    assert objections(said, sentence) == []


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("Llama-3.1-8B를 미세조정한 모델", "We fine-tune Llama 3.1 8B."),
        ("Fine-tunes Llama 3.1 (8B) for it", "We fine-tune Llama-3.1-8B."),
        ("GPT-4o와 Claude 3.5 Sonnet을 능가", "It beats GPT-4o and Claude-3.5-Sonnet."),
        ("Qwen 2.5 모델을 평가한 결과", "We evaluate Qwen2.5-7B and Qwen2.5-72B."),
        ("AIME'24 정확도 82%를 얻은 모델", "It obtains 82% on AIME 2024."),
        ("AIME 2024 정확도 82%를 얻은 모델", "It obtains 82% on AIME24."),
        ("Text2SQL 모델을 위한 데이터", "We study text-to-SQL."),
        ("mIoU 45.1을 얻은 분할 모델", "The mean IoU is 45.1."),
        ("π0.5보다 정확한 로봇 정책", "It beats $\\pi_{0.5}$."),
        ("Pi-0보다 정확한 로봇 정책", "It beats $\\pi_0$."),
        ("L2 정규화를 쓰는 방법", "We use $\\ell_2$ regularization."),
    ],
)
def test_a_name_may_be_spelled_in_other_ways(said: str, sentence: str) -> None:
    assert objections(said, sentence) == []


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("모델 3종(7B, 13B, 70B)을 공개", "We release models with 7B, 13B and 70B parameters."),
        ("The 70B model solves 81%, the 7B model 62%", "The 7B model solves 62% and the 70B model 81%."),
        ("GSM8K 82.1(+3.4), MATH 45.0(+1.2)의 결과", "GSM8K improves by 3.4 to 82.1 and MATH by 1.2 to 45.0."),
        (
            "영어 71.2, 한국어 64.5, 태국어 52.0의 정확도",
            "Accuracy is 71.2 for English, 64.5 for Korean and 52.0 for Thai.",
        ),
        ("로그 가능도가 -3.2에서 -2.1로 증가한 모델", "Log-likelihood rises from -3.2 to -2.1."),
    ],
)
def test_numbers_in_another_order_are_not_taken_for_exchanged(said: str, sentence: str) -> None:
    assert objections(said, sentence) == []


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("메모리를 85% 줄이는 새로운 방법", "Memory falls from 80 GB to 20 GB."),
        ("오류가 5.1%에서 4.2%로 28% 감소", "Errors fall from 5.1% to 4.2%."),
        ("정확도가 4.2%p 높은 모델", "Accuracy improves from 70.1% to 73.3%."),
        ("38%를 해결하는 에이전트를 제안", "The agent solves 62% of the tasks."),
        ("모두 4,000문항으로 이루어진 평가", "There are 2,000 training and 1,000 test questions."),
        ("8개 언어로 평가한 결과를 보고", "We evaluate on English, Korean, Hindi, Thai, Swahili and Arabic."),
        ("1분 40초가 걸리는 추론 과정", "Inference takes 90 seconds."),
        ("1시간 30초가 걸리는 추론 과정", "Inference takes 90 seconds."),
        ("세 시간 반 만에 학습되는 모델", "Training takes 2.5 hours."),
        ("2025년 2월까지의 뉴스를 수집한 자료", "News up to January 15, 2025 are collected."),
        ("AIME25 정확도 82%를 얻은 모델", "It obtains 82% on AIME 2024."),
        ("Llama-3.2-8B를 미세조정한 모델", "We fine-tune Llama 3.1 8B."),
        ("병합 요청 61%건을 조사한 연구", "Of the requests 61% are merged."),
        ("모순을 5.6%에서 19.4%로 줄이는 방법", "Contradictions are 5.6%, down from 19.4%."),
        ("MOS 3.87로 EchoSwap의 4.12보다 높음", "Its MOS is 4.12, that of EchoSwap 3.87."),
        ("Takes 24 ms at 8K and 80 ms at 4K", "It takes 24 ms at 4K and 80 ms at 8K."),
    ],
)
def test_what_does_not_follow_is_found(said: str, sentence: str) -> None:
    assert objections(said, sentence) != []
