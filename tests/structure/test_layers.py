"""Rooms are layers: every import points down, and none leads in a circle."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from tests.factories.places import ROOT
from tests.structure.source import imports, modules, named

LAYERS: Mapping[str, tuple[str, ...]] = {
    "shared": ("languages", "model", "text", "draft", "store"),
    "functions/fetch": (
        *("settings", "request", "lists", "plan", "due", "sending", "window", "step", "periods", "handler"),
    ),
    "functions/enrich": ("settings", "pictures", "sources", "texts", "gathering", "step", "handler"),
    "functions/summarize": (
        *("settings", "errors", "answer", "grounding", "injection", "prompt", "llm", "grades", "whole"),
        *("asking", "pipeline", "step", "batch", "choice", "handler"),
    ),
    "functions/publish": (
        *("settings", "model", "text", "index", "render", "site", "delivery", "channels", "posting"),
        *("publish", "day_issue", "period_issue", "reconcile", "rebuild", "report", "handler"),
    ),
    "local": (
        *("endings", "intrinsics", "template", "schedules", "clock", "log", "shortcut", "folder"),
        *("moto_state", "cloud", "functions", "mappings", "chain", "sample", "listing", "arguments"),
        *("report", "run", "session", "catch_up", "digest", "operate", "site", "serve", "blog", "mcp", "cli"),
        "__main__",
    ),
}
"""The folders and modules of each room, from the lowest. A module may import its own layer and those below."""


@cache
def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def known_modules(room: str) -> frozenset[str]:
    return frozenset(map(module_of, modules(room)))


def imported(path: Path, room: str) -> Iterator[str]:
    """The modules of the room that a file imports."""
    known = known_modules(room)
    for name in imports(path):
        found = name if name in known else name.rpartition(".")[0]
        if found in known and found != module_of(path):
            yield found


def layer_of(module: str, room: str) -> str:
    return module.removeprefix(room.replace("/", ".") + ".").split(".")[0]


@pytest.mark.parametrize("room", LAYERS)
def test_every_part_of_a_room_is_a_layer(room: str) -> None:
    parts = {layer_of(module_of(path), room) for path in modules(room) if module_of(path) != room.replace("/", ".")}
    assert parts == set(LAYERS[room])


@pytest.mark.parametrize("room", LAYERS)
def test_every_import_points_down(room: str) -> None:
    rank = {layer: place for place, layer in enumerate(LAYERS[room])}
    upward = [
        f"{named(path)} imports {module}"
        for path in modules(room)
        for module in imported(path, room)
        if module != room.replace("/", ".")
        and rank[layer_of(module, room)] > rank.get(layer_of(module_of(path), room), -1)
    ]
    assert upward == []


@pytest.mark.parametrize("room", LAYERS)
def test_no_import_leads_in_a_circle(room: str) -> None:
    path_to_it: list[str] = []
    done: set[str] = set()
    files = {module_of(path): path for path in modules(room)}

    def visit(module: str) -> None:
        assert module not in path_to_it, " -> ".join([*path_to_it, module])
        if module in done:
            return
        path_to_it.append(module)
        for other in imported(files[module], room):
            visit(other)
        done.add(path_to_it.pop())

    for module in files:
        visit(module)
