"""Grades follow from stated facts, and from nothing else."""

import pytest

from functions.summarize.answer import StatedFact
from functions.summarize.grades import grades, known_facts
from shared.model.facts import Code, Facts

SENTENCES = {
    "code": "The code is available under a public address.",
    "weights": "All model weights are released.",
    "licence": "Everything is under the Apache licence.",
    "compute": "Training takes 40 GPU hours on eight H100 devices.",
    "benchmark": "It reaches 91.5% on MATH.",
    "ablation": "Ablations show that every part is needed.",
    "limits": "The method fails on long inputs.",
    "data": "The dataset is released.",
}
NO_CODE = Facts(abstract="")
CODE = Facts(abstract="", code=Code(address="https://github.com/a/b"))


def stated(*kinds: str) -> list[StatedFact]:
    return [StatedFact.model_validate({"kind": kind, "text": kind, "source": SENTENCES[kind]}) for kind in kinds]


@pytest.mark.parametrize(
    ("kinds", "difficulty", "reliability"),
    [
        ((), "unknown", "unknown"),
        (("benchmark", "limits"), "unknown", "unknown"),
        (("benchmark", "ablation", "limits"), "high", "high"),
        (("code", "benchmark", "ablation"), "high", "high"),
        (("code", "weights", "benchmark"), "medium", "medium"),
        (("code", "weights", "licence"), "low", "low"),
        (("weights", "licence", "compute"), "low", "low"),
        (("code", "weights", "licence", "compute", "benchmark", "ablation", "limits"), "low", "high"),
    ],
)
def test_a_grade_follows_from_the_known_facts(kinds: tuple[str, ...], difficulty: str, reliability: str) -> None:
    found = grades(stated(*kinds), NO_CODE, ())
    assert (found.difficulty.grade, found.reliability.grade) == (difficulty, reliability)


def test_a_grade_names_the_codes_of_its_facts() -> None:
    facts = stated("weights", "benchmark", "limits")
    assert grades(facts, CODE, ()).difficulty.reasons == ("code", "weights")
    assert grades(facts, CODE, ()).reliability.reasons == ("code", "benchmark", "limits")


def test_no_grade_says_why() -> None:
    assert grades((), CODE, ()).difficulty.reasons == ("too_little",)


def test_code_counts_where_the_list_has_it_or_the_text_says_so() -> None:
    assert known_facts((), CODE, ()) == {"code"}
    assert known_facts((), NO_CODE, ["Our code and model weights are available at https://github.com/a/b."]) == {
        "code",
        "weights",
    }


@pytest.mark.parametrize("kind", [kind for kind in SENTENCES if kind != "data"])
def test_a_fact_whose_sentence_says_nothing_of_the_kind_does_not_count(kind: str) -> None:
    about = "Agents forget what they saw."
    fact = StatedFact.model_validate({"kind": kind, "text": kind, "source": about})
    assert known_facts([fact], NO_CODE, ()) == set()
    assert known_facts(stated(kind), NO_CODE, ()) == {kind}
