"""Digits as a value, with thousands, decimals and exponents."""

import re

MAX_VALUE = 1e300
"""No text that does not mean to break the check has a larger number."""

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_PLAIN = re.compile(r"\d[\d, ]*(?:\.\d+)?|\.\d+")


def read_digits(written: str) -> float:
    """The value of digits as a text writes them: 1,000, 144 000, 3×10⁵, 2¹²⁸."""
    plain = _PLAIN.match(written)
    if plain is None:  # pragma: no cover
        raise AssertionError(written)
    value = float(plain.group().replace(",", "").replace(" ", ""))
    rest = written[plain.end() :].strip().translate(_RAISED)
    if rest.startswith(("×", "x", "·", "e")):
        return value * _raised(10, rest.lstrip("×x· ")[2:] if rest[0] != "e" else rest[1:])
    return _raised(value, rest) if rest.strip("+-") else value


def _raised(base: float, exponent: str) -> float:
    try:
        return min(float(base) ** int(exponent), MAX_VALUE)
    except (OverflowError, ZeroDivisionError, ValueError):
        return MAX_VALUE
