"""The extractive draft: what a paper says, in its own sentences, found by rhetorical cues, without a model."""

from collections.abc import Sequence
from itertools import islice

from shared.draft.availability import resources
from shared.draft.cues import part, surety
from shared.draft.measurements import measurements
from shared.model.analysis import Analysis, KeyPoint, Provenance, Role, Statement
from shared.text.sentences import sentences
from shared.text.vocabulary import tags

MOST_READ = 10_000
"""Characters. arXiv takes abstracts of up to 1,920 (https://info.arxiv.org/help/prep.html); what is longer is none."""
LONGEST_NAME = 3
"""Words. Up to here, what a title begins with is the name of something: `Foo: Bars in Time`."""
MOST_KEY_POINTS = 3
ALWAYS_TOLD: tuple[Role, ...] = ("method", "result")
MOST_NUMBERS = 6
PROVENANCE = Provenance(source="draft", model="draft", prompt_version="draft.1", text_read="abstract")


def draft(title: str, abstract: str) -> Analysis:
    """The sentence that states the contribution, and those that tell most besides, each as the paper has it.

    What needs judgement stays empty. A paper without an abstract is left with its title.
    """
    read = abstract[:MOST_READ]
    found = sentences(read)
    asked = [_one_line(sentence).lower() for sentence in found]
    contribution = _contribution(asked, _name(title))
    points = _key_points(found, asked, contribution)
    numbers = (number for point in points if point.role == "result" for number in measurements(point.sources[0]))
    return Analysis(
        one_line=_statement(found[contribution]) if found else Statement(text=_one_line(title)),
        key_points=points,
        tags=tags(title, read),
        availability=tuple(resources(found[contribution:])),
        numbers=tuple(islice(numbers, MOST_NUMBERS)),
        provenance=PROVENANCE,
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _statement(sentence: str) -> Statement:
    return Statement(text=_one_line(sentence), sources=(sentence,))


def _name(title: str) -> str:
    """The name that a title gives to the work, in lower case; empty where it gives none."""
    name = _one_line(title).partition(":")[0].partition(" (")[0].lower()
    return name if len(name.split()) <= LONGEST_NAME else ""


def _contribution(asked: Sequence[str], name: str) -> int:
    """The place of the sentence that states the contribution: the surest, of the equally sure the first."""
    return min(range(len(asked)), key=lambda place: surety(asked[place], name), default=0)


def _key_points(found: Sequence[str], asked: Sequence[str], contribution: int) -> tuple[KeyPoint, ...]:
    """The sentences that tell most besides the contribution, a method and a result among them, in the text's order."""
    parts = {
        place: part(sentence, before_contribution=place < contribution)
        for place, sentence in enumerate(asked)
        if place != contribution
    }
    ranked = sorted((place for place in parts if parts[place].weight), key=lambda place: -parts[place].weight)
    best = {parts[place].role: place for place in reversed(ranked)}
    told = dict.fromkeys([*(best[role] for role in ALWAYS_TOLD if role in best), *ranked])
    return tuple(
        KeyPoint(text=_one_line(found[place]), sources=(found[place],), role=parts[place].role)
        for place in sorted(islice(told, MOST_KEY_POINTS))
    )
