"""What a language model says of a paper, before anything in it is believed."""

from typing import Literal

from shared.model.analysis import KeyPoint, Number, Statement
from shared.model.frozen import Frozen


class StatedFact(Frozen):
    """A fact that the paper states outright, and its sentence: what the grades are computed from."""

    kind: Literal["compute", "benchmark", "ablation", "limits", "licence", "weights", "code", "data"]
    text: str
    source: str


class Answer(Frozen):
    """An analysis as the model gives it: no grade, no address, no provenance."""

    one_line: Statement
    key_points: tuple[KeyPoint, ...]
    tags: tuple[str, ...] = ()
    developer_view: Statement | None = None
    practice_ideas: tuple[Statement, ...] = ()
    risks: tuple[Statement, ...] = ()
    detail: Statement | None = None
    numbers: tuple[Number, ...] = ()
    stated: tuple[StatedFact, ...] = ()
