"""Whether changes, shares, comparisons and directions run the text's way."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from functions.summarize.grounding.agreement import same_value
from functions.summarize.grounding.anchors import separators
from functions.summarize.grounding.findings import Finding
from functions.summarize.grounding.items import Item
from functions.summarize.grounding.language_data import read
from functions.summarize.grounding.numbers import Quantity, quantities

Languages = tuple[str, ...]
MINUS = frozenset("-−")


def turned_around(item: Item, said: str, sources: Sequence[str], languages: Languages) -> Iterator[Finding]:
    """What the item says the other way round than its sentences."""
    yield from _contradictory(item, said, languages)
    yield from _turned(item, said, sources, languages)
    yield from _opposite(item, said, sources, languages)


@lru_cache(maxsize=1024)
def _masked(text: str, languages: Languages) -> str:
    """The text with ⟦n⟧ for each number, by its place."""
    for place, number in reversed(list(enumerate(quantities(text, languages)))):
        text = f"{text[: number.start]}⟦{place}⟧{text[number.end :]}"
    return text


@lru_cache(maxsize=1024)
def _pairs(text: str, languages: Languages) -> Sequence[tuple[str, Quantity, Quantity]]:
    """Numbers that the text puts in an order: from which one to which, how many of how many."""
    numbers = quantities(text, languages)
    masked = _masked(text, languages) if len(numbers) > 1 else ""
    return [
        (kind, *(numbers[int(place)] for place in match.groups() if place))  # type: ignore[misc]
        if match.start("a") <= match.start("b")
        else (kind, numbers[int(match["a"])], numbers[int(match["b"])])
        for kind, finder in _pair_finders(languages)
        for match in finder.finditer(masked)
    ]


def changes(text: str, languages: Languages) -> Sequence[tuple[Quantity, Quantity]]:
    """From which number to which one the text says that something goes."""
    return [(start, end) for kind, start, end in _pairs(text, languages) if kind == "change"]


def shares(text: str, languages: Languages) -> Sequence[tuple[Quantity, Quantity]]:
    """How many of how many."""
    return [(part, whole) for kind, part, whole in _pairs(text, languages) if kind == "share"]


@cache
def _pair_finders(languages: Languages) -> Sequence[tuple[str, re.Pattern[str]]]:
    return [
        (kind, re.compile(re.sub(r"\(\?P<(\w)>N\)", r"[$+]?⟦(?P<\1>\\d+)⟧", form)))
        for language in languages
        for kind, form in read(language, "numbers")["pairs"].items()
    ]


def _turned(item: Item, said: str, sources: Sequence[str], languages: Languages) -> Iterator[Finding]:
    given = [pair for source in sources for pair in _pairs(source, languages)]
    for kind, start, end in _pairs(said, languages):
        alike = [(a, b) for its, a, b in given if its == kind]
        if any(same_value(start, b) and same_value(end, a) and not same_value(a, b) for a, b in alike):
            why = "the text has these two numbers the other way round"
            yield Finding(item=item.path, kind="subject", said=f"{start.values[0]:g}, {end.values[0]:g}", why=why)
        elif kind == "change" and (_ends_elsewhere(start, end, alike, said, languages) or _mixes_units(start, end)):
            why = "the text does not have these two numbers as the ends of a change"
            yield Finding(item=item.path, kind="subject", said=f"{start.values[0]:g}, {end.values[0]:g}", why=why)


def _ends_elsewhere(
    start: Quantity, end: Quantity, given: Sequence[tuple[Quantity, Quantity]], said: str, languages: Languages
) -> bool:
    """A change from where the text's begins, to another number, though the item has the right one, too."""
    ends = [b for a, b in given if same_value(start, a)]
    if not ends or any(same_value(end, b) for b in ends):
        return False
    return any(same_value(each, b) for each in quantities(said, languages) for b in ends)


def _mixes_units(start: Quantity, end: Quantity) -> bool:
    """From 74.3 % to 0.8 points: a level and a difference."""
    return (start.unit, end.unit) in {("percent", "point"), ("point", "percent")}


def ordered(text: str, languages: Languages) -> Sequence[set[int]]:
    """The places of two numbers of which the text's own words say which is the larger."""
    return [{less, more} for less, more in _orders(text, languages)]


def _orders(text: str, languages: Languages) -> Iterator[tuple[int, int]]:
    masked = _masked(text, languages)
    for finder in _order_finders(languages) if "⟦" in masked else ():
        yield from ((int(match["less"]), int(match["more"])) for match in finder.finditer(masked))


def _contradictory(item: Item, said: str, languages: Languages) -> Iterator[Finding]:
    """Two numbers of which the item's own words call the smaller one the larger: it falls from 5 to 19."""
    numbers = quantities(said, languages)
    for less, more in ((numbers[one], numbers[other]) for one, other in _orders(said, languages)):
        negative = any(said[each.start - 1 : each.start] in MINUS for each in (less, more) if each.start)
        if less.unit == (more.unit or less.unit) and less.values[0] > more.values[0] and not negative:
            why = "these two numbers are called larger and smaller the wrong way round"
            yield Finding(item=item.path, kind="subject", said=said[less.start : less.end], why=why)


@cache
def _order_finders(languages: Languages) -> Sequence[re.Pattern[str]]:
    forms = [form for each in languages for form in read(each, "numbers").get("orders", {}).get("forms", ())]
    return [re.compile(re.sub(r"\(\?P<(\w+)>N\)", r"[$+]?⟦(?P<\1>\\d+)⟧", form)) for form in forms]


@cache
def _polarity(languages: Languages, way: str) -> re.Pattern[str]:
    return re.compile("|".join(read(language, "numbers")[way] for language in languages), re.IGNORECASE)


def _ways(text: str, languages: Languages) -> set[str]:
    return {way for way in ("up", "down") if _polarity(languages, way).search(text)}


def _opposite(item: Item, said: str, sources: Sequence[str], languages: Languages) -> Iterator[Finding]:
    """A number that goes only up where its one sentence goes only down, or the reverse."""
    for number, mine in _directed(said, languages):
        holding = [
            ways
            for source in sources
            for each, ways in _directed(source, languages)
            if same_value(number, each) and number.unit == each.unit
        ]
        if len(mine) == 1 and len(holding) == 1 and len(holding[0]) == 1 and mine != holding[0]:
            why = "the text says the opposite direction"
            yield Finding(item=item.path, kind="subject", said=said[number.start : number.end], why=why)


@lru_cache(maxsize=1024)
def _directed(text: str, languages: Languages) -> Sequence[tuple[Quantity, frozenset[str]]]:
    """The numbers of a text, each with the directions that its clause names."""
    return [
        (number, frozenset(_ways(_clause(text, number, languages), languages)))
        for number in quantities(text, languages)
    ]


def _clause(text: str, number: Quantity, languages: Languages) -> str:
    """The words around a number up to what keeps clauses apart."""
    marks = separators(languages)
    start = max((match.end() for match in marks.finditer(text, 0, number.start)), default=0)
    end = marks.search(text, number.end)
    return text[start : end.start() if end else len(text)]
