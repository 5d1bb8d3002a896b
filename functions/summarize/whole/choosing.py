"""What a model reads of a whole paper: all of it where it fits, else the sentences that tell most, by quota."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from functions.summarize.prompt.prompt import count_tokens
from functions.summarize.whole.stated import Fact, facts_of
from shared.model.place import Place, PlacedSentence, SectionKind
from shared.text.lazy_regex import lazy_regex
from shared.text.paper.sections import Section
from shared.text.paper.tables import CAPTION, FIGURE
from shared.text.sentences import sentences

MAX_APPENDIX_TOKENS = 1_000
MAX_SENTENCE_CHARS = 1_500
"""Of a sentence, a caption with its rows: what is longer is cut."""
TOKENS_A_LINE = 3
"""The number of a sentence, and its share of the headings."""

QUOTAS: Mapping[str, float] = {
    "facts": 0.22,
    "limits": 0.08,
    "introduction": 0.12,
    "results": 0.26,
    "ablation": 0.08,
    "setup": 0.09,
    "conclusion": 0.06,
    "method": 0.09,
}
"""Shares of the tokens. What a part leaves goes to the next."""
WEIGHTS: Mapping[Fact, float] = {
    "compute": 4,
    "time": 4,
    "limits": 2,
    "ablation": 3,
    "compared": 3,
    "data": 2,
    "variance": 3,
    "code": 3,
    "parameters": 1,
}
APPENDIX_FACTS: frozenset[Fact] = frozenset({"compute", "time", "data", "variance", "limits"})
MIN_FACT_WEIGHT = 4.0
"""Of a sentence that is taken for what it states, wherever it stands."""

_CONTRIBUTION = lazy_regex(
    r"\bcontribut|\bwe (?:propose|introduce|present|develop|show|find|study)\b|^- ", re.IGNORECASE
)
_TEX = lazy_regex(r"\\[a-z]+|[_^{}]")


class _Candidate(NamedTuple):
    """A sentence with its place in the paper, and how much it tells."""

    order: int
    placed: PlacedSentence
    section: Section
    tokens: int
    weight: float


def choose(sections: Sequence[Section], max_tokens: int) -> tuple[PlacedSentence, ...]:
    """The sentences for the model, in the order of the paper. Its abstract is known, its references are nobody's."""
    found = [each for each in _candidates(sections) if each.section.kind != "abstract"]
    main = [each for each in found if not each.section.in_appendix]
    taken = main if _tokens(main) <= max_tokens else list(_by_quota(main, max_tokens))
    appendix = [each for each in found if each.section.in_appendix and facts_of(each.placed.text) & APPENDIX_FACTS]
    taken += _best(appendix, MAX_APPENDIX_TOKENS)
    return tuple(each.placed for each in sorted(taken, key=lambda each: each.order))


def _candidates(sections: Iterable[Section]) -> Iterator[_Candidate]:
    order = 0
    for section in sections:
        place = Place(
            number=section.number, heading=section.heading, kind=section.kind, in_appendix=section.in_appendix
        )
        for paragraph in section.paragraphs:
            is_whole = bool(CAPTION.match(paragraph))
            for position, sentence in enumerate([paragraph] if is_whole else sentences(paragraph)):
                text = sentence[:MAX_SENTENCE_CHARS]
                tokens = count_tokens(text) + TOKENS_A_LINE
                weight = _weight(text, is_first=position == 0)
                yield _Candidate(order, PlacedSentence(text=text, place=place), section, tokens, weight)
                order += 1


def _weight(text: str, *, is_first: bool) -> float:
    """How much a sentence tells. Captions of figures, formulas and crumbs tell little."""
    weight = sum(WEIGHTS[fact] for fact in facts_of(text)) + (1 if is_first else 0)
    weight += 2 if _CONTRIBUTION.search(text) else 0
    if FIGURE.match(text) or len(_TEX.findall(text)) > len(text) / 25:
        weight -= 3
    return weight - (2 if len(text) < 40 else 0) - len(text) / 600


def _by_quota(main: Sequence[_Candidate], max_tokens: int) -> Iterator[_Candidate]:
    """Sentences that state most, wherever they stand, then each part's best; what room is left goes to any."""
    left, taken = 0.0, set[int]()
    for part, share in [*QUOTAS.items(), ("", 0.0)]:
        room = int(share * max_tokens + left)
        among = [each for each in main if each.order not in taken and _is_part(each, part)]
        best = _best(among, room)
        taken |= {each.order for each in best}
        left = room - _tokens(best)
        yield from best


def _is_part(each: _Candidate, part: str) -> bool:
    kind: SectionKind = each.section.kind
    if part == "facts":
        return each.weight >= MIN_FACT_WEIGHT and kind != "related"
    if part == "limits":
        return kind == "limits" or (kind == "conclusion" and "limits" in facts_of(each.placed.text))
    if part == "method":
        return kind in {"method", "other"}
    return kind == part if part else True


def _best(among: Iterable[_Candidate], max_tokens: int) -> list[_Candidate]:
    """Those that tell most, as far as there is room."""
    best: list[_Candidate] = []
    for each in sorted(among, key=lambda each: (-each.weight, each.order)):
        if each.tokens <= max_tokens:
            best.append(each)
            max_tokens -= each.tokens
    return best


def _tokens(chosen: Iterable[_Candidate]) -> int:
    return sum(each.tokens for each in chosen)
