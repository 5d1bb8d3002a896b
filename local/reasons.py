"""Why papers have no analysis: the newest stored failure of each."""

from collections.abc import Iterable
from contextlib import suppress

from pydantic import ValidationError

from shared.store.retry import Failure


def newest_reasons(stored: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """From keys and contents of failures, by `<id>.<language>`, and by `<id>` over all languages."""
    found: dict[str, Failure] = {}
    for key, body in stored:
        name = key.rpartition("/")[2].removesuffix(".json")
        with suppress(ValidationError):
            failure = Failure.model_validate_json(body)
            for each in (name, name.rpartition(".")[0]):
                if each not in found or found[each].at < failure.at:
                    found[each] = failure
    return {name: failure.reason for name, failure in found.items()}
