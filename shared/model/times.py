"""Days and times as messages and events tell them: ISO 8601, and nothing that only looks like it."""

import re
from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, BeforeValidator

_DAY_FIRST = re.compile(r"\d{4}-\d{2}-\d{2}")


def _iso(value: object) -> object:
    """Otherwise pydantic takes numbers, and text of digits, for seconds since 1970."""
    if isinstance(value, date) or (isinstance(value, str) and _DAY_FIRST.match(value)):
        return value
    raise ValueError("must be text such as 2026-02-20")


Day = Annotated[date, BeforeValidator(_iso)]
Moment = Annotated[AwareDatetime, BeforeValidator(_iso)]
