"""The site beyond one day: neighbours, papers over time, the archive, and a site that is rendered again."""

from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest

from functions.publish import rebuild
from functions.publish.handler import dependencies
from functions.publish.index.records import PaperRecord
from functions.publish.index.search import SearchDay, SearchParts
from functions.publish.render import page as day_page
from shared.store import keys
from tests.chain.world import FRIDAY, MakeWorld, World, dead, on_call, row
from tests.chain.world import world as begin
from tests.factories import html_reader
from tests.factories.html_reader import Element

MONDAY = date(2026, 2, 16)
WEDNESDAY = date(2026, 2, 18)
AFTERNOON = datetime(2026, 2, 21, 13, tzinfo=UTC)
"""After the last schedule of the day: nothing is read but what the test asks for."""
READING = timedelta(minutes=2)
DAYS = {
    MONDAY: [row("2602.00001", 5), row("2602.00002", 9)],
    WEDNESDAY: [row("2602.00003", 5)],
    FRIDAY: [row("2602.00004", 5), row("2602.00001", 30)],
}


def page(world: World, address: str) -> Element:
    return html_reader.read(world.archive.get(f"{keys.SITE}{address}").decode())


def links(world: World, address: str) -> set[str]:
    return {link.attributes["href"] for link in page(world, address).all("a")}


def around(world: World, day: date) -> dict[str, str]:
    found = page(world, f"{day}/index.html").all("a")
    return {link.attributes["rel"]: link.attributes["href"] for link in found if "rel" in link.attributes}


def made(make_world: MakeWorld, *days: date) -> World:
    """An archive of days that were read in this order, once for all tests."""
    contents = stored(*days)
    world = make_world(DAYS, AFTERNOON + len(days) * READING)
    world.restore(contents)
    return world


@cache
def stored(*days: date) -> dict[str, bytes]:
    with pytest.MonkeyPatch.context() as patch, begin(patch, DAYS, AFTERNOON) as lived:
        for day in days:
            lived.fetch(day)
            lived.run(seconds=READING.total_seconds())
        return lived.contents()


@pytest.mark.parametrize("order", [(MONDAY, WEDNESDAY, FRIDAY), (FRIDAY, MONDAY, WEDNESDAY)])
def test_a_day_links_to_the_days_around_it_in_whatever_order_they_came(
    make_world: MakeWorld, order: tuple[date, ...]
) -> None:
    world = made(make_world, *order)
    assert around(world, MONDAY) == {"next": "../2026-02-18/index.html"}
    assert around(world, WEDNESDAY) == {"prev": "../2026-02-16/index.html", "next": "../2026-02-20/index.html"}
    assert around(world, FRIDAY) == {"prev": "../2026-02-18/index.html"}


@pytest.mark.parametrize("order", [(2026, 2024, 2025), (2026, 2025, 2024), (2024, 2025, 2026)])
def test_a_tag_leads_to_its_years_and_they_lead_back_in_whatever_order_they_came(
    make_world: MakeWorld, order: tuple[int, ...]
) -> None:
    days = [date(year, 1, 5) for year in order]
    world = make_world({day: [row(f"2602.0{day:%Y}", title="Model Merging")] for day in days}, AFTERNOON)
    for day in days:
        world.fetch(day)
        world.run(minutes=2)

    led = links(world, "tags/model-merging/index.html")
    assert {"2024/index.html", "2025/index.html", "../../papers/2602.02026/index.html"} <= led
    for year in (2024, 2025):
        of_year = links(world, f"tags/model-merging/{year}/index.html")
        assert {"../index.html", f"../../../papers/2602.0{year}/index.html"} <= of_year
    written = world.objects(f"{keys.SITE}tags/")
    world.archive.put(keys.open_site(world.clock.now()), b"{}")
    world.run(minutes=11)
    assert world.objects(f"{keys.SITE}tags/") == written


def test_neighbours_find_each_other_across_years_and_pauses(make_world: MakeWorld) -> None:
    days = [date(2024, 5, 27), date(2025, 12, 30), date(2025, 12, 29), date(2026, 1, 2), date(2026, 1, 5)]
    world = make_world({day: [row(f"{day:%y%m}.{day.day:05}")] for day in days}, AFTERNOON)
    for day in (days[0], days[1], days[3], days[4], days[2]):
        world.fetch(day)
        world.run(minutes=2)
    ordered = sorted(days)
    for before, day, after in zip(ordered, ordered[1:], ordered[2:], strict=False):
        assert around(world, day) == {"prev": f"../{before}/index.html", "next": f"../{after}/index.html"}


def test_days_without_papers_are_passed_over(make_world: MakeWorld) -> None:
    world = make_world({**DAYS, WEDNESDAY: []}, AFTERNOON)
    for day in (MONDAY, WEDNESDAY, FRIDAY):
        world.fetch(day)
        world.run(minutes=11)
    assert around(world, FRIDAY) == {"prev": "../2026-02-16/index.html"}
    assert around(world, WEDNESDAY) == {"prev": "../2026-02-16/index.html", "next": "../2026-02-20/index.html"}


def test_a_paper_that_is_listed_twice_has_one_page_with_both_days(make_world: MakeWorld) -> None:
    world = made(make_world, MONDAY, FRIDAY)
    record = world.archive.read(f"{keys.SITE}papers/2602.00001/paper.json", PaperRecord)
    assert [listing.day for listing in record.listings] == [MONDAY, FRIDAY]
    assert [votes.upvotes for votes in record.votes] == [5, 30]
    days = links(world, "papers/2602.00001/index.html")
    assert {"../../2026-02-16/index.html#2602.00001", "../../2026-02-20/index.html#2602.00001"} <= days
    again = next(paper for paper in world.digest(FRIDAY).papers if paper.id == "2602.00001")
    assert again.listed_before == (MONDAY,)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_paper_of_two_years_has_a_record_of_both_days_however_often_they_are_read(
    make_world: MakeWorld, order: tuple[int, int]
) -> None:
    days = (date(2025, 12, 30), date(2026, 1, 2))
    world = make_world({day: [row("2512.00001", 5), row(f"{day:%y%m}.00009", 9)] for day in days}, AFTERNOON)
    for place in order:
        world.fetch(days[place])
        world.run(minutes=2)
    for day in days:
        world.internet.lists[day] = [row("2512.00001", 7), row(f"{day:%y%m}.00009", 9)]
        world.fetch(day)
        world.run(minutes=11)
    record = world.archive.read(f"{keys.SITE}papers/2512.00001/paper.json", PaperRecord)
    assert [(listing.day, listing.rank) for listing in record.listings] == [(day, 2) for day in days]
    assert [[votes.upvotes for votes in listing.votes] for listing in record.listings] == [[5, 7], [5, 7]]
    assert not world.objects(f"{keys.SITE}papers/2512.00009/paper.json"), "one day says it all on the page"


def test_an_older_day_that_comes_later_is_on_the_papers_page_which_stays_the_newer_ones(make_world: MakeWorld) -> None:
    world = made(make_world, FRIDAY, MONDAY)
    address = "papers/2602.00001/index.html"
    days = {"../../2026-02-16/index.html#2602.00001", "../../2026-02-20/index.html#2602.00001"}
    assert days <= links(world, address)
    world.internet.lists[MONDAY] = [row("2602.00001", 6, title="Another"), row("2602.00002", 9)]
    world.fetch(MONDAY)
    world.run(minutes=2)
    assert page(world, address).one("h1").text == "Paper 2602.00001"
    world.chain.invoke("FetchFunction", {"site": "rebuild"})
    world.run(minutes=11)
    again = next(paper for paper in world.digest(FRIDAY).papers if paper.id == "2602.00001")
    assert again.listed_before == (MONDAY,)


def test_a_tag_that_loses_its_last_paper_loses_it_everywhere(make_world: MakeWorld) -> None:
    world = make_world({WEDNESDAY: [row("2602.00003", title="Model Merging")]}, AFTERNOON)
    world.fetch(WEDNESDAY)
    world.run(minutes=2)
    assert "../../papers/2602.00003/index.html" in links(world, "tags/model-merging/index.html")
    world.internet.lists[WEDNESDAY] = [row("2602.00003", title="Something else")]
    world.fetch(WEDNESDAY)
    world.run(minutes=2)
    world.fetch(WEDNESDAY, replay_from="enrich")
    world.run(minutes=11)
    assert "../../papers/2602.00003/index.html" not in links(world, "tags/model-merging/index.html")
    assert b"2602.00003" not in world.archive.get(f"{keys.SITE}tags/model-merging/feed.xml")


@pytest.mark.parametrize(
    ("address", "body"),
    [
        (keys.OVERVIEW, b'{"years":[{"year":2026,"days":1,"months":{"":1},"tags":{},"periods":["2026-W99"]}]}'),
        (keys.OVERVIEW, b"broken"),
        ("recent.json", b'{"days":[{"day":"2026-02-16","status":"complete","papers":1,"item":{"updated_at":"x"}}]}'),
        ("archive/2026/02.json", b"[]"),
        ("search/2026-02.json", b'{"month":null}'),
        ("papers/2602.00001/paper.json", b'{"id":"2602.00001"}'),
    ],
)
def test_what_is_known_of_other_days_and_cannot_be_read_costs_no_day_and_comes_back(
    make_world: MakeWorld, address: str, body: bytes
) -> None:
    world = made(make_world, MONDAY, WEDNESDAY)
    names = set(world.objects(keys.SITE))
    world.archive.put(f"{keys.SITE}{address}", body)
    world.fetch(FRIDAY)
    world.run(minutes=2)
    assert len(world.digest(FRIDAY).papers) == 2
    assert not world.open_keys()
    world.chain.invoke("FetchFunction", {"site": "rebuild"})
    world.run(minutes=11)
    assert names <= set(world.objects(keys.SITE))
    archived = links(world, "archive/2026/index.html")
    assert {f"../../{day}/index.html" for day in (MONDAY, WEDNESDAY, FRIDAY)} <= archived


def test_votes_that_were_gained_and_papers_that_came_late_are_named_on_the_page(make_world: MakeWorld) -> None:
    world = made(make_world, WEDNESDAY)
    assert not page(world, f"{WEDNESDAY}/index.html").all("dl", class_="changes")
    world.internet.lists[WEDNESDAY] = [row("2602.00003", 25), row("2602.00009", 1)]
    world.fetch(WEDNESDAY)
    world.run(minutes=2)
    (changes,) = page(world, f"{WEDNESDAY}/index.html").all("dl", class_="changes")
    assert [heading.text for heading in changes.all("dt")] == ["늦게 올라온 논문", "좋아요가 많이 오른 논문"]
    assert changes.all("dd")[1].text == "Paper 2602.00003 +20"


def test_every_link_of_the_site_leads_to_a_file(make_world: MakeWorld) -> None:
    world = made(make_world, MONDAY, WEDNESDAY, FRIDAY)
    there = world.objects(keys.SITE)
    for key in (key for key in there if key.endswith(".html") and not key.endswith("404.html")):
        address = key.removeprefix(keys.SITE)
        for link in links(world, address) | {
            part.attributes["href"] for part in page(world, address).all("link") if "href" in part.attributes
        }:
            if not link.startswith(("http", "#")):
                target = html_reader.resolved(key, link)
                assert target in there, f"{address} links to {link}"


def test_a_day_links_only_to_the_languages_that_it_was_made_in(make_world: MakeWorld) -> None:
    world = make_world(DAYS, AFTERNOON, Languages="ko,en")
    world.fetch(MONDAY)
    world.run(minutes=2)
    assert f"../en/{MONDAY}/index.html" in links(world, f"{MONDAY}/index.html")
    edition = dependencies().config.model_copy(update={"languages": ("ko", "en")})
    alone = world.digest(MONDAY).model_copy(update={"languages": ("ko",)})
    assert f"../en/{MONDAY}/index.html" not in day_page.render(alone, edition)


def test_what_is_found_by_search_and_feeds_follows_the_day(make_world: MakeWorld) -> None:
    world = made(make_world, MONDAY, FRIDAY)
    parts = world.archive.read(keys.SITE + keys.SEARCH_PARTS, SearchParts)
    assert parts.papers == {MONDAY: 2, FRIDAY: 2}
    friday = world.archive.read(keys.SITE + keys.search_day(FRIDAY), SearchDay)
    assert [record.id for record in friday.papers] == ["2602.00001", "2602.00004"]
    feed = world.archive.get(f"{keys.SITE}feed.xml").decode()
    assert feed.index("2026-02-20/index.html") < feed.index("2026-02-16/index.html")


def pages(world: World) -> dict[str, str]:
    """All but what tells when it was made."""
    moved = ("digest.json", "recent.json", "feed.xml", "feed.json", "paper.json", "archive/")
    return {key: tag for key, tag in world.objects(keys.SITE).items() if not any(part in key for part in moved)}


def test_a_site_that_was_lost_is_made_anew_from_the_data_without_a_mail(make_world: MakeWorld) -> None:
    world = made(make_world, MONDAY, WEDNESDAY, FRIDAY)
    titles = [paper.title for paper in world.digest(FRIDAY).papers]
    names, mails = set(world.objects(keys.SITE)), world.mails()
    world.archive.delete(world.objects(keys.SITE))
    world.chain.invoke("FetchFunction", {"site": "rebuild"})
    world.run(minutes=11)
    assert set(world.objects(keys.SITE)) == names
    assert [paper.title for paper in world.digest(FRIDAY).papers] == titles
    assert world.mails() == mails
    assert not world.objects(keys.OPEN_SITE)


def test_a_new_site_writes_nothing_where_nothing_is_lost_and_mends_what_is(make_world: MakeWorld) -> None:
    world = made(make_world, MONDAY, WEDNESDAY, FRIDAY)
    before = world.objects(keys.SITE)
    world.archive.put(f"{keys.SITE}papers/2602.00003/index.html", b"broken")
    world.archive.delete([f"{keys.SITE}{MONDAY}/post.md"])
    world.chain.invoke("FetchFunction", {"site": "rebuild"})
    world.run(minutes=11)
    assert world.objects(keys.SITE) == before


def test_a_new_site_goes_on_where_the_last_run_had_no_more_time(make_world: MakeWorld) -> None:
    world = made(make_world, MONDAY, WEDNESDAY, FRIDAY)
    now = datetime.now(UTC)
    world.archive.put(keys.open_site(now), b"{}")
    times = iter([True, True, False])
    first = list(rebuild.work(dependencies(), now, lambda: next(times)))
    rest = list(rebuild.work(dependencies(), now + timedelta(minutes=10), lambda: True))
    assert [each.name for each in first] == [str(MONDAY), str(WEDNESDAY)]
    assert [each.name for each in rest] == [str(FRIDAY)]
    assert not world.objects(keys.OPEN_SITE)


def test_a_day_whose_data_were_deleted_leaves_the_archive(make_world: MakeWorld) -> None:
    world = made(make_world, MONDAY, WEDNESDAY, FRIDAY)
    world.archive.delete(world.objects(keys.manifests(WEDNESDAY)))
    world.chain.invoke("FetchFunction", {"site": "rebuild"})
    world.run(minutes=11)
    assert f"../../{WEDNESDAY}/index.html" not in links(world, "archive/2026/index.html")
    assert around(world, MONDAY) == {"next": "../2026-02-20/index.html"}
    parts = world.archive.read(keys.SITE + keys.SEARCH_PARTS, SearchParts)
    assert WEDNESDAY not in parts.papers


def test_a_day_that_kills_the_function_is_passed_over_once(make_world: MakeWorld) -> None:
    world = made(make_world, MONDAY, FRIDAY)
    world.archive.delete([f"{keys.SITE}{MONDAY}/post.md", f"{keys.SITE}{FRIDAY}/post.md"])
    on_call("s3", "PutObject", lambda asked: dead(asked) if asked["Key"].endswith(f"{MONDAY}/post.md") else None)
    world.chain.invoke("FetchFunction", {"site": "rebuild"})
    world.run(hours=1)
    assert not world.objects(f"{keys.SITE}{MONDAY}/post.md")
    assert world.objects(f"{keys.SITE}{FRIDAY}/post.md")
    assert not world.open_keys()


def test_a_day_that_cannot_be_made_anew_holds_no_other_up(make_world: MakeWorld) -> None:
    world = made(make_world, MONDAY, FRIDAY)
    (key,) = world.objects(keys.manifests(MONDAY))
    world.archive.put(key, b"broken")
    world.archive.put(keys.open_site(datetime.now(UTC)), b"{}")
    dependencies.cache_clear()
    failed = {each.name: bool(each.error) for each in rebuild.work(dependencies(), datetime.now(UTC), lambda: True)}
    assert failed == {str(MONDAY): True, str(FRIDAY): False}
