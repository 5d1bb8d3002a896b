"""The CPU time of a handler's import, over the import of the same third-party modules alone."""

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median
from typing import Any

from tests.bench.figures import Figure, fresh

ROOMS = ("fetch", "enrich", "summarize", "publish")
ROUNDS = 7
TARGET = 1.2
OF_RELEASE_1_0 = {"publish": 1.59}
THIRD_PARTY = """
import json, sys
from importlib import import_module
before = set(sys.modules)
import_module(sys.argv[1])
known = sys.stdlib_module_names | {"functions", "shared"}
loaded = [name for name, module in sys.modules.items() if name not in before and getattr(module, "__spec__", None)]
print(json.dumps([name for name in loaded if name.split(".")[0] not in known]))
"""
IMPORT = """
import sys, time
from importlib import import_module
began = time.process_time()
for name in sys.argv[1:]:
    import_module(name)
print(1000 * (time.process_time() - began))
"""


def figures() -> Iterator[Figure]:
    """The ratio of each handler, and the milliseconds that it is of. All modules are compiled, as in the artifact."""
    with tempfile.TemporaryDirectory() as folder:
        compiled = {"PYTHONPYCACHEPREFIX": folder, "PYTHONDONTWRITEBYTECODE": ""}
        yield from _ratios(partial(fresh, **compiled))


def _ratios(fresh: Callable[..., Any]) -> Iterator[Figure]:
    for room in ROOMS:
        handler = f"functions.{room}.handler"
        libraries = fresh(THIRD_PARTY, handler)
        pairs = [(fresh(IMPORT, handler), fresh(IMPORT, *libraries)) for _ in range(ROUNDS)]
        whole, alone = (median(times) for times in zip(*pairs, strict=True))
        ratio = median(handler_time / library_time for handler_time, library_time in pairs)
        times = f"{whole:.0f} CPU ms over {alone:.0f} ms of its {len(libraries)} third-party modules"
        how = f"{times}; new processes in turn, median of {ROUNDS} ratios"
        yield Figure(
            f"import of {room}'s handler over its libraries", ratio, "x", TARGET, how, OF_RELEASE_1_0.get(room)
        )
