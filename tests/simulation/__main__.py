"""`make simulate`: many histories, what went wrong in them, and what broke."""

import argparse
import gc
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

os.environ |= {"AWS_DEFAULT_REGION": "ap-northeast-2", "POWERTOOLS_METRICS_DISABLED": "true"}

from tests.simulation import history
from tests.simulation.faults import KINDS, RATE, WEIGHTS, Fault
from tests.simulation.history import Result
from tests.simulation.scenario import SCENARIOS, WHOLE_PAGES
from tests.simulation.shrink import smallest

KEPT = Path(".simulation/failed.json")
"""The seeds of the last failure: they run again the next time."""
MIN_OF_A_KIND = 15
SHRUNK = 5
"""Failures that are shrunk, each of another kind: every one takes half a minute."""


def main(arguments: Sequence[str]) -> int:
    """0 where no history breaks a promise and every kind of fault was injected often enough."""
    asked = _read(arguments)
    began = time.monotonic()
    kept = json.loads(KEPT.read_text()) if KEPT.exists() and asked.seed is None else []
    seeds = [asked.seed] if asked.seed is not None else [*kept, *range(asked.first, asked.first + asked.seeds)]
    results = list(_run(list(dict.fromkeys(seeds)), asked.jobs))
    failed = [result for result in results if result.broken]
    _print_summary(results, time.monotonic() - began, asked.jobs)
    _print_failures(failed)
    if asked.seed is None:
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_text(json.dumps([result.seed for result in failed][:50]))
    rare = _rare(results) if len(results) >= 1000 else []
    for kind in rare:
        print(f"fewer than {MIN_OF_A_KIND} faults of the kind: {kind}")
    return int(bool(failed or rare))


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make simulate", description="Runs histories with faults.")
    parser.add_argument("--seeds", type=int, default=200, help="how many histories")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--seed", type=int, help="one history alone")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    return parser.parse_args(arguments)


def _run(seeds: Sequence[int], jobs: int) -> Iterable[Result]:
    if jobs == 1 or len(seeds) == 1:
        yield from map(history.run, seeds)
        return
    worlds = sorted({seed % SCENARIOS for seed in seeds}, key=lambda world: world not in WHOLE_PAGES)  # longest first
    groups = [[seed for seed in seeds if seed % SCENARIOS == world] for world in worlds]
    with ProcessPoolExecutor(jobs, initializer=gc.freeze) as pool:  # what is loaded is never garbage
        for results in pool.map(_run_all, groups):
            yield from results


def _run_all(seeds: Sequence[int]) -> list[Result]:
    """Histories of one world: its faultless run is made once."""
    return [history.run(seed) for seed in seeds]


def _print_summary(results: Sequence[Result], seconds: float, jobs: int) -> None:
    kinds = _kinds(results)
    calls, cpu = sum(result.calls for result in results), sum(result.cpu_seconds for result in results)
    print(
        f"{len(results)} histories in {seconds:.0f} s on {jobs} processes, {len(results) / seconds * 60:.0f} a minute,"
    )
    print(f"{cpu / len(results):.3f} CPU seconds, {calls / len(results):.0f} calls and ", end="")
    print(f"{sum(kinds.values()) / len(results):.1f} faults each.\n")
    print(f"Faults by kind (a call of weight 1 fails with a probability of {RATE} at middling intensity):")
    for kind, count in sorted(kinds.items(), key=lambda item: -item[1]):
        print(f"  {count:6} {kind}")
    print("\nCalls by operation, with their weight:")
    visits: Counter[str] = Counter()
    for result in results:
        visits.update(result.visits)
    for operation, count in visits.most_common():
        print(f"  {count:8} {operation:14} x{WEIGHTS.get(operation, 1)}")


def _kinds(results: Iterable[Result]) -> Counter[str]:
    """The faults by operation and kind: `create: conflict`."""
    found: Counter[str] = Counter()
    for result in results:
        for site, fault in result.injected.items():
            operation = "outage" if site.startswith("outage:") else site.split(":")[1]
            found[f"{operation}: {fault.kind}" if operation != "outage" else "outage"] += 1
    return found


def _rare(results: Iterable[Result]) -> list[str]:
    kinds = _kinds(results)
    every = {f"{operation}: {kind}" for operation, some in KINDS.items() for kind in some}
    return sorted(kind for kind in every if kinds[kind] < MIN_OF_A_KIND)


def _print_failures(failed: Sequence[Result]) -> None:
    if not failed:
        print("\nNo history broke a promise.")
        return
    by_promise: dict[str, list[Result]] = {}
    for result in failed:
        for promise in dict.fromkeys(broken.partition(":")[0] for broken in result.broken):
            by_promise.setdefault(promise, []).append(result)
    print(f"\n{len(failed)} histories broke a promise:")
    for promise, some in sorted(by_promise.items(), key=lambda item: -len(item[1])):
        print(f"  {len(some):5} {promise}; seeds {', '.join(str(result.seed) for result in some[:8])}")
    for promise, some in list(by_promise.items())[:SHRUNK]:
        _print_test(promise, min(some, key=lambda result: len(result.injected)))


def _print_test(promise: str, result: Result) -> None:
    """A failure as a test that can be kept."""
    breaks = partial(_breaks, result.seed, promise)
    faults = smallest(result.injected, breaks)
    broken = next(each for each in result.broken if each.startswith(promise))
    name = "".join(char if char.isalnum() else "_" for char in promise.lower())
    print(f"\n\ndef test_{name}_{result.seed}() -> None:\n    # {broken}")
    print("    faults = {")
    for site, fault in faults.items():
        print(f"        {site!r}: {fault!r},")
    print(f"    }}\n    assert run({result.seed}, faults).broken == ()")


def _breaks(seed: int, promise: str, faults: Mapping[str, Fault]) -> bool:
    return any(broken.startswith(promise) for broken in history.run(seed, faults).broken)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
