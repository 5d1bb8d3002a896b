"""Regular expressions that are compiled when they are first used: handlers import hundreds, and an event needs some."""

import re
from functools import cached_property
from typing import Any, cast


class _Pattern:
    def __init__(self, expression: str, flags: int) -> None:
        self._expression, self._flags = expression, flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._expression, self._flags)

    def __getattr__(self, name: str) -> Any:
        """A method of the compiled expression, which is found without this detour from then on."""
        found = self.__dict__[name] = getattr(self._compiled, name)
        return found


def lazy_regex(expression: str, flags: int = 0) -> re.Pattern[str]:
    """The expression as `re.compile` gives it. Raises its error at the first use."""
    return cast("re.Pattern[str]", _Pattern(expression, flags))
