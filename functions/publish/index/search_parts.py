"""The parts of the search's index: what the papers of a year are found by, in files of one size, sorted by terms."""

import base64
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from functions.publish.index.search_terms import LEVELS, SearchRecord, weigh

PART_BYTES = 12_000
"""A query reads one part for each of its words and each year."""
KEY_CHARS = 4
"""Letters of a term that a day's filter holds: it answers for beginnings of words too."""
FILTER_BITS_A_KEY, FILTER_HASHES = 8, 3
"""One day in forty is read in vain."""
MIN_PAPERS_OF_A_SPELLING = 2
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Part(NamedTuple):
    """A part: its terms with their postings, and the first term."""

    start: str
    text: str


def build_parts(papers: Sequence[SearchRecord]) -> tuple[Part, ...]:
    """The index of papers in their order: `term postings;…`, a posting being the step to the next paper and a level."""
    postings: defaultdict[str, list[str]] = defaultdict(list)
    last: dict[str, int] = {}
    for place, paper in enumerate(papers):
        for term, weight in weigh(paper).items():
            step = place - last.get(term, -1)
            postings[term].append(f"{_base_36(step)}{_level(weight)}")
            last[term] = place
    return tuple(_cut((term, "".join(postings[term])) for term in sorted(postings)))


def _cut(entries: Iterable[tuple[str, str]]) -> Iterator[Part]:
    lines: list[str] = []
    start, size = "", 0
    for term, found in entries:
        start = start if lines else term
        lines.append(f"{term} {found}")
        size += len(term.encode()) + len(found) + 2
        if size >= PART_BYTES:
            yield Part(start, ";".join(lines))
            lines, size = [], 0
    if lines:
        yield Part(start, ";".join(lines))


def spellings(papers: Iterable[SearchRecord]) -> str:
    """The words of several titles, by which a misspelt word is put right, the most frequent first."""
    counted: Counter[str] = Counter()
    for paper in papers:
        words = weigh(SearchRecord(id="", title=" ".join((paper.title, *paper.tags))))
        counted.update(term for term in words if term.isalpha() and term.islower() and len(term) >= KEY_CHARS)
    return " ".join(term for term, count in counted.most_common() if count >= MIN_PAPERS_OF_A_SPELLING)


def build_filter(papers: Iterable[SearchRecord]) -> str:
    """A Bloom filter, in base64, of what the terms of some papers begin with."""
    found = {filter_key(term) for paper in papers for term in weigh(paper)}
    bits = max(len(found) * FILTER_BITS_A_KEY, 64)
    filled = bytearray((bits + 7) // 8)
    for key in found:
        first, step = _hashes(key)
        for number in range(FILTER_HASHES):
            bit = (first + number * step) % (len(filled) * 8)
            filled[bit >> 3] |= 1 << (bit & 7)
    return base64.b64encode(filled).decode()


def filter_key(term: str) -> str:
    """What a filter holds of a term."""
    return term if ":" in term else term[:KEY_CHARS].lower()


def _hashes(key: str) -> tuple[int, int]:
    """Two numbers of 32 bits by FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/."""
    value = 0x811C9DC5
    for character in key:
        value = ((value ^ ord(character)) * 0x01000193) & 0xFFFFFFFF
    return value, ((value >> 16) ^ (value << 5) & 0xFFFFFFFF) | 1


def _level(weight: int) -> str:
    return chr(ord("A") + max(place for place, level in enumerate(LEVELS) if weight >= level or not place))


def _base_36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
