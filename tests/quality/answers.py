"""Holds recorded answers of real models against the check: `python -m tests.quality.answers FOLDER [even|odd]`.

Every sentence of the abstract counts as cited. An objection is right where the file says so (`judged`); one that it
does not judge counts as false. `even` or `odd` takes the papers whose id ends in such a digit: one half to tune on, the
other to measure.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from functions.summarize.answer import Answer
from functions.summarize.asking import decide, needs_repair
from functions.summarize.grounding import Finding, check
from functions.summarize.grounding.findings import REPAIRED
from functions.summarize.injection.hostile import screen
from shared.model.analysis import KeyPoint, Statement

LISTS = frozenset({"practice_ideas", "risks"})
SINGLE = frozenset({"developer_view", "detail"})


class Objection(NamedTuple):
    """An item that the check would have the model mend."""

    paper: str
    path: str
    text: str
    findings: tuple[Finding, ...]
    judged: str


class Held(NamedTuple):
    """A paper's answer, held against its abstract."""

    language: str
    items: int
    objections: tuple[Objection, ...]
    missed: tuple[str, ...]
    """Texts with a right objection that the check does not make."""
    is_repaired: bool
    is_lost: bool


def papers(folder: Path, half: str = "") -> Iterator[Mapping[str, Any]]:
    """Every paper of the files in a folder, or those of one half."""
    for path in sorted(folder.glob("*.json")):
        for paper in json.loads(path.read_text(encoding="utf-8")):
            digit = int("0" + "".join(filter(str.isdigit, paper["id"]))[-1:])
            if not half or half == ("odd" if digit % 2 else "even"):
                yield paper


def hold(paper: Mapping[str, Any]) -> Held:
    """The objections to a paper's answer, and what would become of it if the repair changed nothing."""
    text = screen(paper["title"], paper["abstract"])
    answer, by_path = build_answer(paper["items"], text.sentences)
    findings = check(answer, text.title, text.abstract, paper["language"])
    asked = [finding for finding in findings if finding.severity in REPAIRED]
    objections = [
        Objection(paper["id"], path, item["text"], found, item.get("judged", "not judged"))
        for path, item in by_path.items()
        if (found := tuple(finding for finding in asked if finding.item == path))
    ]
    found_paths = {objection.path for objection in objections}
    right = {path: item for path, item in by_path.items() if item.get("judged", "").startswith("right")}
    decision = decide(answer, findings, paper["title"], paper["abstract"])
    return Held(
        paper["language"],
        len(by_path),
        tuple(objections),
        tuple(item["text"] for path, item in right.items() if path not in found_paths),
        needs_repair(findings) and not any(each.judged.startswith("right") for each in objections),
        not decision.answer.one_line.text or bool(answer.key_points and not decision.answer.key_points),
    )


def build_answer(
    items: Sequence[Mapping[str, Any]], cited: tuple[str, ...]
) -> tuple[Answer, dict[str, Mapping[str, Any]]]:
    """The answer that the items make, and each item by its path."""
    by_path: dict[str, Mapping[str, Any]] = {}
    fields: dict[str, Any] = {"key_points": (), "practice_ideas": (), "risks": ()}
    for item in items:
        field = item["field"]
        statement = Statement(text=item["text"], sources=cited)
        if field in SINGLE or field == "one_line":
            fields[field] = statement
            by_path[field] = item
        else:
            by_path[f"{field}.{len(fields[field])}"] = item
            point = statement if field in LISTS else KeyPoint(text=item["text"], sources=cited)
            fields[field] = (*fields[field], point)
    one_line = fields.pop("one_line", Statement(text=items[0]["text"], sources=cited))
    return Answer(one_line=one_line, **fields), by_path


def totals(held: Sequence[Held], language: str) -> str:
    """Items, objections and papers of a language, in one line."""
    own = [each for each in held if each.language == language]
    judged = Counter(objection.judged.partition(",")[0] for each in own for objection in each.objections)
    items, right = sum(each.items for each in own), judged.pop("right", 0)
    false, repaired = judged.total(), sum(each.is_repaired for each in own)
    return (
        f"{language}: {len(own)} papers, {items} items; objections right {right}, missed "
        f"{sum(len(each.missed) for each in own)}, false {false} ({100 * false / max(items, 1):.2f} %); repair calls "
        f"{repaired} ({100 * repaired / max(len(own), 1):.1f} %); lost {sum(each.is_lost for each in own)}"
    )


def main(folder: str, half: str = "") -> None:
    """Prints every objection, every right one that is not made, and the totals."""
    held = [hold(paper) for paper in papers(Path(folder), half)]
    for each in held:
        for objection in each.objections:
            found = ", ".join(f"{finding.rule} {finding.quote!r}" for finding in objection.findings)
            print(f"{objection.judged} | {objection.paper} {objection.path} | {found} | {objection.text}")
        for text in each.missed:
            print(f"MISSED | {text}")
    print(" | ".join(totals(held, language) for language in sorted({each.language for each in held})))


if __name__ == "__main__":
    main(*sys.argv[1:])
