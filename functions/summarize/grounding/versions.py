"""Numbers that are the versions of names: Gemma 3."""

from collections.abc import Iterator, Sequence

from functions.summarize.grounding.agreement import same_value
from functions.summarize.grounding.findings import Finding
from functions.summarize.grounding.items import Item
from functions.summarize.grounding.names import located_names
from functions.summarize.grounding.numbers import Quantity, quantities

Languages = tuple[str, ...]


def wrong_versions(item: Item, said: str, sources: Sequence[str], languages: Languages) -> Iterator[Finding]:
    """A measured number where the text has a name's version, though the item has that number, too."""
    own = quantities(said, languages)
    given = [pair for source in sources for pair in _behind_names(source, languages)]
    for name, number in _behind_names(said, languages):
        versions = [version for its, version in given if its == name]
        if not number.unit or not versions or any(version.unit or same_value(number, version) for version in versions):
            continue
        if any(same_value(each, version) for each in own for version in versions):
            why = f"the text has {name} {versions[0].values[0]:g}"
            yield Finding(item=item.path, kind="subject", said=said[number.start : number.end], why=why)


def _behind_names(text: str, languages: Languages) -> Iterator[tuple[str, Quantity]]:
    """Names with the number that stands right behind them."""
    ends = {end: name for name, _, end in located_names(text)}
    for number in quantities(text, languages):
        if number.start - 1 in ends and text[number.start - 1] == " ":
            yield ends[number.start - 1], number
