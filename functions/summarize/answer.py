"""What a language model says of a paper, before anything in it is believed."""

from typing import Annotated, Literal

from shared.model.analysis import Content, Declared
from shared.model.frozen import Frozen


class StatedFact(Frozen):
    """A fact that the paper states outright, and its sentence: what the grades are computed from."""

    kind: Literal["compute", "benchmark", "ablation", "limits", "licence", "weights", "code", "data"]
    text: str
    source: str

    @property
    def sources(self) -> tuple[str, ...]:
        """The sentence that states it."""
        return (self.source,)


class Answer(Content):
    """An analysis as the model gives it: no grade, no address, no provenance."""

    stated: Annotated[tuple[StatedFact, ...], Declared("claim")] = ()
