"""Units of one measure: 300 ms are 0.3 seconds."""

from collections.abc import Mapping

_MEASURES: tuple[Mapping[str, float], ...] = (
    {"nanosecond": 1e-9, "microsecond": 1e-6, "millisecond": 1e-3, "second": 1, "minute": 60, "hour": 3600}
    | {"day": 86_400, "week": 604_800, "month": 2_629_800},
    {"byte": 1, "kilobyte": 1e3, "megabyte": 1e6, "gigabyte": 1e9, "terabyte": 1e12},
    {"nanometre": 1e-9, "micrometre": 1e-6, "millimetre": 1e-3, "centimetre": 1e-2, "metre": 1, "kilometre": 1e3},
    {"gram": 1, "kilogram": 1e3},
    {"hertz": 1, "kilohertz": 1e3, "megahertz": 1e6, "gigahertz": 1e9},
    {"milliwatt": 1e-3, "watt": 1},
    {"cent": 0.01, "dollar": 1},
    {"basis_point": 0.01, "point": 1},
)


def factor(unit: str, other: str) -> float | None:
    """The factor that converts a number to the other unit; None where the units do not convert."""
    return next((each[unit] / each[other] for each in _MEASURES if unit in each and other in each), None)
