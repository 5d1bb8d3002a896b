"""An analysis of one paper in one language, and where it came from."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from shared.model.frozen import Frozen

Role = Literal["problem", "method", "result", "resource", "context"]
Grade = Literal["high", "medium", "low", "unknown"]
Source = Literal["model", "draft", "sample"]

MOST_IDEAS = 3
STARTING_POINTS = ("code", "weights", "licence", "compute")
"""What one can start from: the stated facts that a difficulty follows from."""
EVIDENCE = ("code", "benchmark", "ablation", "limits")
"""What can be held against a paper: the stated facts that a reliability follows from."""
PROMPT_VERSION = "2"
"""Part of what an analysis follows from: raised with every change of what a model is asked."""


class Statement(Frozen):
    """A text and the sentences of the paper that it rests on, verbatim."""

    text: str
    sources: tuple[str, ...] = ()


class KeyPoint(Statement):
    """A statement with the part it plays in the paper."""

    role: Role | None = None


class Graded(Frozen):
    """A grade and the codes of the stated facts that it follows from, else `none` or `too_little`.

    Release 1.0 stored their labels.
    """

    grade: Grade
    reasons: tuple[str, ...] = ()


class Number(Frozen):
    """A number as the paper writes it, what it measures, and its sentence."""

    value: str
    measures: str
    source: str


class Resource(Frozen):
    """Something that is said to be available: code, weights, data, a demo."""

    kind: Literal["code", "weights", "dataset", "demo", "other"]
    text: str
    address: str | None = None


class Provenance(Frozen):
    """Where an analysis came from."""

    source: Source
    model: str
    prompt_version: str
    made_at: datetime | None = None
    text_read: str
    """Which text was given: `abstract`."""
    input_tokens: int = 0
    output_tokens: int = 0
    is_estimated: bool = False
    """The tokens, and so the cost, are counted from characters: the model's service did not count them."""
    cost_usd: float | None = 0.0
    """None: the price of the model is not known."""
    findings: tuple[str, ...] = ()
    """What the check found, as codes: `hostile`, or the field of an item that was left out and why, `risks.number`.
    Release 1.0 stored sentences."""


class Analysis(Frozen):
    """What a paper says. Only one_line, key_points and tags are always there; an empty field has no heading."""

    one_line: Statement
    key_points: tuple[KeyPoint, ...]
    tags: tuple[str, ...] = ()
    developer_view: Statement | None = None
    practice_ideas: Annotated[tuple[Statement, ...], Field(max_length=MOST_IDEAS)] = ()
    risks: tuple[Statement, ...] = ()
    detail: Statement | None = None
    difficulty: Graded | None = None
    reliability: Graded | None = None
    availability: tuple[Resource, ...] = ()
    numbers: tuple[Number, ...] = ()
    provenance: Provenance
