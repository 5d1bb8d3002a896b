"""Acronyms and names that any text of the field may hold."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from shared.languages.files import PAPERS, read
from shared.text.words import chunks, singular


@cache
def acronyms() -> Mapping[str, Sequence[str]]:
    """What an acronym of the field stands for, by the acronym as it is spelled."""
    known: Mapping[str, Sequence[str]] = read(PAPERS, "glossary")["acronyms"]
    return known


@cache
def general_words(*, advice: bool) -> frozenset[str]:
    """Names, as runs, that any text of the field may hold; in advice the tools of the trade, too."""
    general = read(PAPERS, "glossary")["general"]
    spelled = [*acronyms(), *(word for forms in acronyms().values() for form in forms for word in form.split())]
    spelled += [*general["words"], *(general["tools"] if advice else ())]
    return frozenset(run for name in spelled for run in _both(name))


def _both(name: str) -> Iterator[str]:
    joined = "".join(chunks(name))
    yield from (joined, singular(joined))
