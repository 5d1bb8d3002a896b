"""A number of a text as a value."""

from typing import NamedTuple


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
