"""An analysis of one paper in one language, and where it came from.

Each field is declared here, once, with what it is and which editions show it. `shared.model.texts` walks the
declarations.
"""

from datetime import datetime
from typing import Annotated, Literal, NamedTuple

from shared.model.frozen import Frozen
from shared.model.place import PlacedSentence

Role = Literal["problem", "method", "result", "resource", "context"]
Grade = Literal["high", "medium", "low", "unknown"]
Source = Literal["model", "draft", "sample"]
LineSource = Literal["model", "draft", "sample", "huggingface"]
"""Who wrote a one-line."""

STARTING_POINTS = ("code", "weights", "licence", "compute")
"""What one can start from: the stated facts that a difficulty follows from."""
EVIDENCE = ("code", "benchmark", "ablation", "limits")
"""What can be held against a paper: the stated facts that a reliability follows from."""
Kind = Literal["claim", "advice", "idea", "topic", "data"]
"""What a field holds: what the paper says, what the model makes of it, what one may try, topics, or codes of ours."""
Edition = Literal["page", "whole", "folded", "top5", "mail", "search", "post"]


TextRead = Literal["abstract", "text"]
"""What an analysis was made from: the abstract, or the whole text."""


class Declared(NamedTuple):
    """How a field of an analysis is checked, named and shown. Without one a field is a claim that no edition shows."""

    kind: Kind = "claim"
    editions: frozenset[Edition] = frozenset()
    label: str = ""
    """The code of its heading in `labels["fields"]`; empty where that is the field's name."""
    most: int | None = None
    """How many items are kept of a list."""
    asked_of: TextRead | None = None
    """The text that it is asked of; None for any."""


def _shown(
    *editions: Edition, kind: Kind = "claim", label: str = "", most: int | None = None, asked_of: TextRead | None = None
) -> Declared:
    return Declared(kind, frozenset(editions), label, most, asked_of)


UNDECLARED = Declared()


class Statement(Frozen):
    """A text and the sentences of the paper that it rests on, verbatim."""

    text: str
    sources: tuple[str, ...] = ()


class KeyPoint(Statement):
    """A statement with the part it plays in the paper."""

    role: Role | None = None


class Graded(Frozen):
    """A grade and the codes of its reasons, else `none` or `too_little`. Release 1.0 stored their labels."""

    grade: Grade
    reasons: tuple[str, ...] = ()


class Number(Frozen):
    """A number as the paper writes it, what it measures, and its sentence."""

    value: str
    measures: str
    source: str

    @property
    def text(self) -> str:
        """What it says."""
        return self.measures

    @property
    def sources(self) -> tuple[str, ...]:
        """The sentences that it rests on."""
        return (self.source,)


class Resource(Frozen):
    """Something that the text states to be available: code, weights, data, a demo."""

    kind: Literal["code", "weights", "dataset", "demo", "other"]
    text: str
    address: str | None = None


class SetupFact(Statement):
    """Something that the experiments took."""

    kind: Literal["data", "compute", "time", "size"]


class Result(Frozen):
    """Two numbers of one sentence, the paper's own and what it is compared with."""

    measure: str
    value: str
    baseline: str = ""
    compared_with: str = ""
    """Whose the baseline is."""
    on: str = ""
    """The benchmark or dataset."""
    source: str

    @property
    def text(self) -> str:
        """What it says beside its numbers."""
        return ", ".join(filter(None, (self.measure, self.compared_with, self.on)))

    @property
    def numbers(self) -> str:
        """Its numbers."""
        return ", ".join(filter(None, (self.value, self.baseline)))

    @property
    def sources(self) -> tuple[str, ...]:
        """The sentence that it rests on."""
        return (self.source,)


class Provenance(Frozen):
    """Where an analysis came from."""

    source: Source
    model: str
    prompt_version: str
    made_at: datetime | None = None
    text_read: str
    """Which text was given: `abstract`, or `text` for the whole one."""
    text_version: int | None = None
    """The arXiv version of the whole text, where that is known."""
    input_tokens: int = 0
    output_tokens: int = 0
    is_estimated: bool = False
    """The tokens, and so the cost, are counted from characters: the model's service did not count them."""
    cost_usd: float | None = 0.0
    """None: the price of the model is not known."""
    findings: tuple[str, ...] = ()
    """What the check found, as codes: `hostile`, or the field of an item that was left out and why, `risks.number`.
    Release 1.0 stored sentences."""


class Content(Frozen):
    """What a paper says. Only one_line, key_points and tags are always there; an empty field has no heading."""

    one_line: Annotated[Statement, _shown("page", "folded", "top5", "mail", "search", "post")]
    key_points: Annotated[tuple[KeyPoint, ...], _shown("page", "folded", "top5", "mail", "search")]
    tags: Annotated[tuple[str, ...], _shown("page", "top5", "search", kind="topic")] = ()
    developer_view: Annotated[Statement | None, _shown("page", "top5", "mail", kind="advice")] = None
    practice_ideas: Annotated[tuple[Statement, ...], _shown("page", "top5", "mail", kind="idea", most=3)] = ()
    risks: Annotated[tuple[Statement, ...], _shown("page", "top5", "mail", kind="advice")] = ()
    detail: Annotated[Statement | None, _shown("page", "top5")] = None
    numbers: Annotated[tuple[Number, ...], _shown("page", most=6, asked_of="abstract")] = ()
    setup: Annotated[tuple[SetupFact, ...], _shown("whole", most=6, asked_of="text")] = ()
    results: Annotated[tuple[Result, ...], _shown("whole", most=6, asked_of="text")] = ()
    ablation: Annotated[Statement | None, _shown("whole", asked_of="text")] = None
    limits: Annotated[
        tuple[Statement, ...], _shown("whole", "top5", "mail", label="risks", most=4, asked_of="text")
    ] = ()
    """In the authors' own words, as their sentences have it."""


class Analysis(Content):
    """The content of an analysis with what follows from it, and where it came from."""

    difficulty: Annotated[Graded | None, _shown("page", "top5", kind="data")] = None
    reliability: Annotated[Graded | None, _shown("page", "top5", kind="data")] = None
    availability: Annotated[tuple[Resource, ...], _shown("page")] = ()
    one_line_from: Annotated[Literal["huggingface"] | None, _shown(kind="data")] = None
    """Who wrote the one-line, where it is not who made the analysis."""
    contribution: Annotated[Statement | None, _shown("page", "folded", "top5")] = None
    """The paper's own sentence about its contribution, where the one-line is not from the paper."""
    lacks: Annotated[tuple[str, ...], _shown("whole", kind="data")] = ()
    """Codes of what the whole text does not state."""
    places: Annotated[tuple[PlacedSentence, ...], _shown(kind="data")] = ()
    """Where the sentences of the whole text stand that the analysis rests on."""
    provenance: Annotated[Provenance, _shown("page", kind="data")]

    @property
    def line_source(self) -> LineSource:
        """Who wrote the one-line."""
        return self.one_line_from or self.provenance.source
