"""Each field of a published digest is described, with an example that is one."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, get_args

import jsonschema
import pytest
from pydantic import TypeAdapter

from functions.publish.render.data import PUBLISHED, described, schema
from shared.model.frozen import Frozen

DIGESTS = tuple(PUBLISHED.values())
EACH = pytest.mark.parametrize("digest", DIGESTS)


def parts(annotation: Any) -> Iterator[type[Frozen]]:
    """The classes that a value of this type consists of."""
    for argument in get_args(annotation):
        yield from parts(argument)
    if isinstance(annotation, type) and issubclass(annotation, Frozen):
        yield annotation
        for field in annotation.model_fields.values():
            yield from parts(field.annotation)


@cache
def published(digest: type[Frozen]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(schema(digest))
    return found


def fields(digest: type[Frozen]) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """Every field: its name, its schema and its type."""
    for kind in dict.fromkeys(parts(digest)):
        properties = (published(digest) if kind is digest else published(digest)["$defs"][kind.__name__])["properties"]
        for name, field in kind.model_fields.items():
            alias = field.serialization_alias or name
            meant = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
            yield f"{kind.__name__}.{alias}", properties[alias], meant


@EACH
def test_every_field_has_a_description_and_one_without_parts_an_example(digest: type[Frozen]) -> None:
    undescribed = [
        name
        for name, field, meant in fields(digest)
        if not field.get("description") or bool(field.get("examples")) == bool(list(parts(meant)))
    ]
    assert undescribed == []


@EACH
def test_every_example_is_valid_by_the_schema_and_by_the_model(digest: type[Frozen]) -> None:
    for name, field, meant in fields(digest):
        for example in field.get("examples", ()):
            jsonschema.Draft202012Validator({**field, "$defs": published(digest)["$defs"]}).validate(example)
            read = TypeAdapter(meant).validate_json(json.dumps(example))
            assert TypeAdapter(meant).dump_python(read, mode="json") == example, name


def test_nothing_is_described_that_is_not_published() -> None:
    kinds = {base for digest in DIGESTS for kind in parts(digest) for base in kind.__mro__ if base is not Frozen}
    known = {kind.__name__: kind for kind in kinds if issubclass(kind, Frozen)}
    for name, about in described().items():
        aliases = {field.serialization_alias or each for each, field in known[name].model_fields.items()}
        assert set(about) - aliases == set(), name


@EACH
def test_every_class_is_described(digest: type[Frozen]) -> None:
    assert published(digest)["description"]
    assert all(found.get("description") for found in published(digest)["$defs"].values())
