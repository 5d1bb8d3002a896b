"""Holds the numbers of an item against those of its sentences."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from functions.summarize.grounding.agreement import fits, same_value
from functions.summarize.grounding.derived import follows
from functions.summarize.grounding.findings import Finding
from functions.summarize.grounding.items import Item
from functions.summarize.grounding.language_data import read, says
from functions.summarize.grounding.notation import notation
from functions.summarize.grounding.numbers import MOST_NUMBERS, Quantity, quantities
from functions.summarize.grounding.texts import plain

SMALL_OF_ONES_OWN = 5
"""How many things a writer counts in passing: `the two rules`, `in three parts`."""
COUNTING = frozenset({"", "percent", "times", "part"})
"""No measures: a number beside one of these is no number of it."""
_SIZE_IN_NAME = re.compile(r"(?<=[A-Za-z\d][-_])\d+(?:\.\d+)?(?:[BMK]|x\d+B)?(?![\w.])")
_VERSION_IN_NAME = re.compile(r"(?<=[A-Za-z])\d+\.\d+(?![\w.])")
_YEAR_IN_NAME = re.compile(r"(?<=[A-Z]{3})['-]?(2\d)(?!\w)")
"""AIME24 is AIME 2024."""
_YEAR = re.compile(r"(?<=[A-Z]{3} 20)2\d(?!\w)")
_LIST = re.compile(r"(?:[\w+./-]+(?: [\w+./-]+){0,2}, ){2,}(?:[\w+./-]+ ){0,3}(?:and|or) [\w+./-]+")
_BETWEEN = re.compile(r", (?:and |or )?| and | or ")
_LISTED = re.compile(r"\(\s?(?:\d|[ivx]+|[a-h])\)|,| and | or |;| with | plus | both | another | than ")


def unsupported_amounts(
    item: Item, support: Sequence[str], whole: Sequence[str], languages: tuple[str, ...]
) -> Iterator[Finding]:
    """Numbers that the support does not hold, or holds with another unit.

    What a number measures may be told with numbers of the whole text: such an item names one sentence only.
    """
    text = plain(item.whole)
    own = quantities(text, languages)
    known = [each for part in support for each in _known(part, languages)] if own else []
    if len(own) >= MOST_NUMBERS:
        yield Finding(item=item.path, kind="number", said=text[:40], why="an item of so many numbers is not checked")
    yield from _miscounted(item, text, own, languages)
    stated_counts = [given for given in known if given.counted]
    implied = [each for part in support for each in _implied(part, languages)] if own else []
    by_the_way = [each for part in whole for each in _known(part, languages)] if item.value and len(own) > 1 else []
    stated = [
        quantity
        for quantity in own
        if _is_stated(quantity, [*known, *implied], own)
        or (quantity.start > len(item.value) and _is_stated(quantity, by_the_way, own))
    ]
    for quantity in own:
        if quantity in stated or follows(text, quantity, support, known, stated, languages):
            continue
        passing = quantity.counted and text[quantity.end : quantity.end + 1] != "-"
        if passing and _counted_in_passing(item, quantity, support, stated_counts, own):
            continue
        said = text[quantity.start : quantity.end]
        same = [given for given in known if same_value(quantity, given)]
        yield _finding(item, quantity, said, same, known)


def _miscounted(item: Item, text: str, own: Sequence[Quantity], languages: tuple[str, ...]) -> Iterator[Finding]:
    """A share or a multiple with a word behind it that only counts: 61%건."""
    counters = _never_counted(languages)
    for quantity in own:
        if quantity.unit in {"percent", "point", "times"} and (word := counters.match(text, quantity.end)):
            why = f"{word.group()} counts, and no number with this unit"
            yield Finding(item=item.path, kind="unit", said=text[quantity.start : word.end()], why=why)


@cache
def _never_counted(languages: tuple[str, ...]) -> re.Pattern[str]:
    forms = [form for language in languages if (form := read(language, "numbers").get("never_counted"))]
    return re.compile("|".join(forms) or "(?!)")


def _is_stated(quantity: Quantity, known: Sequence[Quantity], own: Sequence[Quantity]) -> bool:
    same = [given for given in known if same_value(quantity, given)]
    telling = [given for given in same if given.thing] if quantity.thing else []
    return any(fits(quantity, given) or _leaves_out(quantity, given, own) for given in telling or same)


def _leaves_out(quantity: Quantity, given: Quantity, own: Sequence[Quantity]) -> bool:
    """A unit that another number of the item has, written once: by 13 seconds, from 71 to 58."""
    bare = not quantity.unit and not quantity.thing
    return bare and given.unit not in COUNTING and any(each.unit == given.unit for each in own)


def _counted_in_passing(
    item: Item, quantity: Quantity, support: Sequence[str], stated: Sequence[Quantity], own: Sequence[Quantity]
) -> bool:
    """A writer may count what the text lists, unless the text counts something and the item miscounts it."""
    if quantity.values[0] > SMALL_OF_ONES_OWN:
        return quantity.values[0] in {_listed(part) for part in support}
    if item.advice:
        return True
    unused = [given for given in stated if not any(same_value(given, each) for each in own)]
    clashing = [given for given in unused if not (given.thing and quantity.thing)]
    clashing += [given for given in stated if given.thing and given.thing == quantity.thing]
    return not clashing and sum(len(_LISTED.findall(part)) for part in support) >= quantity.values[0] - 1


def _listed(part: str) -> int:
    """How many things the longest list of a sentence has."""
    listed = max(_LIST.findall(part), key=len, default="")
    return len([each for each in _BETWEEN.split(listed) if each.strip()])


@lru_cache(maxsize=1024)
def _known(part: str, languages: tuple[str, ...]) -> tuple[Quantity, ...]:
    """The numbers of a sentence and of its names; where it says absolute, a change in per cent is one in points."""
    given = quantities(part, languages)
    says = any(re.search(form, part) for each in languages if (form := read(each, "numbers").get("absolute")))
    points = tuple(each._replace(unit="point") for each in given if says and each.unit == "percent")
    return given + points + _singles(part, languages) + _in_names(part, languages)


def _singles(part: str, languages: tuple[str, ...]) -> tuple[Quantity, ...]:
    """`After a minute` as the number that another language makes of it."""
    found = (
        (match, *notation(languages).unit.at(part, match.end())) for match in says("single", languages).finditer(part)
    )
    return tuple(Quantity((1.0,), unit, False, "", False, 1, match.start(), end) for match, unit, end in found if unit)


@lru_cache(maxsize=1024)
def _implied(part: str, languages: tuple[str, ...]) -> tuple[Quantity, ...]:
    """`Pentatonic` as the 5 that another language makes of it."""
    found = (
        (match, value)
        for language in languages
        for form, value in read(language, "numbers").get("implied", {}).items()
        for match in re.finditer(form, part, re.IGNORECASE)
    )
    return tuple(Quantity((float(value),), "", False, "", False, 1, *match.span()) for match, value in found)


@lru_cache(maxsize=1024)
def _in_names(part: str, languages: tuple[str, ...]) -> tuple[Quantity, ...]:
    """Sizes that stand in names: the 7B of Foo-7B."""
    sizes = [*_SIZE_IN_NAME.findall(part), *_VERSION_IN_NAME.findall(part)]
    sizes += [f"20{year}" for year in _YEAR_IN_NAME.findall(part)] + _YEAR.findall(part)
    return tuple(quantity for size in sizes for quantity in quantities(size, languages))


def _finding(item: Item, quantity: Quantity, said: str, same: Sequence[Quantity], known: Sequence[Quantity]) -> Finding:
    if same:
        return Finding(item=item.path, kind="unit", said=said, why="the text gives this number with another unit")
    scaled = [
        given
        for given in known
        for power in (1e-9, 1e-6, 1e-4, 1e-3, 1e-2, 1e-1, 1e1, 1e2, 1e3, 1e4, 1e6, 1e9)
        if same_value(quantity, given._replace(values=tuple(value * power for value in given.values)))
    ]
    why = "the scale differs from the text's" if scaled else "no such number is in the sentences that the item names"
    return Finding(item=item.path, kind="number", said=said, why=why)
