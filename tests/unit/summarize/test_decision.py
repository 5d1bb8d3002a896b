"""What findings do to an answer."""

from typing import Any

from functions.summarize.answer import Answer
from functions.summarize.asking import Checked, choose, decide, needs_repair
from functions.summarize.grounding.findings import Finding, Severity
from shared.draft.extract import draft
from shared.model.analysis import KeyPoint, Statement

ABSTRACT = "Agents forget. We propose a memory, which halves the error. It reaches 91.5% accuracy."


def answer(*points: str) -> Answer:
    return Answer(one_line=Statement(text="one"), key_points=tuple(KeyPoint(text=point) for point in points))


def finding(item: str, severity: Severity = "remove", **fields: Any) -> Finding:
    return Finding(
        **{"item": item, "rule": "number.absent", "kind": "number", "severity": severity, "quote": "7"} | fields
    )


def test_a_repair_is_worth_a_question_and_no_note() -> None:
    assert needs_repair([finding("one_line")])
    assert needs_repair([finding("one_line", "ask")])
    assert not needs_repair([finding("one_line", "note"), finding("results.0", "drop")])


def test_only_what_is_not_in_the_evidence_is_left_out() -> None:
    found = [
        finding("key_points.0"),
        finding("key_points.1", "ask"),
        finding("one_line", "note"),
        finding("key_points.2", "drop"),
    ]
    kept, left_out = decide(answer("a", "b", "c"), found, "A Memory", ABSTRACT)
    assert [point.text for point in kept.key_points] == ["b"]
    assert left_out == (found[0], found[3])


def test_the_one_line_falls_back_to_the_first_key_point_that_is_left() -> None:
    kept, _ = decide(answer("a", "b"), [finding("one_line"), finding("key_points.0")], "A Memory", ABSTRACT)
    assert kept.one_line.text == "b"


def test_a_one_line_in_another_language_falls_back_to_a_key_point_in_the_right_one() -> None:
    foreign = [finding(item, "ask", kind="language") for item in ("one_line", "key_points.0")]
    kept, left_out = decide(answer("a", "b"), foreign, "A Memory", ABSTRACT)
    assert (kept.one_line.text, [point.text for point in kept.key_points]) == ("b", ["a", "b"])
    assert [each.item for each in left_out] == ["one_line"]


def test_where_nothing_is_left_the_draft_speaks() -> None:
    kept, _ = decide(answer("a"), [finding("one_line"), finding("key_points.0")], "A Memory", ABSTRACT)
    extract = draft("A Memory", ABSTRACT)
    assert (kept.one_line.text, kept.key_points) == (extract.one_line.text, extract.key_points)


def test_the_answer_that_keeps_more_is_chosen_and_of_equal_ones_the_later() -> None:
    better = Checked(answer("a", "b"), [finding("key_points.0")])
    worse = Checked(answer("c", "d"), [finding("key_points.0"), finding("one_line")])
    assert choose([better, worse]) is better
    assert choose([worse, better]) is better
    assert choose([better, better._replace(answer=answer("x", "y"))]).answer.key_points[0].text == "x"
