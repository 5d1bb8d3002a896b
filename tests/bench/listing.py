"""A list of as many papers as are asked for, as long as real ones are."""

import json
from pathlib import Path
from typing import Any

from local.arguments import SAMPLE
from tests.chain.world import row

AUTHORS = tuple({"name": f"Author {number}"} for number in range(8))


def abstracts() -> list[str]:
    """Two of the sample day's each: 1,700 characters, where real ones have 1,350."""
    written: list[str] = [listed["paper"]["summary"] for listed in json.loads((SAMPLE / "listing.json").read_bytes())]
    return [f"{first} {second}" for first, second in zip(written, [*written[1:], written[0]], strict=True)]


def rows(papers: int) -> list[dict[str, Any]]:
    """The list, the most votes first. Every second paper has code."""
    texts = abstracts()
    return [
        row(
            f"2602.{number:05}",
            upvotes=papers - number,
            title=f"Paper {number}: A Title as Long as Titles Are, Which Takes Two Lines of a Page",
            summary=texts[number % len(texts)],
            authors=AUTHORS,
            organization={"name": "example", "fullname": "Example University"},
            ai_summary=texts[number % len(texts)][:200],
            **({"githubRepo": f"https://github.com/example/{number}", "githubStars": number} if number % 2 else {}),
        )
        for number in range(papers)
    ]


def written(folder: Path, papers: int) -> Path:
    """The list as a file, as it would be answered."""
    file = folder / f"{papers}.json"
    file.write_text(json.dumps(rows(papers)), encoding="utf-8")
    return file
