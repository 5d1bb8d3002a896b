"""The digest of a week or month as data: digest.json, and the schema that it keeps."""

import json
from functools import cache

from functions.publish.periods.digest import PeriodDigest


def render(digest: PeriodDigest) -> bytes:
    """digest.json, for people to read too."""
    return f"{digest.model_dump_json(by_alias=True, indent=2, ensure_ascii=False)}\n".encode()


@cache
def schema() -> bytes:
    """period.schema.json: what every week's and month's digest.json keeps."""
    described = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **PeriodDigest.model_json_schema(by_alias=True, mode="serialization"),
    }
    return f"{json.dumps(described, ensure_ascii=False, indent=2)}\n".encode()
