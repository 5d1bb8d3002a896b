"""What the functions ask of AWS for a day, counted on their own clients."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any
from unittest.mock import patch

from shared.model import facts
from shared.model.facts import Facts, Picture
from shared.model.paper import Paper
from shared.store import aws
from tests.bench.carrying import Account, account, carry
from tests.bench.figures import Figure, table
from tests.bench.pictures import HOST, drawn
from tests.bench.sources import answering

PAPERS = 50
TARGETS = {"at once": 9.0, "alone": 10.5}
OF_RELEASE_1_0 = {"at once": 14.08, "alone": 16.78}
"""Without the visibility call of an attempt."""
ALL_SOURCES = "arxiv,github,huggingface,pictures"
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


def counted_with_sources() -> Counts:
    """The calls for such a day of which every source is asked, with a picture a paper."""
    picture = partial(Picture, role="thumbnail", address=f"https://{HOST}/thumbnail.png")
    listed = facts.facts_from_listing

    def with_picture(paper: Paper) -> Facts:
        return listed(paper).model_copy(update={"pictures": (picture(),)})

    stored = patch("functions.enrich.pictures.storing.download", return_value=drawn((1200, 648), "PNG"))
    listing = patch("functions.enrich.step.facts_from_listing", with_picture)
    with answering() as server, account(PAPERS, ALL_SOURCES, server.address) as empty, stored, listing:
        call = Counted(empty)
        carry(empty, call, BATCH)
    return call.counts


def figures(batched: Counts, alone: Counts) -> Iterator[Figure]:
    """Calls per paper for both ways in which messages reach publish, and with sources and pictures."""
    how = f"before-call events of shared.aws, {PAPERS} papers in one language, exact"
    for name, counts in (("at once", batched), ("alone", alone)):
        which = f"{BATCH} {name}" if name == "at once" else f"each {name}"
        title = f"AWS calls a paper, publish gets {which}"
        yield Figure(title, counts.total() / PAPERS, "", TARGETS[name], how, OF_RELEASE_1_0[name])
    with_sources = counted_with_sources().total() / PAPERS
    yield Figure("  with all sources and a picture each", with_sources, "", None, how)


def split(batched: Counts, alone: Counts) -> str:
    """The same by function and operation."""
    rows = [
        (function.removesuffix("Function").lower(), operation, f"{batched[key]}", f"{alone[key]}")
        for key in sorted(batched | alone)
        for function, operation in [key]
    ]
    return table([("function", "operation", f"{BATCH} at once", "alone"), *rows], numbers=(2, 3))
