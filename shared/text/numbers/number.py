"""A number of a text as a value."""

from typing import NamedTuple

from shared.text.lazy_regex import lazy_regex

MAX_VALUE = 1e300
"""No text that does not mean to break the check has a larger number."""

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_PLAIN = lazy_regex(r"\d[\d, ]*(?:\.\d+)?|\.\d+")


class Number(NamedTuple):
    """A number of a text: its value, its unit, and where it stands."""

    value: float
    unit: str
    start: int
    end: int
    others: tuple[float, ...] = ()
    """What it may mean as well: 7 of `7 or 70 billion`, 256 of 256², 1 and 10 of 1/10."""
    scale: float = 1
    borrowed: bool = False
    """The unit is written at another number of the same range or list."""
    counts: bool = False
    """A small whole number without a unit."""

    @property
    def values(self) -> tuple[float, ...]:
        """All that it may be worth. The two numbers of a fraction are not."""
        return (self.value,) if self.unit == "part" else (self.value, *self.others)


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
