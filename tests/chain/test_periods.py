"""Weeks and months on the virtual clock: read when over, published when their days are settled, mailed once."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import httpx
import pytest

from functions.publish.index.recent import FeedItem, Recent
from functions.publish.model.period_digest import PeriodDigest
from local.mappings import KilledError
from shared.model.manifest import PeriodManifest
from shared.model.span import Month, Period, Week
from shared.store import keys
from tests.chain.world import FRIDAY, MakeWorld, World, killed_at, on_call, row, world

TUESDAY = date(2026, 2, 17)
WEEK, MONTH = Week.of(FRIDAY), Month.of(FRIDAY)
SUNDAY_NOON = datetime(2026, 2, 22, 12, 30, tzinfo=UTC)
"""After the week's last run of fetch; the next is on Monday at 00:15."""
LONG_AFTER = datetime(2026, 3, 5, 13, tzinfo=UTC)
"""Neither the week nor one of its days is read by a schedule any more, and none fires for hours."""
LATE = row("2602.00005", 2)
LISTS = {TUESDAY: [row("2602.00004", 30), LATE], FRIDAY: [row("2602.00001", 20), row("2602.00004", 30)]}
READING = timedelta(minutes=11)


def lived(make_world: MakeWorld, start: datetime = SUNDAY_NOON, **parameters: str) -> World:
    """An archive with two days of the week, which were read before. Those of the usual parameters are read once."""
    if parameters:
        made = make_world(LISTS, start, **parameters)
        read(made)
    else:
        contents = stored(start)
        made = make_world(LISTS, start + READING)
        made.restore(contents)
    made.internet.lists[TUESDAY] = [row("2602.00004", 31), row("2602.00005", 42)]
    return made


def read(world: World) -> None:
    for day in LISTS:
        world.fetch(day)
    world.run(seconds=READING.total_seconds())


@cache
def stored(start: datetime) -> dict[str, bytes]:
    with pytest.MonkeyPatch.context() as patch, world(patch, LISTS, start) as made:
        read(made)
        return made.contents()


def digest(world: World, period: Period = WEEK, language: str = "ko") -> PeriodDigest:
    key = f"{keys.SITE}{keys.tree(language, 'ko')}{keys.span_file(period, 'digest.json')}"
    return world.archive.read(key, PeriodDigest)


def is_published(world: World, period: Period = WEEK) -> bool:
    return bool(world.objects(keys.SITE + keys.span_file(period)))


def reads(world: World, period: Period = WEEK) -> list[PeriodManifest]:
    return [world.archive.read(key, PeriodManifest) for key in world.objects(keys.manifests(period))]


def mails(world: World, period: Period = WEEK) -> list[str]:
    return [subject for subject in world.mails() if f"] {period}:" in subject]


def ask(world: World, **event: Any) -> None:
    world.chain.invoke("FetchFunction", event)


def test_on_monday_morning_the_week_is_published_with_both_votes_and_mailed_once(make_world: MakeWorld) -> None:
    world = lived(make_world)
    sent: list[dict[str, Any]] = []
    on_call("sns", "Publish", sent.append)
    world.run(hours=13)
    week = digest(world)
    assert [(paper.id, paper.upvotes_then, paper.upvotes) for paper in week.papers] == [
        ("2602.00005", 2, 42),
        ("2602.00004", 30, 31),
        ("2602.00001", 20, 20),
    ]
    assert [paper.id for paper in week.late_bloomers] == ["2602.00005"]
    assert (week.statistics.papers, week.statistics.days, week.statistics.upvotes) == (3, 2, 93)
    assert week.published_at == datetime(2026, 2, 23, 0, 20, tzinfo=UTC)
    assert mails(world) == ["[Daily Papers] 2026-W08: Paper 2602.00005, Paper 2602.00004 +1"]
    (attributes,) = [mail["MessageAttributes"] for mail in sent if str(WEEK) in mail["Subject"]]
    assert {name: value["StringValue"] for name, value in attributes.items()} == {
        "language": "ko",
        "period": "weekly",
        "edition": "2026-W08",
    }
    assert world.open_days() == set()
    assert [read.asked_for for read in reads(world)] == ["period"]


def test_the_posts_lie_where_jekyll_looks_for_them(make_world: MakeWorld) -> None:
    world = lived(make_world)
    world.run(hours=13)
    objects = world.objects(keys.SITE)
    assert objects["site/_posts/2026-02-16-weekly-papers.md"] == objects["site/weekly/2026-W08/post.md"]
    assert {"site/weekly/index.html", "site/weekly/recent.json", "site/period.schema.json"} <= objects.keys()


def test_a_week_is_read_once_and_the_hours_after_ask_and_write_nothing(make_world: MakeWorld) -> None:
    world = lived(make_world)
    world.run(hours=13)
    asked, written = world.internet.asked[str(WEEK)], world.objects(keys.SITE + "weekly/")
    world.run(hours=6)
    assert world.internet.asked[str(WEEK)] == asked == 1
    assert world.objects(keys.SITE + "weekly/") == written


def test_an_event_reads_it_again_and_revises_it_without_a_second_mail(make_world: MakeWorld) -> None:
    world = lived(make_world)
    world.run(hours=13)
    first = digest(world)
    for votes, revision in ((60, 2), (60, 2)):
        world.internet.lists[FRIDAY] = [row("2602.00001", votes)]
        ask(world, week=str(WEEK))
        world.run(minutes=11)
        assert digest(world).revision == revision
        assert digest(world).papers[0].upvotes == votes
    assert digest(world).published_at == first.published_at
    recent = world.archive.read("site/weekly/recent.json", Recent)
    assert [known.span for known in recent.entries] == [WEEK]
    entry = world.archive.read(keys.SITE + keys.feed_item(WEEK), FeedItem)
    assert entry.updated_at == digest(world).updated_at
    assert len(mails(world)) == 1


def test_a_week_without_papers_is_passed_over_between_two_that_have_some(make_world: MakeWorld) -> None:
    before = Week.parse("2026-W06")
    world = lived(make_world, LONG_AFTER)
    world.internet.lists[before.first] = [row("2602.00009", 3)]
    world.fetch(before.first)
    world.run(minutes=11)
    for week in (before, WEEK):
        ask(world, week=str(week))
        world.run(minutes=11)
    pages = {week: world.archive.get(keys.SITE + keys.span_file(week)).decode() for week in (before, WEEK)}
    assert "../2026-W08/index.html" in pages[before]
    assert "../2026-W06/index.html" in pages[WEEK]


def test_a_day_that_is_revised_later_revises_the_week_without_a_second_mail(make_world: MakeWorld) -> None:
    world = lived(make_world)
    world.run(hours=13)
    world.internet.lists[TUESDAY].append(row("2602.00009", 7))
    world.fetch(TUESDAY)
    world.run(minutes=21)
    assert len(world.digest(TUESDAY).papers) == 3
    assert (digest(world).statistics.papers, digest(world).revision) == (4, 2)
    assert len(mails(world)) == 1
    assert world.open_days() == set()


def test_a_week_is_revised_where_publish_is_killed_once_its_day_is_written(make_world: MakeWorld) -> None:
    world = lived(make_world)
    world.run(hours=13)
    world.internet.lists[TUESDAY].append(row("2602.00009", 7))
    killed: list[str] = []

    def die(asked: Any) -> None:
        if asked["Key"].startswith("open/") and "W" in asked["Key"] and not killed:
            killed.append(asked["Key"])
            raise KilledError

    on_call("s3", "PutObject", die)
    world.fetch(TUESDAY)
    world.run(minutes=31)
    assert killed
    assert (digest(world).statistics.papers, digest(world).revision) == (4, 2)
    assert len(mails(world)) == 1
    assert world.open_days() == set()


def test_an_old_week_is_mailed_only_where_the_event_says_so(make_world: MakeWorld) -> None:
    world = lived(make_world, LONG_AFTER)
    ask(world, week=str(WEEK))
    world.run(minutes=11)
    assert is_published(world)
    assert mails(world) == []
    assert world.mail_record(WEEK).status == "withheld"
    for _ in range(2):
        ask(world, week=str(WEEK), mail=True)
        world.run(minutes=11)
    assert len(mails(world)) == 1


@pytest.mark.parametrize("status", [400, 404, 500])
def test_where_the_week_itself_is_refused_its_days_are_read_again(make_world: MakeWorld, status: int) -> None:
    world = lived(make_world)
    world.internet.refused["week"] = status
    world.run(hours=13)
    assert [read.asked_for for read in reads(world)] == ["days"]
    assert {paper.id: paper.upvotes for paper in digest(world).papers}["2602.00005"] == 42
    assert len(world.objects("raw/2026-W08/")) == 5
    assert len(mails(world)) == 1


def test_an_answer_about_other_papers_is_not_taken_for_the_week(make_world: MakeWorld) -> None:
    """As where the question were not understood, and today's list came back."""
    world = lived(make_world)
    world.internet.lists[WEEK] = [row("2602.00099", 5)]
    world.run(hours=13)
    assert [read.asked_for for read in reads(world)] == ["days"]


def test_where_hugging_face_is_asked_too_much_the_days_are_not_asked_instead(make_world: MakeWorld) -> None:
    world = lived(make_world)
    world.internet.refused["week"] = 429
    world.run(hours=13)
    assert reads(world) == []
    assert world.internet.asked[str(TUESDAY)] == 0
    world.internet.refused.clear()
    world.run(hours=1)
    assert [read.asked_for for read in reads(world)] == ["period"]


def test_hugging_face_down_until_noon_costs_the_week_its_morning_only(make_world: MakeWorld) -> None:
    world = lived(make_world)
    world.internet.status = 503
    world.run(hours=14)
    assert reads(world) == []
    world.internet.status = 200
    world.run(hours=2)
    assert is_published(world)
    assert len(mails(world)) == 1


def test_a_week_waits_for_a_day_that_is_open_until_its_deadline(make_world: MakeWorld) -> None:
    world = lived(make_world)
    world.run(hours=11)
    world.archive.put(keys.open_marker(TUESDAY, datetime(2026, 2, 23, 0, 1, tzinfo=UTC)), b"")
    world.run(hours=1.5)
    assert {TUESDAY, WEEK} <= world.open_days()
    assert not is_published(world)
    world.run(hours=1)
    assert WEEK not in world.open_days()
    assert len(mails(world)) == 1


def test_a_site_that_is_made_anew_publishes_no_week_whose_days_are_open(make_world: MakeWorld) -> None:
    world = lived(make_world)
    world.run(hours=11)
    world.archive.put(keys.open_marker(TUESDAY, datetime(2026, 2, 23, 0, 1, tzinfo=UTC)), b"")
    world.run(hours=1.5)
    ask(world, site="rebuild")
    world.run(minutes=11)
    assert not world.objects(keys.OPEN_SITE)
    assert WEEK in world.open_days()
    assert not is_published(world)
    assert not mails(world)


@pytest.mark.parametrize("call", range(1, 4))
def test_fetch_killed_before_any_write_reads_the_week_all_the_same(make_world: MakeWorld, call: int) -> None:
    world = lived(make_world, LONG_AFTER)
    seen = killed_at(world, "FetchFunction", call)
    ask(world, week=str(WEEK), mail=True, read_at="2026-03-05T13:10:00Z")
    world.run(minutes=30)
    assert len(seen) >= call
    assert str(WEEK) in seen[call - 1]["Key"]
    assert len(digest(world).papers) == 3
    assert len(mails(world)) == 1
    assert WEEK not in world.open_days()


@pytest.mark.parametrize("call", range(1, 15))
def test_publish_killed_before_any_write_mails_once_and_twice_only_where_sns_was_called_already(
    make_world: MakeWorld, call: int
) -> None:
    world = lived(make_world, LONG_AFTER)
    ask(world, week=str(WEEK), mail=True)
    world.chain.settle()
    seen = killed_at(world, "PublishFunction", call)
    world.run(minutes=35)
    assert len(seen) >= call
    assert len(digest(world).papers) == 3
    sns_was_called = b'"sent"' in seen[call - 1].get("Body", b"")
    assert len(mails(world)) == (2 if sns_was_called else 1)
    assert world.mail_record(WEEK).status == "sent"
    assert WEEK not in world.open_days()
    assert is_published(world)


def test_the_month_is_published_on_the_first_and_the_one_before_links_to_it(make_world: MakeWorld) -> None:
    world = lived(make_world, datetime(2026, 2, 28, 12, 30, tzinfo=UTC))
    world.internet.lists[date(2026, 1, 30)] = [row("2601.00001", 3)]
    world.fetch(date(2026, 1, 30))
    ask(world, month="2026-01")
    world.run(minutes=11)
    january = world.archive.get("site/monthly/2026-01/index.html").decode()
    assert "../2026-02/index.html" not in january
    world.run(hours=13)
    assert len(digest(world, MONTH).papers) == 3
    assert digest(world, MONTH).statistics.papers_before == 1
    assert mails(world, MONTH) == ["[Daily Papers] 2026-02: Paper 2602.00005, Paper 2602.00004 +1"]
    assert "../2026-02/index.html" in world.archive.get("site/monthly/2026-01/index.html").decode()
    assert "../2026-01/index.html" in world.archive.get("site/monthly/2026-02/index.html").decode()


def test_both_languages_have_the_week_and_its_mail(make_world: MakeWorld) -> None:
    world = lived(make_world, Languages="ko,en")
    world.run(hours=13)
    assert [paper.upvotes for paper in digest(world, language="en").papers] == [42, 31, 20]
    assert len(mails(world)) == 2


def test_a_new_stack_makes_no_week_that_it_never_saw(make_world: MakeWorld) -> None:
    world = make_world({}, datetime(2026, 2, 26, 0, 14, tzinfo=UTC))
    world.run(hours=2)
    assert world.internet.asked[str(WEEK)] == 0
    assert world.bodies("DeadLetters") == [], "nor is it an error"


def test_a_week_without_papers_has_no_page_and_no_mail(make_world: MakeWorld) -> None:
    world = make_world({}, SUNDAY_NOON)
    world.fetch(FRIDAY)
    world.run(hours=13)
    assert len(reads(world)) == 1
    assert not world.objects("site/weekly/2026-W08/")
    assert world.mails() == []
    assert WEEK not in world.open_days()


def test_a_month_that_cannot_be_published_costs_nothing_else(make_world: MakeWorld) -> None:
    world = lived(make_world)
    at = datetime(2026, 2, 22, 13, tzinfo=UTC)
    for key in (keys.manifest(MONTH.previous, at), keys.open_marker(MONTH.previous, at)):
        world.archive.put(key, b"{")
    world.run(hours=13)
    assert is_published(world)
    assert MONTH.previous in world.open_days()


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ({"week": "2026-W09"}, "2026-W09 cannot be read"),
        ({"week": "2025-W40"}, "the archive has no day of 2025-W40"),
    ],
)
def test_an_event_that_asks_for_what_cannot_be_is_told_why(
    make_world: MakeWorld, event: dict[str, str], why: str
) -> None:
    world = lived(make_world)
    ask(world, **event)
    world.run(minutes=5)
    (body,) = world.bodies("DeadLetters")
    assert why in body


def test_the_webhook_is_told_of_the_week_once_and_again_until_it_answers(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "https://hooks.invalid/secret")
    world = lived(make_world, LONG_AFTER)
    posts: list[bytes] = []
    statuses = iter([503, 503])

    def chat(request: httpx.Request) -> httpx.Response:
        posts.append(request.content)
        return httpx.Response(next(statuses, 200))

    world.internet.elsewhere = chat
    ask(world, week=str(WEEK), mail=True)
    world.run(minutes=15)
    assert WEEK in world.open_days()
    world.run(minutes=30)
    assert len(posts) == 3
    assert len(set(posts)) == 1
    assert "2026년 8주차" in posts[0].decode()
    assert WEEK not in world.open_days()
    assert len(mails(world)) == 1


LAST, BEFORE = date(2026, 12, 31), date(2026, 12, 30)
DECEMBER = Month.of(LAST)
OLD, LATE_PAPER = row("2612.00001", 5), row("2612.00002", 9)


def december(make_world: MakeWorld, lists: dict[date, list[Any]]) -> World:
    """The last days of a month, before its last day is over."""
    world = make_world(lists, datetime(2026, 12, 30, 23, 50, tzinfo=UTC))
    world.run(hours=3)
    return world


def until(world: World, moment: datetime) -> None:
    world.run(seconds=(moment - world.clock.now()).total_seconds())


def new_year(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2027, 1, day, hour, minute, tzinfo=UTC)


def listed(world: World) -> list[str]:
    return [paper.id for paper in digest(world, DECEMBER).papers]


def test_a_month_waits_for_its_last_day_that_is_not_listed_yet(make_world: MakeWorld) -> None:
    world = december(make_world, {BEFORE: [OLD], LAST: []})
    until(world, new_year(1, 3))
    assert reads(world, DECEMBER)
    assert not is_published(world, DECEMBER)
    world.internet.lists[LAST] = [LATE_PAPER]
    until(world, new_year(1, 5))
    assert listed(world) == ["2612.00002", "2612.00001"]
    assert len(mails(world, DECEMBER)) == 1


def test_a_month_waits_for_a_day_that_cannot_be_read(make_world: MakeWorld) -> None:
    world = december(make_world, {BEFORE: [OLD], LAST: [LATE_PAPER]})
    until(world, new_year(1, 0))
    world.internet.refused["date"] = 500
    until(world, new_year(1, 2))
    assert reads(world, DECEMBER)
    assert not is_published(world, DECEMBER)
    world.internet.refused.clear()
    until(world, new_year(1, 5))
    assert listed(world) == ["2612.00002", "2612.00001"]
    assert len(mails(world, DECEMBER)) == 1


def test_what_somebody_else_left_in_the_bucket_stops_neither_day_nor_week(make_world: MakeWorld) -> None:
    world = lived(make_world)
    folders = {f"{key.rpartition('/')[0]}/" for key in world.objects() if not key.startswith(keys.SITE)}
    folders |= {keys.SINCE, *(folder.replace(str(FRIDAY), str(WEEK)) for folder in folders)}
    for folder in folders:
        world.archive.put(folder, b"")
        world.archive.put(f"{folder}.DS_Store", b"\x00\x01")
    world.fetch(TUESDAY)
    world.run(hours=13)
    assert world.digest(TUESDAY).revision == 2
    assert is_published(world)
    assert len(mails(world)) == 1


def test_a_month_whose_only_papers_come_late_is_not_lost(make_world: MakeWorld) -> None:
    world = december(make_world, {BEFORE: [], LAST: [LATE_PAPER]})
    until(world, new_year(1, 0))
    world.internet.refused["date"] = 500
    until(world, new_year(1, 2))
    world.internet.refused.clear()
    until(world, new_year(1, 14))
    assert listed(world) == ["2612.00002"]
    assert len(mails(world, DECEMBER)) == 1


def test_a_month_that_waited_a_week_names_the_day_that_it_lacks_and_is_revised_when_it_comes(
    make_world: MakeWorld,
) -> None:
    world = december(make_world, {BEFORE: [OLD], LAST: [LATE_PAPER]})
    until(world, new_year(1, 0))
    world.internet.refused["date"] = 500
    world.clock.jump(new_year(7, 20))  # ticks that only wait are passed over
    until(world, new_year(7, 23))
    assert not is_published(world, DECEMBER)
    until(world, new_year(8, 1))
    assert (listed(world), digest(world, DECEMBER).missing_days) == (["2612.00001"], (LAST,))
    page = world.archive.get(keys.SITE + keys.span_file(DECEMBER)).decode()
    assert "2026년 12월 31일 (목)" in page.partition("빠진 날")[2][:200]
    assert "2026년 12월 31일 (목)" in world.mail_record(DECEMBER).body
    world.internet.refused.clear()
    until(world, new_year(11, 20))
    assert (listed(world), digest(world, DECEMBER).missing_days) == (["2612.00002", "2612.00001"], ())
    assert digest(world, DECEMBER).revision == 2
    assert len(mails(world, DECEMBER)) == 1
