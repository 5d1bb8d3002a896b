"""The numbers of a text as values with their units, whatever the language writes them in."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from functions.summarize.grounding.measures import factor
from functions.summarize.grounding.notation import Notation, notation

MOST_COUNTED = 10
"""A plain count up to here may be the writer's own count of what the paper lists."""
LARGE = 1e4
"""Scales from here close a group: 3천만 is 3 x 1,000 x 10,000, and 2억 3천만 is the sum of two groups."""

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_PLAIN = re.compile(r"[\d,]*\d(?:\.\d+)?|\.\d+")
_SQUARE = re.compile(r"[0-9]²$")
_LETTERS = re.compile(r"[A-Za-z]+")
HALF = 0.5
MOST_NUMBERS = 500
"""Of a text: an abstract of nothing but numbers would take minutes, and no item has as many."""
BEYOND = 1e300
"""No text that does not mean to break the check has a larger number."""
LONGEST_NAME, LONGEST_THING = 40, 12
_NAME_BEFORE = re.compile(r"(?<![\w-])(?=\w*[A-Z]\w*[A-Z])[\w-]+ $")
"""A word with two capitals."""
NO_RANGES = frozenset({"", "month_of_year", "dimension"})
"""15 January is no range of months, and in `16 3D scenes` only the 3 has dimensions."""
_CROSSED = re.compile(r"[x×][A-Z\d]")
"""2xA100, 256x256."""


class Quantity(NamedTuple):
    """A number of a text: what it may be worth, its unit, what it counts, and where it stands."""

    values: tuple[float, ...]
    """More than one where the scale may have been written only once: 7 of `7 or 70 billion`."""
    unit: str
    borrowed: bool
    """The unit is written at another number of the same range or list."""
    thing: str
    counted: bool
    """A small plain count, as a word or before a counter."""
    scale: float
    start: int
    end: int


@lru_cache(maxsize=1024)
def quantities(text: str, languages: tuple[str, ...]) -> tuple[Quantity, ...]:
    """Every number of the text in its order. Ordinals, digits of names and the word for one are none."""
    rules = notation(languages)
    return _joined(text, list(islice(_found(text, rules), MOST_NUMBERS)), rules)


def _found(text: str, rules: Notation) -> Iterator[Quantity]:
    place = 0
    lowered = text.lower() if len(text.lower()) == len(text) else text
    while match := rules.number.search(lowered, place):
        quantity = _phrase(match, rules) if match.lastgroup == "phrase" else _number(text, match, rules)
        place = max(match.end(), quantity.end if quantity else 0)
        if quantity:
            yield quantity


def _phrase(match: re.Match[str], rules: Notation) -> Quantity:
    """The longest phrase there: a form may ask for what follows it."""
    known = ((form.match(match.string, match.start()), value, unit) for form, value, unit in rules.phrases)
    _, value, unit = max(((each.end(), value, unit) for each, value, unit in known if each), key=lambda each: each[0])
    return Quantity((value,), unit, False, "", not unit, 1, match.start(), match.end())


def _number(text: str, match: re.Match[str], rules: Notation) -> Quantity | None:
    digits = match.lastgroup == "digits"
    first, end = _first(text, match, rules)
    part = rules.fraction.match(text, end) if first else None
    if part:
        return Quantity((float(part["part"]) / first,), "part", False, "", False, 1, match.start(), part.end())
    value, scale, end = _scaled(text, end, first, rules)
    if rules.ordinal.match(text, end) or rules.ordinal_before.search(text, max(match.start() - 4, 0), match.start()):
        return None
    unit, end, half = _unit(text, match.start(), end, rules)
    value = min(value + half, BEYOND)
    if rules.ordinal.match(text, end):  # 3일째: day three
        unit = ""
    letters = _LETTERS.match(text, end) if digits and not unit and scale == 1 else None
    if letters and not _CROSSED.match(text, end):
        unit, end = letters.group(), letters.end()
    counter = None if unit else rules.counter.match(text, end)
    if value == 1 and counter and scale == 1:
        return None
    small = not unit and scale == 1 and value in range(2, MOST_COUNTED + 1) and (not digits or bool(counter))
    thing, _ = rules.thing.at(text, end)
    if not thing and counter:
        thing, _ = rules.thing.at(text, counter.end())
    if not (thing or unit or value % 1):
        thing = _thing_before(text, match.start(), rules)
    values = (value, first**0.5) if digits and _SQUARE.search(match.group()) else (value,)  # 256²: a square of 256
    return Quantity(values, unit, False, thing, small, scale, match.start(), end)


def _first(text: str, match: re.Match[str], rules: Notation) -> tuple[float, int]:
    """The number without its scale, and where it ends: twenty-five is one."""
    if match.lastgroup == "digits":
        return _digits(match.group()), match.end()
    first = rules.words[match.group().lower()]
    ones = rules.number.match(text, match.end() + 1) if 20 <= first < 100 and not first % 10 else None
    if ones and ones.lastgroup == "word" and rules.words[ones.group().lower()] < 10:
        return first + rules.words[ones.group().lower()], ones.end()
    return first, match.end()


def _thing_before(text: str, start: int, rules: Notation) -> str:
    """What is counted, where the language puts it first: 토큰 900B개."""
    match = rules.thing_before.search(text, max(start - LONGEST_THING, 0), start)
    return (match.lastgroup or "").partition("__")[0] if match else ""


def _digits(said: str) -> float:
    plain = _PLAIN.match(said)
    if plain is None:  # pragma: no cover
        raise AssertionError(said)
    value = float(plain.group().replace(",", ""))
    rest = said[plain.end() :].strip().translate(_RAISED)
    if rest.startswith(("×", "x", "·", "e")):
        return value * _raised(10, int(rest.lstrip("×x· ")[2:] if rest[0] != "e" else rest[1:]))
    return _raised(value, int(rest)) if rest.strip("+-") else value


def _raised(base: float, exponent: int) -> float:
    try:
        return min(float(base) ** exponent, BEYOND)
    except (OverflowError, ZeroDivisionError):
        return BEYOND


def _scaled(text: str, end: int, first: float, rules: Notation) -> tuple[float, float, int]:
    """The value with the scales behind it, the last scale, and where it ends."""
    total, group, scale, last = 0.0, first, 1.0, 1.0
    while match := rules.scale.match(text, end):
        scale = rules.scales[match["letter"] or match["scale"]]
        if 0 < first < 1 and rules.only.match(text, end):
            break
        end, last = match.end(), scale
        if match["letter"]:
            return group * scale, last, end
        if scale >= LARGE:
            total, group = total + (group or 1) * scale, 0.0
        else:
            group = (group or 1) * scale
        following = rules.group.match(text, end)
        if following and last >= LARGE:
            group, end = float(following[1].replace(",", "")), following.end()
    return total + group, last, end


def _unit(text: str, start: int, end: int, rules: Notation) -> tuple[str, int, float]:
    """The unit, where it ends, and the half that stands before or behind it."""
    if start and text[start - 1] in rules.signs:
        return rules.signs[text[start - 1]], end, 0
    half = rules.and_a_half.match(text, end)
    unit, end = rules.unit.at(text, half.end() if half else end)
    if unit and not half and (half := rules.and_a_half.match(text, end)):
        end = half.end()
    return unit, end, HALF if half else 0


def _joined(text: str, found: Sequence[Quantity], rules: Notation) -> tuple[Quantity, ...]:
    """In a range or list that writes its unit or scale once, every number may have it."""
    joined = list(_summed(text, found))
    for place in range(len(joined) - 2, -1, -1):
        one, following = joined[place], joined[place + 1]
        if not rules.joins.fullmatch(text, one.end, following.start):
            continue
        if not one.unit and following.unit not in NO_RANGES and not one.thing and not _is_version(text, one):
            joined[place] = one = one._replace(unit=following.unit, borrowed=True)
        if one.scale == 1 and following.scale > 1 and not one.unit.strip():
            joined[place] = one = one._replace(
                values=(one.values[0], one.values[0] * following.scale), scale=following.scale
            )
        if not one.thing and following.thing and not one.unit:
            joined[place] = one._replace(thing=following.thing)
    return tuple(joined)


def _is_version(text: str, number: Quantity) -> bool:
    """Whether it stands right behind a name: TB 1.0 and 10%."""
    return bool(_NAME_BEFORE.search(text, max(number.start - LONGEST_NAME, 0), number.start))


def _summed(text: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """Numbers of which the second goes on in a smaller unit are one: 1분 30초."""
    before: Quantity | None = None
    for each in found:
        times = factor(before.unit, each.unit) if before else None
        if before and times and times > 1 and text[before.end : each.start] in {" ", ""}:
            each = each._replace(values=(before.values[0] * times + each.values[0],), start=before.start)  # noqa: PLW2901
        elif before:
            yield before
        before = each
    if before:
        yield before
