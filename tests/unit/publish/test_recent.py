"""The newest days: what the front page needs to know."""

import json
import random
from datetime import date, timedelta

import pytest

from functions.publish.index.recent import MAX_DAYS, Recent
from functions.publish.model.digest import Digest
from shared.model.span import Day
from shared.store import keys
from tests.factories.digests import digest, paper
from tests.factories.search_folder import MemorySite

START = date(2026, 2, 1)


def of(day: int, papers: int = 1) -> Digest:
    return digest([paper(number + 1) for number in range(papers)], day=START + timedelta(days=day))


def after(*digests: Digest) -> Recent:
    recent = Recent()
    for each in digests:
        recent = recent.with_digest(each)
    return recent


@pytest.mark.parametrize("seed", range(3))
def test_days_stand_newest_first_whatever_the_order_in_which_they_close(seed: int) -> None:
    days = random.Random(seed).sample(range(6), 6)
    assert [entry.span.first.day for entry in after(*map(of, days)).entries] == [6, 5, 4, 3, 2, 1]


def test_a_day_that_closes_again_stands_once_with_its_newest_count() -> None:
    recent = after(of(1, 2), of(2), of(1, 3))
    assert [(entry.span.first.day, entry.papers, entry.status) for entry in recent.entries] == [
        (3, 1, "complete"),
        (2, 3, "complete"),
    ]


def test_the_list_does_not_grow_for_ever() -> None:
    recent = after(*map(of, range(MAX_DAYS + 5)))
    assert len(recent.entries) == MAX_DAYS
    assert recent.entries[0].span.first == START + timedelta(days=MAX_DAYS + 4)


def test_a_backfill_of_an_old_day_pushes_no_new_one_out() -> None:
    recent = after(*map(of, range(5, 5 + MAX_DAYS)))
    assert recent.with_digest(of(0)) == recent


def test_the_front_page_shows_the_newest_day_that_has_papers() -> None:
    assert after(of(1), of(2), of(3, 0), of(4, 0)).days_with_papers[0] == START + timedelta(days=2)
    assert after(of(1), of(2, 0), of(2)).days_with_papers[0] == START + timedelta(days=2)


def test_where_no_day_has_papers_there_is_none_to_show() -> None:
    assert Recent().days_with_papers == ()
    assert after(of(1, 0)).days_with_papers == ()


def test_the_newest_day_that_has_papers_is_kept_behind_any_number_of_empty_ones() -> None:
    empty = (of(day, 0) for day in range(1, MAX_DAYS + 2))
    assert after(of(0), *empty).days_with_papers[0] == START


def test_what_is_stored_is_what_is_read_and_the_list_holds_no_papers() -> None:
    site, recent = MemorySite(), after(of(1), of(2, 0))
    site.stored |= dict(recent.files())
    site.stored[keys.RECENT] = Recent.model_validate_json(recent.model_dump_json())
    assert "A Reader" not in recent.model_dump_json()
    assert Recent.load(site, Day(START)) == recent


def test_an_entry_that_release_1_0_wrote_into_the_list_is_read() -> None:
    recent = after(of(1))
    (entry,) = recent.entries
    assert entry.item
    old = {"days": [{"day": "2026-02-02", "papers": 1, "item": json.loads(entry.item.model_dump_json())}]}
    assert Recent.model_validate_json(json.dumps(old)).items == recent.items
