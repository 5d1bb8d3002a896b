"""Values of a day as fetch stores them, for tests of what follows from them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from shared.model.analysis import Analysis, KeyPoint, Provenance, Statement
from shared.model.manifest import ListedPaper, Manifest
from shared.model.paper import Paper

FRIDAY = date(2026, 2, 20)
SATURDAY = date(2026, 2, 21)
MORNING = datetime(2026, 2, 21, 0, 15, tzinfo=UTC)
"""When Friday's list is read first."""
DEADLINE = MORNING + timedelta(hours=2)
ONE, TWO, THREE = "2602.00001", "2602.00002", "cs/0601003"


def paper(paper_id: str = ONE, upvotes: int = 1, **fields: Any) -> Paper:
    abstract = "Feeds are long. We propose a kite that reads them. It reaches 91.5% accuracy."
    return Paper(id=paper_id, upvotes=upvotes, **({"title": f"Paper {paper_id}", "abstract": abstract} | fields))


def manifest(papers: Sequence[Paper] = (), read_at: datetime = MORNING, **fields: Any) -> Manifest:
    """A read; the papers are ranked in the order in which they are given."""
    about: dict[str, Any] = {
        "day": FRIDAY,
        "languages": ("ko",),
        "model": "small-model",
        "deadline": read_at + timedelta(hours=2),
    }
    listed = tuple(ListedPaper(rank=place, plan="full", paper=each) for place, each in enumerate(papers, start=1))
    return Manifest(read_at=read_at, papers=listed, **(about | fields))


def analysis(cost_usd: float | None = 0.0, tags: tuple[str, ...] = ("Agent",), **fields: Any) -> Analysis:
    made = Provenance(source="model", model="small-model", prompt_version="1", text_read="abstract", cost_usd=cost_usd)
    about: dict[str, Any] = {"one_line": Statement(text="연을 제안한다."), "key_points": (KeyPoint(text="연"),)}
    return Analysis(tags=tags, provenance=made, **(about | fields))
