"""Decides what the findings do: whether the model is asked once more, which answer is kept, and what goes from it."""

from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from functions.summarize.answer import Answer
from functions.summarize.grounding.findings import LEFT_OUT, REPAIRED, Finding, Severity
from shared.draft.extract import draft
from shared.model.analysis import Statement
from shared.model.texts import drop_items


class Checked(NamedTuple):
    """An answer and what the check found in it."""

    answer: Answer
    findings: Sequence[Finding]


class Decision(NamedTuple):
    """The answer that is shown, and the findings for which items were left out of it."""

    answer: Answer
    left_out: tuple[Finding, ...]


def needs_repair(findings: Iterable[Finding]) -> bool:
    """Whether a finding is worth a second call. Length, style, and a row that is left out are not."""
    return any(finding.severity in REPAIRED for finding in findings)


def choose(tries: Sequence[Checked]) -> Checked:
    """The answer of which more is kept; of equal ones the one with fewer findings, then the later one."""

    def items(each: Checked, severities: Container[Severity]) -> int:
        return len({finding.item for finding in each.findings if finding.severity in severities})

    return max(reversed(tries), key=lambda each: (-items(each, LEFT_OUT), -items(each, REPAIRED)))


def decide(answer: Answer, findings: Sequence[Finding], title: str, abstract: str) -> Decision:
    """Leaves out the items whose number, name or expansion is not in the evidence. There is always an analysis.

    A one-line that is left out, or is in another language, falls back to the first key point that is neither, then to
    the draft's, as key points do.
    """
    removed = tuple(
        finding
        for finding in findings
        if finding.severity in LEFT_OUT or (finding.item == "one_line" and finding.kind == "language")
    )
    if not removed:
        return Decision(answer, ())
    kept = drop_items(answer, {finding.item for finding in removed})
    extract = draft(title, abstract)
    points = kept.key_points or extract.key_points
    if kept.one_line is None:
        unfit = {finding.item for finding in findings if finding.severity in LEFT_OUT or finding.kind == "language"}
        fit = (point for place, point in enumerate(answer.key_points) if f"key_points.{place}" not in unfit)
        one_line = next(fit, extract.one_line)
        statement = Statement(text=one_line.text, sources=one_line.sources)
        kept = kept.model_copy(update={"one_line": statement})
    return Decision(kept.model_copy(update={"key_points": points}), removed)
