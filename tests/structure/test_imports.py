"""The rules of the house that a reader of the code relies on, by its syntax trees."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from shared import languages
from tests.factories.places import ROOT
from tests.structure.source import first, imports, modules, named, ours, tree

ROOMS = sorted(path.name for path in (ROOT / "functions").iterdir() if (path / "__init__.py").exists())
MAX_LINES = 200
MAX_LINES_OF_A_FUNCTION = 40
EMPTY_NAMES = re.compile(r"manager|helper|util|service", re.IGNORECASE)
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"}


PROGRAM = modules("functions", "shared", "local")


def used(path: Path) -> Iterator[str]:
    """Every `a.b` in the file, with names as they are called where they come from."""
    origins: dict[str, str] = {}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            origins |= {alias.asname or alias.name: alias.name for alias in node.names}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute):
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            yield f"{origins.get(owner, owner)}.{node.attr}"


def is_handler(path: Path) -> bool:
    return path.name == "handler.py" and path.parent.parent.name == "functions"


def functions(path: Path) -> Iterable[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_there_are_five_rooms() -> None:
    assert ROOMS == ["enrich", "fetch", "publish", "subscribe", "summarize"]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_itself_and_shared_only(room: str) -> None:
    for path in modules(f"functions/{room}"):
        strangers = [name for name in ours(path) if first(name, 2) != f"functions.{room}" and first(name) != "shared"]
        assert [name for name in strangers if name != f"functions.{room}"] == [], named(path)


def test_shared_imports_nothing_of_ours() -> None:
    for path in modules("shared"):
        assert [name for name in ours(path) if first(name) != "shared"] == [], named(path)


def test_the_program_imports_no_test() -> None:
    for path in PROGRAM:
        assert [name for name in ours(path) if first(name) == "tests"] == [], named(path)


def test_no_test_imports_another_test_or_a_bench() -> None:
    for path in modules("tests"):
        names = list(ours(path))
        assert [name for name in names if any(part.startswith("test_") for part in name.split("."))] == [], named(path)
        if "bench" not in path.parts:
            assert [name for name in names if first(name, 2) == "tests.bench"] == [], named(path)


def test_motos_insides_are_known_in_few_places() -> None:
    knowing = {named(path) for path in modules("local", "tests") if "moto" in map(first, imports(path))}
    inside = {
        name
        for name in knowing
        for found in imports(ROOT / name)
        if found.startswith("moto.") and found != "moto.mock_aws"
    }
    assert inside == {
        *("local/cloud.py", "local/moto_state.py", "local/shortcut.py"),
        *("tests/bench/gateway.py", "tests/factories/account.py"),
    }


def test_no_import_is_relative() -> None:
    for path in PROGRAM:
        relative = [node for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom) and node.level]
        assert relative == [], named(path)


def test_logic_does_not_import_handlers() -> None:
    for path in PROGRAM:
        assert [name for name in ours(path) if "handler" in name.split(".")] == [], named(path)


def test_boto3_is_known_in_one_place() -> None:
    knowing = {named(path) for path in PROGRAM if "boto3" in map(first, imports(path))}
    assert {name for name in knowing if not name.startswith("local/")} == {"shared/store/aws.py"}


def test_the_environment_and_powertools_are_known_to_handlers_only() -> None:
    for path in modules("functions", "shared"):
        if is_handler(path):
            continue
        assert {"os.environ", "os.getenv", "os.environb"}.isdisjoint({*used(path), *imports(path)}), named(path)
        assert "aws_lambda_powertools" not in map(first, imports(path)), named(path)


def test_clocks_are_arguments_outside_handlers() -> None:
    for path in modules("functions", "shared"):
        if not is_handler(path):
            assert CLOCKS.isdisjoint(used(path)), named(path)
            assert {"time.time", "time.time_ns", "time.sleep"}.isdisjoint(imports(path)), named(path)


def test_nothing_sleeps_in_a_function() -> None:
    for path in modules("functions", "shared"):
        assert "time.sleep" not in used(path), named(path)


def test_no_client_is_made_at_import() -> None:
    for path in modules("functions", "shared"):
        at_import = (node for statement in tree(path).body for node in _not_in_functions(statement))
        calls = [node for node in at_import if isinstance(node, ast.Call)]
        made = {ast.unparse(call.func) for call in calls}
        assert made.isdisjoint({"boto3.client", "boto3.resource", "httpx.Client", "aws.s3", "aws.sqs", "aws.sns"}), path
        assert not any(isinstance(node, ast.Global) for node in ast.walk(tree(path))), named(path)


def _not_in_functions(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _not_in_functions(child)


def test_a_file_can_be_read_at_a_sitting() -> None:
    lines = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in PROGRAM}
    assert {name: count for name, count in lines.items() if count > MAX_LINES} == {}


def test_a_function_can_be_seen_at_once() -> None:
    lengths = {
        f"{named(path)}: {each.name}": (each.end_lineno or each.lineno) - each.lineno + 1
        for path in PROGRAM
        for each in functions(path)
    }
    assert {name: length for name, length in lengths.items() if length > MAX_LINES_OF_A_FUNCTION} == {}


def test_names_say_what_a_thing_is() -> None:
    kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for path in PROGRAM:
        names = [node.name for node in ast.walk(tree(path)) if isinstance(node, kinds)]
        assert [name for name in [*names, path.stem] if EMPTY_NAMES.search(name)] == [], named(path)


def test_every_value_is_frozen() -> None:
    """A class of our own on pydantic is a Frozen: nothing that is stored or sent can be changed."""
    for path in PROGRAM:
        if named(path) == "shared/model/frozen.py":
            continue
        assert "pydantic.BaseModel" not in set(imports(path)), named(path)


def test_there_are_words_in_korean_and_english_and_each_folder_holds_the_same_files() -> None:
    folders = {name: ROOT / "shared" / "languages" / name for name in languages.known()}
    assert {"ko", "en"} <= folders.keys()
    files = {name: sorted(file.name for file in folder.iterdir() if file.is_file()) for name, folder in folders.items()}
    assert all(found == files["ko"] for found in files.values()), files
    assert "labels.toml" in files["ko"]
