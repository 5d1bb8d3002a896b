"""Reads a top5 file back into a Digest. Every line is taken apart into values; none is kept whole."""

import re
from collections.abc import Iterator
from datetime import date

from functions.publish.model.digest import Digest, DigestPaper
from shared.model.analysis import Analysis, Graded, KeyPoint, Statement
from shared.model.facts import Facts, Picture
from tests.factories import digests

GRADES = {"상": "high", "중": "medium", "하": "low"}
FIRST_LINE = re.compile(r"# (?P<day>[\d-]+) Daily Papers \(Top \d+\)")
HEADING = re.compile(r"## (?P<rank>\d+)\. \[(?P<title>.+)\]\(https://huggingface\.co/papers/(?P<id>[\d.]+)\)")
FACTS = re.compile(
    r"\*\*Upvotes\*\*: (?P<votes>\d+) \| \*\*도입 난이도\*\*: (?P<difficulty>.) \| \*\*신뢰도\*\*: (?P<reliability>.)"
)
PICTURE = re.compile(r"!\[(?P<role>Thumbnail|Figure)\]\((?P<path>.+)\)")


def parse(text: str) -> Digest:
    first, *rest = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    day = FIRST_LINE.match(first)
    assert day
    papers = tuple(_paper(part) for part in rest)
    return digests.digest(papers, day=date.fromisoformat(day["day"]))


def _paper(text: str) -> DigestPaper:
    head, *parts = re.split(r"^### ", text, flags=re.MULTILINE)
    heading, facts = HEADING.match(head), FACTS.search(head)
    tags = re.search(r"^\*\*태그\*\*: (.+)$", head, re.MULTILINE)
    assert heading
    assert facts
    assert tags
    sections = dict(_section(part) for part in parts)
    analysis = Analysis(
        one_line=sections["한 줄 요약"][0],
        key_points=tuple(KeyPoint(text=point.text) for point in sections["핵심 포인트"]),
        tags=tuple(tags[1].split(", ")),
        developer_view=sections["개발자 관점"][0],
        practice_ideas=sections["실무 적용 아이디어"],
        risks=sections["리스크/한계"],
        detail=sections["초록 기반 상세 설명"][0],
        difficulty=Graded(grade=GRADES[facts["difficulty"]]),
        reliability=Graded(grade=GRADES[facts["reliability"]]),
        provenance=digests.provenance(),
    )
    return digests.paper(
        int(heading["rank"]),
        heading["title"],
        id=heading["id"],
        upvotes=int(facts["votes"]),
        facts=Facts(abstract="", pictures=tuple(_pictures(text))),
        analysis=analysis,
    )


def _section(text: str) -> tuple[str, tuple[Statement, ...]]:
    """A heading without its icon, and the items or the paragraph below it."""
    heading, *lines = text.splitlines()
    texts = (line.removeprefix("- ") for line in lines if line and line != "---" and not PICTURE.match(line))
    return heading.split(" ", 1)[1], tuple(Statement(text=text) for text in texts)


def _pictures(text: str) -> Iterator[Picture]:
    for found in PICTURE.finditer(text):
        yield Picture(role="thumbnail" if found["role"] == "Thumbnail" else "figure", path=found["path"])
