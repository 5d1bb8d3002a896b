"""Weeks and months: their names, their days, and the keys and addresses that are made of them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.model.manifest import PeriodManifest
from shared.model.span import Day, Month, Period, Week, parse
from shared.store import keys
from tests.factories.days import MORNING
from tests.factories.periods import manifest

DAYS = st.dates(date(2000, 1, 10), date(2999, 12, 1))
PERIODS: st.SearchStrategy[Period] = st.one_of(DAYS.map(Week.of), DAYS.map(Month.of))


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2026-W08", date(2026, 2, 16), date(2026, 2, 22)),
        ("2026-W01", date(2025, 12, 29), date(2026, 1, 4)),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_a_name_says_its_first_and_its_last_day(name: str, first: date, last: date) -> None:
    period = parse(name)
    assert (period.first, period.last) == (first, last)
    assert str(period) == name


@pytest.mark.parametrize(
    "name", ["2026-W54", "2025-W53", "2026-W00", "2026-W8", "2026W08", "2026-13", "2026-00", "2026-2", "2026-02-20", ""]
)
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"must be a (week such as 2026-W08|month such as 2026-02)"):
        parse(name)


@given(PERIODS)
def test_periods_follow_each_other_without_a_gap(period: Period) -> None:
    assert period.following.first == date.fromordinal(period.last.toordinal() + 1)
    assert period.following.previous == period
    assert parse(str(period)) == period
    assert (period.days[0], period.days[-1]) == (period.first, period.last)
    assert len(set(period.days)) == (period.last - period.first).days + 1


def test_a_week_is_over_when_its_last_utc_day_is() -> None:
    assert parse("2026-W08").ended_at == datetime(2026, 2, 23, tzinfo=UTC)
    assert parse("2026-02").ended_at == datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("key", "spelled"),
    [
        (keys.raw(parse("2026-W08"), MORNING), "raw/2026-W08/2026-02-21T001500Z.json"),
        (keys.raw(parse("2026-02"), MORNING, 3), "raw/2026-02/2026-02-21T001500Z.3.json"),
        (keys.manifest(parse("2026-W08"), MORNING), "manifests/2026-W08/2026-02-21T001500Z.json"),
        (keys.open_marker(parse("2026-02"), MORNING), "open/2026-02/2026-02-21T001500Z"),
        (keys.mailed(parse("2026-W08"), "ko"), "mailed/2026-W08/ko.json"),
        (keys.span_file(parse("2026-W08")), "weekly/2026-W08/index.html"),
        (keys.span_file(parse("2026-02"), "digest.json"), "monthly/2026-02/digest.json"),
        (keys.span_post(parse("2026-W08")), "_posts/2026-02-16-weekly-papers.md"),
        (keys.span_post(parse("2026-02")), "_posts/2026-02-01-monthly-papers.md"),
        (keys.list_file("weekly", "recent.json"), "weekly/recent.json"),
    ],
)
def test_the_bucket_is_laid_out_as_documented(key: str, spelled: str) -> None:
    """Changing one of these loses what lies in every bucket there is."""
    assert key == spelled


@given(PERIODS, DAYS)
def test_a_marker_says_whether_it_is_of_a_day_a_week_or_a_month(period: Period, day: date) -> None:
    assert keys.read_of(keys.open_marker(period, MORNING)) == (period, MORNING)
    assert keys.read_of(keys.open_marker(day, MORNING)) == (Day(day), MORNING)
    assert keys.days_read((keys.open_marker(day, MORNING), keys.manifest(period, MORNING), "open/notes")) == {day}
    with pytest.raises(ValueError, match=r"."):
        keys.day_of(keys.open_marker(period, MORNING))


def test_a_stored_manifest_names_its_period() -> None:
    for period in (parse("2026-W08"), parse("2026-02")):
        stored = manifest({"2602.00001": 3}, period).model_dump_json()
        assert f'"period":"{period}"' in stored
        assert PeriodManifest.model_validate_json(stored).period == period
