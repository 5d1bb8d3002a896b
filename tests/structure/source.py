"""The project's Python files, and what each imports, by their syntax trees."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.factories.places import ROOT

OURS = {"functions", "shared", "local", "tests"}


@cache
def modules(*folders: str) -> tuple[Path, ...]:
    return tuple(sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py")))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), named(path))


@cache
def imports(path: Path) -> tuple[str, ...]:
    """Every module, or name in a module, that is imported anywhere in the file, by its whole path."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*above, *filter(None, [node.module])))
            yield from (f"{module}.{alias.name}" for alias in node.names)


def first(name: str, parts: int = 1) -> str:
    return ".".join(name.split(".")[:parts])


def ours(path: Path) -> Iterator[str]:
    return (name for name in imports(path) if first(name) in OURS)
