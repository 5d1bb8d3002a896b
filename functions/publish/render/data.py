"""A digest as data: digest.json, and the schema that it keeps."""

import json
from functools import cache

from shared.model.frozen import Frozen


def render(digest: Frozen) -> bytes:
    """digest.json of a day, a week or a month, for people to read too."""
    return f"{digest.model_dump_json(by_alias=True, indent=2, ensure_ascii=False)}\n".encode()


@cache
def schema(kind: type[Frozen]) -> bytes:
    """What every digest.json of this kind keeps."""
    described = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **kind.model_json_schema(by_alias=True, mode="serialization"),
    }
    return f"{json.dumps(described, ensure_ascii=False, indent=2)}\n".encode()
