"""The numbers of a text as values with their units, whatever the language writes them in."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from shared.text.numbers.list_numbers import is_label
from shared.text.numbers.measures import factor
from shared.text.numbers.notation import Notation, notation
from shared.text.numbers.number import MAX_VALUE, Number, read_digits

MAX_NUMBERS = 500
"""Of a text: an abstract of nothing but numbers would take minutes, and no item has as many."""
MAX_COUNT = 10
"""A plain count up to here may be the writer's own."""
LARGE = 1e4
"""Scales from here close a group: 3천만 is 3 x 1,000 x 10,000, and 2억 3천만 is the sum of two groups."""
HALF = 0.5

_REST = re.compile(r"\s?(\d,?\d{3}|\d{3})(?!\d|[,.]\d)")
"""What follows a scale of ten thousand: 32만 4,000 is 324,000."""
_LETTERS = re.compile(r"[A-Za-z]+")
_CROSSED = re.compile(r"[x×][A-Z\d]")
"""2xA100, 256x256."""
_OVER = re.compile(r"/(\d{1,3})(?:th|rd|s)?(?![\d/.])")
BINARY = {1e3: 1024.0, 1e6: 1024.0**2}
"""32K tokens are 32,768."""
NO_RANGES = frozenset({"", "month_of_year", "dimension"})
"""15 January is no range of months, and in `16 3D scenes` only the 3 has dimensions."""


def numbers(text: str, languages: tuple[str, ...], *, with_labels: bool = False) -> tuple[Number, ...]:
    """Every number of the text in its order. Small ordinals, digits of names and the word for one are none.

    Numbers of lists are some `with_labels`: they may support a claim.
    """
    rules = notation(languages)
    found = (each for each in _found(text, rules) if with_labels or not _is_label(text, each, rules))
    return _joined(text, list(islice(found, MAX_NUMBERS)), rules)


def _is_label(text: str, number: Number, rules: Notation) -> bool:
    is_bare = not number.unit and number.scale == 1 and text[number.start].isdigit()
    return (
        is_bare
        and not rules.counter.match(text, number.end)
        and is_label(text, number.start, number.end, number.value, rules.label)
    )


def _found(text: str, rules: Notation) -> Iterator[Number]:
    place = 0
    lowered = text.lower() if len(text.lower()) == len(text) else text
    while match := rules.number.search(lowered, place):
        number = _phrase(match, rules) if match.lastgroup == "phrase" else _number(text, match, rules)
        place = max(match.end(), number.end if number else 0)
        if number:
            yield number


def _phrase(match: re.Match[str], rules: Notation) -> Number:
    """The longest phrase there: a form may ask for what follows it."""
    known = ((form.match(match.string, match.start()), value, unit) for form, value, unit in rules.phrases)
    _, value, unit = max(((each.end(), value, unit) for each, value, unit in known if each), key=lambda each: each[0])
    counts = not unit and value <= MAX_COUNT
    return Number(value, unit, match.start(), match.end(), counts=counts)


def _number(text: str, match: re.Match[str], rules: Notation) -> Number | None:
    digits, start = match.lastgroup == "digits", match.start()
    first, others, end = _first(text, match, rules)
    if fraction := _fraction(text, start, end, first, rules):
        return fraction
    value, scale, end = _scaled(text, end, first, rules)
    if scale in BINARY and text[end - 1].isupper():
        others = (*others, first * BINARY[scale])
    if rules.ordinal_before.search(text, max(start - 4, 0), start):
        return None
    if rules.ordinal.match(text, end):
        return Number(value, "ordinal", start, end) if value > MAX_COUNT else None
    unit, end, half = _unit(text, start, end, rules)
    value = min(value + half, MAX_VALUE)
    is_bare = not unit and scale == 1
    counter = rules.counter.match(text, end) if is_bare else None
    if counter and value == 1:
        return None
    if is_bare and digits and not counter:
        unit, end = _letters(text, end)
    counts = is_bare and not unit and value in range(2, MAX_COUNT + 1)
    return Number(value, unit, start, end, others, scale, counts=counts)


def _fraction(text: str, start: int, end: int, first: float, rules: Notation) -> Number | None:
    """1/10, 10분의 1."""
    if (part := _OVER.match(text, end)) and float(part[1]):
        return Number(first / float(part[1]), "part", start, part.end(), (first, float(part[1])))
    if first and (part := rules.fraction.match(text, end)):
        return Number(float(part["part"]) / first, "part", start, part.end(), (first, float(part["part"])))
    return None


def _letters(text: str, end: int) -> tuple[str, int]:
    """Letters right behind the digits, as a unit that no language names."""
    letters = _LETTERS.match(text, end)
    return (letters.group(), letters.end()) if letters and not _CROSSED.match(text, end) else ("", end)


def _first(text: str, match: re.Match[str], rules: Notation) -> tuple[float, tuple[float, ...], int]:
    """The number without its scale, what else it may be, and where it ends: twenty-five is one."""
    written = match.group()
    if match.lastgroup == "digits":
        others: tuple[float, ...] = ()
        if " " in written:
            others = (read_digits(written.split()[0]),)
        elif written.endswith("²") and written[-2].isdecimal():
            others = (read_digits(written[:-1]),)
        return read_digits(written), others, match.end()
    if match.lastgroup == "spelled":
        return _spelled(written, rules), (), match.end()
    first = rules.words[written.lower()]
    ones = rules.number.match(text.lower(), match.end() + 1) if 20 <= first < 100 and not first % 10 else None
    if ones and ones.lastgroup == "word" and rules.words[ones.group()] < 10:
        return first + rules.words[ones.group()], (), ones.end()
    return first, (), match.end()


def _spelled(written: str, rules: Notation) -> float:
    """A number that is spelled digit by digit and scale by scale: 오십사."""
    total = ones = 0.0
    for character in written:
        if character in rules.scales:
            total, ones = total + (ones or 1) * rules.scales[character], 0
        else:
            ones = rules.digits[character]
    return total + ones


def _scaled(text: str, end: int, first: float, rules: Notation) -> tuple[float, float, int]:
    """The value with the scales behind it, the last scale, and where it ends: 2천3백억, two hundred thousand."""
    total, group, value, last = 0.0, 0.0, first, 1.0
    while match := rules.scale.match(text, end):
        scale = rules.scales[match["letter"] or match["scale"]]
        if 0 < first < 1 and rules.only.match(text, end):
            break
        end, last = match.end(), scale
        if scale >= LARGE or match["letter"]:
            total, group, value = total + ((group + value) or 1) * scale, 0.0, 0.0
        elif value:
            group, value = group + value * scale, 0.0
        else:
            group = (group or 1) * scale
        following = rules.group.match(text, end)
        if not following and last == LARGE and (following := _REST.match(text, end)):
            last = 1.0
        if following and not match["letter"]:
            value, end = float(following[1].replace(",", "")), following.end()
    return total + group + value, last, end


def _unit(text: str, start: int, end: int, rules: Notation) -> tuple[str, int, float]:
    """The unit, where it ends, and the half that stands before or behind it. 3일째 is day three, and has none."""
    if start and text[start - 1] in rules.signs:
        return rules.signs[text[start - 1]], end, 0
    half = rules.and_a_half.match(text, end)
    match = rules.unit.match(text, half.end() if half else end)
    unit, end = (
        ((match.lastgroup or "").partition("__")[0], match.end()) if match else ("", half.end() if half else end)
    )
    if unit and not half and (half := rules.and_a_half.match(text, end)):
        end = half.end()
    return "" if unit and rules.ordinal.match(text, end) else unit, end, HALF if half else 0


def _joined(text: str, found: Sequence[Number], rules: Notation) -> tuple[Number, ...]:
    """In a range or list that writes its unit or scale once, every number may have it."""
    joined = list(_summed(text, found))
    for place in range(len(joined) - 2, -1, -1):
        one, following = joined[place], joined[place + 1]
        if not rules.joins.fullmatch(text, one.end, following.start):
            continue
        if not one.unit and following.unit not in NO_RANGES:
            joined[place] = one = one._replace(unit=following.unit, borrowed=True, counts=False)
        if one.scale == 1 and following.scale > 1 and (not one.unit.strip() or one.borrowed):
            joined[place] = one._replace(others=(*one.others, one.value * following.scale))
    return tuple(joined)


def _summed(text: str, found: Sequence[Number]) -> Iterator[Number]:
    """Numbers of which the second goes on in a smaller unit are one: 1분 30초."""
    before: Number | None = None
    for each in found:
        times = factor(before.unit, each.unit) if before else None
        if before and times and times > 1 and text[before.end : each.start] in {" ", "", " and "}:
            before = each._replace(value=before.value * times + each.value, start=before.start)
            continue
        if before:
            yield before
        before = each
    if before:
        yield before
