"""Only the whole text of the paper that was asked for is taken for it."""

import pytest

from functions.enrich.texts import is_whole_text, version_of
from tests.factories import whole_texts
from tests.factories.places import REFERENCE
from tests.factories.whole_texts import FILLER, PAPER, PARTS, Part, head, marked

REAL = REFERENCE / "data/huggingface_text/2607.13285.md"
SHELL = "<!DOCTYPE html><html><head><title>Hugging Face</title></head>" + "<div>1 Introduction</div>\n" * 2000


@pytest.mark.parametrize("form", whole_texts.FORMS)
def test_every_form_is_taken_with_its_version(form: str) -> None:
    text = whole_texts.FORMS[form]()
    assert is_whole_text(text, PAPER)
    assert version_of(text, PAPER) == 2


@pytest.mark.parametrize("first", ["Background", "Overview", "INTRODUCTION", "Introduction and Motivation"])
def test_papers_may_begin_otherwise(first: str) -> None:
    assert is_whole_text(marked((Part("1", first, [FILLER * 8]), *PARTS[1:])), PAPER)


def test_an_empty_abstract_costs_nothing_since_the_list_has_one() -> None:
    assert is_whole_text(marked(abstract=""), PAPER)


@pytest.mark.parametrize(
    "text",
    [
        SHELL,
        marked(paper_id="2602.99999"),
        marked().replace("https://arxiv.org/html/", "https://huggingface.co/papers/"),
        marked()[:4000],
        marked(PARTS[2:]),
        marked(PARTS[:2]),
        marked(PARTS[:5])[:-40],
        head() + FILLER * 100,
        "",
    ],
    ids=["page", "other paper", "foreign page", "short", "no first", "two sections", "cut", "no part", "empty"],
)
def test_what_is_no_whole_text_is_refused(text: str) -> None:
    assert not is_whole_text(text, PAPER)


def test_old_ids_are_known() -> None:
    assert is_whole_text(marked(paper_id="cs/0601001"), "cs/0601001")


@pytest.mark.skipif(not REAL.exists(), reason="recorded answers are not here")
def test_a_real_text_is_taken() -> None:
    text = REAL.read_text(encoding="utf-8")
    assert is_whole_text(text, "2607.13285")
    assert version_of(text, "2607.13285") == 1
