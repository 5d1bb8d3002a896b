"""How long a service asks to be left alone."""

import re
from collections.abc import Mapping
from math import ceil

_IN_WORDS = re.compile(
    r"(?:try again|retry|wait)\D{0,20}?(?=\d)(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?) ?(ms|s|seconds?)\b)?",
    re.IGNORECASE,
)
"""`Please try again in 7m12.5s` (OpenAI, Groq), `Please retry in 32.5s` (Gemini), which send no header with it."""


def seconds_asked(headers: Mapping[str, str], words: str = "") -> int | None:
    """The seconds of a Retry-After header, else of the words; None where neither holds any."""
    given = {name.lower(): value for name, value in headers.items()}
    for name, unit in (("retry-after", 1), ("retry-after-ms", 1000)):
        try:
            return max(ceil(float(given.get(name, "")) / unit), 1)
        except (ValueError, OverflowError):
            continue
    for hours, minutes, amount, unit in _IN_WORDS.findall(words):
        if hours or minutes or amount:
            seconds = float(amount or 0) / (1000 if unit == "ms" else 1)
            return max(ceil(int(hours or 0) * 3600 + int(minutes or 0) * 60 + seconds), 1)
    return None
