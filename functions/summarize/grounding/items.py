"""The items of an answer, each with the sentences that it rests on."""

from collections.abc import Collection, Iterator

from functions.summarize.answer import Answer
from shared.model.frozen import Frozen
from shared.model.texts import drop_items, texts


class Item(Frozen):
    """One text of an answer."""

    path: str
    text: str
    sources: tuple[str, ...]
    value: str = ""
    """Of `numbers`: the number itself, which the text only tells the meaning of."""
    advice: bool = False
    """Whether it is the model's own thought about the paper: general terms are allowed, numbers and names are not."""

    @property
    def field(self) -> str:
        """The field that it is of."""
        return self.path.partition(".")[0]

    @property
    def whole(self) -> str:
        """All that it says."""
        return f"{self.value}: {self.text}" if self.value else self.text


def items(answer: Answer) -> Iterator[Item]:
    """Every item that says something of the paper, in the answer's order. Topics have a vocabulary of their own."""
    for each in texts(answer):
        if each.declared.kind != "topic":
            advice = each.declared.kind == "advice"
            yield Item(path=each.path, text=each.text, sources=each.sources, value=each.value, advice=advice)


def left(answer: Answer, doomed: Collection[str]) -> Answer | None:
    """The answer without the items of these paths. None where one_line or every key point is among them."""
    kept = drop_items(answer, doomed)
    return kept if kept.one_line and kept.key_points else None
