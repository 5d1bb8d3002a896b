"""How long a service asks to be left alone."""

from collections.abc import Mapping
from math import ceil


def seconds_asked(headers: Mapping[str, str]) -> int | None:
    """The seconds of a Retry-After header; None where there is none, or a date (no model's service sends one)."""
    given = {name.lower(): value for name, value in headers.items()}.get("retry-after", "")
    try:
        return max(ceil(float(given)), 1)
    except (ValueError, OverflowError):
        return None
