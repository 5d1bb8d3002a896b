"""Two runs of one read: both find the manifest that was stored first, and no paper under way is sent again."""

from datetime import UTC, datetime

from functions.fetch import step
from functions.fetch.request import DayRequest
from shared.store import keys
from tests.chain.world import FRIDAY, MakeWorld, row

READ_AT = datetime(2026, 2, 21, 0, 15, tzinfo=UTC)
EVENT = {"day": str(FRIDAY), "read_at": READ_AT.isoformat()}
ONE, TWO = "2602.00001", "2602.00002"


def test_a_repeated_run_sends_no_paper_that_is_under_way(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: [row(ONE), row(TWO)]})
    fetch = world.chain.functions["FetchFunction"]
    fetch(EVENT)
    world.archive.put(keys.enriched(FRIDAY, ONE), b"{}")
    fetch(EVENT)
    sent = [next(each for each in (ONE, TWO) if each in body) for body in world.bodies("EnrichQueue")]
    assert sorted(sent) == [ONE, TWO, TWO]


def test_of_two_runs_at_once_the_first_manifest_stands(make_world: MakeWorld) -> None:
    world = make_world({FRIDAY: [row(ONE)]})
    services = world.chain.functions["FetchFunction"].module.dependencies()
    request, readings = DayRequest(day=FRIDAY, read_at=READ_AT), []
    for paper_id in (ONE, TWO):
        world.internet.lists[FRIDAY] = [row(paper_id)]
        readings.append(step.read_day(request, services, None, READ_AT))
    answer = step.ask_arxiv((), services, READ_AT)
    first, second = (step.finish_day(reading, answer, services)[0] for reading in readings)
    assert second == first
    assert [listed.paper.id for listed in second.papers] == [ONE]
