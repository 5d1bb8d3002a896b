import pytest

from functions.publish.model.digest import Missing
from functions.publish.render import markdown
from shared.model.analysis import Statement
from shared.model.facts import Picture
from tests.factories import digests
from tests.factories.digests import EDITION, analysis, digest, draft_paper, facts, paper, summarised, whole_analysis
from tests.factories.places import REFERENCE
from tests.factories.top5_parser import parse

READERS_FILE = REFERENCE / "formats" / "top5-2026-02-20.md"


@pytest.mark.skipif(not READERS_FILE.exists(), reason="the editions of the systems before this one are not here")
def test_the_file_that_readers_know_comes_out_line_for_line_but_the_pictures() -> None:
    expected = READERS_FILE.read_text(encoding="utf-8")

    rendered = markdown.top5(parse(expected), EDITION)

    assert [_without_picture(line) for line in rendered.split("\n")] == [
        _without_picture(line) for line in expected.split("\n")
    ]


def _without_picture(line: str) -> str:
    return line.split("](", maxsplit=1)[0] if line.startswith("![") else line


def test_the_first_line_tells_the_real_number_of_papers() -> None:
    assert markdown.top5(digest([paper(1), paper(2)]), EDITION).startswith("# 2026-02-20 Daily Papers (Top 2)\n")
    seven = digest([paper(number) for number in range(1, 8)])
    assert markdown.top5(seven, EDITION).startswith("# 2026-02-20 Daily Papers (Top 5)\n")
    assert "## 6." not in markdown.top5(seven, EDITION)


def test_a_field_without_content_has_no_heading_and_the_others_keep_their_order() -> None:
    whole = markdown.top5(digest([paper(analysis=whole_analysis())]), EDITION)
    headings = [line for line in whole.splitlines() if line.startswith("### ")]
    assert headings == [
        "### 📌 한 줄 요약",
        "### 🔑 핵심 포인트",
        "### 🧑💻 개발자 관점",
        "### 🚀 실무 적용 아이디어",
        "### ⚠️ 리스크/한계",
        "### 📝 초록 기반 상세 설명",
    ]
    short = markdown.top5(digest([paper(analysis=analysis())]), EDITION)
    assert [line for line in short.splitlines() if line.startswith("### ")] == headings[:2]


@pytest.mark.parametrize("risks", [(Statement(text="영어 논문만 확인"),), ()], ids=["with risks", "without"])
def test_what_the_authors_state_as_limits_stands_first_where_the_form_has_risks(risks: tuple[Statement, ...]) -> None:
    limited = whole_analysis().model_copy(update={"limits": (Statement(text="평지에서만 쟀다"),), "risks": risks})
    text = markdown.top5(digest([paper(analysis=limited)]), EDITION)
    listed = "".join(f"- {each.text}\n" for each in (*limited.limits, *risks))
    assert f"### ⚠️ 리스크/한계\n{listed}\n### 📝 초록 기반 상세 설명\n" in text


def test_grades_carry_their_reasons_and_unjudged_grades_are_left_out() -> None:
    judged = markdown.top5(digest([paper(analysis=whole_analysis())]), EDITION)
    assert "**Upvotes**: 99 | **도입 난이도**: 중 (코드 공개; GPU 불필요) | **신뢰도**: 상\n" in judged
    assert "**Upvotes**: 99\n" in markdown.top5(digest([paper()]), EDITION)


def test_a_draft_says_what_it_is_why_it_stands_there_and_credits_the_summary_beside_it() -> None:
    drafted = draft_paper()
    failed = Missing(id=drafted.id, title=drafted.title, reason="failed")

    text = markdown.top5(digest([drafted], missing=(failed,)), EDITION)

    assert "**분석**: 자동 발췌 · LLM 미사용 (모델 분석 실패)\n" in text
    summary = markdown.top5(digest([draft_paper(analysis=summarised())], model="draft"), EDITION)
    assert "**분석**: Hugging Face 요약 · AI 작성 · 영문\n" in summary
    assert (
        "### 📌 한 줄 요약\nA fast reader.\n\n초록의 기여 문장 (자동 발췌 · LLM 미사용): We propose a reader.\n"
        in summary
    )
    assert "**분석**: 자동 발췌 · LLM 미사용\n" in markdown.top5(digest([drafted], model="draft"), EDITION)
    assert "**분석**" not in markdown.top5(digest([paper()]), EDITION)


def test_a_picture_is_our_copy_and_where_there_is_none_no_other_server_is_told_of_the_reader() -> None:
    pictures = (
        Picture(role="thumbnail", address="https://cdn.example/1.png", path="pictures/2602.00001/1-640.webp"),
        Picture(role="figure", address="https://cdn.example/2.png", path="pictures/2602.00001/2-640.webp"),
        Picture(role="figure", address="https://cdn.example/a b).png"),
        Picture(role="figure", address="javascript:alert(1)"),
    )
    shown = digest([paper(facts=facts(pictures=pictures))])

    text = markdown.top5(shown, EDITION)

    assert "![Thumbnail](../pictures/2602.00001/1-640.webp)" in text
    assert "### 🖼️ 추가 자료\n![Figure](../pictures/2602.00001/2-640.webp)\n\n" in text
    assert "cdn.example" not in text
    assert "javascript" not in text
    english = markdown.top5(shown.model_copy(update={"language": "en"}), EDITION)
    assert "![Thumbnail](../../pictures/2602.00001/1-640.webp)" in english


def test_an_empty_day_says_why() -> None:
    assert markdown.top5(digest(day=digests.DAY.replace(day=21)), EDITION) == (
        "# 2026-02-21 Daily Papers (Top 0)\n\n주말에는 목록이 없다.\n\n"
    )
