"""Thirty queries over the recorded days, and the papers that somebody who did not write the search expects first."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from functions.fetch.lists.rows import read
from functions.publish.index.search import Search, SearchDay, SearchParts
from tests.factories.digests import digest, drafted
from tests.factories.places import FIXTURES
from tests.factories.search_folder import MemorySite

SHOWN = 3


def judged_queries() -> list[tuple[str, list[str]]]:
    """The queries with the ids of which one is to be among the first three."""
    lines = (FIXTURES / "judged_queries.tsv").read_text(encoding="utf-8").splitlines()
    return [(query, wanted.split()) for query, wanted in (line.split("\t") for line in lines)]


def search_days(folder: Path) -> Iterator[SearchDay]:
    """The recorded days with drafts, without a model; rows that came later replace earlier ones."""
    for day in sorted({path.stem for path in folder.rglob("*.json")}):
        rows = {
            row["paper"]["id"]: row
            for path in sorted(folder.rglob(f"{day}.json"))
            for row in json.loads(path.read_bytes())
        }
        papers = drafted(read(rows.values()).papers)
        found = Search(MemorySite(), SearchParts()).with_digest(digest(papers, day=date.fromisoformat(day))).day
        if papers and found:
            yield found
