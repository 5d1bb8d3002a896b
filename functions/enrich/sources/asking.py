"""One question to a source: not asked where today's answer is there, conditional where an older one is."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from functions.enrich.sources.answers import Answer
from functions.enrich.sources.api import Api, NoFactsError
from shared.model.sources import Sourced

_Facts = TypeVar("_Facts", bound=Sourced)
Reader = Callable[[Mapping[str, Any], datetime], _Facts]
"""What a JSON object means. Raises NoFactsError where it means nothing."""


def ask(api: Api, path: str, kept: Answer[_Facts] | None, read: Reader[_Facts], now: datetime) -> Answer[_Facts]:
    """Never raises NoFactsError: what goes wrong is the reason why there are no facts."""
    if kept and kept.holds(path, now):
        return kept
    known = kept if kept and kept.asked == path else None
    try:
        document = api.get(path, known.etag if known and known.facts else "", now)
        if document.body is not None:
            return Answer(asked=path, read_at=now, etag=document.etag, facts=read(document.body, now))
    except NoFactsError as error:
        return Answer(asked=path, read_at=now, reason=error.reason)
    facts = known.facts.model_copy(update={"read_at": now}) if known and known.facts else None
    return Answer(asked=path, read_at=now, etag=document.etag, facts=facts)
