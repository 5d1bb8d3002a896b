"""What publishing a day of 30 papers asks of S3 on the first day of an archive, and after years of days."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, product
from typing import Any, NamedTuple

import boto3

from functions.publish.index.archive import Overview
from functions.publish.index.recent import Recent, RecentSpan
from functions.publish.index.search import (
    OPEN,
    PARTS_OF_A_MONTH,
    SearchDay,
    SearchParts,
    parted_days,
    segment_of,
)
from functions.publish.index.search_terms import SearchRecord
from functions.publish.index.year import Entry, ListedDay, MonthOfDays, Year
from local.intrinsics import REGION
from shared.model.span import Day
from shared.store import aws, keys
from shared.store.bucket import Bucket
from shared.text.vocabulary import vocabulary
from tests.bench.carrying import Account, account, carry
from tests.bench.figures import Figure

PAPERS = 30
YOUNG, LONG = 30, 2500
"""Days with papers: six weeks and ten years."""
TARGET = 1.2
TAGS = 3
"""Of a paper."""


class Written(NamedTuple):
    """Calls that publish made of S3, and the bytes that it wrote."""

    calls: int
    bytes: int


class Counted:
    """Runs functions and counts what publish asks of S3."""

    def __init__(self, account: Account) -> None:
        self.calls = self.bytes = 0
        self._functions, self._running = account.functions, ""
        aws.s3().meta.events.register("provide-client-params.s3", self._note)

    def __call__(self, function: str, event: dict[str, Any]) -> Any:
        self._running = function
        return self._functions[function](event)

    def _note(self, params: dict[str, Any], **_: Any) -> None:
        if self._running == "PublishFunction":
            self.calls += 1
            self.bytes += len(params.get("Body", b""))


def written(days: int) -> Written:
    """For a day after so many days with papers."""
    with account(PAPERS) as about:
        _remember(Bucket(boto3.client("s3", region_name=REGION), about.stack.names["Bucket"]), about.day, days)
        call = Counted(about)
        carry(about, call, PAPERS)
    return Written(call.calls, call.bytes)


def figures() -> Iterator[Figure]:
    """The ratio of day 2,500 to day 30 of an archive, both published on the same day of a month."""
    today = datetime.now(UTC).date() - timedelta(days=1)
    open_days = sum(1 for day in _weekdays(today, YOUNG) if (day.year, day.month) == (today.year, today.month))
    young, old = written(YOUNG - 1), written(LONG - 1)
    how = f"of publish, {PAPERS} papers, one language, exact; {open_days} days of the month are open"
    yield Figure(
        "publishing a day, calls: day 2,500 over day 30", old.calls / young.calls, "x", TARGET, f"S3 calls {how}"
    )
    sizes = f"{young.bytes / 1e6:.2f} and {old.bytes / 1e6:.2f} MB"
    yield Figure(
        "publishing a day, bytes: day 2,500 over day 30", old.bytes / young.bytes, "x", TARGET, f"{sizes} {how}"
    )


def _weekdays(today: date, count: int) -> Iterator[date]:
    """So many weekdays before today, newest first."""
    day = today
    while count:
        day -= timedelta(days=1)
        if day.weekday() < 5:
            count -= 1
            yield day


def _remember(archive: Bucket, today: date, count: int) -> None:
    """What the site would know after so many days."""
    days = [_day(day) for day in reversed(list(_weekdays(today, count)))]
    overview = Overview()
    for number, of_year in groupby(days, key=lambda listed: listed.day.year):
        year = Year(year=number, days=tuple(of_year))
        overview = overview.with_year(year)
        for month in year.months:
            archive.write(keys.SITE + keys.archive_month(month), year.month(month))
        for listed in year.month(max(year.months)).days:
            archive.write(keys.SITE + keys.archive_day(listed.day), MonthOfDays(days=(listed,)))
            for tag in listed.tags:
                archive.put(keys.SITE + keys.tag_month(tag, listed.day), b"")
    _remember_search(archive, days)
    recent = (RecentSpan(span=Day(listed.day), status="complete", papers=PAPERS) for listed in reversed(days[-14:]))
    archive.write(f"{keys.SITE}recent.json", Recent(entries=tuple(recent)))
    archive.write(keys.SITE + keys.OVERVIEW, overview)


def _day(day: date) -> ListedDay:
    at = datetime.combine(day, time(), UTC)
    names = [tag.name for tag in vocabulary()]
    entries = (
        Entry(
            id=f"{day:%y%m}.{day.day:02}{number:03}",
            title=f"Paper {number}: A Title as Long as Titles Are, Which Takes Two Lines of a Page",
            one_line="읽는 사람이 아침마다 십 분을 들여 읽을 만한 논문을 한 줄로 줄여 말하면 대략 이만한 길이가 된다.",
            upvotes=number,
            tags=tuple(names[(day.day + number * step) % len(names)] for step in range(1, TAGS + 1)),
            published_at=at,
            updated_at=at,
        )
        for number in range(PAPERS)
    )
    return ListedDay(day=day, status="complete", papers=tuple(entries))


def _remember_search(archive: Bucket, days: Sequence[ListedDay]) -> None:
    """The search's list of parts, with the days of the newest month open. No other day is indexed here."""
    if not days:
        return
    parted: dict[str, list[ListedDay]] = {}
    for name, some in parted_days(listed.day for listed in days):
        parted[name] = [listed for listed in days if listed.day in some]
    for listed in parted[OPEN]:
        papers = tuple(map(_record, listed.papers))
        archive.write(keys.SITE + keys.search_day(listed.day), SearchDay(day=listed.day, papers=papers))
    segments = {
        name: segment_of({listed.day: PAPERS for listed in some}, parts=PARTS_OF_A_MONTH)
        for name, some in parted.items()
    }
    archive.write(keys.SITE + keys.SEARCH_PARTS, SearchParts(segments=segments))
    for name, part in product(segments, range(PARTS_OF_A_MONTH)):
        archive.put(keys.SITE + keys.search_part(name, part), b"")


def _record(entry: Entry) -> SearchRecord:
    """As long as those of real papers: 90 terms."""
    words = f"{entry.title} {entry.one_line} {entry.id}".split()
    terms = tuple(f"{word}{place}" for place, word in enumerate((words * 4)[:44]))
    authors = tuple(f"Author{place} {entry.id}" for place in range(7))
    return SearchRecord(
        id=entry.id, title=entry.title, one_line=entry.one_line, tags=entry.tags, terms=terms, authors=authors
    )
