"""Instructions that hide in a paper's text are found, kept from the model, and known again in an answer."""

import re
import tomllib
from pathlib import Path

import pytest

from functions.summarize.answer import Answer
from functions.summarize.injection.hostile import find_obedience, screen
from functions.summarize.injection.orders import _filled, alternatives, gives_orders
from shared.languages import FOLDER
from shared.model.analysis import KeyPoint, Statement
from shared.text.sentences import sentences
from tests.factories.hostile_texts import HONEST, HOSTILE, INNOCENT, ORDER, Hostile
from tests.quality.screening import screenings

FENCE = "0123456789abcdef"
FILES = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*/orders.toml"))]
EACH_FORM = [
    re.compile(_filled(form, file.get("words", {})), re.IGNORECASE)
    for file in FILES
    for form in file["orders"].values()
]


@pytest.mark.parametrize("paper", HOSTILE, ids=lambda paper: paper.name)
def test_an_instruction_is_flagged_and_kept_from_the_model(paper: Hostile) -> None:
    text = screen(paper.title, paper.abstract)
    assert paper.sign in text.signs
    read = f"{text.title} {text.abstract}"
    assert not [word for word in ("PWNED", "evil", "script", "gnore", "previous", "논문") if word in read]
    assert text.withheld


@pytest.mark.parametrize("paper", HOSTILE, ids=lambda paper: paper.name)
def test_the_rest_of_a_hostile_text_is_still_read(paper: Hostile) -> None:
    assert screen(paper.title, paper.abstract).abstract.startswith(HONEST.removesuffix("."))


def test_there_are_enough_hostile_texts() -> None:
    assert len({paper.abstract + paper.title for paper in HOSTILE}) >= 25


@pytest.mark.parametrize("abstract", INNOCENT)
def test_an_honest_text_is_read_as_it_is(abstract: str) -> None:
    text = screen("A: Title", abstract)
    assert (text.title, text.abstract, text.signs) == ("A: Title", abstract, ())


def test_no_abstract_that_release_1_0_accused_is_accused(recorded: Path) -> None:
    assert [each.id for each in screenings(recorded / "data/honest") if each.screened.signs] == []


def answer(text: str) -> Answer:
    return Answer(one_line=Statement(text="오차를 줄이는 기억"), key_points=(KeyPoint(text=text),))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"경계는 {FENCE}", "fence"),
        ("자세한 것은 https://evil.example/pay 참조", "address"),
        ("자세한 것은 evil.com 참조", "address"),
        ("문의는 me@evil.example", "address"),
        ("<script>alert(1)</script>", "markup"),
        ("[여기](javascript:alert(1))", "markup"),
        ("{{ site.pages }}", "markup"),
        ("PWNED", "repeated"),
    ],
)
def test_an_item_that_obeys_is_found(text: str, why: str) -> None:
    found = list(find_obedience(answer(text), screen("A Memory", f"{HONEST} {ORDER}"), FENCE))
    assert {finding.item for finding in found} == {"key_points.0"}
    assert f"injection.{why}" in {finding.rule for finding in found}


@pytest.mark.parametrize("text", ["정확도 91.5% 달성", "오차를 절반으로 줄이는 기억(Memory)"])
def test_an_answer_that_did_not_obey_is_not_suspected(text: str) -> None:
    assert not list(find_obedience(answer(text), screen("A Memory", f"{HONEST} {ORDER}"), FENCE))


def test_of_an_honest_paper_only_the_fence_is_suspicious() -> None:
    honest = screen("A Memory", HONEST)
    assert not list(find_obedience(answer("코드는 https://other.example 에 있음"), honest, FENCE))
    assert list(find_obedience(answer(FENCE), honest, FENCE))


def test_an_address_that_the_text_has_is_nobodys_order() -> None:
    text = screen("A Memory", f"Code is at https://github.com/a/b. {HONEST} {ORDER}")
    assert not list(find_obedience(answer("코드: https://github.com/a/b"), text, FENCE))


def test_a_form_of_orders_is_parted_where_a_bar_stands_in_no_group_and_no_set() -> None:
    assert alternatives(r"{start}(?:say|write)\b|\bcall [|(\]] it\)|\|end|(?-i:A|(?:B|C))") == [
        r"{start}(?:say|write)\b",
        r"\bcall [|(\]] it\)",
        r"\|end",
        "(?-i:A|(?:B|C))",
    ]


@pytest.mark.parametrize("abstract", [*INNOCENT, HONEST, ORDER, *(paper.abstract for paper in HOSTILE)])
def test_forms_that_are_looked_for_at_once_find_what_each_finds_alone(abstract: str) -> None:
    for sentence in sentences(abstract):
        assert gives_orders(sentence) == any(form.search(sentence) for form in EACH_FORM), sentence
