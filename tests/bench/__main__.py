"""`make bench`: figures beside their targets. No pass or fail: who reads them decides."""

import os
import platform

from tests.bench import (
    analysis,
    calls,
    chain,
    cold_start,
    drafts,
    editions,
    growth,
    imports,
    layer,
    memory,
    models,
    periods,
    pictures,
    reading,
    search,
    site,
    sources,
    whole_texts,
)
from tests.bench.figures import report, table
from tests.quality.measure import measure


def main() -> None:
    """Measures one thing after another."""
    print(
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} CPUs; takes ten minutes.",
        flush=True,
    )
    batched, alone = calls.counted(calls.BATCH), calls.counted(calls.ALONE)
    measured = [
        *chain.figures(),
        *models.figures(),
        *calls.figures(batched, alone),
        *editions.figures(),
        *drafts.figures(),
        *growth.figures(),
        *periods.figures(),
        *imports.figures(),
        *memory.figures(),
        *sources.figures(),
        *whole_texts.figures(),
        *pictures.figures(),
        *reading.figures(),
        *search.figures(),
        *site.figures(),
        *analysis.figures(),
        *layer.figures(),
        *cold_start.figures(),
    ]
    print(f"\n{report(measured)}\n\nAWS calls for {calls.PAPERS} papers\n{calls.split(batched, alone)}")
    print(f"\nThe check\n{table(measure(), numbers=(1, 2))}")


if __name__ == "__main__":
    main()
