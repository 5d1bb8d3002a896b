"""Searches the published index as the site's page does: by a few parts of each year's index."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from functions.publish.index.search_words import find_meanings, glossary, is_hangul, phrase_key, split_terms, tokens
from local.mcp.archive import Archive
from local.mcp.index import Parts, decode_postings
from shared.model.paper import ARXIV_ID

VERSION = re.compile(r"v\d+$", re.ASCII)
MAX_NEEDS = 5
"""Words of a query that are looked up, the longest: each costs a file of every year."""
MAX_PHRASE_WORDS = 6
MIN_BEGINNING = 5
"""Letters of a word that longer words may begin with."""
MAX_LONGER_WORDS = 50
BEGINNING, OTHER_CASE = 0.5, 0.3
"""What such a word, and an acronym's other spelling, weigh of the word itself."""
MAX_ACRONYM = 5
MIN_SHARE = 0.5
"""Of what a query asks for, by rarity, that a paper must have."""
AGE, YEAR = 0.15, 365
"""How much more a new paper weighs, and in how many days that is lost."""


class Choice(NamedTuple):
    """Terms that a paper must all have, or a beginning of one."""

    terms: tuple[str, ...]
    factor: float = 1.0
    is_beginning: bool = False


class Need(NamedTuple):
    """A word or phrase of a query, and the ways to meet it."""

    text: str
    choices: tuple[Choice, ...]


class Hit(NamedTuple):
    """A paper that was found, by its place among the papers of its day."""

    day: date
    place: int
    has_all: bool
    score: float


class Found(NamedTuple):
    """The hits, the best first."""

    hits: tuple[Hit, ...]
    unknown: tuple[str, ...] = ()
    """Words that no paper has."""
    left_out: tuple[str, ...] = ()
    """Words that were one too many."""


def search(archive: Archive, query: str, is_asked_for: Callable[[date], bool]) -> Found:
    """What the index of an archive finds. Papers that have all words come first."""
    asked = sorted(_needs(query), key=lambda need: -len(need.text))
    needs, left_out = asked[:MAX_NEEDS], tuple(need.text for need in asked[MAX_NEEDS:])
    met: list[dict[tuple[date, int], float]] = [{} for _ in needs]
    total = 0
    for name, segment in archive.search_parts().segments.items():
        if segment.parts:
            places = [(day, place) for day, count in segment.days.items() for place in range(count)]
            total += len(places)
            parts = Parts(archive, name, segment)
            for need, best in zip(needs, met, strict=True):
                found = _meet(need, parts)
                best |= {places[place]: score for place, score in found.items() if place < len(places)}
    known = [(best, math.log(1 + total / len(best))) for best in met if best]
    unknown = tuple(need.text for need, best in zip(needs, met, strict=True) if not best)
    hits = [hit for hit in _rank(known, archive.latest.day) if is_asked_for(hit.day)]
    ordered = sorted(hits, key=lambda hit: (not hit.has_all, -hit.score, -hit.day.toordinal()))
    return Found(tuple(ordered), unknown, left_out)


def read_id(text: str) -> str | None:
    """The arXiv id that a text consists of, without its version."""
    paper_id = VERSION.sub("", re.sub(r"^arxiv:", "", text.strip(), flags=re.IGNORECASE))
    return paper_id if ARXIV_ID.fullmatch(paper_id) else None


def _rank(met: list[tuple[dict[tuple[date, int], float], float]], today: date) -> Iterator[Hit]:
    scores: defaultdict[tuple[date, int], float] = defaultdict(float)
    shares: defaultdict[tuple[date, int], float] = defaultdict(float)
    counts: Counter[tuple[date, int]] = Counter()
    for best, rarity in met:
        for key, score in best.items():
            scores[key] += score * rarity
            shares[key] += rarity
            counts[key] += 1
    least = sum(rarity for _, rarity in met) * MIN_SHARE
    for (day, place), score in scores.items():
        if shares[day, place] >= least:
            age = max((today - day).days, 0) / YEAR
            yield Hit(day, place, counts[day, place] == len(met), score * (1 + AGE * math.exp(-age)))


def _needs(query: str) -> Iterator[Need]:
    words: list[str] = []
    for part in query.split():
        if paper_id := read_id(part.strip('"')):
            yield Need(paper_id, (Choice((paper_id,)),))
        else:
            words += tokens(part)
    place = 0
    while place < len(words):
        lengths = range(min(MAX_PHRASE_WORDS, len(words) - place), 0, -1)
        phrases = {length: " ".join(words[place : place + length]) for length in lengths}
        length = next((each for each, phrase in phrases.items() if glossary().get(phrase_key(phrase))), 1)
        if choices := tuple(_choices(phrases[length], glossary().get(phrase_key(phrases[length]), ()))):
            yield Need(phrases[length], choices)
        place += length


def _choices(phrase: str, meanings: tuple[str, ...]) -> Iterator[Choice]:
    """A phrase by what it means; a word that the glossary does not have by its own terms."""
    yield from (Choice(tuple(meaning.split())) for meaning in meanings)
    own = tuple(split_terms(phrase))
    if meanings or not own:
        return
    if is_hangul(phrase):
        yield Choice(own)
        yield from (Choice((meaning,)) for meaning in find_meanings(phrase))
        if len(own) > 1:
            yield Choice(own[:-1])  # the last syllable may be a particle
        return
    *lower, term = own
    yield Choice((term,))
    yield from (Choice((each,), OTHER_CASE) for each in lower if len(phrase) > MAX_ACRONYM)
    if len(phrase) >= MIN_BEGINNING:
        yield Choice((phrase.lower(),), BEGINNING, is_beginning=True)


def _meet(need: Need, parts: Parts) -> dict[int, float]:
    """The papers of a segment that meet a need, by place, with how well."""
    best: dict[int, float] = {}
    for terms, factor, is_beginning in need.choices:
        if is_beginning:
            longer = (term for term in parts.of(terms[0]) if term.startswith(terms[0]))
            lists = [[decode_postings(parts.of(term)[term])] for term in islice(longer, MAX_LONGER_WORDS)]
        else:
            lists = [[decode_postings(parts.of(term).get(term, "")) for term in terms]]
        for each in lists:
            for place in set.intersection(*map(set, each)):
                score = factor * sum(found[place] for found in each) / len(each)
                best[place] = max(best.get(place, 0.0), score)
    return best
