"""A source with a JSON interface, and one question to it.

Nothing is asked where today's answer is there; where an older one is, the question is conditional.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from functions.enrich.sources.answers import Answer
from functions.enrich.sources.api import Api, NoFactsError
from shared.model.facts import Facts
from shared.model.sources import Reason, Source, Sourced

_Facts = TypeVar("_Facts", bound=Sourced)
Reader = Callable[[Mapping[str, Any], datetime], _Facts]
"""What a JSON object means. Raises NoFactsError where it means nothing."""


@dataclass(frozen=True)
class ApiSource(Generic[_Facts]):
    """All that is particular to a source with a JSON interface."""

    name: Source
    variable: str
    """The environment variable of its address."""
    url: str
    """Its address where the environment names none."""
    question: Callable[[str, Facts], str | None]
    """The path to ask for about a paper; None where there is nothing to ask. Raises NoFactsError."""
    read: Reader[_Facts]
    facts_field: str = "others"
    """The field of Facts that holds what it states."""
    headers: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[Reason, Reason] = field(default_factory=dict)
    """What a reason means here, where that is something else."""

    def ask(
        self, api: Api, paper_id: str, facts: Facts, kept: Answer[_Facts] | None, now: datetime
    ) -> Answer[_Facts] | None:
        """Never raises NoFactsError: what goes wrong is the reason why there are no facts."""
        try:
            path = self.question(paper_id, facts)
        except NoFactsError as error:
            return Answer(asked="", read_at=now, reason=error.reason)
        if path is None:
            return None
        answer = ask(api, path, kept, self.read, now)
        reason = self.reasons.get(answer.reason, answer.reason) if answer.reason else None
        return answer.model_copy(update={"reason": reason})

    def has_question(self, paper_id: str, facts: Facts) -> bool:
        """Whether there is anything to ask about the paper."""
        try:
            return self.question(paper_id, facts) is not None
        except NoFactsError:
            return True

    def merged(self, facts: Facts, found: Sourced) -> Facts:
        """The facts with what the source states."""
        value = {**facts.others, self.name: found} if self.facts_field == "others" else found
        return facts.model_copy(update={self.facts_field: value})


def ask(api: Api, path: str, kept: Answer[_Facts] | None, read: Reader[_Facts], now: datetime) -> Answer[_Facts]:
    """Never raises NoFactsError: what goes wrong is the reason why there are no facts."""
    if kept and kept.holds(path, now):
        return kept
    known = kept if kept and kept.asked == path else None
    try:
        document = api.get_document(path, known.etag if known and known.facts else "", now)
        if document.body is not None:
            return Answer(asked=path, read_at=now, etag=document.etag, facts=read(document.body, now))
    except NoFactsError as error:
        return Answer(asked=path, read_at=now, reason=error.reason)
    facts = known.facts.model_copy(update={"read_at": now}) if known and known.facts else None
    return Answer(asked=path, read_at=now, etag=document.etag, facts=facts)
