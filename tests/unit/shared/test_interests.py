"""What the reader is interested in."""

import pytest

from shared.model.interests import Interest, matching, parse
from shared.model.paper import Paper

PAPER = Paper(
    id="2602.00001",
    title="Of Things",
    abstract="An agent reads storage logs.",
    organisation="Seoul National University ",
    authors=("Kim Ha-neul",),
)


def test_interests_are_words_unless_they_say_otherwise() -> None:
    assert parse("agent, tag:RAG,organisation:Google , author:Kim Ha-neul,") == (
        Interest(kind="word", value="agent"),
        Interest(kind="tag", value="RAG"),
        Interest(kind="organisation", value="Google"),
        Interest(kind="author", value="Kim Ha-neul"),
    )
    assert parse("") == ()


@pytest.mark.parametrize(
    ("wanted", "met"),
    [
        ("Agent", True),
        ("rag", False),
        ("tag:rag", True),
        ("tag:agent", False),
        ("organisation:seoul national university", True),
        ("organisation:Google", False),
        ("author:kim ha-neul", True),
        ("author:Kim", False),
        ("C++", False),
    ],
)
def test_a_paper_meets_whole_words_and_whole_names(wanted: str, met: bool) -> None:
    assert bool(matching(parse(wanted), PAPER, ("RAG",))) is met
