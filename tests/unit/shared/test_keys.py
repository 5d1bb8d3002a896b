"""Every key is a function of what it is of, and says it again."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.model.paper import ARXIV_ID
from shared.model.span import Day
from shared.store import keys
from tests.factories.days import FRIDAY, MORNING

DAYS = st.dates(date(2000, 1, 1), date(2999, 12, 31))
ZONES = st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours)))
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2999, 12, 30), timezones=ZONES).map(  # noqa: DTZ001
    lambda time: time.replace(microsecond=0)
)
IDS = st.from_regex(ARXIV_ID, fullmatch=True)


@pytest.mark.parametrize(
    ("key", "spelled"),
    [
        (keys.raw(FRIDAY, MORNING), "raw/2026-02-20/2026-02-21T001500Z.json"),
        (keys.raw(FRIDAY, MORNING, 2), "raw/2026-02-20/2026-02-21T001500Z.2.json"),
        (keys.open_marker(FRIDAY, MORNING), "open/2026-02-20/2026-02-21T001500Z"),
        (keys.manifest(FRIDAY, MORNING), "manifests/2026-02-20/2026-02-21T001500Z.json"),
        (keys.enriched(FRIDAY, "2602.00001"), "enriched/2026-02-20/2602.00001.json"),
        (keys.enriched(FRIDAY, "cs/0601001"), "enriched/2026-02-20/cs_0601001.json"),
        (keys.analysis("cs/0601001", "ko", "abc"), "analyses/cs_0601001/ko/abc.json"),
        (keys.summary(FRIDAY, "ko", "cs/0601001"), "summaries/2026-02-20/ko/cs_0601001.json"),
        (keys.failure(FRIDAY, "enrich", "cs/0601001"), "failures/2026-02-20/enrich/cs_0601001.json"),
        (keys.failure(FRIDAY, "summarize", "2602.00001", "ko"), "failures/2026-02-20/summarize/2602.00001.ko.json"),
        (keys.mailed(FRIDAY, "ko"), "mailed/2026-02-20/ko.json"),
        (keys.day_page(FRIDAY), "2026-02-20/index.html"),
        (keys.day_file(FRIDAY, "top5.md"), "2026-02-20/top5.md"),
        (keys.span_post(Day(FRIDAY)), "_posts/2026-02-20-daily-papers.md"),
        (keys.pictures("cs/0601001"), "pictures/cs_0601001/"),
        (keys.tree("ko", "ko"), ""),
        (keys.tree("en", "ko"), "en/"),
    ],
)
def test_the_bucket_is_laid_out_as_documented(key: str, spelled: str) -> None:
    """Changing one of these loses what lies in every bucket there is."""
    assert key == spelled


@given(DAYS, MOMENTS, st.integers(0, 30))
def test_a_key_says_its_day_and_its_time_again(day: date, at: datetime, page: int) -> None:
    for key in (keys.open_marker(day, at), keys.manifest(day, at), keys.raw(day, at, page)):
        assert keys.day_of(key) == day
        assert keys.read_at_of(key) == at


@given(MOMENTS, MOMENTS)
def test_keys_of_reads_sort_by_their_time(one: datetime, two: datetime) -> None:
    assert (keys.moment(one) < keys.moment(two)) == (one < two)


def test_the_same_moment_in_another_zone_is_the_same_key() -> None:
    assert keys.moment(MORNING) == keys.moment(MORNING.astimezone(timezone(timedelta(hours=9)))) == "2026-02-21T001500Z"
    assert keys.read_at_of(keys.open_marker(FRIDAY, MORNING)).tzinfo is UTC


@given(IDS, IDS)
def test_two_papers_never_share_a_key(one: str, two: str) -> None:
    assert (keys.safe(one) == keys.safe(two)) == (one == two)
    assert "/" not in keys.safe(one)
    assert keys.failure(FRIDAY, "summarize", one, "ko") not in {
        keys.failure(FRIDAY, "summarize", two),
        keys.failure(FRIDAY, "summarize", two, "en"),
    }


@given(IDS)
def test_every_key_of_a_day_lies_under_the_prefix_that_is_listed(paper_id: str) -> None:
    assert keys.enriched(FRIDAY, paper_id).startswith(keys.enriched_papers(FRIDAY))
    assert keys.summary(FRIDAY, "ko", paper_id).startswith(keys.summaries(FRIDAY))
    assert keys.failure(FRIDAY, "enrich", paper_id).startswith(keys.failures(FRIDAY))
    assert keys.manifest(FRIDAY, MORNING).startswith(keys.manifests(FRIDAY))
    assert keys.open_marker(FRIDAY, MORNING).startswith(keys.open_markers(FRIDAY))
    assert keys.open_markers(FRIDAY).startswith(keys.OPEN_DAYS)


def test_a_listing_of_one_day_or_paper_holds_no_other() -> None:
    for prefix in (keys.manifests(FRIDAY), keys.open_markers(FRIDAY), keys.summaries(FRIDAY), keys.pictures("2602.1")):
        assert prefix.endswith("/")
