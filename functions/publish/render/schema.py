"""The JSON schemas of digest.json, with a description and an example of each field."""

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import ModelSchema

from functions.publish.model.digest import Digest
from functions.publish.model.period_digest import PeriodDigest
from shared.model.frozen import Frozen
from shared.store import keys

PUBLISHED: Mapping[str, type[Frozen]] = {keys.SCHEMA: Digest, keys.PERIOD_SCHEMA: PeriodDigest}
"""What the schemas are of, by their addresses."""
Described = str | tuple[str, Any]
"""A description; of a field that has no parts, with an example."""


@cache
def described() -> Mapping[str, Mapping[str, Described]]:
    """What `schema.toml` says of fields as they are published, by the name of the class."""
    read = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {
        kind: {name: each if isinstance(each, str) else (each[0], each[1]) for name, each in fields.items()}
        for kind, fields in read.items()
    }


class DescribedSchema(GenerateJsonSchema):
    """Adds descriptions and examples to the fields of each class. Titles made from names are left out."""

    def model_schema(self, schema: ModelSchema) -> JsonSchemaValue:
        """The schema of a class with what is known of its fields, those of its bases included."""
        found = super().model_schema(schema)
        about: dict[str, Described] = {}
        for kind in reversed(schema["cls"].__mro__):
            about |= described().get(kind.__name__, {})
        for name, field in found.get("properties", {}).items():
            match about.get(name):
                case (description, example):
                    field |= {"description": description, "examples": [example]}
                case str(description):
                    field["description"] = description
        return found

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - the name says it
        """Never."""
        return False


@cache
def schema(kind: type[Frozen]) -> bytes:
    """What every digest.json of this kind keeps."""
    found = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **kind.model_json_schema(by_alias=True, mode="serialization", schema_generator=DescribedSchema),
    }
    return f"{json.dumps(found, ensure_ascii=False, indent=2)}\n".encode()
