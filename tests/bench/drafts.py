"""What drafts of recorded days are like, and how well titles and tags agree."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from shared.draft.extract import draft
from shared.draft.opening import MARK
from shared.model.analysis import Analysis
from tests.bench.figures import Figure
from tests.factories.places import REFERENCE

RECORDED = REFERENCE / "data" / "huggingface"
IN_TITLE = {"Dataset": re.compile("data ?set", re.IGNORECASE), "Benchmark": re.compile("bench", re.IGNORECASE)}
DIGIT = re.compile(r"\d\s?(?:%|x\b|times)")


def figures() -> Iterator[Figure]:
    """Counts over all papers of the recorded days."""
    papers = {row["paper"]["id"]: row["paper"] for path in sorted(RECORDED.glob("*.json")) for row in _rows(path)}
    if not papers:
        yield Figure("drafts of recorded days", None, "", None, f"the recorded answers are not here: {RECORDED}")
        return
    drafts = {
        paper_id: draft(paper["title"], paper.get("summary", ""), paper.get("ai_summary"))
        for paper_id, paper in papers.items()
    }
    over = f"of {len(papers)} papers"
    summaries = sum("ai_summary" in paper for paper in papers.values())
    refused = summaries - sum(each.line_source == "huggingface" for each in drafts.values())
    yield Figure("summaries of Hugging Face refused", refused, "", None, f"of {summaries}")
    yield Figure("contributions cut at their beginning", sum(map(_is_cut, drafts.values())), "", None, over)
    told = sum(bool(DIGIT.search(paper.get("summary", ""))) for paper in papers.values())
    yield Figure("drafts whose key points hold a result's number", sum(map(_measures, drafts.values())), "", told, over)
    for tag, word in IN_TITLE.items():
        titles = [paper_id for paper_id, paper in papers.items() if word.search(paper["title"])]
        missing = sum(tag not in drafts[paper_id].tags for paper_id in titles)
        yield Figure(f"titles that say it without the tag {tag}", missing, "", 0, f"of {len(titles)}")
    yield Figure("papers without a tag", sum(not each.tags for each in drafts.values()), "", None, over)


def _rows(path: Path) -> list[dict[str, dict[str, str]]]:
    rows: list[dict[str, dict[str, str]]] = json.loads(path.read_text(encoding="utf-8"))
    return rows


def _is_cut(analysis: Analysis) -> bool:
    return (analysis.contribution or analysis.one_line).text.startswith(MARK)


def _measures(analysis: Analysis) -> bool:
    return any(DIGIT.search(point.text) for point in analysis.key_points)
