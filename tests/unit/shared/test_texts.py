"""The walk over the texts of an analysis by the declarations of its fields."""

from typing import Annotated

import pytest

from functions.summarize.answer import Answer, StatedFact
from functions.summarize.grounding import check
from functions.summarize.injection.hostile import find_obedience, screen
from shared.model.analysis import UNDECLARED, Analysis, Declared, KeyPoint, Number, Provenance, Statement
from shared.model.frozen import Frozen
from shared.model.texts import declarations, drop_items, shown, sources, texts

ABSTRACT = "We present a memory for agents. It is 3 times faster."
FENCE = "0123456789abcdef"


class Comparison(Frozen):
    baseline: str
    verdict: Statement


class Wider(Answer):
    """An answer with two fields more, of which one is not declared and of a kind of its own."""

    verdict: Annotated[Statement | None, Declared("claim", frozenset({"page"}))] = None
    comparisons: tuple[Comparison, ...] = ()


def wider(text: str) -> Wider:
    sentence = Statement(text=text, sources=(ABSTRACT,))
    return Wider(
        one_line=Statement(text="A memory that makes agents 3 times faster", sources=(ABSTRACT,)),
        key_points=(KeyPoint(text="The memory is 3 times faster", sources=(ABSTRACT,)),),
        verdict=sentence,
        comparisons=(Comparison(baseline=text, verdict=sentence),),
    )


def test_the_check_reads_fields_that_it_was_never_named() -> None:
    found = {finding.item for finding in check(wider("It gains 87 points on WebArena"), "A: B", ABSTRACT, "en")}
    assert found == {"verdict", "comparisons.0"}


def test_the_screening_reads_fields_that_it_was_never_named() -> None:
    text = screen("A: B", ABSTRACT)
    assert not list(find_obedience(wider("so many"), text, FENCE))
    assert {finding.item for finding in find_obedience(wider(f"so {FENCE}"), text, FENCE)} == {
        "verdict",
        "comparisons.0",
    }


@pytest.mark.parametrize("edition", ["page", "folded", "top5", "mail", "search", "post"])
def test_a_field_that_is_not_declared_is_shown_nowhere(edition: str) -> None:
    names = [name for name, _, _ in shown(wider("so many"), edition)]  # type: ignore[arg-type]
    assert "comparisons" not in names
    assert ("verdict" in names) == (edition == "page")


def test_every_field_of_ours_is_declared() -> None:
    for model in (Analysis, Answer):
        assert UNDECLARED not in [declared for name, declared in declarations(model).items() if name != "stated"], (
            model.__name__
        )


def test_what_is_only_codes_of_ours_is_no_text() -> None:
    analysis = Analysis(
        one_line=Statement(text="so"),
        key_points=(),
        tags=("Agents",),
        numbers=(Number(value="3x", measures="speed", source="s"),),
        provenance=Provenance(source="model", model="m", prompt_version="1", text_read="abstract"),
    )
    assert [(each.path, each.text, each.value) for each in texts(analysis)] == [
        ("one_line", "so", ""),
        ("tags.0", "Agents", ""),
        ("numbers.0", "speed", "3x"),
    ]


def test_the_sources_of_what_an_edition_shows_are_each_there_once() -> None:
    answer = wider("so many").model_copy(update={"stated": (StatedFact(kind="code", text="t", source="hidden"),)})
    assert sources(answer, "page") == (ABSTRACT,)


def test_items_are_dropped_by_their_paths() -> None:
    answer = drop_items(wider("so many"), {"verdict", "key_points.0", "risks.4"})
    assert (answer.verdict, answer.key_points) == (None, ())
    assert len(answer.comparisons) == 1
