"""What a week or month sums up, from the digests of its days and the votes now."""

from datetime import date, timedelta

import pytest

from functions.publish.model.closing import Close, Decision, Wait
from functions.publish.model.period_assembly import PeriodState, decide_period, sources
from functions.publish.model.period_digest import PeriodDigest
from functions.publish.publish import fingerprint_of
from functions.publish.text import phrases, wording
from shared.model.span import Month, Period, parse
from tests.factories.digests import DAY, EDITION, analysis, digest, facts, paper
from tests.factories.periods import MONDAY, WEEK, assembled, day, manifest

MONTH = Month.of(DAY)
ONE, TWO, THREE = "2602.00001", "2602.00002", "2602.00003"


def test_papers_stand_by_their_votes_now_and_keep_both_numbers_and_places() -> None:
    week = assembled([day(16, {ONE: 50, TWO: 9}), day(17, {THREE: 20})], {ONE: 51, TWO: 60, THREE: 20})
    assert [(p.id, p.rank, p.rank_then, p.upvotes, p.upvotes_then) for p in week.papers] == [
        (TWO, 1, 3, 60, 9),
        (ONE, 2, 1, 51, 50),
        (THREE, 3, 2, 20, 20),
    ]
    assert [(votes.id, votes.then, votes.now) for votes in week.votes] == [(TWO, 9, 60), (ONE, 50, 51), (THREE, 20, 20)]


def test_votes_then_are_those_of_the_first_publication() -> None:
    """A day's page is revised for two days; what was gained by then is a gain since the paper's day."""
    revised = digest([paper(1, id=ONE, upvotes=30, gained=12)])
    assert assembled([revised], {ONE: 40}).papers[0].upvotes_then == 18


def test_a_paper_that_the_list_no_longer_has_keeps_the_votes_of_its_day() -> None:
    assert assembled([day(16, {ONE: 5, TWO: 4})], {ONE: 6}).statistics.upvotes == 10


def test_a_paper_on_two_days_counts_once_and_is_of_the_first() -> None:
    week = assembled([day(16, {ONE: 5}), day(18, {ONE: 11, TWO: 2})], {ONE: 12, TWO: 2})
    assert week.statistics.papers == 2
    assert week.statistics.days == 2
    assert [(p.id, p.day.day, p.upvotes_then) for p in week.papers] == [(ONE, 16, 5), (TWO, 18, 2)]


def test_the_statistics_are_of_all_papers_and_not_of_those_shown() -> None:
    ids = {f"2602.{number:05}": 100 - number for number in range(1, 31)}
    without_code = digest([paper(1, id="2602.00900", upvotes=1, facts=facts(code=None))], day=DAY)
    week = assembled([day(16, ids), without_code], ids)
    assert len(week.papers) == 20
    assert (week.statistics.papers, week.statistics.with_code, week.statistics.days) == (31, 30, 2)
    assert week.statistics.average == pytest.approx(sum(ids.values(), start=1) / 31)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ({ONE: 100, TWO: 40}, []),
        ({ONE: 25, TWO: 39}, []),
        ({ONE: 25, TWO: 40}, [TWO]),
        ({ONE: 40, TWO: 62, THREE: 60}, [THREE, TWO]),
    ],
    ids=["no better place", "too few votes gained", "just enough", "the one that gained more, though it stands behind"],
)
def test_late_bloomers_gained_ten_votes_and_a_better_place_the_most_first(
    now: dict[str, int], expected: list[str]
) -> None:
    week = assembled([day(16, {ONE: 40, TWO: 30, THREE: 4})], now)
    assert [p.id for p in week.late_bloomers] == expected


def test_tags_are_counted_once_a_paper_the_most_frequent_first() -> None:
    tagged = [
        paper(1, id=ONE, analysis=analysis(tags=("RL", "Agent"))),
        paper(2, id=TWO, analysis=analysis(tags=("RL",))),
        paper(3, id=THREE, analysis=None, source="none"),
    ]
    again = digest([tagged[0]], day=DAY - timedelta(days=1))
    week = assembled([again, digest(tagged)], {})
    assert [(count.tag, count.papers, count.before) for count in week.tags] == [("RL", 2, None), ("Agent", 1, None)]


def tagged(number: int, counts: dict[str, int], before: PeriodDigest | None = None) -> PeriodDigest:
    """A week with so many papers of each tag."""
    tags = [tag for tag, count in counts.items() for _ in range(count)]
    papers = [
        paper(place, id=f"2602.{number * 100 + place:05}", analysis=analysis(tags=(tag,)))
        for place, tag in enumerate(tags, start=1)
    ]
    return assembled([digest(papers)], {}, before)


def test_the_themes_name_what_was_most_what_grew_and_how_much_came_with_code() -> None:
    week = tagged(2, {"Agent": 9, "RL": 7, "LLM": 4}, tagged(1, {"Agent": 9, "RL": 1}))
    assert wording.theme_sentences(week) == (
        "이번 주에 가장 많이 다룬 주제: Agent 9편, RL 7편, LLM 4편.",
        "전주보다 비중이 커진 주제: RL 1→7편, LLM 0→4편.",
        "논문 20편 가운데 20편이 코드를 함께 공개했다.",
    )


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ({"Agent": 12, "RL": 12}, {"Agent": 10, "RL": 2}, ["RL"]),
        ({"Agent": 3, "RL": 9}, {"RL": 9}, ["Agent"]),
        ({"Agent": 2, "RL": 9}, {"RL": 9}, []),
        ({"Agent": 5, "RL": 1}, {"Agent": 5, "RL": 9}, []),
        ({"Agent": 12}, None, []),
    ],
    ids=["more papers and a smaller part", "new", "two are chance", "a larger part of fewer", "no week before"],
)
def test_what_grew_has_more_papers_and_a_larger_part_of_them(
    now: dict[str, int], before: dict[str, int] | None, expected: list[str]
) -> None:
    week = tagged(2, now, tagged(1, before) if before else None)
    assert [count.tag for count in week.grown] == expected


def test_the_newest_read_gives_the_votes_and_an_older_one_those_that_it_lacks() -> None:
    first = manifest({ONE: 5, TWO: 6})
    second = manifest({ONE: 9}, read_at=MONDAY + timedelta(hours=3), mail=False)
    state = PeriodState(manifests=(second, first))
    assert state.upvotes == {ONE: 9, TWO: 6}
    assert state.newest == second


@pytest.mark.parametrize(
    ("period", "late", "after", "expected"),
    [
        (WEEK, (), timedelta(), Close),
        (WEEK, (DAY,), timedelta(days=3, seconds=-1), Wait),
        (WEEK, (DAY,), timedelta(days=3), Close),
        (MONTH, (DAY,), timedelta(days=7, seconds=-1), Wait),
        (MONTH, (DAY,), timedelta(days=7), Close),
    ],
)
def test_a_week_waits_for_absent_days_for_three_days_and_a_month_for_seven(
    period: Period, late: tuple[date, ...], after: timedelta, expected: type[Decision]
) -> None:
    state = PeriodState(manifests=(manifest({}, period, period.ended_at),), absent_days=frozenset(late))
    assert isinstance(decide_period(state, period.ended_at + after), expected)


@pytest.mark.parametrize(
    ("kind", "minutes", "expected"), [("open_days", 139, Wait), ("open_days", 140, Close), ("absent_days", 0, Close)]
)
def test_one_that_is_asked_for_later_waits_for_open_days_alone_and_longer_than_they(
    kind: str, minutes: int, expected: type[Decision]
) -> None:
    read_at = WEEK.ended_at + timedelta(days=30)
    state = PeriodState(manifests=(manifest({}, read_at=read_at),)).model_copy(update={kind: frozenset({DAY})})
    assert isinstance(decide_period(state, read_at + timedelta(minutes=minutes)), expected)


def test_the_fingerprint_changes_with_all_that_a_digest_follows_from_and_with_nothing_else() -> None:
    state, days = PeriodState(manifests=(manifest({ONE: 5}),)), {"site/2026-02-16/digest.json": "abc"}
    before = assembled([day(12, {TWO: 1})], {}, period=WEEK.previous).model_copy(update={"fingerprint": "before"})
    again = PeriodState(manifests=(*state.manifests, manifest({}, read_at=MONDAY + timedelta(hours=1))))
    known = fingerprint_of(sources(state, days, None), EDITION)
    assert fingerprint_of(sources(state, dict(days), None), EDITION) == known
    assert (
        len(
            {
                known,
                fingerprint_of(sources(again, days, None), EDITION),
                fingerprint_of(sources(state, {"site/2026-02-16/digest.json": "abd"}, None), EDITION),
                fingerprint_of(sources(state, days, before), EDITION),
                fingerprint_of(sources(state, days, None), EDITION.model_copy(update={"author": "somebody"})),
            }
        )
        == 5
    )


def test_a_month_has_its_own_name_in_each_language() -> None:
    month = parse("2025-11")
    assert phrases.span_in_words(month, "ko") == "2025년 11월"
    assert phrases.span_in_words(month, "en") == "November 2025"
    assert phrases.span_in_words(parse("2026-W01"), "ko") == "2026년 1주차"
