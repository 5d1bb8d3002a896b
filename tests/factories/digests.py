"""Digest values for tests of the editions."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from functions.publish.model.digest import Digest, DigestPaper, Theme
from functions.publish.settings import SiteConfig
from shared.draft.extract import PROVENANCE, draft
from shared.model.analysis import Analysis, Graded, KeyPoint, Number, Provenance, Resource, Source, Statement
from shared.model.facts import Code, Facts, facts_from_listing
from shared.model.paper import Paper

DAY = date(2026, 2, 20)
READ_AT = datetime(2026, 2, 21, 0, 15, tzinfo=UTC)
EDITION = SiteConfig(languages=("ko", "en"), site_url="https://papers.example/site")
ABSTRACT = "Feeds are long. We propose a reader that halves the time. It reads 40 papers in 10 minutes."
SENTENCE = "It reads 40 papers in 10 minutes."


def provenance(source: Source = "model") -> Provenance:
    return Provenance(source=source, model="small-model", prompt_version="2", text_read="abstract")


def analysis(one_line: str = "읽는 시간을 절반으로 줄이는 도구를 제안한다.", **changes: Any) -> Analysis:
    """Only what is always there."""
    fields: dict[str, Any] = {
        "key_points": (KeyPoint(text="시간 절반", role="result"),),
        "tags": ("Agent", "LLM"),
        "provenance": provenance(),
    }
    return Analysis(one_line=Statement(text=one_line), **(fields | changes))


def whole_analysis() -> Analysis:
    """Every field filled."""
    return analysis(
        key_points=(KeyPoint(text="긴 목록이 문제", role="problem", sources=(SENTENCE,)), KeyPoint(text="시간 절반")),
        developer_view=Statement(text="바로 쓸 수 있다.", sources=(SENTENCE,)),
        practice_ideas=(Statement(text="사내 목록에 적용"),),
        risks=(Statement(text="영어 논문만 확인"),),
        detail=Statement(text="목록이 길다. 절반으로 줄인다."),
        difficulty=Graded(grade="medium", reasons=("코드 공개", "GPU 불필요")),
        reliability=Graded(grade="high"),
        availability=(Resource(kind="code", text="저장소", address="https://github.com/example/reader"),),
        numbers=(Number(value="40", measures="읽은 논문", source=SENTENCE),),
    )


def facts(**changes: Any) -> Facts:
    fields: dict[str, Any] = {
        "abstract": ABSTRACT,
        "published_at": datetime(2026, 2, 18, tzinfo=UTC),
        "authors": ("Ada Park", "Bo Kim", "Chi Lee", "Dan Oh", "Eve Yun"),
        "organisation": "Example University",
        "code": Code(address="https://github.com/example/reader", stars=1234),
    }
    return Facts(**(fields | changes))


def paper(number: int = 1, title: str = "A Reader for Long Feeds", **changes: Any) -> DigestPaper:
    fields: dict[str, Any] = {
        "id": f"2602.{number:05}",
        "rank": number,
        "upvotes": 100 - number,
        "facts": facts(),
        "analysis": analysis(),
        "source": "model",
        "provenance": provenance(),
    }
    return DigestPaper(title=title, **(fields | changes))


def draft_paper(number: int = 1, **changes: Any) -> DigestPaper:
    point = KeyPoint(text=SENTENCE, role="result", sources=(SENTENCE,))
    drafted = analysis("We propose a reader that halves the time.", key_points=(point,), provenance=provenance("draft"))
    fields: dict[str, Any] = {"analysis": drafted, "source": "draft", "provenance": provenance("draft")}
    return paper(number, **(fields | changes))


def drafted(listed: Iterable[Paper]) -> tuple[DigestPaper, ...]:
    """Papers of a list with their drafts, in its order."""
    return tuple(
        DigestPaper(
            id=paper.id,
            rank=rank,
            title=paper.title,
            upvotes=paper.upvotes,
            facts=facts_from_listing(paper),
            analysis=draft(paper.title, paper.abstract, paper.summary),
            source="draft",
            provenance=PROVENANCE,
        )
        for rank, paper in enumerate(listed, start=1)
    )


def summarised() -> Analysis:
    """A draft whose one-line is Hugging Face's."""
    sentence = Statement(text="We propose a reader.")
    made = {"one_line_from": "huggingface", "contribution": sentence, "provenance": provenance("draft")}
    return analysis("A fast reader.", **made)


def digest(papers: Sequence[DigestPaper] = (), **changes: Any) -> Digest:
    fields: dict[str, Any] = {
        "day": DAY,
        "language": "ko",
        "languages": ("ko", "en"),
        "status": "complete" if papers else "empty",
        "read_at": READ_AT,
        "ranked_at": READ_AT,
        "closed_at": READ_AT,
        "listed": len(papers),
        "model": "small-model",
        "themes": (Theme(tag="Agent", papers=2),) if papers else (),
        "with_code": sum(each.facts.code is not None for each in papers),
    }
    return Digest(papers=tuple(papers), **(fields | changes))
