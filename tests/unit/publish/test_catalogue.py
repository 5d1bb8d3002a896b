"""What the site knows beyond one day: years, months, the record of a paper, and which papers are close."""

from datetime import date, datetime, timedelta

import pytest

from functions.publish.index.archive import Overview
from functions.publish.index.records import Listing, PaperRecord, Votes, votes_over_reads
from functions.publish.index.year import Entry, ListedDay, Year
from functions.publish.render.paper import Neighbourhood
from shared.model.manifest import ListedPaper, Manifest
from shared.model.paper import Paper
from shared.model.span import Day, Month, Week
from tests.factories.digests import DAY, READ_AT, analysis, digest, paper

NEXT_DAY = DAY + timedelta(days=1)
WEEK = Week.parse("2026-W08")
LATER = READ_AT + timedelta(hours=11)


def entry(paper_id: str, title: str = "A Reader", tags: tuple[str, ...] = ("Agent",)) -> Entry:
    return Entry(id=paper_id, title=title, tags=tags, published_at=READ_AT, updated_at=READ_AT)


def year(*papers: Entry, day: date = DAY) -> Year:
    return Year(year=day.year, days=(ListedDay(day=day, status="complete", papers=papers),))


def test_a_year_holds_each_day_once_in_order_with_what_lists_show() -> None:
    known = Year(year=2026)
    for of in (digest([paper(1)], day=NEXT_DAY), digest([paper(2), paper(3)]), digest([paper(2)])):
        known = known.with_digest(of)
    assert [listed.day for listed in known.days] == [DAY, NEXT_DAY]
    assert [found.id for found in known.on(DAY).papers] == ["2602.00002"]
    assert known.on(NEXT_DAY).papers[0].one_line == "읽는 시간을 절반으로 줄이는 도구를 제안한다."
    assert known.months == {"2026-02": 2}
    assert known.tags == {"Agent": 2, "LLM": 2}


def test_a_tag_that_is_not_in_the_vocabulary_gets_no_page() -> None:
    odd = digest([paper(1, analysis=analysis(tags=("Agent", "../../x")))])
    assert Year(year=2026).with_digest(odd).tags == {"Agent": 1}


def test_an_entry_is_new_only_where_its_words_are() -> None:
    first = Year(year=2026).with_digest(digest([paper(1)], closed_at=READ_AT))
    votes = first.with_digest(digest([paper(1, upvotes=500)], closed_at=LATER))
    words = votes.with_digest(digest([paper(1, analysis=analysis("다른 문장이다."))], closed_at=LATER))
    assert votes.on(DAY).papers[0].updated_at == READ_AT
    assert votes.on(DAY).papers[0].upvotes == 500
    assert words.on(DAY).papers[0].updated_at == LATER
    assert words.on(DAY).papers[0].published_at == READ_AT


def test_a_deleted_day_is_forgotten() -> None:
    known = Year(year=2026).with_digest(digest([paper(1)])).with_digest(digest([paper(2)], day=NEXT_DAY))
    assert [listed.day for listed in known.only({Day(NEXT_DAY)}).days] == [NEXT_DAY]


def test_the_overview_counts_years_newest_first_and_keeps_their_weeks() -> None:
    last_year = year(entry("2512.00001"), day=date(2025, 12, 31))
    known = Overview().with_period(WEEK).with_year(year(entry("2602.00001"))).with_year(last_year)
    assert [(count.year, count.papers, count.periods) for count in known.years] == [
        (2026, 1, (WEEK,)),
        (2025, 1, ()),
    ]
    assert known.months == ("2026-02", "2025-12")
    assert known.of_tag("Agent") == (2026, 2025)
    assert known.with_period(Month.parse("2026-02")).of_year(2026).periods == (Month.parse("2026-02"), WEEK)


def test_a_record_holds_each_day_that_listed_the_paper() -> None:
    record = PaperRecord(id="2602.00001", title="A Reader")
    for day, rank in ((NEXT_DAY, 3), (DAY, 2), (DAY, 1)):
        record = record.with_listing(Listing(day=day, rank=rank))
    assert [(listing.day, listing.rank) for listing in record.listings] == [(DAY, 1), (NEXT_DAY, 3)]
    assert record.before(NEXT_DAY) == (DAY,)
    assert record.before(DAY) == ()


def manifest(at: datetime, **votes: int) -> Manifest:
    papers = tuple(
        ListedPaper(rank=1, plan="full", paper=Paper(id=f"2602.{name[1:]}", title="A", abstract="B", upvotes=count))
        for name, count in votes.items()
    )
    return Manifest(day=DAY, read_at=at, papers=papers, languages=("ko",), model="draft", deadline=LATER)


@pytest.mark.parametrize(
    ("counts", "kept"),
    [([3], [3]), ([3, 3], [3, 3]), ([3, 3, 3], [3, 3]), ([3, 5, 5, 9], [3, 5, 9]), ([9, 3, 3], [9, 3, 3])],
)
def test_votes_over_reads_keep_what_moved_and_the_last_read(counts: list[int], kept: list[int]) -> None:
    reads = [manifest(READ_AT + timedelta(hours=hour), p00001=count, p00002=0) for hour, count in enumerate(counts)]
    found = votes_over_reads(reversed(reads), "2602.00001")
    assert [votes.upvotes for votes in found] == kept
    assert (found[0].at, found[-1].at) == (READ_AT, READ_AT + timedelta(hours=len(counts) - 1))


def test_votes_of_all_days_make_one_course() -> None:
    first, second = Votes(at=READ_AT, upvotes=3), Votes(at=LATER, upvotes=5)
    record = PaperRecord(id="2602.00001", title="A")
    record = record.with_listing(Listing(day=NEXT_DAY, rank=1, votes=(second,)))
    record = record.with_listing(Listing(day=DAY, rank=1, votes=(first,)))
    assert record.votes == (first, second)


def test_close_papers_share_rare_tags_and_words_and_never_come_from_later_days() -> None:
    common = [entry(f"2602.{number:05}", f"Study number{number}") for number in range(10, 40)]
    close = entry("2602.00002", "Memory for Browsers", ("Agent Memory",))
    asked = entry("2602.00001", "Browsers with Memory", ("Agent", "Agent Memory"))
    later = year(entry("2602.00003", "Memory of Browsers", ("Agent Memory",)), day=NEXT_DAY)
    both = Year(year=2026, days=(*year(asked, close, *common).days, *later.days))
    assert [found.id for _, found in Neighbourhood([both], DAY).of(asked)] == ["2602.00002"]
    assert {found.id for _, found in Neighbourhood([both], NEXT_DAY).of(asked)} == {"2602.00002", "2602.00003"}


def test_what_nearly_all_papers_have_makes_none_of_them_close() -> None:
    papers = [entry(f"2602.{number:05}", f"Reading{number} papers") for number in range(20)]
    assert not Neighbourhood([year(*papers)], DAY).of(papers[0])
