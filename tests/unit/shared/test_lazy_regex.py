"""A regular expression is compiled when it is first used, and then does what any other one does."""

import re

import pytest

from shared.text.lazy_regex import lazy_regex


def test_it_finds_what_a_compiled_expression_finds() -> None:
    lazy, compiled = lazy_regex(r"(?P<word>ki\w+)", re.IGNORECASE), re.compile(r"(?P<word>ki\w+)", re.IGNORECASE)
    for _ in range(2):
        assert lazy.findall("Kites, kiwis") == compiled.findall("Kites, kiwis") == ["Kites", "kiwis"]
    assert lazy.sub("x", "a kite") == "a x"
    assert (lazy.pattern, lazy.flags) == (compiled.pattern, compiled.flags)


def test_it_is_not_compiled_before_its_first_use() -> None:
    broken = lazy_regex("(")
    with pytest.raises(re.error):
        broken.search("text")
