"""What mending changes on the recorded days: a table of every text, and nothing of LaTeX left.

Regenerate the table with `python -m tests.unit.fetch.test_mended_days`, then read its differences.
"""

import json
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from functions.fetch.lists import rows
from shared.model.paper import Paper
from shared.text.formulas import readable
from tests.factories.places import REFERENCE

RECORDED = REFERENCE / "data" / "huggingface"
TABLE = Path(__file__).parents[2] / "factories" / "fixtures" / "mended.tsv"
"""Paper, words before, words after."""
LEFT = re.compile(
    r"\\[A-Za-z]|[{}]|``|''|\d(?:times|circ|pm|leq|geq)|\^(?:circ|star)|(?<![a-z-])(?:times|sim|leq|geq|pm)\d"
    r"|(?:text(?:it|bf|tt|sc)|emph)\{|https?://\S+\{"
)
"""A bare command, a brace, quotation marks of TeX, `Ntimes`."""
A_WORD = re.compile(r"sim2real")

needs_recorded_days = pytest.mark.skipif(not RECORDED.exists(), reason=f"{RECORDED} is not here")


def read() -> Iterator[tuple[dict[str, object], Paper]]:
    """Each recorded row with the paper that is read from it."""
    for path in sorted([*RECORDED.glob("*.json"), *RECORDED.glob("later/*.json")]):
        for row in json.loads(path.read_text(encoding="utf-8")):
            for paper in rows.read([row]).papers:
                yield row["paper"], paper


def texts(row: dict[str, object], paper: Paper) -> Iterator[tuple[str, str]]:
    """Each text of a row as the list has it, on one line, and as it is mended."""
    yield str(row["title"]), paper.title
    yield str(row.get("summary", "")), paper.abstract
    yield str(row.get("ai_summary", "")), paper.summary or ""
    yield from zip((str(each["name"]) for each in row["authors"]), paper.authors, strict=False)  # type: ignore[attr-defined]


def changes() -> list[str]:
    """The lines of the table."""
    found: dict[str, None] = {}
    for row, paper in read():
        for before, after in texts(row, paper):
            old, new = before.split(), after.split()
            for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
                if kind != "equal":
                    found[f"{paper.id}\t{' '.join(old[a:b])}\t{' '.join(new[c:d])}"] = None
    return list(found)


@needs_recorded_days
def test_mending_changes_what_the_table_says_and_nothing_else() -> None:
    assert changes() == TABLE.read_text(encoding="utf-8").splitlines()


@needs_recorded_days
def test_nothing_of_latex_is_left_on_the_recorded_days() -> None:
    left = {
        (paper.id, match.group())
        for _, paper in read()
        for text in (paper.title, paper.abstract, paper.summary or "", *paper.authors)
        for match in LEFT.finditer(A_WORD.sub("", readable(text)))
    }
    assert left == set()


if __name__ == "__main__":
    TABLE.write_text("\n".join(changes()) + "\n", encoding="utf-8")
