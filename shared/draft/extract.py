"""The extractive draft: what a paper says, in its own sentences, found by rhetorical cues, without a model."""

from itertools import islice

from shared.draft.availability import resources
from shared.draft.contribution import find_contribution, read_title
from shared.draft.key_points import choose_key_points
from shared.draft.measurements import measurements
from shared.draft.opening import cut_opening
from shared.draft.summary import is_supported
from shared.model.analysis import Analysis, KeyPoint, Provenance, Statement
from shared.text.sentences import sentences
from shared.text.vocabulary import tags

MAX_READ_CHARS = 10_000
"""arXiv takes abstracts of up to 1,920 (https://info.arxiv.org/help/prep.html); a longer text is not an abstract."""
MAX_NUMBERS = 6
PROVENANCE = Provenance(source="draft", model="draft", prompt_version="draft.2", text_read="abstract")


def draft(title: str, abstract: str, summary: str | None = None) -> Analysis:
    """The sentence that states the contribution and those that tell most besides, each as the paper has it.

    Hugging Face's summary, where there is one that the paper supports, is the one-line, and the contribution follows.
    What needs judgement stays empty. A paper without an abstract is left with its title.
    """
    read = abstract[:MAX_READ_CHARS]
    found = sentences(read)
    if not found:
        return Analysis(
            one_line=Statement(text=" ".join(title.split())), key_points=(), tags=tags(title, ""), provenance=PROVENANCE
        )
    place = find_contribution(found, read_title(title))
    points = tuple(
        KeyPoint(text=cut_opening(found[at]), sources=(found[at],), role=role)
        for at, role in choose_key_points(found, place)
    )
    contribution = Statement(text=cut_opening(found[place]), sources=(found[place],))
    supported = summary and is_supported(summary, title, read)
    numbers = (number for point in points if point.role == "result" for number in measurements(point.sources[0]))
    return Analysis(
        one_line=Statement(text=" ".join(summary.split())) if summary and supported else contribution,
        one_line_from="huggingface" if supported else None,
        contribution=contribution if supported else None,
        key_points=points,
        tags=tags(title, read),
        availability=tuple(resources(found[place:])),
        numbers=tuple(islice(numbers, MAX_NUMBERS)),
        provenance=PROVENANCE,
    )
