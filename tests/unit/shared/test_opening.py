import time

import pytest

from shared.draft.opening import cut_opening


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("To this end, we propose a kite.", "… We propose a kite."),
        ("However, we propose a kite.", "… We propose a kite."),
        ("In this technical report, we present a kite.", "… We present a kite."),
        ("Here we show that kites fly.", "… We show that kites fly."),
        ("Then, to this end, we propose a kite.", "… We propose a kite."),
        ("To address these challenges, this paper presents a kite.", "… This paper presents a kite."),
        ("Motivated by this, we propose a kite.", "… We propose a kite."),
        ("To bridge the gap, we propose a kite.", "… We propose a kite."),
        ("However, as the kite remains incomplete, we propose a tail.", "… We propose a tail."),
        ("(2) We release a kite.", "… We release a kite."),
        ("Our paper has two parts: (1) We propose a kite; (2) we build it.", "… We propose a kite …"),
    ],
)
def test_what_hangs_on_the_sentence_before_is_cut_and_marked(sentence: str, shown: str) -> None:
    assert cut_opening(sentence) == shown


@pytest.mark.parametrize(
    "sentence",
    [
        "We propose a kite.",
        "To keep kites in the air without wind, we propose a second tail.",
        "By adding a second tail, we keep kites in the air.",
        "So far no kite has flown.",
        "Next-generation kites have two tails.",
        "Rather than a tail, we propose a second kite.",
        "(TwoTail) is a kite.",
        "",
    ],
)
def test_what_can_be_read_alone_stays_as_it_is(sentence: str) -> None:
    assert cut_opening(sentence) == sentence


def test_the_rest_is_verbatim() -> None:
    sentence = "To this end,\nwe propose TwoTail, a kite; to this end, it has (1) a tail, and (2) a tail."
    assert cut_opening(sentence) == "… We propose TwoTail, a kite; to this end, it has (1) a tail, and (2) a tail."


@pytest.mark.parametrize("text", ["then, " * 20_000, "to this, " * 10_000, "(1) " * 20_000, ": (1) we " * 10_000])
def test_a_hostile_sentence_is_cut_in_no_time(text: str) -> None:
    started = time.process_time()
    cut_opening(text)
    assert time.process_time() - started < 1
