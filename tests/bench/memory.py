"""The memory that a handler's process needs for a whole event; its clients speak HTTP to moto, which is in this one."""

import json
from collections.abc import Iterator
from typing import Any

from tests.bench.carrying import Account, account, carry
from tests.bench.figures import STATUS, Figure, fresh
from tests.bench.gateway import gateway

PAPERS = 50
BATCH = 10
"""As many messages as PublishQueue delivers at once."""
TARGET = 160.0
PROGRAM = """
import json, sys
from importlib import import_module
from types import SimpleNamespace
from tests.bench.figures import peak
module, handler, event = sys.argv[1:]
context = SimpleNamespace(
    function_name=module, memory_limit_in_mb=256, aws_request_id="1", invoked_function_arn="arn",
    get_remaining_time_in_millis=lambda: 60_000,
)
answer = getattr(import_module(module), handler)(json.loads(event), context)
print()
print(json.dumps([answer, peak()]))
"""


class Measured:
    """Runs a function's first event in a process of its own, and every event of publish: its last is the fullest."""

    def __init__(self, account: Account, address: str) -> None:
        self.peaks: dict[str, float] = {}
        self._functions, self._address = account.functions, address

    def __call__(self, function: str, event: dict[str, Any]) -> Any:
        if function in self.peaks and function != "PublishFunction":
            return self._functions[function](event)
        about = self._functions[function]
        answer, peak = fresh(PROGRAM, about.path, about.handler, json.dumps(event), AWS_ENDPOINT_URL=self._address)
        self.peaks[function] = max(peak, self.peaks.get(function, 0.0))
        return answer


def figures() -> Iterator[Figure]:
    """The peak of each handler."""
    if not STATUS.exists():
        yield Figure("peak memory", None, "MB", TARGET, f"there is no {STATUS} here")
        return
    with account(PAPERS) as empty, gateway() as address:
        call = Measured(empty, address)
        carry(empty, call, BATCH)
    for function, peak in call.peaks.items():
        name = function.removesuffix("Function").lower()
        how = "VmHWM of its process after one event, moto outside, Lambda's own runtime not in it"
        yield Figure(f"peak memory of {name}, a day of {PAPERS}", peak, "MB", TARGET, how)
