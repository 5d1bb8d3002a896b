"""What of a whole paper a model is given, what the paper lacks, and where its cited sentences stand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from functions.summarize.injection.hostile import Screened
from functions.summarize.injection.whole import screen_sections
from functions.summarize.whole.choosing import choose
from functions.summarize.whole.stated import Fact, facts_of
from shared.model.analysis import Analysis, Result
from shared.model.place import Place, PlacedSentence
from shared.text.paper.sections import Section, read_sections
from shared.text.sentences import sentences

MAX_SHOWN_CHARS = 300
"""Of a sentence of the whole text: it is nobody's to republish."""
ASKED: tuple[Fact, ...] = ("code", "compute", "variance", "ablation", "limits")
"""What a reader misses where a paper does not state it, in the order in which it is shown."""


class WholeText(NamedTuple):
    """A whole paper, screened: what the model reads of it, and what it does not state."""

    screened: Screened
    lacks: tuple[str, ...] = ()


def read_whole(markdown: str, abstract: Screened, max_tokens: int) -> WholeText:
    """The whole text beside its screened abstract; without a body where nothing of it can be read."""
    found = screen_sections(read_sections(markdown))
    screened = abstract.model_copy(
        update={
            "body": choose(found.sections, max_tokens),
            "signs": tuple(dict.fromkeys((*abstract.signs, *found.signs))),
            "withheld": (*abstract.withheld, *found.withheld),
        }
    )
    return WholeText(screened, tuple(_lacks(found.sections)))


def headings(screened: Screened) -> Mapping[int, str]:
    """The sections of the body by the number of their first sentence."""
    first = len(screened.sentences) - len(screened.body) + 1
    found = dict[int, str]()
    previous: Place | None = None
    for number, each in enumerate(screened.body, start=first):
        if each.place != previous:
            found[number] = f"{each.place.number} {each.place.heading}".strip()
        previous = each.place
    return found


def _lacks(sections: Iterable[Section]) -> Iterator[str]:
    parts = (part for section in sections for part in section.paragraphs if section.kind != "related")
    stated = {fact for part in parts for sentence in sentences(part) for fact in facts_of(sentence)}
    yield from (fact for fact in ASKED if fact not in stated)


def place_sources(analysis: Analysis, body: Sequence[PlacedSentence]) -> Analysis:
    """The analysis with one short sentence of the whole text a claim, and where those sentences stand."""
    placed = {each.text: each.place for each in body}
    used: dict[str, Place] = {}

    def cited(sources: Sequence[str]) -> tuple[str, ...]:
        """The sentences of the abstract, whose text is free, and the first one of the whole text."""
        whole = [each for each in sources if each in placed][:1]
        used.update({_cut(each): placed[each] for each in whole})
        return (*(each for each in sources if each not in placed), *map(_cut, whole))

    def of(value: object) -> object:
        match value:
            case tuple():
                return tuple(map(of, value))
            case Result():
                return value.model_copy(update={"source": next(iter(cited((value.source,))))})
            case _ if sources := getattr(value, "sources", ()):
                key = "sources" if "sources" in type(value).model_fields else "source"  # type: ignore[attr-defined]
                kept = cited(sources)
                return value.model_copy(update={key: kept if key == "sources" else kept[0]})  # type: ignore[attr-defined]
        return value

    changed = {name: of(getattr(analysis, name)) for name in type(analysis).model_fields}
    places = tuple(PlacedSentence(text=text, place=place) for text, place in used.items())
    return analysis.model_copy(update={**changed, "places": places})


def _cut(sentence: str) -> str:
    return sentence if len(sentence) <= MAX_SHOWN_CHARS else f"{sentence[: MAX_SHOWN_CHARS - 1].rstrip()}…"
