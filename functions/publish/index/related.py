"""Which papers are close to a paper: those that share its rarer tags and the rarer words of its title."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from functions.publish.index.year import Entry, Year

MOST_RELATED = 5
COMMON = 0.2
"""A feature that a larger share of all papers has says nothing: agents, language models."""
LEAST_SHARED = 2
"""Features: one shared word is chance."""
_WORD = re.compile(r"[^\W\d_]{4,}")


class Neighbourhood:
    """The papers of some years by their features. Made once for a day, asked for each of its papers."""

    def __init__(self, years: Iterable[Year], until: date) -> None:
        self._entries: dict[str, tuple[date, Entry]] = {}
        self._having: defaultdict[str, list[str]] = defaultdict(list)
        for listed in (listed for year in years for listed in year.days if listed.day <= until):
            for entry in listed.papers:
                if entry.id not in self._entries:
                    for feature in _features(entry):
                        self._having[feature].append(entry.id)
                self._entries[entry.id] = (listed.day, entry)

    def of(self, entry: Entry) -> Sequence[tuple[date, Entry]]:
        """The closest other papers, each with the newest day that lists it; equal ones by id, newest first."""
        weights: defaultdict[str, float] = defaultdict(float)
        shared: Counter[str] = Counter()
        for feature, weight in self._weighed(entry):
            for other in self._having[feature]:
                weights[other] += weight
                shared[other] += 1
        close = [other for other in weights if other != entry.id and shared[other] >= LEAST_SHARED]
        close.sort(reverse=True)
        close.sort(key=lambda other: -weights[other])
        return [self._entries[other] for other in close[:MOST_RELATED]]

    def _weighed(self, entry: Entry) -> Iterator[tuple[str, float]]:
        most = max(COMMON * len(self._entries), LEAST_SHARED)
        for feature in _features(entry):
            found = len(self._having[feature])
            if 1 < found <= most:
                yield feature, math.log(len(self._entries) / found)


def _features(entry: Entry) -> set[str]:
    return {f"#{tag}" for tag in entry.tags} | set(_WORD.findall(entry.title.lower()))
