"""Which messages have publish look at a day again."""

from datetime import UTC, date, datetime, timedelta

import pytest

from functions.publish.model.closing import GOOD_FOR, Look, Looks, Settled
from shared.model.messages import PaperFailed, PaperSummarized
from shared.model.span import Day

FRIDAY = Day(date(2026, 2, 20))
NOON = datetime(2026, 2, 21, 12, tzinfo=UTC)
FIRST, SECOND, THIRD = "2602.00001", "2602.00002", "2602.00003"


def summarized(paper: str, language: str = "ko") -> PaperSummarized:
    return PaperSummarized(day=FRIDAY.first, id=paper, language=language)


def failed(paper: str, language: str | None = "ko") -> PaperFailed:
    return PaperFailed(day=FRIDAY.first, id=paper, language=language)


def seen(summarised: dict[str, set[str]], awaited: dict[str, set[str]]) -> Looks:
    looks = Looks()
    there, coming = ({name: frozenset(ids) for name, ids in each.items()} for each in (summarised, awaited))
    looks.note(FRIDAY, Look(at=NOON, summarised=there, awaited=coming))
    return looks


@pytest.mark.parametrize(
    ("summarised", "awaited", "message", "due"),
    [
        ({"ko": {FIRST}}, {"ko": {SECOND, THIRD}}, summarized(SECOND), False),
        ({"ko": {FIRST}}, {"ko": {SECOND}}, summarized(SECOND), True),
        ({"ko": {FIRST}}, {"ko": {SECOND}}, failed(SECOND), True),
        ({"ko": {FIRST}}, {"ko": {SECOND}}, summarized(FIRST), False),
        ({"ko": set(), "en": set()}, {"ko": {FIRST}, "en": {FIRST, SECOND}}, summarized(FIRST), True),
        ({"ko": set(), "en": set()}, {"ko": {FIRST}, "en": {FIRST, SECOND}}, summarized(FIRST, "en"), False),
        ({"ko": set(), "en": {FIRST}}, {"ko": {FIRST}}, failed(FIRST, language=None), True),
        ({"ko": {FIRST}}, {}, summarized(FIRST), False),
        ({"ko": {FIRST}}, {}, summarized(SECOND), True),
        ({"ko": {FIRST}}, {}, summarized(FIRST, "en"), True),
    ],
    ids=[
        "others are on their way",
        "the last one that was awaited",
        "the last one failed",
        "it was seen already",
        "the last one in a language",
        "not yet the last one in the other",
        "it failed in all languages",
        "it is on the page",
        "a paper that had failed",
        "a language that the day did not have",
    ],
)
def test_a_message_has_a_day_looked_at_where_it_may_change_it(
    summarised: dict[str, set[str]], awaited: dict[str, set[str]], message: Settled, *, due: bool
) -> None:
    assert seen(summarised, awaited).is_due(FRIDAY, [message], NOON) is due


def test_a_day_is_looked_at_once_each_awaited_paper_has_sent_its_message() -> None:
    looks = seen({"ko": set()}, {"ko": {FIRST, SECOND, THIRD}})
    messages: list[Settled] = [summarized(FIRST), summarized(FIRST), failed(SECOND), summarized(THIRD)]
    assert [looks.is_due(FRIDAY, [message], NOON) for message in messages] == [False, False, False, True]


def test_a_day_that_nobody_looked_at_in_the_last_minute_is_due() -> None:
    looks = seen({"ko": {FIRST}}, {"ko": {SECOND, THIRD}})
    assert not looks.is_due(FRIDAY, [summarized(SECOND)], NOON + GOOD_FOR)
    assert looks.is_due(FRIDAY, [summarized(SECOND)], NOON + GOOD_FOR + timedelta(seconds=1))
    assert looks.is_due(Day(date(2026, 2, 19)), [summarized(SECOND)], NOON)


def test_a_day_is_due_while_a_look_at_it_has_not_ended() -> None:
    looks = seen({"ko": {FIRST}}, {"ko": {SECOND, THIRD}})
    looks.forget(FRIDAY)
    assert looks.is_due(FRIDAY, [summarized(SECOND)], NOON)
