"""The items of an answer, each with the sentences that it rests on."""

from collections.abc import Collection, Iterator, Sequence
from typing import TypeVar

from functions.summarize.answer import Answer
from shared.model.frozen import Frozen

ADVICE = frozenset({"developer_view", "practice_ideas", "risks"})
"""Fields in which the model thinks for itself: the glossary's general terms are allowed, numbers and names are not."""

_Each = TypeVar("_Each")


class Item(Frozen):
    """One text of an answer."""

    path: str
    text: str
    sources: tuple[str, ...]
    value: str = ""
    """Of `numbers`: the number itself, which the text only tells the meaning of."""

    @property
    def field(self) -> str:
        """The field that it is of."""
        return self.path.partition(".")[0]

    @property
    def advice(self) -> bool:
        """Whether it is the model's own thought about the paper."""
        return self.field in ADVICE

    @property
    def whole(self) -> str:
        """All that it says."""
        return f"{self.value}: {self.text}" if self.value else self.text


def items(answer: Answer) -> Iterator[Item]:
    """Every item in the answer's order."""
    yield Item(path="one_line", text=answer.one_line.text, sources=answer.one_line.sources)
    for field in ("key_points", "practice_ideas", "risks"):
        for place, each in enumerate(getattr(answer, field)):
            yield Item(path=f"{field}.{place}", text=each.text, sources=each.sources)
    for field in ("developer_view", "detail"):
        if each := getattr(answer, field):
            yield Item(path=field, text=each.text, sources=each.sources)
    for place, number in enumerate(answer.numbers):
        yield Item(path=f"numbers.{place}", text=number.measures, sources=(number.source,), value=number.value)
    for place, fact in enumerate(answer.stated):
        yield Item(path=f"stated.{place}", text=fact.text, sources=(fact.source,))


def left(answer: Answer, doomed: Collection[str]) -> Answer | None:
    """The answer without the items of these paths. None where one_line or every key point is among them."""

    def kept(field: str, values: Sequence[_Each]) -> tuple[_Each, ...]:
        return tuple(value for place, value in enumerate(values) if f"{field}.{place}" not in doomed)

    points = kept("key_points", answer.key_points)
    if "one_line" in doomed or not points:
        return None
    return Answer(
        one_line=answer.one_line,
        key_points=points,
        tags=answer.tags,
        developer_view=None if "developer_view" in doomed else answer.developer_view,
        practice_ideas=kept("practice_ideas", answer.practice_ideas),
        risks=kept("risks", answer.risks),
        detail=None if "detail" in doomed else answer.detail,
        numbers=kept("numbers", answer.numbers),
        stated=kept("stated", answer.stated),
    )
