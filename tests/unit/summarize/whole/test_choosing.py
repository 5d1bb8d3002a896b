"""A model reads a whole paper where it fits, and of a longer one what tells most."""

import pytest

from functions.summarize.prompt.prompt import count_tokens
from functions.summarize.whole.choosing import MAX_APPENDIX_TOKENS, choose
from functions.summarize.whole.stated import facts_of
from shared.text.paper.sections import read_sections
from tests.factories import whole_texts
from tests.factories.whole_texts import FILLER, PARTS, Part

STATED = (whole_texts.HARDWARE, whole_texts.DATA, whole_texts.RESULT, whole_texts.ABLATION, whole_texts.LIMIT)
LONG = tuple(Part(part.number, part.heading, [FILLER * 40, *part.paragraphs, FILLER * 40]) for part in PARTS)


def texts(parts: tuple[Part, ...], max_tokens: int) -> list[str]:
    return [each.text for each in choose(read_sections(whole_texts.marked(parts)), max_tokens)]


def test_a_paper_that_fits_is_read_whole_and_in_its_order() -> None:
    chosen = texts(PARTS, 8000)
    assert chosen[0] == FILLER.strip()
    assert [chosen.index(each) for each in (whole_texts.RESULT, whole_texts.ABLATION, whole_texts.LIMIT)] == sorted(
        chosen.index(each) for each in (whole_texts.RESULT, whole_texts.ABLATION, whole_texts.LIMIT)
    )
    assert f"{whole_texts.CAPTION} {whole_texts.ROWS}" in chosen
    assert not any(whole_texts.ABSTRACT[:30] in each for each in chosen), "the list's abstract is read"


def test_of_a_longer_one_what_is_stated_is_kept_within_the_limit() -> None:
    chosen = texts(LONG, 2000)
    assert sum(map(count_tokens, chosen)) <= 2000 + MAX_APPENDIX_TOKENS
    assert set(STATED) <= set(chosen)
    assert len(chosen) < len(texts(LONG, 100_000)) / 3


def test_of_an_appendix_only_what_it_states_is_read() -> None:
    chosen = texts(PARTS, 8000)
    after = chosen[chosen.index(f"KiteNet hears gusts. {FILLER}".strip().split(". ")[0] + ".") :]
    assert whole_texts.HARDWARE in after
    assert whole_texts.VARIANCE in after
    assert after.count(FILLER.strip()) == 1, "the conclusion's, and none of the appendix"


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        (whole_texts.HARDWARE, {"compute", "time"}),
        ("Training took 3 days on a TPU v4 pod.", {"compute", "time"}),
        (whole_texts.DATA, {"data"}),
        (whole_texts.RESULT, {"compared"}),
        (whole_texts.ABLATION, {"compared", "ablation"}),
        (whole_texts.LIMIT, {"limits"}),
        (whole_texts.VARIANCE, {"variance"}),
        ("Our code is publicly available.", {"code"}),
        ("Kites are fun.", set()),
    ],
)
def test_a_sentence_states_what_it_says(sentence: str, facts: set[str]) -> None:
    assert facts <= facts_of(sentence)
    assert facts or not facts_of(sentence)
