"""A day as it should be, and as it is when there is nothing to list."""

from datetime import UTC, date, datetime

import pytest

from shared.store import keys
from tests.chain.world import FRIDAY, MORNING, MakeWorld, row

THREE = [row("2602.00001", 5), row("2602.00002", 9), row("2602.00003", 1)]


def test_a_day_is_on_the_page_and_in_one_mail_a_few_minutes_after_it_ended(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: THREE})
    world.run(minutes=7)
    digest = world.digest()
    assert [paper.id for paper in digest.papers] == ["2602.00002", "2602.00001", "2602.00003"]
    assert digest.status == "complete"
    assert digest.missing == ()
    assert len(world.mails()) == 1
    assert FRIDAY not in world.open_days()


def test_a_day_is_read_again_in_the_evening_and_for_two_days(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: THREE})
    world.run(days=4)
    reads = [keys.read_at_of(key) for key in world.objects(keys.manifests(FRIDAY))]
    assert [(read.day, read.hour) for read in reads] == [(21, 0), (21, 11), (22, 0), (23, 0)]


def test_another_read_that_changes_nothing_is_no_new_revision(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: THREE})
    world.run(hours=12)
    assert world.digest().revision == 1
    assert world.digest().read_at.hour == 11


def test_the_hours_between_ask_nobody_and_write_nothing(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: THREE})
    world.run(hours=1)
    asked, written = dict(world.internet.asked), world.objects()
    world.run(hours=8)
    assert dict(world.internet.asked) == asked
    assert world.objects() == written


def test_votes_that_move_revise_the_page_without_a_second_mail(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: THREE})
    world.run(hours=1)
    world.internet.lists[FRIDAY] = [row("2602.00001", 50), row("2602.00002", 9), row("2602.00003", 1)]
    world.run(hours=12)
    digest = world.digest()
    assert [(paper.id, paper.upvotes) for paper in digest.papers][:2] == [("2602.00002", 9), ("2602.00001", 50)]
    assert digest.revision == 2
    assert len([mail for mail in world.mails() if "Feb 20:" in mail]) == 1


def test_a_paper_that_comes_after_the_close_follows_as_late_without_a_second_mail(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: THREE})
    world.run(hours=1)
    world.internet.lists[FRIDAY] = [*THREE, row("2602.00009", 99)]
    world.run(hours=12)
    papers = world.digest().papers
    assert [(paper.id, paper.late) for paper in papers][-2:] == [("2602.00003", False), ("2602.00009", True)]
    assert len(world.mails()) == 1


def test_a_paper_that_leaves_the_list_stays_on_the_page(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: THREE})
    world.run(hours=1)
    world.internet.lists[FRIDAY] = THREE[:2]
    world.run(hours=12)
    assert len(world.digest().papers) == 3


def test_a_weekend_has_a_page_that_says_so_and_no_mail(make_world: MakeWorld) -> None:
    saturday = date(2026, 2, 21)
    world = make_world({FRIDAY: THREE}, MORNING)
    world.run(hours=26)
    assert world.digest(saturday).status == "empty"
    assert len(world.mails()) == 1
    front = world.archive.get("site/index.html").decode()
    assert "2026-02-20" in front
    assert saturday not in world.open_days()


def test_a_weekday_that_is_not_listed_yet_is_filled_and_mailed_in_the_evening(make_world: MakeWorld) -> None:
    world = make_world({})
    world.run(hours=3)
    assert world.digest().status == "not_listed"
    assert world.mails() == []
    world.internet.lists[FRIDAY] = THREE
    world.run(hours=10)
    assert world.digest().status == "complete"
    assert len(world.mails()) == 1


def test_a_weekday_that_is_still_empty_in_the_evening_is_an_empty_day(make_world: MakeWorld) -> None:
    world = make_world({})
    world.run(hours=13)
    assert world.digest().status == "empty"
    assert world.mails() == []


def test_two_hours_without_hugging_face_are_made_up_for(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: THREE})
    world.internet.status = 503
    world.run(hours=2)
    assert not world.published()
    world.internet.status = 200
    world.run(hours=1)
    assert len(world.digest().papers) == 3
    assert len(world.mails()) == 1


def test_two_days_at_once_are_both_published(make_world: MakeWorld) -> None:
    thursday = date(2026, 2, 19)
    world = make_world({FRIDAY: THREE, thursday: [row("2602.00004")]})
    world.run(minutes=5)
    assert len(world.digest(FRIDAY).papers) == 3
    assert len(world.digest(thursday).papers) == 1
    assert ["Feb 20:" in mail for mail in world.mails()] == [True]


def test_languages_added_later_leave_old_days_complete_and_unmailed(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world({FRIDAY: THREE})
    world.run(hours=1)
    monkeypatch.setenv("LANGUAGES", "ko,en")
    for function in world.chain.functions.values():
        function.start_cold()
    world.run(days=2)
    assert not world.published(FRIDAY, "en")
    assert FRIDAY not in world.open_days()
    assert len([mail for mail in world.mails() if "Feb 20:" in mail]) == 1


def test_a_backfill_is_published_and_mails_nobody(make_world: MakeWorld) -> None:
    world = make_world({date(2024, 5, 27): [row("2405.00001")]}, datetime(2026, 2, 21, 12, tzinfo=UTC))
    world.fetch(date(2024, 5, 27))
    world.run(minutes=1)
    assert len(world.digest(date(2024, 5, 27)).papers) == 1
    assert world.mails() == []
    assert world.mail_record(date(2024, 5, 27)).status == "withheld"


def test_an_event_that_asks_for_mail_has_an_old_day_mailed_once(make_world: MakeWorld) -> None:
    old = date(2024, 5, 27)
    world = make_world({old: [row("2405.00001")]}, datetime(2026, 2, 21, 12, tzinfo=UTC))
    world.fetch(old)
    world.run(minutes=1)
    for _ in range(2):
        world.fetch(old, mail=True)
        world.run(minutes=11)
    assert len(world.mails()) == 1


def test_both_languages_are_published_and_mailed(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: THREE}, Languages="ko,en")
    world.run(minutes=5)
    assert len(world.digest(FRIDAY, "en").papers) == 3
    assert len(world.mails()) == 2
