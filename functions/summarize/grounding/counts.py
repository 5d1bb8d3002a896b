"""Small counts: the writer's own, unless the text counts the same things otherwise."""

from functions.summarize.grounding.claims import Claim, same
from functions.summarize.grounding.passage import Passage
from shared.languages.files import PAPERS, words
from shared.text.lazy_regex import lazy_regex
from shared.text.numbers.number import Number
from shared.text.words import singular

LIST_CHARS = 80
"""Characters in front of a count in which the item may list what it counts."""
MAX_OWN = 2
"""Of what a writer in another language counts himself, and one more in words: both models, all three."""
MAX_NOUN_WORDS = 4
"""Words behind a count of which one may be what it counts: `five large model families`."""

_MARK = lazy_regex(r"\((?:\d|[ivx]{1,4}|[a-h])\)|(?<!\w)\d\)|[①-⑩]")
_WORD = lazy_regex(r"[a-z]+|[^a-z\s-]")
_ADJECTIVES = frozenset(
    ["key", "main", "major", "core", "new", "novel", "different", "distinct", "real", "large", "small"]
)
_PARTS = lazy_regex(r"[ -](?:thirds|quarters|fourths|fifths|tenths)\b")
_REST = lazy_regex(r"\s(?:other|others|more|additional|further|remaining)\b")


def is_count(claim: Claim) -> bool:
    """Whether a small number may be a count of the item's own.

    In the language of the papers the nouns tell whether the text counts the same things. In another one the item may
    mean any count of the text that it does not repeat, but for what it lists itself.
    """
    own, text = claim.number, claim.item.text
    if not own.counts or own.borrowed or _PARTS.match(text, own.end):
        return False
    behind, before = text[own.end :].partition(". ")[0], text[max(own.start - LIST_CHARS, 0) : own.start]
    is_marked = own.value in {len(_MARK.findall(part)) for part in (behind, claim.evidence.text)}
    if claim.item.languages[0] == PAPERS:
        is_own = is_marked or not text[own.start].isdigit()
        return is_own and not any(_counts_alike(claim, passage) for passage in claim.evidence.passages)
    listing = words("listing", claim.item.languages)
    is_word = not text[own.start].isdigit()
    is_listed = any(len(listing.findall(part)) == own.value - 1 for part in (behind, before))
    is_counted = is_word or bool(words("counter", claim.item.languages).match(text, own.end))
    is_own = is_counted and own.value <= MAX_OWN + is_word and not _unused_counts(claim)
    return is_marked or is_own or (is_word and (is_listed or claim.is_advice))


def _unused_counts(claim: Claim) -> bool:
    """Whether the text has a count that the item does not repeat: it may have meant that one."""
    return any(
        given.counts and not any(same(given, each) for each in claim.item.numbers) for given in claim.evidence.numbers
    )


def _counts_alike(claim: Claim, passage: Passage) -> bool:
    """Whether a sentence of the text counts what the item counts, and comes to another number, in sum as well."""
    own, text = claim.number, claim.item.text
    is_rest = bool(_REST.match(text, own.end))
    alike = [
        other.value - is_rest
        for other in passage.numbers
        if other.counts and not same(own, other) and _nouns(text, own) & _nouns(passage.text, other)
    ]
    return bool(alike) and sum(alike) != own.value


def _nouns(text: str, number: Number) -> set[str]:
    """The words behind an English number that may be what it counts."""
    found: set[str] = set()
    for word in _WORD.findall(text[number.end : number.end + 80].lower())[:MAX_NOUN_WORDS]:
        if not word.isalpha() or words("no_noun", (PAPERS,)).fullmatch(word):
            break
        found.add(singular(word))
    return found - _ADJECTIVES
