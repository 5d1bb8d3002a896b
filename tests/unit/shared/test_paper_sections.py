"""A whole paper is read as sections and paragraphs, whatever form its Markdown has."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.text.paper.inline import read_line
from shared.text.paper.sections import Section, read_sections
from shared.text.paper.tables import NO_TABLE
from tests.factories import whole_texts
from tests.factories.places import REFERENCE

REAL = REFERENCE / "data/huggingface_text/2607.13285.md"


def by_number(sections: tuple[Section, ...]) -> dict[str, Section]:
    return {section.number: section for section in sections}


@pytest.mark.parametrize("form", whole_texts.FORMS)
def test_every_form_has_the_same_sections(form: str) -> None:
    sections = read_sections(whole_texts.FORMS[form]())
    assert [(each.number, each.heading, each.kind, each.in_appendix) for each in sections] == [
        ("", "Abstract", "abstract", False),
        ("1", "Introduction", "introduction", False),
        ("2", "Related Work", "related", False),
        ("3", "Method", "method", False),
        ("4", "Experiments", "results", False),
        ("4.1", "Main Results", "results", False),
        ("4.2", "Ablation Study", "ablation", False),
        ("5", "Limitations", "limits", False),
        ("6", "Conclusion", "conclusion", False),
        ("A", "Training Details", "setup", True),
    ]


@pytest.mark.parametrize("form", whole_texts.FORMS)
def test_a_table_is_one_paragraph_and_says_where_its_rows_are_missing(form: str) -> None:
    paragraphs = by_number(read_sections(whole_texts.FORMS[form]()))["4.1"].paragraphs
    assert f"Table 1: Accuracy on GustBench (%). {whole_texts.ROWS}" in paragraphs
    assert f"{whole_texts.BODILESS} {NO_TABLE}" in paragraphs


@pytest.mark.parametrize("form", whole_texts.FORMS)
def test_navigation_citations_pictures_and_references_are_gone(form: str) -> None:
    text = " ".join(part for each in read_sections(whole_texts.FORMS[form]()) for part in each.paragraphs)
    for gone in ("Back to arXiv", "License", "cs.RO", "bib.bib7", "lee2020", "2023", "x1.png", "Lee. Wind", "\u200b"):
        assert gone not in text, gone
    assert "We introduce GustBench, 1,200 flights over 3 sites." in text
    assert "answers 8× faster, with an error of 10⁻⁴." in text


@pytest.mark.parametrize(
    ("line", "read"),
    [
        (r"It is 8\times faster and 12{,}000 \pm 3 large.", "It is 8× faster and 12,000 ± 3 large."),
        (r"A rate of 10^{-4} and 2^{10} at 50\%.", "A rate of 10⁻⁴ and 2¹⁰ at 50%."),
        ("Work [ha2018world, kim2026planning] shows [1, 2].", "Work shows [1, 2]."),
        ("As in (Kim et al., 2024; Lee and Park, 2023b), we", "As in, we"),
        ("[Section 4](https://arxiv.org/html/2602.00001v1#S4) says so.", "Section 4 says so."),
        (r"TTT () lifts it (44.8\!\rightarrow\!46.0).", "TTT lifts it (44.8→46.0)."),
        ("Our [code](https://github.com/kites/net) is public.", "Our code (github.com/kites/net) is public."),
        ("It _really_ is **bold** and snake_case_stays.", "It really is bold and snake_case_stays."),
        ("in the park 1 1 1https://example.org", "in the park https://example.org"),
    ],
)
def test_a_line_reads_as_its_reader_sees_it(line: str, read: str) -> None:
    assert read_line(line) == read


def test_a_section_named_by_a_word_that_begins_with_a_letter_of_its_own_has_no_number() -> None:
    sections = read_sections("## 1 Introduction\n\nWe begin here, at some length.\n\n## S IEVE\n\nIt sieves a lot.\n")
    assert [(each.number, each.heading) for each in sections] == [("1", "Introduction"), ("", "S IEVE")]


def a_paper(*headings: str) -> list[tuple[str, str, str, bool]]:
    text = "\n\n".join(f"{heading}\n\nA kite flies over the sea today." for heading in headings)
    return [(each.number, each.heading, each.kind, each.in_appendix) for each in read_sections(text)]


@pytest.mark.parametrize("end", ["", "."])
def test_roman_numerals_are_numbers_and_no_appendices(end: str) -> None:
    headings = (
        "II{} Method",
        "III{} Results and Discussion",
        "III-A{} Training Data",
        "VI{} Conclusion",
        "A{} Hardware",
    )
    assert a_paper(*(f"## {each.format(end)}" for each in headings)) == [
        ("II", "Method", "method", False),
        ("III", "Results and Discussion", "results", False),
        ("III-A", "Training Data", "setup", False),
        ("VI", "Conclusion", "conclusion", False),
        ("A", "Hardware", "other", True),
    ]


def test_contributions_of_the_paper_are_read_and_those_of_its_authors_are_not() -> None:
    headings = ("## 1 Introduction", "### 1.1 Contributions", "##### Contributions", "## 2 Data", "## Contributions")
    found = a_paper(*headings, "## References", "## A Contributions", "## B Hardware")
    assert [heading for _, heading, _, _ in found] == [
        "Introduction",
        "Contributions",
        "Contributions",
        "Data",
        "Hardware",
    ]
    assert [in_appendix for *_, in_appendix in found] == [False] * 4 + [True]


@pytest.mark.skipif(not REAL.exists(), reason="recorded answers are not here")
def test_a_real_paper_of_the_rarer_form_has_its_sections() -> None:
    sections = by_number(read_sections(REAL.read_text(encoding="utf-8")))
    assert {"1", "2", "3", "4", "5", "A", "B", "C"} <= sections.keys()
    assert (sections["4"].kind, sections["C"].in_appendix) == ("results", True)


@given(
    st.lists(
        st.sampled_from(["[", "](", "(", ")", "#", " ", "\n", "|", "a2020b,", "\\x", "{", "}", "- ", "1 ", "Table 1:"])
    )
)
def test_no_text_takes_long_or_fails(parts: list[str]) -> None:
    before = process_time()
    read_sections("## 1 Introduction\n" + "".join(parts) * 50)
    assert process_time() - before < 1.0


@pytest.mark.parametrize(
    "part", ["[", "(a; ", "[a](", "## ", "a\n---\n", "\\", "1 2 3 4 5\n\n", "x\n", "* • ", "(e.g. A, 2020; "]
)
def test_hostile_repetitions_stay_within_the_time_of_a_paper(part: str) -> None:
    before = process_time()
    read_sections("## 1 Introduction\n" + part * (180_000 // len(part)))
    assert process_time() - before < 1.0
