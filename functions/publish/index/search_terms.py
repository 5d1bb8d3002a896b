"""The terms by which a paper is found, and the parts of the index: files by the first letters of the terms."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from functions.publish.index.search_words import find_meanings, is_acronym, split_terms, tokens, words_of_any_abstract
from shared.model.frozen import Frozen
from shared.text.lazy_regex import lazy_regex

MAX_KEPT_PAPERS = 2048
"""Papers whose terms are kept in memory: a rebuild indexes those of the open months once a day."""
MAX_KEYWORDS, MAX_ABSTRACT_TERMS = 12, 32
MIN_KEYWORD_COUNT = 3
"""How often an abstract says what it is about."""
STEP = 1.3
LEVELS = tuple(round(STEP**place, 1) for place in range(14))
"""What a term can weigh in a paper; a posting names the nearest."""
WEIGHTS: Mapping[str, int] = {
    "title": 8,
    "tags": 6,
    "keywords": 4,
    "authors": 4,
    "organisation": 4,
    "one_line": 3,
    "terms": 1,
}
"""What a term weighs in each field of a record."""
PHRASES_OF = ("title", "tags", "keywords", "one_line")
"""Fields with phrases of the glossary; the terms of an abstract hold what its phrases mean."""
VOTES = 0.04
"""How much more a paper weighs with each doubling of its votes."""
EXACT = 12
"""What an id, a tag or an organisation weighs that is asked for by its whole name."""

KEY_CHARS, KEY_DIGITS = 3, 6
"""Of a term that say in which part it stands: what begins with the same letters, or the ids of a month, is in one."""
NUMBER = lazy_regex(r"[0-9]{2,}")
"""Names with numbers are apart: a long series would fill a part."""
MIN_SPELLING_CHARS = 4
FEW_PAPERS = 1000
"""Of more, a word of a single title is taken for a misspelt one."""
DIGITS = "".join(chr(code) for code in range(ord("!"), ord("~") + 1) if chr(code) not in "\"&';<>\\`")
"""Of a number of two or more: the first half ends it, the other half goes on."""


class SearchRecord(Frozen):
    """What is searched of a paper, and shown of it where it is found."""

    id: str
    title: str
    one_line: str = ""
    source: str = ""
    """Who wrote the one-line."""
    tags: tuple[str, ...] = ()
    organisation: str = ""
    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    """What its abstract is about."""
    terms: tuple[str, ...] = ()
    """The other words of the abstract, in its order."""
    upvotes: int = 0
    code: bool = False


def name_term(kind: str, name: str) -> str:
    """The one term of a tag or an organisation. Blanks and semicolons part the lines of an index, so it holds none."""
    return f"{kind}:{'_'.join(name.lower().replace(';', ' ').split())}"


@lru_cache(maxsize=MAX_KEPT_PAPERS)
def weigh(record: SearchRecord) -> Mapping[str, int]:
    """The terms of a paper, each with the level of its weight."""
    weights: Counter[str] = Counter()
    for field, weight in WEIGHTS.items():
        value = getattr(record, field)
        texts = (value,) if isinstance(value, str) else value
        found = {term for text in texts for term in split_terms(text)}
        if field in PHRASES_OF:
            found.update(term for text in texts for term in find_meanings(text))
        for term in found:
            weights[term] += weight
    exact = [record.id, *(name_term("tag", tag) for tag in record.tags)]
    exact += [name_term("org", record.organisation)] if record.organisation else []
    exact += ["has:code"] if record.code else []
    votes = 1 + VOTES * round(math.log2(1 + max(record.upvotes, 0)))
    for term in exact:
        weights[term] = max(weights[term], EXACT)
    levels = {term: round(math.log(weight * votes, STEP)) for term, weight in weights.items()}
    return {term: min(max(level, 0), len(LEVELS) - 1) for term, level in levels.items()}


@lru_cache(maxsize=256)
def describe_abstract(abstract: str, keywords: tuple[str, ...], known: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What an abstract is about, and its other words, both without those of a known text."""
    standing, of_any = set(split_terms(known)), words_of_any_abstract()
    counted = Counter(map(str.lower, tokens(abstract)))
    about, others = list(dict.fromkeys(keywords)), list[str]()
    meanings = Counter(find_meanings(abstract))
    words = [token for token in tokens(abstract) if len(token) > 1 and not token.isdigit()]
    for word in dict.fromkeys((*words, *meanings)):
        terms = list(split_terms(word))
        if terms and standing.isdisjoint(terms) and of_any.isdisjoint(terms):
            standing.update(terms)
            often = max(counted[word.lower()], meanings[word]) >= MIN_KEYWORD_COUNT
            (about if often else others).append(word if is_acronym(word) else word.lower())
    return tuple(about[:MAX_KEYWORDS]), tuple((*others, *about[MAX_KEYWORDS:])[:MAX_ABSTRACT_TERMS])


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
        words = dict.fromkeys(term for text in (paper.title, *paper.tags) for term in split_terms(text))
        counted.update(term for term in words if term.isalpha() and term.islower() and len(term) >= MIN_SPELLING_CHARS)
    return " ".join(term for term, count in counted.most_common() if count > 1 or len(papers) <= FEW_PAPERS)
