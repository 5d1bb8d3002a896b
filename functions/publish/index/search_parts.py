"""The parts of the search's index: what some papers are found by, in files by the first letters of the terms."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from functions.publish.index.search_terms import LEVELS, SearchRecord, split_terms, weigh

KEY_CHARS, KEY_DIGITS = 3, 6
"""Of a term that say in which part it stands: what begins with the same letters, or the ids of a month, is in one."""
NUMBER = re.compile(r"[0-9]{2,}")
"""Names with numbers are apart: a long series would fill a part."""
MIN_SPELLING_CHARS = 4
FEW_PAPERS = 1000
"""Of more, a word of a single title is taken for a misspelt one."""
DIGITS = "".join(chr(code) for code in range(ord("!"), ord("~") + 1) if chr(code) not in "\"&';<>\\`")
"""Of a number of two or more: the first half ends it, the other half goes on."""


def build_parts(papers: Sequence[SearchRecord], count: int) -> tuple[str, ...]:
    """So many parts of the index of papers in their order: `term postings;…`, the terms in order.

    Of a term, the first digit says how many letters it shares with the term before it. A posting is a number: the step
    to the next paper, times the number of levels, plus the level.
    """
    postings: defaultdict[str, list[str]] = defaultdict(list)
    last: dict[str, int] = {}
    for place, paper in enumerate(papers):
        for term, level in weigh(paper).items():
            postings[term].append(encode((place - last.get(term, -1)) * len(LEVELS) + level))
            last[term] = place
    terms: list[list[str]] = [[""] for _ in range(count)]
    for term in sorted(postings):
        terms[part_of(term, count)].append(term)
    return tuple(
        ";".join(f"{_shorten(term, previous)} {''.join(postings[term])}" for previous, term in pairwise(each))
        for each in terms
    )


def _shorten(term: str, previous: str) -> str:
    """Letters that a browser counts as two are never shared."""
    most = min(len(term), len(previous), len(DIGITS) - 1)
    shared = next((place for place in range(most) if term[place] != previous[place] or term[place] > "\uffff"), most)
    return DIGITS[shared] + term[shared:]


def encode(number: int) -> str:
    """The number in digits of which the last one is from the first half."""
    base = len(DIGITS) // 2
    number, digit = divmod(number, base)
    digits = DIGITS[digit]
    while number:
        number, digit = divmod(number - 1, base)
        digits = DIGITS[base + digit] + digits
    return digits


def part_of(term: str, count: int) -> int:
    """The part of a term, by FNV-1a of its key: http://www.isthe.com/chongo/tech/comp/fnv/."""
    value = 0x811C9DC5
    for character in _key(term):
        value = ((value ^ ord(character)) * 0x01000193) & 0xFFFFFFFF
    return value % count


def _key(term: str) -> str:
    if ":" in term:
        return term
    if term[0].isdecimal():
        return term[:KEY_DIGITS]
    number = NUMBER.search(term)
    return term[:KEY_CHARS].lower() + (number[0] if number else "")


def spellings(papers: Sequence[SearchRecord]) -> str:
    """The words of titles, by which a misspelt word is put right, the most frequent first."""
    counted: Counter[str] = Counter()
    for paper in papers:
        words = {term for text in (paper.title, *paper.tags) for term in split_terms(text)}
        counted.update(term for term in words if term.isalpha() and term.islower() and len(term) >= MIN_SPELLING_CHARS)
    return " ".join(term for term, count in counted.most_common() if count > 1 or len(papers) <= FEW_PAPERS)
