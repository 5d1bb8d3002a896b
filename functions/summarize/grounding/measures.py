"""Units of one measure: 300 ms are 0.3 seconds."""

from collections.abc import Mapping

_SECONDS = {
    "nanosecond": 1e-9,
    "microsecond": 1e-6,
    "millisecond": 1e-3,
    "second": 1.0,
    "minute": 60.0,
    "hour": 3600.0,
    "day": 86_400.0,
    "week": 604_800.0,
    "month": 2_629_800.0,
}
_BYTES = {"byte": 1.0, "kilobyte": 1e3, "megabyte": 1e6, "gigabyte": 1e9, "terabyte": 1e12}
_METRES = {
    "nanometre": 1e-9,
    "micrometre": 1e-6,
    "millimetre": 1e-3,
    "centimetre": 1e-2,
    "metre": 1.0,
    "kilometre": 1e3,
}
_GRAMS = {"gram": 1.0, "kilogram": 1e3}
_HERTZ = {"hertz": 1.0, "kilohertz": 1e3, "megahertz": 1e6, "gigahertz": 1e9}
_WATTS = {"milliwatt": 1e-3, "watt": 1.0}
_DOLLARS = {"cent": 0.01, "dollar": 1.0}
_POINTS = {"basis_point": 0.01, "point": 1.0}
_MEASURES: tuple[Mapping[str, float], ...] = (_SECONDS, _BYTES, _METRES, _GRAMS, _HERTZ, _WATTS, _DOLLARS, _POINTS)


def factor(unit: str, other: str) -> float | None:
    """The factor that converts a number to the other unit; None where the units do not convert."""
    for measure in _MEASURES:
        if unit in measure and other in measure:
            return measure[unit] / measure[other]
    return None
