import pytest

from shared.text.sentences import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        (" \n\t ", ()),
        ("One thing only", ("One thing only",)),
        ("One ends. Two starts! Is this three? Yes.", ("One ends.", "Two starts!", "Is this three?", "Yes.")),
        ("  Blank space around.  And between.\n", ("Blank space around.", "And between.")),
        ("A line\nbreak stays inside. Next.", ("A line\nbreak stays inside.", "Next.")),
    ],
)
def test_a_text_is_split_where_its_sentences_end(text: str, expected: tuple[str, ...]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It builds on Owl-v3.5 and on Llama 3.1 with 2.5 times fewer steps.",
        "Many tools, e.g. Foo or, i.e., Bar, fail here.",
        "The loss of Kim et al. (2024) and Lee et al. 2023 is kept.",
        "As Fig. 3 and Eq. 7 show, cold vs. Warm starts differ.",
        "We ask (1) when does it fail? (2) why does it hold? and (3) what helps?",
        "Two faults remain: 1. The first one and 2. Blurred edges.",
        "The corpus holds letters of the U.S. Treasury.",
        "Dr. Who is answered.",
        'The survey "What Now?" is short.',
        "Code at https://example.org/Foo.Bar/x.py works.",
        "Costs fall to $3.5\\times$ of $x_{i}. y$ at most.",
    ],
)
def test_no_sentence_ends_at_a_full_stop_that_belongs_to_a_word(text: str) -> None:
    assert sentences(text) == (text,)


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("It reads text, code, etc. We test it.", "We test it."),
        ("It needs a pass rate of 0. However, few do.", "However, few do."),
        ("The set was built by Kim et al. We extend it.", "We extend it."),
        ("It is (quite) simple (and small.) The rest follows.", "The rest follows."),
        ("It helps. iFoo is new.", "iFoo is new."),
        ("It helps. 3D scenes gain most.", "3D scenes gain most."),
        ("It helps: (1) Data is cleaned. (2) Models are merged.", "(2) Models are merged."),
        ("We collect a new dataset.Our models use it.", "Our models use it."),
        ("Sie hilft. Über 90% sind besser.", "Über 90% sind besser."),
    ],
)
def test_a_sentence_ends_before_the_next_one_however_it_begins(text: str, second: str) -> None:
    assert sentences(text)[1:] == (second,)


@pytest.mark.parametrize("text", ["." * 100_000, ". " * 50_000, "A. " * 30_000, "a" * 100_000, "(1) " * 25_000])
def test_nothing_is_lost_of_a_text_that_is_not_language(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
