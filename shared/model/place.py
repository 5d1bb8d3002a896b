"""Where in a whole paper a sentence stands."""

from typing import Literal

from shared.model.frozen import Frozen

SectionKind = Literal[
    "abstract", "introduction", "related", "method", "setup", "results", "ablation", "limits", "conclusion", "other"
]


class Place(Frozen):
    """Where in a paper a sentence stands."""

    number: str = ""
    """Of its section: 5.2, B.1; empty where it has none."""
    heading: str = ""
    kind: SectionKind = "other"
    in_appendix: bool = False


class PlacedSentence(Frozen):
    """A sentence of a paper's whole text and where it stands."""

    text: str
    place: Place
