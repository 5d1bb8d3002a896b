"""The terms by which a paper is found. `render/files/search-terms.js` splits texts in the same way: a test compares."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping

from shared.model.frozen import Frozen

MIN_ACRONYM_CAPITALS = 2
MIN_PLURAL_CHARS = 4
"""Letters: `SAMs` is no plural, `bias` none either."""
MAX_ABSTRACT_TERMS = 16
LEVELS = (1, 3, 4, 6, 8, 10, 12, 16)
"""What a term can weigh in a paper; a posting names the highest that it reaches by a letter from A."""
WEIGHTS: Mapping[str, int] = {"title": 8, "tags": 6, "authors": 4, "organisation": 4, "one_line": 3, "terms": 1}
"""What a term weighs in each field of a record."""

_TOKEN = re.compile(r"[가-힣]+|[^\W_가-힣]+")
_WORDS_OF_ANY_TEXT = (
    "a an and are as at be by can for from has have in into is it its of on or our such than that the their these this"
    " to using via we which with"
)
_STOP = frozenset(_WORDS_OF_ANY_TEXT.split())


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
    terms: tuple[str, ...] = ()
    """Names and frequent words of the abstract that stand in no other field."""
    upvotes: int = 0
    code: bool = False


def split_terms(text: str) -> Iterator[str]:
    """The terms of a text: words in the singular, acronyms also as they are spelled, and Korean by pairs of syllables.

    Pairs find a word inside a compound, and with any particle.
    """
    for token in _TOKEN.findall(unicodedata.normalize("NFKC", text)):
        if "가" <= token[0] <= "힣":
            yield from (token[place : place + 2] for place in range(max(len(token) - 1, 1)))
        elif token.lower() not in _STOP or sum(map(str.isupper, token)) >= MIN_ACRONYM_CAPITALS:
            yield singular(token.lower())
            if sum(map(str.isupper, token)) >= MIN_ACRONYM_CAPITALS:
                yield singular(token)


def singular(word: str) -> str:
    """The word without the s of a plural: `policies`, `LLMs`, but not `bias` or `loss`."""
    if len(word) < MIN_PLURAL_CHARS or not word.endswith("s") or word.endswith(("ss", "us", "is", "as")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]


def name_term(kind: str, name: str) -> str:
    """The one term of a tag or an organisation. Blanks part the terms in an index, so it holds none."""
    return f"{kind}:{'_'.join(name.lower().split())}"


def weigh(record: SearchRecord) -> Mapping[str, int]:
    """The terms of a paper and what each weighs."""
    weights: Counter[str] = Counter()
    for field, weight in WEIGHTS.items():
        value = getattr(record, field)
        for term in {term for text in ([value] if isinstance(value, str) else value) for term in split_terms(text)}:
            weights[term] += weight
    exact = [record.id, *(name_term("tag", tag) for tag in record.tags)]
    if record.organisation:
        exact.append(name_term("org", record.organisation))
    if record.code:
        exact.append("has:code")
    return weights | Counter(dict.fromkeys(exact, LEVELS[-1]))


def abstract_terms(abstract: str, known: str) -> tuple[str, ...]:
    """The words of an abstract that say most beside a known text: names first, then what comes often."""
    standing = set(split_terms(known))
    counted: Counter[str] = Counter()
    for place, token in enumerate(_TOKEN.findall(unicodedata.normalize("NFKC", abstract))):
        if (
            token.lower() not in _STOP
            and len(token) > 1
            and not token.isdigit()
            and standing.isdisjoint(split_terms(token))
        ):
            is_name = place and any(character.isupper() or character.isdigit() for character in token[1:])
            counted[token if is_name else token.lower()] += 3 if is_name else 1
    often = (token for token, count in counted.most_common() if count > 1)
    return tuple(token for token, _ in zip(often, range(MAX_ABSTRACT_TERMS), strict=False))
