"""The smallest set of faults that still breaks a promise: delta debugging over the faults of a history."""

from collections.abc import Callable, Mapping

from tests.simulation.faults import Fault

MAX_RUNS = 120
"""Of a history while it is shrunk: about a minute."""

Breaks = Callable[[Mapping[str, Fault]], bool]


def smallest(faults: Mapping[str, Fault], breaks: Breaks) -> Mapping[str, Fault]:
    """Leaves out parts of the faults, ever smaller ones, while what is left still breaks the promise."""
    if breaks({}):
        return {}
    kept, size, runs = list(faults), (len(faults) + 1) // 2, 0
    while size and runs < MAX_RUNS:
        start = 0
        while start < len(kept) and runs < MAX_RUNS:
            rest = kept[:start] + kept[start + size :]
            runs += 1
            if rest and breaks({site: faults[site] for site in rest}):
                kept = rest
            else:
                start += size
        size //= 2
    return {site: faults[site] for site in kept}
