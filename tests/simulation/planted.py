"""Faults of the product that the simulation must find.

Each changes the calls of the functions on their way, so that they look like those of a product with the fault.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any

from tests.simulation.kernel import Task
from tests.simulation.world import World

Call = Callable[[], Any]
DAY = re.compile(r"site/(?:[a-z]{2}/)?(\d{4}-\d\d-\d\d)/")
PART = re.compile(r"site/(?:[a-z]{2}/)?(?:\d{4}-\d\d-\d\d/(?:top5\.md|post\.md|digest\.json)|papers/.*)")


def conditional_write_dropped(world: World) -> None:
    """A write that should only create overwrites."""
    world.s3.conditional = False


def mail_claim_removed(world: World) -> None:
    """The decision to mail lives in the function's memory, and dies with it."""
    claims: dict[str, Task] = {}

    def forget(task: Task, operation: str, key: str, do: Call) -> Any:
        for claim, owner in list(claims.items()):
            if not owner.alive and b'"claimed"' in world.objects.get(claim):
                world.objects.delete(claim)
                del claims[claim]
        result = do()
        if operation == "create" and key.startswith("mailed/"):
            claims[key] = task
        return result

    _around(world, forget)


def send_before_write(world: World) -> None:
    """enrich sends a paper on, then writes its facts."""
    held: defaultdict[Task, list[Call]] = defaultdict(list)

    def swap(task: Task, operation: str, key: str, do: Call) -> Any:
        if operation in {"put", "create"} and key.startswith("enriched/"):
            held[task].append(do)
            return {}
        result = do()
        if operation == "send":
            for write in held.pop(task, []):
                write()
        return result

    _around(world, swap)


def marker_first(world: World) -> None:
    """A day's markers go before its files are written."""

    def clear(task: Task, operation: str, key: str, do: Call) -> Any:
        if operation == "put" and (found := DAY.match(key)):
            for marker, _ in world.objects.list(f"open/{found[1]}/"):
                world.objects.delete(marker)
        return do()

    _around(world, clear)


def mail_before_files(world: World) -> None:
    """A mail is sent when it is decided, before the files are written."""
    early: set[str] = set()

    def hurry(task: Task, operation: str, key: str, do: Call) -> Any:
        if operation == "publish" and key in early:
            return {"MessageId": "early"}
        result = do()
        if operation == "create" and key.startswith("mailed/"):
            record = json.loads(world.objects.get(key))
            edition, language = key.removeprefix("mailed/").removesuffix(".json").split("/")
            if record["status"] == "claimed" and record["subject"]:
                _mail(world, record, edition, language)
                early.add(f"{edition}/{language}")
        return result

    _around(world, hurry)


def day_page_before_its_parts(world: World) -> None:
    """The page of a day is visible before what it refers to."""
    held: defaultdict[Task, list[Call]] = defaultdict(list)

    def swap(task: Task, operation: str, key: str, do: Call) -> Any:
        if operation == "put" and PART.fullmatch(key):
            held[task].append(do)
            return {}
        result = do()
        if operation != "put" or DAY.match(key):
            for write in held.pop(task, []):
                write()
        return result

    _around(world, swap)


def _mail(world: World, record: Any, edition: str, language: str) -> None:
    period = "weekly" if "W" in edition else "daily" if edition.count("-") == 2 else "monthly"
    about = {"language": language, "period": period, "edition": edition}
    attributes = {name: {"DataType": "String", "StringValue": value} for name, value in about.items()}
    world.sns.publish(Subject=record["subject"], Message=record["body"], MessageAttributes=attributes)


def _around(world: World, change: Callable[[Task, str, str, Call], Any]) -> None:
    """Puts a change around every AWS call of the functions."""
    aws = world.calls.aws

    def changed(operation: str, key: str, do: Call, partly: Call | None = None) -> Any:
        task = world.kernel.current
        call = partial(aws, operation, key, do, partly)
        return change(task, operation, key, call) if task else call()

    world.calls.aws = changed  # type: ignore[method-assign]
