"""Searches the published index as the site's page does: by a few parts of each year's index."""

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import NamedTuple

from functions.publish.index.search import Segment
from functions.publish.index.search_glossary import find_meanings, glossary, is_hangul, phrase_key, tokens
from functions.publish.index.search_parts import DIGITS, part_of
from functions.publish.index.search_terms import LEVELS, split_terms
from local.mcp.archive import MAX_PAPERS, VERSION, Archive
from shared.model.paper import ARXIV_ID
from shared.store import keys

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

Terms = Mapping[str, str]
"""The postings of a part's terms."""


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
    """The hits, the best first, and the words that no paper has."""

    hits: tuple[Hit, ...]
    unknown: tuple[str, ...]


def search(archive: Archive, query: str, is_asked_for: Callable[[date], bool]) -> Found:
    """What the index of an archive finds. Papers that have all words come first."""
    needs = sorted(_needs(query), key=lambda need: -len(need.text))[:MAX_NEEDS]
    met: list[dict[tuple[date, int], float]] = [{} for _ in needs]
    total = 0
    for name, segment in archive.search_parts().segments.items():
        if segment.parts:
            places = [(day, place) for day, count in segment.days.items() for place in range(count)]
            total += len(places)
            parts = _Parts(archive, name, segment)
            for need, best in zip(needs, met, strict=True):
                found = _meet(need, parts)
                best |= {places[place]: score for place, score in found.items() if place < len(places)}
    known = [(best, math.log(1 + total / len(best))) for best in met if best]
    unknown = tuple(need.text for need, best in zip(needs, met, strict=True) if not best)
    hits = [hit for hit in _rank(known, archive.latest.day) if is_asked_for(hit.day)]
    return Found(tuple(sorted(hits, key=lambda hit: (not hit.has_all, -hit.score, -hit.day.toordinal()))), unknown)


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
        paper_id = VERSION.sub("", re.sub(r"^arxiv:", "", part.strip('"'), flags=re.IGNORECASE))
        if ARXIV_ID.fullmatch(paper_id):
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


class _Parts:
    """The parts of one segment, each read once."""

    def __init__(self, archive: Archive, name: str, segment: Segment) -> None:
        self._archive, self._name, self._count = archive, name, segment.parts
        self._read: dict[int, Terms] = {}

    def of(self, term: str) -> Terms:
        """The terms of the part that has this one."""
        part = part_of(term, self._count)
        if part not in self._read:
            self._read[part] = read_part(self._archive.read(self._archive.tree + keys.search_part(self._name, part)))
        return self._read[part]


def read_part(script: bytes | None) -> Terms:
    """The postings by term of `addToSearch("part", segment, number, text);`. A part that cannot be read has none."""
    try:
        text = (script or b"").decode()
        *_, listed = json.loads(f"[{text[text.index('(') + 1 : text.rindex(')')]}]")
        pairs = [entry.split(" ") for entry in str(listed).split(";") if entry]
        found, term = {}, ""
        for shortened, postings in pairs:
            term = term[: DIGITS.index(shortened[0])] + shortened[1:]
            found[term] = postings
    except (ValueError, IndexError, RecursionError):
        return {}
    return found


def decode_postings(text: str) -> dict[int, float]:
    """The places of papers, each with the weight of the term: what `search_parts.encode` wrote."""
    found, place, number, half = {}, -1, 0, len(DIGITS) // 2
    for character in text:
        digit = DIGITS.find(character)
        if digit >= half:
            number = number * half + digit - half + 1
            if number > MAX_PAPERS * len(LEVELS):
                break  # no index has that
            continue
        step, level = divmod(number * half + digit, len(LEVELS))
        place, number = place + step, 0
        found[place] = LEVELS[level]
    return found


def _meet(need: Need, parts: _Parts) -> dict[int, float]:
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
