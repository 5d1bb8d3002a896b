"""The pages of a tag: its own while it has few papers, and one a month once they are more."""

from datetime import UTC, date, datetime

import pytest

from functions.publish.index.archive import MAX_TAGGED
from shared.store import keys
from tests.chain.world import MakeWorld, World, killed_before, row

DAYS = JANUARY, MONDAY, TUESDAY = date(2026, 1, 30), date(2026, 2, 2), date(2026, 2, 3)
PAPERS = MAX_TAGGED // 2 - 1
"""Of a day: two days have less than a tag's own page holds, three have more."""
MONTHS = [f"{keys.SITE}{keys.tag_month('Agent', day)}" for day in (JANUARY, MONDAY)]
OWN = f"{keys.SITE}{keys.tag_file('Agent')}"


@pytest.fixture
def two_days(make_world: MakeWorld) -> World:
    """A site of two days, and Hugging Face lists a third one."""
    lists = {day: [row(f"{day:%y%m}.{day.day:02}{number:03}") for number in range(PAPERS)] for day in DAYS}
    world = make_world(lists, datetime(2026, 2, 21, 12, tzinfo=UTC))
    for day in (JANUARY, MONDAY):
        world.fetch(day)
        world.run(minutes=2)
    return world


def papers_on(world: World, *pages: str) -> list[int]:
    return [world.archive.get(page).decode().count("<li>") for page in pages]


def months(world: World) -> list[str]:
    return [key for key in MONTHS if world.objects(key)]


def test_a_tag_has_a_page_a_month_once_its_own_cannot_hold_all_its_papers(two_days: World) -> None:
    assert (papers_on(two_days, OWN), months(two_days)) == ([2 * PAPERS], [])
    two_days.fetch(TUESDAY)
    two_days.run(minutes=2)
    assert months(two_days) == MONTHS
    assert papers_on(two_days, OWN, *MONTHS) == [MAX_TAGGED, PAPERS, 2 * PAPERS]


@pytest.mark.parametrize("page", [MONTHS[0], OWN], ids=["a month", "the tag's own"])
def test_the_months_of_a_tag_are_all_there_though_publish_was_killed_among_their_pages(
    two_days: World, page: str
) -> None:
    killed_before(two_days, "PublishFunction", page)
    two_days.fetch(TUESDAY)
    two_days.run(minutes=1)
    assert two_days.open_days() == {TUESDAY}
    two_days.run(minutes=30)
    assert two_days.open_days() == set()
    assert months(two_days) == MONTHS
    assert "archive/2026/01/agent" in two_days.archive.get(OWN).decode()
