"""Walks the texts of an analysis by the declarations of its fields, so that a new field is read everywhere."""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple, TypeVar

from shared.model.analysis import UNDECLARED, Declared, Edition, Number, Result
from shared.model.frozen import Frozen

_Model = TypeVar("_Model", bound=Frozen)


class Text(NamedTuple):
    """One text of an analysis and the sentences of the paper that it rests on."""

    path: str
    """`one_line`, `key_points.1`."""
    declared: Declared
    text: str
    sources: tuple[str, ...] = ()
    value: str = ""
    """Of a number: the number itself; the text is its meaning."""

    @property
    def field(self) -> str:
        """The name of the field that holds it."""
        return self.path.partition(".")[0]


def declarations(model: type[Frozen]) -> dict[str, Declared]:
    """Every field of a model in its order, with its declaration."""
    return {
        name: next((each for each in info.metadata if isinstance(each, Declared)), UNDECLARED)
        for name, info in model.model_fields.items()
    }


def texts(content: Frozen) -> Iterator[Text]:
    """Every text in the order of the fields. What is not declared is walked too: as a claim."""
    for name, declared in declarations(type(content)).items():
        if declared.kind != "data":
            yield from _texts(name, declared, getattr(content, name))


def shown(content: Frozen, edition: Edition) -> Iterator[tuple[str, Declared, Any]]:
    """The fields that an edition shows and that hold something: name, declaration and value, in their order."""
    for name, declared in declarations(type(content)).items():
        if edition in declared.editions and (value := getattr(content, name)):
            yield name, declared, value


def sources(content: Frozen, edition: Edition) -> tuple[str, ...]:
    """The sentences that the shown texts rest on, each once, in the order of the fields."""
    found = (each for name, declared, value in shown(content, edition) for each in _texts(name, declared, value))
    return tuple(dict.fromkeys(source for text in found for source in text.sources if source))


def drop_items(content: _Model, paths: Collection[str]) -> _Model:
    """The content without the items of these paths. A field that must not be empty is the caller's to fill."""
    kept = {name: _kept(name, getattr(content, name), paths) for name in type(content).model_fields}
    return content.model_copy(update=kept)


def _texts(path: str, declared: Declared, value: Any) -> Iterator[Text]:
    text = getattr(value, "text", None)
    match value:
        case Number():
            yield Text(path, declared, value.text, value.sources, value.value)
        case Result():
            yield Text(path, declared, value.text, value.sources, value.numbers)
        case Frozen() if isinstance(text, str):
            yield Text(path, declared, text, getattr(value, "sources", ()))
        case Frozen():
            yield from (
                each for name in type(value).model_fields for each in _texts(path, declared, getattr(value, name))
            )
        case str():
            yield Text(path, declared, value)
        case dict():
            yield from (each for part in value.values() for each in _texts(path, declared, part))
        case list() | tuple():
            yield from (each for place, part in enumerate(value) for each in _texts(f"{path}.{place}", declared, part))


def _kept(name: str, value: Any, paths: Collection[str]) -> Any:
    if isinstance(value, tuple):
        return tuple(each for place, each in enumerate(value) if f"{name}.{place}" not in paths)
    return None if name in paths else value
