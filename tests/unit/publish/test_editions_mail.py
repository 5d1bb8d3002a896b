from datetime import timedelta

import pytest

from functions.publish.model.digest import Missing
from functions.publish.render import mail
from functions.publish.render.mail import Mail, MailRefusedError
from shared.model.analysis import KeyPoint, Statement
from shared.model.span import Day
from tests.factories.digests import (
    DAY,
    EDITION,
    analysis,
    digest,
    draft_paper,
    facts,
    paper,
    summarised,
    whole_analysis,
)

PRIVATE = EDITION.model_copy(update={"site_url": "https://bucket.invalid/site", "site_is_reachable": False})


def test_the_mail_has_the_two_lines_the_five_best_and_the_way_to_the_rest() -> None:
    papers = [paper(1), paper(2, facts=facts(code=None)), *(paper(number) for number in range(3, 20))]

    sent = mail.render(digest(papers), EDITION)

    assert sent.subject == "[Daily Papers] Feb 20: A Reader for Long Feeds, A Reader for Long Feeds +17"
    assert sent.body.startswith(
        "Daily Papers, 2026년 2월 20일 (금)\n"
        "\n"
        "많이 다룬 주제: Agent 2편\n"
        "논문 19편 중 18편이 코드를 공개했고, 좋아요는 최대 99개다.\n"
        "\n"
        "1. A Reader for Long Feeds [좋아요 99, 코드, Example University, Agent]\n"
        "   읽는 시간을 절반으로 줄이는 도구를 제안한다.\n"
        "   https://papers.example/site/papers/2602.00001/index.html\n"
        "\n"
        "2. A Reader for Long Feeds [좋아요 98, Example University, Agent]\n"
    )
    assert "\n6. " not in sent.body
    assert sent.body.endswith("\n그 밖에 14편: https://papers.example/site/2026-02-20/index.html\n")


def test_another_language_has_its_words_and_its_tree() -> None:
    sent = mail.render(digest([paper()], language="en"), EDITION)
    assert sent.subject == "[Daily Papers] Feb 20: A Reader for Long Feeds"
    assert "Friday, February 20, 2026" in sent.body
    assert sent.body.endswith("The whole page: https://papers.example/site/en/2026-02-20/index.html\n")


def test_a_line_that_no_model_of_ours_wrote_is_labelled_each_time() -> None:
    label = "자동 발췌 · LLM 미사용"
    drafts = mail.render(digest([draft_paper(1), draft_paper(2)], model="draft"), EDITION).body
    assert "\n\n초록에서 기여와 결과를 드러내는 문장을 규칙으로 골라" in drafts
    assert (
        drafts.count(f"[좋아요 99, 코드, Example University, Agent, {label}]")
        == drafts.count(f"[좋아요 98, 코드, Example University, Agent, {label}]")
        == 1
    )
    summary = mail.render(digest([draft_paper(analysis=summarised())], model="draft"), EDITION).body
    assert (
        "[좋아요 99, 코드, Example University, Agent, Hugging Face 요약 · AI 작성 · 영문]\n   A fast reader.\n"
        in summary
    )
    failed = Missing(id="2602.00002", title="", reason="failed")
    mixed = mail.render(digest([paper(1), draft_paper(2)], missing=(failed,)), EDITION).body
    assert f"[좋아요 98, 코드, Example University, Agent, {label} (모델 분석 실패)]" in mixed
    assert mixed.count(label) == 1


def test_formulas_are_plain_and_control_and_bidirectional_characters_are_gone() -> None:
    hostile = paper(
        title="Size 2^{128}\u202e\u0000\n\x1b[31m of \u2066codebooks", analysis=analysis("$3\\times$\r\nSubject: x")
    )
    body = mail.render(digest([hostile]), EDITION).body
    assert "1. Size 2¹²⁸ [31m of codebooks [" in body
    assert "\n   3× Subject: x\n" in body
    assert all(character == "\n" or character.isprintable() for character in body)


@pytest.mark.parametrize(
    ("titles", "subject"),
    [
        (
            ("SpargeAttention2: Trainable", "Mobile-Agent-v3.5: Multi", "Third"),
            "SpargeAttention2, Mobile-Agent-v3.5 +1",
        ),
        (("Learning to Read Very Long Feeds in Half the Time",), "Learning to Read Very Long..."),
        (("A Clause That Is Much Too Long to Name It: X",), "A Clause That Is Much Too..."),
        (("Poincaré Maps: X", "x" * 90), "Poincare Maps, " + "x" * 29 + "..."),
        (("논문", "Named: X"), "Named +1"),
        (("논문", "\n\x1b"), "2 papers"),
        (("논문",), "1 paper"),
        ((), "0 papers"),
    ],
)
def test_the_subject_names_the_best_papers_and_counts_the_rest(titles: tuple[str, ...], subject: str) -> None:
    papers = [paper(number, title) for number, title in enumerate(titles, start=1)]
    sent = mail.render(digest(papers), EDITION)
    assert sent.subject == f"[Daily Papers] Feb 20: {subject}"


@pytest.mark.parametrize("subject", ["", "x" * 100, "논문 19편", "two\nlines", "bell\x07"])
def test_a_subject_that_sns_would_not_take_is_refused_by_name_and_value(subject: str) -> None:
    with pytest.raises(MailRefusedError, match=r"subject: .*got") as refused:
        mail.checked(Mail(subject=subject, body="x"))
    assert repr(subject) in str(refused.value)


def test_a_body_is_measured_in_bytes_and_refused_over_the_limit() -> None:
    fits = Mail(subject="x", body="가" * (262_144 // 3))
    assert mail.checked(fits) == fits
    with pytest.raises(MailRefusedError, match="body: must be at most 262144 bytes, got 262146"):
        mail.checked(Mail(subject="x", body="가" * (262_146 // 3)))


def test_an_endless_line_is_cut_so_that_a_hostile_paper_cannot_keep_the_mail_from_being_sent() -> None:
    papers = [paper(title="제" * 100_000, analysis=analysis("가" * 100_000)) for _ in range(100)]
    body = mail.render(digest(papers), EDITION.model_copy(update={"top_papers": 100})).body
    assert "가" * 300 + "…" in body
    assert "가" * 301 not in body


def test_papers_of_interest_come_first_and_only_once() -> None:
    papers = [paper(id="2602.00001", rank=1), paper(id="2602.00002", rank=2, interests=("agent",))]
    body = mail.render(digest(papers), EDITION).body
    assert (
        body.index("관심 분야")
        < body.index("papers/2602.00002")
        < body.index("한눈에 보기")
        < body.index("papers/2602.00001")
    )
    assert body.count("papers/2602.00002") == 1


def test_the_mail_of_a_private_site_holds_the_best_papers_in_full_and_no_link_that_leads_nowhere() -> None:
    papers = [paper(1, analysis=whole_analysis()), *(paper(number) for number in range(2, 9))]

    body = mail.render(digest(papers), PRIVATE).body

    assert (
        "\n1. A Reader for Long Feeds [좋아요 99, 코드, Example University, Agent]\n"
        "   읽는 시간을 절반으로 줄이는 도구를 제안한다.\n"
        "\n"
        "   핵심 포인트\n"
        "   - 긴 목록이 문제\n"
        "   - 시간 절반\n"
        "\n"
        "   개발자 관점\n"
        "   바로 쓸 수 있다.\n"
        "\n"
        "   실무 적용 아이디어\n"
        "   - 사내 목록에 적용\n"
        "\n"
        "   리스크/한계\n"
        "   - 영어 논문만 확인\n"
        "\n"
        "   https://huggingface.co/papers/2602.00001\n"
    ) in body
    assert body.endswith("\n그 밖에 3편: https://huggingface.co/papers/date/2026-02-20\n")
    assert "bucket.invalid" not in body


def test_a_reachable_site_keeps_the_mail_short() -> None:
    assert "개발자 관점" not in mail.render(digest([paper(1, analysis=whole_analysis())]), EDITION).body


@pytest.mark.parametrize("points", [40, 100])
def test_a_private_mail_that_would_be_too_long_is_shorter_and_still_sent(points: int) -> None:
    endless = analysis(
        key_points=tuple(KeyPoint(text="가" * 900) for _ in range(points)), risks=(Statement(text="나" * 900),) * 9
    )
    papers = [paper(number, analysis=endless, interests=("agent",)) for number in range(1, 16)]
    body = mail.render(digest(papers), PRIVATE).body
    assert len(body.encode()) <= 262_144
    assert "https://huggingface.co/papers/2602.00001" in body


def test_a_late_or_short_mail_says_why() -> None:
    ended = Day(DAY).ended_at
    on_time = digest([paper(1), paper(2)], read_at=ended, ranked_at=ended, closed_at=ended + timedelta(hours=1))
    assert "늦게 보낸다" not in mail.render(on_time, EDITION).body
    assert "분석이 늦게 끝나 평소보다 늦게 보낸다." in (
        mail.render(on_time.model_copy(update={"closed_at": ended + timedelta(hours=5)}), EDITION).body
    )
    read_late = on_time.model_copy(update={"ranked_at": ended + timedelta(hours=12)})
    assert "목록을 2026-02-21 21:00 KST에 읽어 평소보다 늦게 보낸다." in mail.render(read_late, EDITION).body
    missing = (Missing(id="2602.00001", title="", reason="failed"), Missing(id="2602.00002", title="", reason="failed"))
    short = mail.render(on_time.model_copy(update={"missing": missing}), EDITION).body
    assert "모델 분석이 없는 논문 2편: 모델 분석 실패 2편." in short
