"""A cold start's CPU, to the first answer of the built artifact, with its compiled files and without."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.carrying import Account, account, carry
from tests.bench.figures import Figure, fresh
from tests.bench.gateway import gateway
from tests.factories.places import ROOT

BUILD = ROOT / ".aws-sam/build"
PAPERS, ROUNDS = 10, 3
PROGRAM = """
import json, sys, time
from importlib import import_module
from types import SimpleNamespace
module, handler, event, *path = sys.argv[1:]
sys.path[:1], sys.dont_write_bytecode = path, True
context = SimpleNamespace(
    function_name=module, memory_limit_in_mb=256, aws_request_id="1", invoked_function_arn="arn",
    get_remaining_time_in_millis=lambda: 60_000,
)
began = time.process_time()
answer = getattr(import_module(module), handler)(json.loads(event), context)
spent = time.process_time() - began
assert sys.modules["functions"].__file__.startswith(path[0])
print()
print(json.dumps([answer, 1000 * spent]))
"""


class Measured:
    """Runs each function's first event in a process of its own, on a copy of the artifact."""

    def __init__(self, account: Account, address: str, artifacts: Path) -> None:
        self.milliseconds: dict[str, float] = {}
        self._functions, self._address, self._artifacts = account.functions, address, artifacts

    def __call__(self, function: str, event: dict[str, Any]) -> Any:
        about = self._functions[function]
        if function in self.milliseconds:
            return about(event)
        path = (str(self._artifacts / function), str(self._artifacts / "layer"))
        answer, spent = fresh(
            PROGRAM, about.path, about.handler, json.dumps(event), *path, AWS_ENDPOINT_URL=self._address
        )
        self.milliseconds[function] = spent
        return answer


def figures() -> Iterator[Figure]:
    """Both for each function. The wheels are this machine's, compiled in both: the layer's are for another."""
    if not (BUILD / "PublishFunction").is_dir():
        yield Figure("cold start", None, "ms", None, "run make build first")
        return
    rounds = [(_milliseconds(compiled=True), _milliseconds(compiled=False)) for _ in range(ROUNDS)]
    for function in rounds[0][0]:
        name = function.removesuffix("Function").lower()
        compiled, source = (min(each[kind][function] for each in rounds) for kind in (0, 1))
        how = f"CPU of a new process, least of {ROUNDS}; {source:.0f} ms without compiled files of ours"
        yield Figure(f"cold start of {name} to its first answer", compiled, "ms", None, how)


def _milliseconds(*, compiled: bool) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder, account(PAPERS) as empty, gateway() as address:
        artifacts = Path(folder)
        ignored = None if compiled else shutil.ignore_patterns("__pycache__")
        for built in BUILD.glob("*Function"):
            shutil.copytree(built, artifacts / built.name, ignore=ignored)
        shutil.copytree(BUILD / "SharedLayer/python/shared", artifacts / "layer/shared", ignore=ignored)
        call = Measured(empty, address, artifacts)
        carry(empty, call, PAPERS)
    return call.milliseconds
