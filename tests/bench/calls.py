"""What the functions ask of AWS for a day, counted on their own clients."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from shared.store import aws
from tests.bench.carrying import Account, account, carry
from tests.bench.figures import Figure, table

PAPERS = 50
TARGETS = {"at once": 9.0, "alone": 10.5}
OF_RELEASE_1_0 = {"at once": 14.08, "alone": 16.78}
"""Without the visibility call of an attempt."""
ALONE = 1
BATCH = 10
"""As many messages as PublishQueue delivers at once."""
Counts = Counter[tuple[str, str]]
"""By function and operation."""


class Counted:
    """Runs functions and counts their calls."""

    def __init__(self, account: Account) -> None:
        self.counts: Counts = Counter()
        self._functions, self._running = account.functions, ""
        for client in (aws.s3(), aws.sqs(), aws.sns()):
            client.meta.events.register("before-call", self._note)

    def __call__(self, function: str, event: dict[str, Any]) -> Any:
        self._running = function
        return self._functions[function](event)

    def _note(self, model: Any, **_: Any) -> None:
        self.counts[self._running, model.name] += 1


def counted(at_once: int) -> Counts:
    """The calls for a day of 50 papers in one language."""
    with account(PAPERS) as empty:
        call = Counted(empty)
        carry(empty, call, at_once)
    return call.counts


def figures(batched: Counts, alone: Counts) -> Iterator[Figure]:
    """Calls per paper for both ways in which messages reach publish."""
    how = f"before-call events of shared.aws, {PAPERS} papers in one language, exact"
    for name, counts in (("at once", batched), ("alone", alone)):
        which = f"{BATCH} {name}" if name == "at once" else f"each {name}"
        title = f"AWS calls a paper, publish gets {which}"
        yield Figure(title, counts.total() / PAPERS, "", TARGETS[name], how, OF_RELEASE_1_0[name])


def split(batched: Counts, alone: Counts) -> str:
    """The same by function and operation."""
    rows = [
        (function.removesuffix("Function").lower(), operation, f"{batched[key]}", f"{alone[key]}")
        for key in sorted(batched | alone)
        for function, operation in [key]
    ]
    return table([("function", "operation", f"{BATCH} at once", "alone"), *rows], numbers=(2, 3))
