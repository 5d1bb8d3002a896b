"""Screens texts for hidden orders: `python -m tests.quality.screening FOLDER`.

Reads every JSON file below a folder in one of three forms: rows of the daily list, papers with an abstract, hostile
texts. A text with `"hostile": true` has to be flagged, any other must not be.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from functions.summarize.injection.hostile import Screened, screen


class Screening(NamedTuple):
    """A text, and what the screening made of it."""

    id: str
    is_hostile: bool
    screened: Screened

    @property
    def is_right(self) -> bool:
        """Whether a hostile text is flagged, or an honest one is not."""
        return bool(self.screened.signs) == self.is_hostile


def screenings(folder: Path) -> Iterator[Screening]:
    """Every text of the folder, each id once."""
    seen: set[str] = set()
    for path in sorted(folder.rglob("*.json")):
        rows = json.loads(path.read_text(encoding="utf-8"))
        for row in rows if isinstance(rows, list) else []:
            paper: dict[str, Any] = row.get("paper", row) if isinstance(row, dict) else {}
            abstract = paper.get("abstract") or paper.get("summary")
            name = str(paper.get("id") or paper.get("name"))
            if isinstance(abstract, str) and name not in seen:
                seen.add(name)
                screened = screen(str(paper.get("title", "")), abstract)
                yield Screening(name, bool(paper.get("hostile")), screened)


def main(folder: str) -> None:
    """Prints what is wrong, and the totals."""
    found = list(screenings(Path(folder)))
    for each in found:
        if not each.is_right:
            print(f"{'MISSED' if each.is_hostile else 'ACCUSED'} | {each.id} | {list(each.screened.withheld)}")
    hostile = [each for each in found if each.is_hostile]
    honest = [each for each in found if not each.is_hostile]
    print(
        f"honest: {len(honest)} texts, {sum(not each.is_right for each in honest)} accused | "
        f"hostile: {len(hostile)} texts, {sum(not each.is_right for each in hostile)} missed"
    )


if __name__ == "__main__":
    main(sys.argv[1])
