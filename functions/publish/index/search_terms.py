"""The terms by which a paper is found. `render/files/search-terms.js` splits texts in the same way: a test compares."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from functions.publish.index.search_glossary import (
    find_meanings,
    is_hangul,
    singular,
    tokens,
    words_of_any_abstract,
    words_of_any_text,
)
from shared.model.frozen import Frozen

MIN_ACRONYM_CAPITALS = 2
MAX_KEPT_TOKENS = 16_384
"""Words whose terms are kept in memory: a month of papers has fewer."""
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


def split_terms(text: str) -> Iterator[str]:
    """The terms of a text: words in the singular, acronyms also as they are spelled, and Korean by pairs of syllables.

    Pairs find a word inside a compound, and with any particle.
    """
    for token in tokens(text):
        yield from _terms_of(token)


@lru_cache(maxsize=MAX_KEPT_TOKENS)
def _terms_of(token: str) -> tuple[str, ...]:
    if is_hangul(token):
        return tuple(token[place : place + 2] for place in range(max(len(token) - 1, 1)))
    if _is_acronym(token):
        return (singular(token.lower()), singular(token))
    return (singular(token.lower()),) if token.lower() not in words_of_any_text() else ()


def _is_acronym(token: str) -> bool:
    return sum(map(str.isupper, token)) >= MIN_ACRONYM_CAPITALS


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
    return {term: _level(weight * votes) for term, weight in (weights | Counter(dict.fromkeys(exact, EXACT))).items()}


def _level(weight: float) -> int:
    return min(max(round(math.log(weight, STEP)), 0), len(LEVELS) - 1)


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
            (about if often else others).append(word if _is_acronym(word) else word.lower())
    return tuple(about[:MAX_KEYWORDS]), tuple((*others, *about[MAX_KEYWORDS:])[:MAX_ABSTRACT_TERMS])
