"""The smallest set of faults that still breaks a promise: delta debugging over the faults of a history."""

from collections.abc import Callable, Mapping
from itertools import batched

from tests.simulation.faults import Fault

MAX_RUNS = 120
"""Of a history while it is shrunk: half a minute."""

Breaks = Callable[[Mapping[str, Fault]], bool]


def smallest(faults: Mapping[str, Fault], breaks: Breaks) -> Mapping[str, Fault]:
    """Leaves out parts of the faults, ever smaller ones, while what is left still breaks the promise."""
    kept, parts, runs = list(faults), 2, 0
    while len(kept) > 1 and runs < MAX_RUNS:
        for part in list(batched(kept, -(-len(kept) // parts))):  # rounded up
            rest = [site for site in kept if site not in set(part)]
            runs += 1
            if breaks({site: faults[site] for site in rest}):
                kept, parts = rest, max(parts - 1, 2)
                break
            if runs >= MAX_RUNS:
                break
        else:
            if parts >= len(kept):
                break
            parts = min(2 * parts, len(kept))
    if len(kept) == 1 and breaks({}):
        return {}
    return {site: faults[site] for site in kept}
