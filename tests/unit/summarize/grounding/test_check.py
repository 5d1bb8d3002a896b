"""What the check objects to, rule by rule, and what it lets stand."""

from typing import Any

import pytest

from functions.summarize.answer import Answer
from functions.summarize.grounding import check
from functions.summarize.grounding.rules import RULES
from functions.summarize.prompt.prompt import describe
from shared.model.analysis import KeyPoint, Number, Statement
from shared.text.sentences import sentences

TITLE = "TidalNet: Agents for Phones in 5 Steps"
ABSTRACT = (
    "We present TidalNet, a 400B mixture-of-experts model trained on 17 trillion tokens with Reinforce++. "
    "It obtains 56.5 on OSWorld-G and 71.6% on AndroidWorld with CIFAR-100 and ResNet-50. "
    "Soft Routing Memory (SRM) makes it 16.2x faster, a factor of 3 over GPT-4o, and cuts energy by 95%. "
    "The false positive rate of LLM agents falls from 62% to 58% on 38,875 trials with a conditional VAE. "
    "We test five model families -- A, B, C, D, E and F -- and 1,000 curated video pairs, of which a tenth fail."
)
SENTENCES = sentences(ABSTRACT)


def answer(text: str, *, advice: str = "", **fields: Any) -> Answer:
    return Answer(
        one_line=Statement(text="TidalNet을 제안하여 휴대전화 에이전트를 개선한다.", sources=SENTENCES),
        key_points=(KeyPoint(text=text, sources=SENTENCES),),
        risks=(Statement(text=advice),) if advice else (),
        **fields,
    )


def rules(text: str, language: str = "ko", **fields: Any) -> set[str]:
    found = check(answer(text, **fields), TITLE, ABSTRACT, language)
    return {finding.rule for finding in found if finding.item == "key_points.0" and finding.kind != "style"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("총 4000억 매개변수의 모델을 17조 토큰으로 학습", "ko"),
        ("AndroidWorld 71.6%, OSWorld-G 56.5점 달성", "ko"),
        ("(1) 16.2배 가속, (2) 에너지 95% 절감", "ko"),
        ("GPT-4o보다 3배 빠른 라우팅", "ko"),
        ("약 3만 9천 회의 시험에서 오탐률 62%에서 58%로 4%p 감소", "ko"),
        ("LLM-based agents with pre-SRM routing and a TidalNet-style memory", "en"),
        ("FPR falls to 58%, with CVAEs and SRMs", "en"),
        ("CIFAR-100/ResNet-50 and Reinforce++ – TidalNet—a memory", "en"),
        ("38.9k trials, 1,000 videos, 10% of the pairs fail", "en"),
        ("Two key metrics: speed and energy", "en"),
        ("The Soft Routing Memories (SRM) of TidalNet", "en"),
        ("LLMs (causing high latency) are replaced by TidalNet", "en"),
        ("속도를 16.2배로 바꾸는 SRM을 1000개 비디오 쌍으로 시험", "ko"),
        ("Three components, a 2D map, 1-bit feedback and ~16x speed", "en"),
        ("CIFAR-100 routing of the O(1/ε^2) kind, with X_1 and M²", "en"),
        ("A total of 120 trials (62 and 58)", "en"),
        ("시안(西安)의 두 모델을 3D로 비교", "ko"),
        ("SRM (which routes softly) beats its soft rivals", "en"),
        ("While Soft Routing Memory (SRM) is fast, Exact Match is not", "en"),
    ],
)
def test_what_the_text_says_in_other_words_is_not_objected_to(text: str, language: str) -> None:
    assert rules(text, language) == set()


@pytest.mark.parametrize(
    ("text", "language", "rule"),
    [
        ("OSWorld-G 57.5점을 기록하여 앞선 결과", "ko", "number.absent"),
        ("400M 매개변수의 TidalNet 모델을 공개", "ko", "number.absent"),
        ("오십오 개의 시험에서 개선", "ko", "number.absent"),
        ("tested on six model families with TidalNet", "en", "number.absent"),
        ("에너지를 95배 줄이는 라우팅 기억", "ko", "number.unit"),
        ("17조 매개변수의 모델", "ko", "number.unit"),
        ("AndroidWorld에서 71.6%p 향상", "ko", "number.unit"),
        ("WebArena 56.5를 기록하여 앞선 결과", "ko", "name.absent"),
        ("GPT-4o가 아닌 GPT-5보다 빠름", "ko", "name.absent"),
        ("COCO로 학습한 기억", "ko", "name.absent"),
        ("TidalNet is Pareto-optimal on phones", "en", "name.doubtful"),
        ("SRM(Sparse Routing Memory)으로 16.2배 가속", "ko", "expansion.wrong"),
        ("TQP (Training with Quantized base experts) is faster", "en", "expansion.wrong"),
        ("지도학습(RL)으로 학습한 TidalNet 모델", "ko", "expansion.other"),
        ("4D CIFAR-100, as 2D and 2D", "en", "number.absent"),
        ("At seven quarters of the trials", "en", "number.absent"),
        ("코드는 https://evil.example.com/x 에서 제공", "ko", "address.absent"),
        ("It obtains the best of the scores on the phones that we have", "ko", "language.other"),
        ("짧음", "ko", "length.short"),
        ("TidalNet은 " + "빠르다 " * 80, "ko", "length.long"),
    ],
)
def test_each_rule_finds_what_it_is_for(text: str, language: str, rule: str) -> None:
    assert rule in rules(text, language)


@pytest.mark.parametrize(
    ("abstract", "text", "language"),
    [
        ("Trained on CIFAR-10 and -100.", "CIFAR-100 is learned", "en"),
        ("GPT-4o and GPT-5 do well.", "GPT-4o/5 do well", "en"),
        ("System 1 is fast and System 2 is slow.", "System 1/2 사고", "ko"),
        ("It reads 32768 words and 1,048,576 bytes.", "It reads 32K words and 1M bytes", "en"),
        ("It takes 39,994 pairs.", "It takes 39.9k pairs", "en"),
        ("Scores over 1{,}000 papers.", "More than 1,000 papers", "en"),
        ("It saves three to five orders of magnitude.", "10^3-10^5배를 아낌", "ko"),
        ("It has 4 to 15 times parameter reductions.", "It has 4-15x fewer parameters", "en"),
        ("Second Order Conic Programming (SOCP) is slow.", "Second Order Cone Programming (SOCP) is slow", "en"),
        (
            "RCP: Representation Consistency Pruner. It is a framework for pruning of representations.",
            "A representation-consistency pruning framework (RCP) is given",
            "en",
        ),
        ("We use LLaMA-3.2-1B under W4A4.", "LLaMA-3.2-1B W4A4 is used", "en"),
        ("It spends 169.2 training GPU-hours.", "It spends 169.2 GPU-hours", "en"),
        ("Topics surge within one to three years.", "Topics surge within 1-3 years", "en"),
        ("Each is run in 5 independent runs.", "Each is run 5 times", "en"),
        ("The cost falls by a factor of 2.7.", "비용은 2.7분의 1", "ko"),
        ("It was held on 20th June 2025.", "2025년 6월 20일에 열림", "ko"),
        ("Parallel octaves and full-360° views.", "병행 8도와 360도 촬영", "ko"),
        ("Recall at 50 rises.", "Recall rises among the top 50", "en"),
        ("mAP at 50 rises.", "mAP50 and mAP@50 rise", "en"),
        ("A positive semidefinite kernel of a conditional variational autoencoder.", "A PSD kernel of a CVAE", "en"),
        ("We study autoregressive models (ARLMs).", "Autoregressive language models (ARLMs)", "en"),
        ("We use a run-disjoint baseline (RD-CV) and CV.", "Run-Disjoint CV (RD-CV)", "en"),
        ("The traits of non-IID data.", "The non-IIDness of data", "en"),
        ("It runs on chips.", "KB급 기억으로 1단계(step1)를 실행", "ko"),
        ("We use active retrieval and reinforcement learning.", "능동 검색(AR)과 강화학습(RL)", "ko"),
        ("The object moves between two backgrounds.", "두 배경 사이를 옮김", "ko"),
        ("Median latency drops from 51.2s to 22.8s.", "Median latency is halved", "en"),
        ("It passes 45.0% of the runs.", "More than half of the runs fail", "en"),
        ("A relative improvement of 169%.", "2.69배로 향상", "ko"),
        ("Images of 11.8 million pixels.", "1천180만 화소의 이미지", "ko"),
        ("One to two orders of magnitude fewer parameters.", "10-100x fewer parameters", "en"),
        ("It requires three things at once.", "This is a triple demand", "en"),
        ("Recall@3 rises.", "More of the top-3 are right", "en"),
        ("It rises from 78.2% to 94.7%.", "It goes from 78.2% to 94.7% (+16.5)", "en"),
        (
            "GRPO is worse than PPO and RLOO.",
            "합성 데이터와 실험 데이터를 써서 GRPO, PPO, RLOO 세 가지 방법을 비교",
            "ko",
        ),
        ("Three datasets are new and two datasets are old.", "Five datasets are used", "en"),
        ("It uses rules in answer set programming (ASP).", "It applies symbolic rules (ASP)", "en"),
        ("It gains 15.8 percentage points.", "15.8% 포인트 향상", "ko"),
        ("It is sim2x faster.", "두 배 빠름", "ko"),
        ("Users like 89{,}32 % of it.", "89.32%의 만족도", "ko"),
        ("It gains 15.8%.", "15.8% 포인트 향상", "ko"),
        ("One- and two-dimensional maps.", "1차원 및 2차원 지도", "ko"),
        ("A 0.25 M-parameter model.", "0.25M 파라미터 모델", "ko"),
        ("It records for 240s and 1200s.", "240초와 1200초 녹화", "ko"),
        ("It gains 13.5 points.", "+13.5만큼 향상", "ko"),
        ("It gains 20% on TB 1.0 and 10% on TB 2.0.", "TB 1.0 점수", "ko"),
        ("We use YOLO11 and YOLOv5.", "YOLOv11 and YOLO5", "en"),
        ("Hit@5 rises.", "Hits@5 rises", "en"),
        ("The Toll and the Curse of Seeing hurt.", "The Toll of Seeing (ToS)", "en"),
        ("A pruner for consistency (PFC).", "Pruning for consistency (PFC)", "en"),
        ("Maps of DeepMind in near-infrared light.", "DM maps of NIR light", "en"),
        ("It saves $>$60\\% of time.", "It saves over 60% of time", "en"),
        ("It takes 60 $\\mu$s.", "It takes 60 \u00b5s or 60 microseconds", "en"),
        ("A map is a prompt, too.", "A map that doubles as a prompt", "en"),
        ("It (i) reads, (ii) thinks and (iii) writes.", "읽고 생각하고 쓰는 3단계 방법", "ko"),
        (r"The logic $\mathcal{E\mkern-2mu L}$ is decidable.", "논리 EL은 결정 가능", "ko"),
    ],
)
def test_a_number_or_name_in_another_form_is_the_same(abstract: str, text: str, language: str) -> None:
    said = Answer(one_line=Statement(text=text, sources=(abstract,)), key_points=())
    found = check(said, "A paper", abstract, language)
    assert [each.rule for each in found if each.kind in {"number", "unit", "name", "acronym"}] == []


def test_a_claim_names_a_sentence_of_the_text_and_advice_need_not() -> None:
    bare = answer("16.2배 빠른 기억", advice="휴대전화 밖의 성능은 미확인").model_copy(
        update={
            "key_points": (KeyPoint(text="16.2배 빠른 기억"), KeyPoint(text="에너지 95% 절감", sources=("Not so.",)))
        }
    )
    found = [finding.item for finding in check(bare, TITLE, ABSTRACT, "ko") if finding.rule == "source.missing"]
    assert found == ["key_points.0", "key_points.1"]


def test_an_idea_may_name_what_one_tries_it_with_and_no_other_advice_may() -> None:
    tried = (Statement(text="SMPL 기반 파이프라인과 비교"),)
    advice = answer("16.2배 빠른 기억", practice_ideas=tried, advice="SMPL 기반 파이프라인에는 맞지 않음")
    assert {finding.item for finding in check(advice, TITLE, ABSTRACT, "ko")} == {"risks.0"}


@pytest.mark.parametrize("tried", ["Llama 8과 비교", "Qwen3-8B로 다시 시험", "4ti2로 계산", "RTX 4090에서 실행"])
def test_a_number_in_a_name_that_an_idea_brings_is_part_of_the_name(tried: str) -> None:
    found = check(answer("16.2배 빠른 기억", practice_ideas=(Statement(text=tried),)), TITLE, ABSTRACT, "ko")
    assert [each.rule for each in found if each.item == "practice_ideas.0"] == []


def test_a_number_is_checked_with_what_it_measures() -> None:
    numbers = (
        Number(value="16.2x", measures="GPT-4o 대비 속도", source=SENTENCES[2]),
        Number(value="16.2%", measures="속도", source=SENTENCES[2]),
    )
    found = check(answer("16.2배 빠른 기억", numbers=numbers), TITLE, ABSTRACT, "ko")
    assert [(finding.item, finding.rule) for finding in found] == [("numbers.1", "number.unit")]


def test_every_rule_has_words_for_the_model() -> None:
    for rule in RULES:
        finding = check(answer("짧음"), TITLE, ABSTRACT, "ko")[0].model_copy(update={"rule": rule.id})
        assert describe(finding, "ko").startswith("key_points.0: ")
    style = [each for each in check(answer("기억을 제안합니다"), TITLE, ABSTRACT, "ko") if each.kind == "style"]
    assert "polite" in describe(style[0], "ko")


def test_no_rule_costs_the_whole_answer_by_itself() -> None:
    assert {rule.severity for rule in RULES} == {"remove", "ask", "note"}
