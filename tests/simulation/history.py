"""One history: a world from its first list to its end, with faults until it is calm."""

import os
import time
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import NamedTuple

from local.functions import start_cold
from tests.simulation import comparison, ending
from tests.simulation.faults import Fault, Faults
from tests.simulation.runtime import Runtime
from tests.simulation.scenario import NEW_SITE, SCENARIOS, Act, scenario
from tests.simulation.world import World

HOUR = 3600.0
CALM_HOURS = 30.0
"""After the faults: the re-reads of the last days."""
SETTLE_HOURS = 24.0 * 8
"""The most that it may take until all is quiet: a month waits seven days."""


class Result(NamedTuple):
    """What became of a history."""

    seed: int
    broken: tuple[str, ...]
    injected: Mapping[str, Fault]
    calls: int
    visits: Mapping[str, int]
    cpu_seconds: float


def run(
    seed: int,
    planned: Mapping[str, Fault] | None = None,
    plant: Callable[[World], object] | None = None,
) -> Result:
    """Runs the history of a seed. `planned` are faults in the place of the seed's own, `plant` breaks the world."""
    chosen = scenario(seed % SCENARIOS)
    expected = faultless(chosen.number)
    began = time.process_time()
    world = World(chosen, Faults(seed, planned))
    if plant:
        plant(world)
    broken = _lived(world, expected)
    return Result(
        seed=seed,
        broken=tuple(dict.fromkeys(broken)),
        injected=world.faults.injected,
        calls=world.calls.made,
        visits=world.faults.visits,
        cpu_seconds=time.process_time() - began,
    )


@cache
def faultless(number: int) -> comparison.Ending:
    """How a world ends where nothing goes wrong."""
    world = World(scenario(number), Faults(0, {}))
    with world.running() as runtime:
        _live(world, runtime)
        assert not ending.drafted_days(world), f"world {number}: without faults every paper has an analysis"
        return comparison.read(world)


def _lived(world: World, expected: comparison.Ending) -> list[str]:
    with world.running() as runtime:
        if not _live(world, runtime):
            return [*world.watch.broken, f"it does not come to rest: {ending.unrest(world)}"]
        found = comparison.read(world)
        broken = [*world.watch.broken, *ending.check(world, found), *comparison.differences(expected, found)]
        before = comparison.contents(world)
        _rebuild(world, runtime)
        return [*broken, *comparison.changes(before, comparison.contents(world))]


def _live(world: World, runtime: Runtime) -> bool:
    """Plays the scenario. False where it does not come to rest."""
    kernel, chosen = world.kernel, world.scenario
    for act in chosen.acts:
        kernel.at(kernel.now + act.hours * HOUR, partial(_act, world, runtime, act))
    kernel.run(chosen.calm_from.timestamp())
    world.faults.active = False
    kernel.run(kernel.now + HOUR)
    _mend(world, runtime)
    kernel.run(kernel.now + CALM_HOURS * HOUR)
    return _settle(world, runtime)


def _act(world: World, runtime: Runtime, act: Act) -> None:
    if act.event is None:
        world.queues.redrive(world.kernel.now)
        return
    if act.model:
        _configure(runtime, act.model)
        restore = partial(_configure, runtime, world.scenario.parameters["Model"])
        world.kernel.at(world.kernel.now + HOUR / 2, restore)
    runtime.invoke("FetchFunction", act.event)


def _configure(runtime: Runtime, model: str) -> None:
    """What an update of the stack does: another variable, and every function starts cold."""
    os.environ["MODEL"] = model
    start_cold(runtime.functions.values())


def _mend(world: World, runtime: Runtime) -> None:
    """What an operator does once the causes are mended: redrive, and replay the days that have drafts."""
    _act(world, runtime, Act(0, None))
    world.kernel.run(world.kernel.now + 3 * HOUR)
    for day in ending.drafted_days(world):
        replay = {"day": day, "mail": False, "replay_from": "summarize"}
        _act(world, runtime, Act(0, replay, world.scenario.models.get(day, "")))
        world.kernel.run(world.kernel.now + HOUR)
    if any(act.event == NEW_SITE for act in world.scenario.acts):  # a day that killed two runs was passed over
        runtime.invoke("FetchFunction", NEW_SITE)


def _settle(world: World, runtime: Runtime) -> bool:
    """Runs on until nothing is open and no message waits. A list that is not there yet is read in the evening."""
    until = world.kernel.now + SETTLE_HOURS * HOUR
    while world.kernel.now < until:
        if world.delivery.quiet and not any(world.objects.list("open/")):
            return True
        world.kernel.run(world.kernel.now + HOUR / 2)
    return False


def _rebuild(world: World, runtime: Runtime) -> None:
    """Makes the whole site from the data."""
    runtime.invoke("FetchFunction", NEW_SITE)
    world.kernel.run(world.kernel.now + HOUR)
    _settle(world, runtime)
