"""Text from outside takes milliseconds, whatever it is: in the screening, in the check and on the page."""

import time

import pytest

from functions.publish.render import page
from functions.summarize.answer import Answer
from functions.summarize.grounding import check
from functions.summarize.injection.hostile import screen
from shared.model.analysis import KeyPoint, Statement
from tests.factories.digests import EDITION, analysis, digest, facts, paper

MAX_CHARS = 4000
MAX_SECONDS = 0.2
ATTEMPTS = 3
"""A processor that others use at the same time takes twice as long now and then."""
UNITS = (
    *("S", "1-", "<a ", "(", "a.", "A1-", "1 ", "1,", "가", "x×", "10^", "\\a{", "(A", "오십", "@a.", "Aa ", "{"),
    *("$a", "A/1", "a-", "%1", "https://a", "\\(", "$$", "Aa, ", "1/", "ε^"),
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def everything_is_loaded() -> None:
    """Language files and templates are read at the first use: that is no part of the time."""
    check(Answer(one_line=Statement(text="a"), key_points=()), "a", "a", "ko")
    page.render(digest([paper(1)]), EDITION)


@pytest.mark.parametrize("unit", UNITS)
def test_no_text_takes_long(unit: str) -> None:
    text = unit * MAX_CHARS
    taken = (seconds(text[: MAX_CHARS - attempt]) for attempt in range(ATTEMPTS))
    assert any(each < MAX_SECONDS for each in taken), "patterns that nest take minutes over 4,000 characters"


def seconds(text: str) -> float:
    """Of processor time for a text that nothing has seen before."""
    answer = Answer(one_line=Statement(text=text), key_points=(KeyPoint(text=text, sources=(text,)),))
    shown = paper(1, title=text, facts=facts(abstract=text), analysis=analysis(one_line=text))
    start = time.process_time()
    screen(text, text)
    check(answer, text, text, "ko")
    page.render(digest([shown]), EDITION)
    return time.process_time() - start
