"""Whether a day can be closed: every combination of what a paper can have come to."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import product

import pytest

from functions.publish.model.closing import Close, DayState, Wait, decide_day, settled_markers
from shared.store import keys
from shared.store.retry import Failure
from tests.factories.days import DEADLINE, FRIDAY, MORNING, ONE, SATURDAY, THREE, TWO, manifest, paper

PAPERS = (ONE, TWO, THREE)
LAST, FIRST_OF_FIVE = (Failure(reason="x", attempt=attempt, of=5, at=MORNING) for attempt in (5, 1))
ENRICH, SUMMARIZE = "enrich", "summarize"

# What can lie in the bucket of a paper: its facts, its summary, the last failure of each step; and what it counts as.
FATES: Mapping[str, tuple[bool, bool, Mapping[str, Failure], str]] = {
    "untouched": (False, False, {}, "pending"),
    "enriched": (True, False, {}, "pending"),
    "summarised": (True, True, {}, "done"),
    "summarised after a last failure": (True, True, {SUMMARIZE: LAST}, "done"),
    "summarised without its facts": (False, True, {ENRICH: LAST}, "done"),
    "to be enriched again": (False, False, {ENRICH: FIRST_OF_FIVE}, "pending"),
    "never enriched": (False, False, {ENRICH: LAST}, "failed"),
    "enriched after all": (True, False, {ENRICH: LAST}, "pending"),
    "to be summarised again": (True, False, {SUMMARIZE: FIRST_OF_FIVE}, "pending"),
    "never summarised": (True, False, {SUMMARIZE: LAST}, "failed"),
    "enriched after all, never summarised": (True, False, {ENRICH: LAST, SUMMARIZE: LAST}, "failed"),
    "both to be done again": (False, False, {ENRICH: FIRST_OF_FIVE, SUMMARIZE: FIRST_OF_FIVE}, "pending"),
}
COUNTS_AS = {fate: counts for fate, (*_, counts) in FATES.items()}


def decided(fates: Mapping[str, str], now: datetime, language: str = "ko") -> Wait | Close:
    """The decision on a day whose papers have come to this."""
    enriched, summaries, failures = {}, {}, {}
    for paper_id, fate in fates.items():
        has_facts, has_summary, failed, _ = FATES[fate]
        if has_facts:
            enriched[keys.enriched(FRIDAY, paper_id)] = "hash"
        if has_summary:
            summaries[keys.summary(FRIDAY, "ko", paper_id)] = "hash"
        for step, failure in failed.items():
            failures[keys.failure(FRIDAY, step, paper_id, "ko" if step == SUMMARIZE else None)] = failure
    state = DayState(
        day=FRIDAY,
        manifests=(manifest([paper(paper_id) for paper_id in fates]),),
        enriched=enriched,
        summaries=summaries,
        failures=dict.fromkeys(failures, "hash"),
    )
    return decide_day(state, language, failures, now)


@pytest.mark.parametrize("fate", FATES)
def test_what_a_paper_counts_as(fate: str) -> None:
    expected: dict[str, Wait | Close] = {
        "pending": Wait(pending=(ONE,)),
        "failed": Close(status="complete", missing={ONE: "failed"}),
        "done": Close(status="complete", missing={}),
    }
    assert decided({ONE: fate}, MORNING) == expected[COUNTS_AS[fate]]


@pytest.mark.parametrize("now", [DEADLINE - timedelta(seconds=1), DEADLINE, DEADLINE + timedelta(days=9)])
def test_every_combination_of_three_papers(now: datetime) -> None:
    for combination in product(FATES, repeat=3):
        fates = dict(zip(PAPERS, combination, strict=True))
        counted = {paper_id: COUNTS_AS[fate] for paper_id, fate in fates.items()}
        pending = tuple(paper_id for paper_id, counts in counted.items() if counts == "pending")
        decision = decided(fates, now)
        if pending and now < DEADLINE:
            assert decision == Wait(pending=pending), fates
            continue
        assert isinstance(decision, Close), fates
        assert decision.status == ("deadline" if pending else "complete"), fates
        assert dict(decision.missing) == {
            paper_id: "failed" if counts == "failed" else "deadline"
            for paper_id, counts in counted.items()
            if counts != "done"
        }, fates


def test_another_languages_summaries_and_failures_do_not_count() -> None:
    assert decided({ONE: "summarised", TWO: "never summarised"}, MORNING, "en") == Wait(pending=(ONE, TWO))


def test_a_paper_that_was_not_enriched_failed_in_every_language() -> None:
    assert decided({ONE: "never enriched"}, MORNING, "en") == Close(status="complete", missing={ONE: "failed"})


def state(*manifests: object, **changes: object) -> DayState:
    about = {"day": FRIDAY, "manifests": manifests, "enriched": {}, "summaries": {}, "failures": {}} | changes
    return DayState.model_validate(about)


def test_a_later_read_gives_its_papers_time_of_their_own() -> None:
    later = manifest([paper(TWO)], MORNING + timedelta(hours=11))
    both = state(manifest([paper(ONE)]), later)
    assert isinstance(decide_day(both, "ko", {}, DEADLINE), Wait)
    assert isinstance(decide_day(both, "ko", {}, later.deadline), Close)


def test_the_papers_of_all_reads_are_waited_for() -> None:
    both = state(manifest([paper(TWO)], MORNING + timedelta(hours=11)), manifest([paper(ONE)]), manifest())
    assert decide_day(both, "ko", {}, MORNING) == Wait(pending=(ONE, TWO))


def test_the_languages_are_those_of_the_newest_read() -> None:
    later = manifest([], MORNING + timedelta(hours=1), languages=("en", "ko", "de"))
    assert state(later, manifest([], languages=("ko", "fr"))).languages == ("en", "ko", "de")


@pytest.mark.parametrize(
    ("day", "hours", "status"),
    [
        (FRIDAY, [0], "not_listed"),
        (FRIDAY, [0, 1, 10], "not_listed"),
        (FRIDAY, [0, 11], "empty"),
        (FRIDAY, [11, 0], "empty"),
        (FRIDAY, [0, 24], "empty"),
        (SATURDAY, [24], "empty"),
        (SATURDAY + timedelta(days=1), [48], "empty"),
    ],
)
def test_an_empty_list_closes_at_once_and_says_whether_it_may_still_come(
    day: object, hours: list[int], status: str
) -> None:
    reads = [manifest([], MORNING + timedelta(hours=hour), day=day) for hour in hours]
    assert decide_day(state(*reads, day=day), "ko", {}, MORNING) == Close.model_validate(
        {"status": status, "missing": {}}
    )


def test_a_holiday_that_is_read_weeks_later_is_an_empty_day_and_promises_nothing() -> None:
    read = manifest([], MORNING + timedelta(days=30))
    assert decide_day(state(read), "ko", {}, read.read_at) == Close(status="empty", missing={})


def test_an_empty_read_beside_one_with_papers_leaves_the_papers() -> None:
    reads = state(manifest([paper(ONE)]), manifest([], MORNING + timedelta(hours=11)))
    assert decide_day(reads, "ko", {}, MORNING) == Wait(pending=(ONE,))


@pytest.mark.parametrize(
    ("age", "settled"), [(timedelta(), False), (timedelta(hours=6), False), (timedelta(hours=6, seconds=1), True)]
)
def test_a_marker_without_a_read_is_left_until_nobody_can_come_back_to_it(age: timedelta, settled: bool) -> None:
    marker = keys.open_marker(FRIDAY, MORNING)
    assert settled_markers([marker], [], MORNING + age) == ((marker,) if settled else ())


def test_the_marker_of_a_read_that_is_in_the_digest_is_settled_and_one_that_came_meanwhile_is_not() -> None:
    known, unknown = (keys.open_marker(FRIDAY, MORNING + timedelta(hours=hours)) for hours in (0, 1))
    assert settled_markers([known, unknown], [MORNING], MORNING) == (known,)
