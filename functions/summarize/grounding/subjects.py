"""Whether the numbers of an item belong to what the item says them of."""

import re
from collections.abc import Iterator, Sequence

from functions.summarize.grounding.agreement import same_value
from functions.summarize.grounding.anchors import Bound, bound
from functions.summarize.grounding.comparisons import turned_around
from functions.summarize.grounding.exchanges import exchanged_numbers, reordered_numbers
from functions.summarize.grounding.findings import Finding
from functions.summarize.grounding.items import Item
from functions.summarize.grounding.lists import ANOTHER_SENTENCE
from functions.summarize.grounding.numbers import MOST_COUNTED, Quantity
from functions.summarize.grounding.roles import wrong_roles
from functions.summarize.grounding.texts import plain
from functions.summarize.grounding.versions import wrong_versions

NEAR = 5
"""Words within which a name and a number belong together."""
SURELY = 2
"""Words by which one number has to be nearer than another."""

Languages = tuple[str, ...]
_GLOSS = re.compile(r"(?<=[^\x00-\x7f]) ?\([a-z][a-z -]*\)")
"""The English term behind its translation: 토큰(token)."""


def wrong_subjects(
    item: Item, sources: Sequence[str], whole: tuple[str, ...], language: str, languages: Languages
) -> Iterator[Finding]:
    """Numbers and parts that the sentences give something else, and comparisons or changes that are turned around."""
    said = _GLOSS.sub("", plain(item.whole))
    own = bound(said, language, languages)
    sources = [plain(source) for source in sources]
    given = [bound(source, language, languages) for source in sources]
    yield from _foreign(item, said, own, given)
    if not item.advice:
        yield from exchanged_numbers(item, said, own, given, languages)
    yield from reordered_numbers(item, said, sources, languages)
    if item.field != "practice_ideas":  # what is to be tried is no claim
        yield from turned_around(item, said, sources, languages)
        yield from wrong_roles(item, said, sources, whole, languages)
    yield from wrong_versions(item, said, sources, languages)


def _foreign(item: Item, said: str, own: Bound, given: Sequence[Bound]) -> Iterator[Finding]:
    """A number at a name of which its very sentence says another one."""
    for key in sorted(own.names):
        if not any(name == key for _, name in own.costs) or not _belongs(own, key):
            continue
        place = own.nearest(key)[0]
        if item.value and place:
            continue
        number = own.numbers[place]
        if _is_count(number) or _is_of_a_nearer(own, place, key, given):
            continue
        owner = _owner(key, number, given)
        if owner and _same_sentence(number, owner, given) and _alike(number, owner):
            why = f"its sentence does not say this number of {key}"
            yield Finding(item=item.path, kind="subject", said=said[number.start : number.end], why=why)


def _is_count(number: Quantity) -> bool:
    """Whether it may count anything: such numbers stand around a name without being its own."""
    return not number.unit and number.scale == 1 and number.values[0] <= MOST_COUNTED and not number.values[0] % 1


def _is_of_a_nearer(own: Bound, place: int, key: str, given: Sequence[Bound]) -> bool:
    """Whether another name stands nearer to the number, and the sentences say the number of that one."""
    number = own.numbers[place]
    nearer = {
        name for name in own.names - {key} if own.costs.get((place, name), ANOTHER_SENTENCE) < own.costs[place, key]
    }
    return any(
        name in text.names and _belongs(text, name) and same_value(number, text.numbers[text.nearest(name)[0]])
        for text in given
        for name in nearer
    )


def _alike(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers may measure the same: neither or both are whole, or count things, and the same ones."""
    if not one.unit and (one.values[0] % 1 == 0) != (other.values[0] % 1 == 0):
        return False
    return (one.unit, one.scale, one.thing, one.counted) == (other.unit, other.scale, other.thing, other.counted)


def _belongs(text: Bound, key: str) -> bool:
    _, cost, margin = text.nearest(key)
    return cost <= NEAR and margin >= SURELY


def _owner(key: str, number: Quantity, given: Sequence[Bound]) -> Quantity | None:
    """The number that the sentences say of an anchor, where that is surely another one than the given."""
    owner: Quantity | None = None
    for text in given:
        near = [
            (cost, text.numbers[place]) for (place, name), cost in text.costs.items() if name == key and cost <= NEAR
        ]
        if not near:
            continue
        least = min(cost for cost, _ in near)
        if any(same_value(number, each) and cost <= least + SURELY for cost, each in near):
            return None
        if any(same_value(number, each) and _is_nearest(text, place, key) for place, each in enumerate(text.numbers)):
            return None
        if _belongs(text, key) and _is_nearest(text, text.nearest(key)[0], key):
            owner = text.numbers[text.nearest(key)[0]]
    return owner


def _is_nearest(text: Bound, place: int, key: str) -> bool:
    """Whether no other name is nearer to a number."""
    least = min(
        (cost for (number, name), cost in text.costs.items() if number == place and name in text.names), default=0
    )
    return text.costs[place, key] <= least


def _same_sentence(one: Quantity, other: Quantity, given: Sequence[Bound]) -> bool:
    return any(
        any(same_value(one, each) for each in text.numbers) and any(same_value(other, each) for each in text.numbers)
        for text in given
    )
