import json
import re
import time

import pytest

from shared.draft.extract import draft
from shared.draft.summary import is_supported
from tests.factories.places import REFERENCE

RECORDED = REFERENCE / "data" / "huggingface"
TITLE = "TwoTail: Kites that Need No Wind"
ABSTRACT = (
    "We propose TwoTail, a kite with two tails built by Large Loop Makers (LLM). On BeachBench it flies 12.5% longer"
    " than GPT-4o and is 3x faster over 1,200 flights. It has 7B threads."
)


def supported(sentence: str) -> bool:
    return is_supported(f"In short, {sentence} for all who fly kites.", TITLE, ABSTRACT)


@pytest.mark.parametrize(
    "sentence",
    [
        "TwoTail flies 12.5 percent longer",
        "TwoTail is 3 times faster than GPT-4o",
        "TwoTail is 3-fold faster",
        "1200 flights on BeachBench prove it",
        "a 7-billion thread kite",
        "large loop makers (LLMs) build kites",
        "AI kites need no wind",
        "2 tails keep a kite in the air",
    ],
)
def test_what_the_abstract_says_is_supported_in_other_spellings(sentence: str) -> None:
    assert supported(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "TwoTail flies 12.6% longer",
        "TwoTail flies 12.5 points longer",
        "TwoTail is 12.5x faster",
        "TwoTail has three tails",
        "TwoTail beats GPT-5",
        "TwoTail beats Claude",
        "ThreeTail flies longer",
        "TwoTail is best on MMLU",
        "large language makers (LLM) build kites",
        "wind and tail (WAT) are all one needs",
        "see https://kite.example",
        "<b>TwoTail</b> flies",
        "I cannot summarize TwoTail",
    ],
)
def test_what_the_abstract_does_not_say_is_not_supported(sentence: str) -> None:
    assert not supported(sentence)


@pytest.mark.parametrize("sentence", ["", "A kite.", "kite " * 200])
def test_what_is_no_sentence_is_not_supported(sentence: str) -> None:
    assert not is_supported(sentence, TITLE, ABSTRACT)


def test_a_supported_summary_is_the_one_line_and_the_contribution_follows() -> None:
    summary = "TwoTail keeps kites in the air\nwith a second tail and no wind."
    drafted = draft(TITLE, ABSTRACT, summary)
    assert drafted.one_line.text == "TwoTail keeps kites in the air with a second tail and no wind."
    assert (drafted.line_source, drafted.one_line.sources) == ("huggingface", ())
    assert drafted.contribution == draft(TITLE, ABSTRACT).one_line


@pytest.mark.parametrize("summary", [None, "", "ThreeTail keeps kites in the air with a third tail and no wind."])
def test_without_a_supported_summary_the_contribution_is_the_one_line(summary: str | None) -> None:
    drafted = draft(TITLE, ABSTRACT, summary)
    assert drafted == draft(TITLE, ABSTRACT)
    assert (drafted.line_source, drafted.contribution) == ("draft", None)


def recorded() -> list[tuple[str, str, str]]:
    if not RECORDED.is_dir():
        pytest.skip(f"the recorded answers are not here: {RECORDED}")
    rows = [row["paper"] for day in sorted(RECORDED.glob("*.json")) for row in json.loads(day.read_text("utf-8"))]
    return [(row["ai_summary"], row["title"], row["summary"]) for row in rows if "ai_summary" in row]


def test_recorded_summaries_are_supported_by_their_papers() -> None:
    papers = recorded()
    assert sum(is_supported(*paper) for paper in papers) >= 0.98 * len(papers) > 300


def test_a_changed_number_or_a_name_of_another_paper_in_a_recorded_summary_is_found() -> None:
    papers = recorded()
    for summary, title, abstract in papers:
        other = re.sub(r"(?<![\w.])\d+", lambda match: str(int(match.group()) * 7 + 1), summary)
        if other != summary:
            assert not is_supported(other, title, abstract), other
        named = summary.replace(" a ", " a Zorblax-9 ", 1)
        if named != summary:
            assert not is_supported(named, title, abstract), named


@pytest.mark.parametrize("text", ["9" * 100_000, "a " * 50_000, "word (" * 20_000, "A1" * 50_000])
def test_a_hostile_text_is_read_in_no_time(text: str) -> None:
    started = time.process_time()
    draft(text, text, text[:400])
    assert time.process_time() - started < 1
