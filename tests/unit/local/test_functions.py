"""The stack's functions as a local run imports them."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from local.functions import Function

MODULE = """
import time
import one_at_a_time

assert not one_at_a_time.importing
one_at_a_time.importing.append(__name__)
time.sleep(0.005)
one_at_a_time.importing.clear()
"""


def test_two_threads_do_not_import_two_functions_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "one_at_a_time.py").write_text("importing = []\n")
    names = ("first_of_two", "second_of_two")
    for name in names:
        (tmp_path / f"{name}.py").write_text(MODULE)
    functions = [Function(name, name, "handle", 1, 128, {}) for name in names]
    with ThreadPoolExecutor(2) as threads:
        loaded = list(threads.map(Function.load, functions))
    assert [module.__name__ for module in loaded] == [*names]
